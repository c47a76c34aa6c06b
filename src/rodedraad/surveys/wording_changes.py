"""What does a person read of a difference between two versions: where it is, and what was there?"""

from collections.abc import Mapping
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from rodedraad.surveys.questionnaire.comparing import Change
from rodedraad.surveys.wording import KINDS, LANGUAGES, Words

PLACES: Words = {
    "title": _("question"),
    "description": _("explanation"),
    "html": _("text"),
    "text": _("text"),
    "type": _("kind"),
    "construct": _("construct"),
    "visibleIf": _("only if"),
    "enableIf": _("can be chosen if"),
    "isRequired": _("required"),
    "eachRowRequired": _("every statement required"),
    "isAllRowRequired": _("every statement required"),
    "rows": _("statements"),
    "columns": _("answers"),
    "choices": _("answers"),
    "rateValues": _("answers"),
    "items": _("fields"),
    "templateElements": _("questions in it"),
    "validators": _("checks"),
    "reversed": _("turned statements"),
    "value": _("value"),
    "missing": _("counts as no answer"),
    "isExclusive": _("only alone"),
    "showOtherItem": _("other, in their own words"),
    "hasOther": _("other, in their own words"),
    "showNoneItem": _("none of these"),
    "hasNone": _("none of these"),
    "showDontKnowItem": _("I do not know"),
    "showRefuseItem": _("does not want to say"),
    "showCommentArea": _("room for a remark"),
    "hasComment": _("room for a remark"),
    "rateMin": _("lowest"),
    "rateMax": _("highest"),
    "minRateDescription": _("what the lowest means"),
    "maxRateDescription": _("what the highest means"),
    "min": _("at least"),
    "max": _("at most"),
    "maxLength": _("most characters"),
    "inputType": _("what is typed"),
    "cellType": _("kind of cell"),
    "maxRowCount": _("most rows"),
    "maxPanelCount": _("most times"),
    "renderAs": _("how it is shown"),
    "displayMode": _("how it is shown"),
    "labelTrue": _("words for yes"),
    "labelFalse": _("words for no"),
    "otherText": _("words for other"),
    "noneText": _("words for none"),
    "dontKnowText": _("words for not knowing"),
    "refuseText": _("words for not saying"),
    "placeholder": _("example in the field"),
    "otherPlaceholder": _("example in the field"),
    "requiredErrorText": _("what is said without an answer"),
    "commentText": _("words above a remark"),
    "addRowText": _("words to add a row"),
    "removeRowText": _("words to remove a row"),
    "emptyRowsText": _("words where no row is"),
    "addPanelText": _("words to add one more"),
    "removePanelText": _("words to remove one"),
    "templateTitle": _("title of each one"),
}
"""Properties of a question and of what is in it."""
PARTS: Words = {
    "rows": _("statement"),
    "columns": _("answer"),
    "choices": _("answer"),
    "rateValues": _("answer"),
    "items": _("field"),
    "templateElements": _("question in it"),
    "validators": _("check"),
}
"""One of the things in a question."""
OF_TABLES: Words = {"columns": _("columns")}
ONE_OF_TABLES: Words = {"columns": _("column")}
TABLES = frozenset({"matrixdropdown", "matrixdynamic"})
INPUTS: Words = {
    "text": _("text"),
    "number": _("a number"),
    "date": _("date"),
    "email": _("e-mail address"),
    "tel": _("telephone number"),
    "time": _("time of day"),
    "month": _("month"),
}
MISSINGS: Words = {"dont_know": _("I do not know"), "not_applicable": _("does not apply")}
VALUES: Mapping[str, Words] = {
    "type": KINDS,
    "cellType": KINDS,
    "inputType": INPUTS,
    "missing": MISSINGS,
}


def change_in_words(change: Change, kind: str = "") -> tuple[str, Change]:
    """Return in words where something changed, and the change with its values in words.

    ``kind`` is that of the question: a column is an answer of a scale, but not of a table.
    """
    places = _places(change.where, is_table=kind in TABLES)
    if change.language:
        places.append(str(LANGUAGES[change.language]))
    known = VALUES.get(change.where.rpartition("/")[2], {})
    before, after = (str(known.get(one, one)) for one in (change.before, change.after))
    return ", ".join(places), replace(change, before=before, after=after)


def _places(where: str, *, is_table: bool) -> list[str]:
    """Say the way to a property: of which row or answer, and what of it.

    The name of a row may hold a slash, so a name goes on until the next list or the last word.
    """
    parts = {**PARTS, **(ONE_OF_TABLES if is_table else {})}
    places = {**PLACES, **(OF_TABLES if is_table else {})}
    *way, last = where.split("/")
    found: list[tuple[str, list[str]]] = []
    for one in way:
        is_name = found and (not found[-1][1] or one not in parts)
        if is_name:
            found[-1][1].append(one)
        else:
            found.append((str(parts.get(one, places.get(one, one))), []))
    told = [f"{words} {'/'.join(name)}".strip() for words, name in found]
    is_itself = way and last in ("text", "title")
    return told if is_itself or not last else [*told, str(places.get(last, last))]
