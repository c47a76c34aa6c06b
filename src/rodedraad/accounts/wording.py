"""What do the codes of the audit log mean to a person?"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

ACTIONS: Mapping[str, str | Promise] = {
    "signed_in": _("signing in"),
    "signed_out": _("signing out"),
    "password_changed": _("password changed"),
    "password_set_with_link": _("password set with a link"),
    "password_link_made": _("password link made"),
    "second_factor_added": _("app or codes linked"),
    "second_factor_removed": _("app or codes unlinked"),
    "second_factor_reset": _("app of someone else unlinked"),
    "recovery_codes_renewed": _("recovery codes renewed"),
    "account_created": _("account made"),
    "account_opened": _("account opened again"),
    "account_closed": _("account closed"),
    "study_create": _("study made"),
    "units_added": _("units added to a study"),
    "forerunners_labelled": _("forerunners labelled"),
    "wave_freeze": _("wave frozen"),
    "framework_next": _("next version of a framework made"),
    "selection_plan_make": _("cases chosen"),
    "selection_download": _("choice of cases downloaded"),
    "team_role_given": _("role in a team given"),
    "team_member_removed": _("person taken out of a team"),
    "evidence_added": _("evidence brought in from a file"),
    "answers_read": _("answers of respondents read"),
    "evidence_download": _("evidence downloaded"),
    "report_download": _("report downloaded"),
    "type_decided": _("type decided by a person"),
    "type_withdrawn": _("decision on a type withdrawn"),
    "source_add": _("document added"),
    "source_change": _("facts about a document changed"),
    "source_remove": _("document taken out of a study"),
    "source_version": _("new version of a text made"),
    "round_open": _("round of coding opened"),
    "round_close": _("round of coding closed"),
    "codings_carry": _("codings carried to a new text"),
    "codebook_import": _("codebook read from a file"),
    "source_read": _("transcript read"),
    "source_download": _("original document downloaded"),
    "job_ask": _("work asked for"),
    "job_cancel": _("work stopped"),
}
RESULTS: Mapping[str, str | Promise] = {
    "done": _("succeeded"),
    "wrong password": _("wrong password"),
    "wrong code": _("wrong code"),
}
ORIGINS: Mapping[str, str | Promise] = {
    "command": pgettext_lazy("origin", "command line"),
    "unknown": pgettext_lazy("origin", "unknown"),
}
THINGS: Mapping[str, str | Promise] = {
    "person": pgettext_lazy("object", "account"),
    "study": pgettext_lazy("object", "study"),
    "wave": pgettext_lazy("object", "wave"),
    "plan": pgettext_lazy("object", "choice"),
    "job": pgettext_lazy("object", "work"),
}
DETAILS: Mapping[str, str | Promise] = {
    "log": pgettext_lazy("object", "log"),
    "cases": pgettext_lazy("object", "cases"),
    "totp": pgettext_lazy("object", "app"),
    "recovery_codes": pgettext_lazy("object", "recovery codes"),
    "lead": pgettext_lazy("object", "lead"),
    "researcher": pgettext_lazy("object", "researcher"),
    "client": pgettext_lazy("object", "client"),
    "privacy_officer": pgettext_lazy("object", "privacy officer"),
}


def words_of(kind: str, code: str) -> str:
    """Return what an action, result or origin means; one without words as it is written."""
    return str({"action": ACTIONS, "result": RESULTS, "origin": ORIGINS}[kind].get(code, code))


def object_words(stored: str) -> str:
    """Return to what something was done: ``study:x person:1 lead`` as words, the names as is."""
    if stored == "unknown account":
        return str(pgettext_lazy("object", "unknown account"))
    parts = []
    for part in stored.split(" "):
        thing, colon, name = part.partition(":")
        if colon and thing in THINGS:
            parts.append(f"{THINGS[thing]} {name}")
        else:
            parts.append(str(DETAILS.get(part) or THINGS.get(part, part)))
    return " ".join(parts)
