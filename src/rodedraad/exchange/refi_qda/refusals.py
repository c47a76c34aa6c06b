"""What can be wrong with a REFI-QDA file, or with what is to be written, that a person can mend?"""

from rodedraad.errors import Refusal


class RefiRefusal(Refusal):
    """A REFI-QDA file cannot be read or written; the base of all refusals of this package."""

    code = "refi-refused"


class ArchiveRefused(RefiRefusal):
    """An archive is damaged, locked or too large, or holds names that lead outside it."""

    code = "refi-archive"


class XmlRefused(RefiRefusal):
    """The XML cannot be read, or declares a document type, which can hold an attack."""

    code = "refi-xml"


class NotRefi(RefiRefusal):
    """The file is something else than a REFI-QDA project or codebook."""

    code = "refi-unknown"


class NotWritable(RefiRefusal):
    """What is to be written cannot be a valid REFI-QDA file."""

    code = "refi-not-writable"


class TableRefused(RefiRefusal):
    """A codebook as CSV lacks a heading or a name, or skips a level."""

    code = "refi-codebook-table"
