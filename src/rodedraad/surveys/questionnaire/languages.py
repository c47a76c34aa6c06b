"""Which language of a question changed after the other, and where is a translation missing?"""

from collections.abc import Mapping
from typing import Any

from rodedraad.surveys.questionnaire.texts import Element, questions_of, texts_of

Marks = dict[str, dict[str, str]]
LANGUAGES = ("nl", "en")


def texts_marked(
    before: Mapping[str, Any], after: Mapping[str, Any], marks: Mapping[str, Any], now: str
) -> Marks:
    """Return by question when its Dutch and its English changed last; ``now`` is ISO time.

    A question that came in this change has no mark; one that went loses it.
    """
    known = {str(one.get("name")): one for one in questions_of(before)}
    found: Marks = {}
    for question in questions_of(after):
        name = str(question.get("name"))
        mark = dict(marks.get(name) or {})
        if name in known:
            mark |= dict.fromkeys(_changed(known[name], question), now)
        if mark:
            found[name] = mark
    return found


def language_behind(question: Element, marks: Mapping[str, Any]) -> str:
    """Return the language to look at again: the other changed after it. "" when none."""
    if not any(en for _way, (_nl, en) in texts_of(question)):
        return ""
    mark = marks.get(str(question.get("name"))) or {}
    nl, en = mark.get("nl", ""), mark.get("en", "")
    if nl == en:
        return ""
    return "en" if nl > en else "nl"


def languages_missing(question: Element) -> tuple[str, ...]:
    """Return the languages in which some text of a question is missing while the other has it."""
    texts = [pair for _way, pair in texts_of(question)]
    missing = (any(not pair[at] and pair[1 - at] for pair in texts) for at in (0, 1))
    return tuple(one for one, lacks in zip(LANGUAGES, missing, strict=True) if lacks)


def mark_settled(marks: Mapping[str, Any], name: str) -> Marks:
    """Return the marks after a person looked: both languages of a question say the same."""
    return {key: dict(value) for key, value in marks.items() if key != name}


def _changed(older: Element, newer: Element) -> list[str]:
    """The languages of which a text that was there is another now, or a text came or went."""
    before, after = dict(texts_of(older)), dict(texts_of(newer))
    pairs = [(before.get(way, ("", "")), after.get(way, ("", ""))) for way in {*before, *after}]
    return [
        language
        for at, language in enumerate(LANGUAGES)
        if any(was[at] != now[at] for was, now in pairs)
    ]
