"""Which sentence a person reads when something about exchange with other tools is refused."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "refi-archive": _(
        "The project file is damaged, locked, too large or not safe. Nothing came in. Export the "
        "project again with the program that made it."
    ),
    "refi-xml": _(
        "The project in the file cannot be read, or is not safe. Nothing came in. Export the "
        "project again with the program that made it."
    ),
    "refi-unknown": _(
        "This is no project or codebook of REFI-QDA. Choose a file that was exported as REFI-QDA: "
        ".qdpx for a project, .qdc for a codebook."
    ),
    "refi-not-writable": _(
        "This cannot be written as REFI-QDA. A codebook needs at least one code; a project needs "
        "texts and codes that the standard allows."
    ),
    "refi-codebook-table": _(
        "The table is no codebook: a heading or a name is missing, or a level is skipped. Mend the "
        "table and choose it again."
    ),
    "import_taken_back": _("This import was taken back already."),
    "upload_gone": _("The file is not on the server any more. Choose it again."),
    "bundle_refused": _(
        "The bundle is refused: it is damaged, was changed, or holds what this version does not "
        "know. Nothing was restored. Use the file as it was written."
    ),
    "bundle_newer": _(
        "The bundle has format %(format)s, which this version does not read. Restore it with the "
        "version that wrote it, or a newer one."
    ),
    "lead_needed": _("The bundle holds decisions of people. Say who leads the study here."),
    "lead_unknown": _(
        "Nobody has an account with that e-mail address. Make the account first, or give another "
        "address."
    ),
}
