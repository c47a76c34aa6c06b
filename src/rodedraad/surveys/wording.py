"""What do modes, states and kinds of questions mean to a person?"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = Mapping[str, str | Promise]
MODES: Words = {
    "identified": _("identified"),
    "confidential": _("confidential"),
    "anonymous": _("anonymous"),
}
PROMISES: Words = {
    "identified": _(
        "The team knows whose answers these are. People are told so. Reminders go to who did not "
        "answer, and answers can be taken back."
    ),
    "confidential": _(
        "The team sees answers without names. The link between name and answers is kept apart, in "
        "the vault, so reminders go to who did not answer and answers can be taken back."
    ),
    "anonymous": _(
        "Nobody can find out who gave an answer, the team neither. It cannot: remind only who did "
        "not answer, take answers back, or follow one person over time."
    ),
}
STATES: Words = {
    "draft": _("being made"),
    "open": _("open for answers"),
    "paused": _("paused"),
    "closed": _("closed for answers"),
}
COMPARABLE: Words = {
    "yes": _("yes, all answers"),
    "partly": _("partly, not those to changed questions"),
    "no": _("no"),
}
KINDS: Words = {
    "matrix": _("statements with one scale"),
    "radiogroup": _("one choice"),
    "checkbox": _("several choices"),
    "dropdown": _("one choice from a list"),
    "rating": _("a number on a scale"),
    "text": _("a short text, number or date"),
    "comment": _("a long text"),
    "ranking": _("put in order"),
    "boolean": _("yes or no"),
    "html": _("explanation without a question"),
    "matrixdropdown": _("table"),
    "matrixdynamic": _("table that people make longer"),
    "multipletext": _("several short texts"),
    "paneldynamic": _("a group of questions, several times"),
    "slider": _("slider"),
    "buttongroup": _("one choice, as buttons"),
    "tagbox": _("several choices from a list"),
    "panel": _("a group of questions"),
    "expression": _("a worked-out value"),
    "file": _("a file"),
    "signaturepad": _("a signature"),
    "imagepicker": _("a choice of pictures"),
    "image": _("a picture"),
    "imagemap": _("places on a picture"),
    "empty": _("nothing"),
}
OFFERED = (
    "radiogroup", "checkbox", "dropdown", "matrix", "rating", "boolean", "text", "comment",
    "ranking", "multipletext", "slider", "matrixdropdown", "matrixdynamic", "html",
)  # fmt: skip
"""Kinds that can be added; others come in with a file or as JSON."""
CHANGES: Words = {
    "added": _("added"),
    "removed": _("taken out"),
    "moved": _("moved"),
    "text": _("other words"),
    "other": _("asked otherwise"),
}
LANGUAGES: Words = {"nl": _("Dutch"), "en": _("English")}
COMPARISONS: Words = {
    "=": _("is"),
    "<>": _("is not"),
    ">": _("is more than"),
    "<": _("is less than"),
    ">=": _("is at least"),
    "<=": _("is at most"),
    "anyof": _("is one of (with commas)"),
    "noneof": _("is none of (with commas)"),
    "notempty": _("is answered"),
    "empty": _("is not answered"),
}
