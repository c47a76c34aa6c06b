"""What differs between two versions: questions that came, went or moved, and other words?"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from rodedraad.surveys.questionnaire.texts import TEXTS, Element, questions_of, texts_of


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: ``kind`` is added, removed, moved, text or other; where, before, after.

    ``where`` is the way to it inside the question, such as ``rows/F5.1/text``; ``language`` is that
    of a text, otherwise empty.
    """

    question: str
    kind: str
    where: str = ""
    language: str = ""
    before: str = ""
    after: str = ""


def versions_differ(older: Mapping[str, Any], newer: Mapping[str, Any]) -> list[Change]:
    """Return the differences, in the order of the newer version; what went comes last."""
    before, after = _by_name(older), _by_name(newer)
    both = [name for name in after if name in before]
    moved = _moved([name for name in before if name in after], both)
    found: list[Change] = []
    for name, question in after.items():
        if name not in before:
            found.append(Change(name, "added"))
            continue
        if name in moved:
            found.append(Change(name, "moved"))
        found += _within(name, before[name], question)
    return found + [Change(name, "removed") for name in before if name not in after]


def _within(name: str, older: Element, newer: Element) -> list[Change]:
    texts_before, texts_after = dict(texts_of(older)), dict(texts_of(newer))
    found = []
    for way in dict.fromkeys((*texts_before, *texts_after)):
        pairs = zip(texts_before.get(way, ("", "")), texts_after.get(way, ("", "")), strict=True)
        for language, (was, now) in zip(("nl", "en"), pairs, strict=True):
            if was != now:
                found.append(Change(name, "text", way, language, was, now))
    for key in dict.fromkeys((*older, *newer)):
        if key not in TEXTS and key != "name":
            was, now = (_bare(one.get(key)) for one in (older, newer))
            found += _otherwise(name, key, was, now)
    return found


def _otherwise(name: str, where: str, was: Any, now: Any) -> list[Change]:
    """Return what differs of a property: as a whole, and of what is in it before and now."""
    told = _told(was), _told(now)
    if was == now or told == ("", ""):
        return []
    if isinstance(was, dict) and isinstance(now, dict):
        return _inside(name, where, was, now)
    is_told = told[0] != told[1]
    found = [Change(name, "other", where, "", *told)] if is_told else []
    if isinstance(was, list) and isinstance(now, list):
        older, newer = (_keyed(one) for one in (was, now))
        for key in newer:
            if key in older:
                place = f"{where}/{key[1]}"
                found += _inside(name, place, older[key], newer[key], not_again=is_told)
        if found or older == newer:
            return found
    return found or [Change(name, "other", where, "", _exact(was), _exact(now))]


def _inside(
    name: str, where: str, was: Element, now: Element, *, not_again: bool = False
) -> list[Change]:
    """Return what differs of two things; the condition only when the list does not tell it."""
    return [
        change
        for key in dict.fromkeys((*was, *now))
        if not (not_again and key == "visibleIf")
        for change in _otherwise(name, f"{where}/{key}", was.get(key), now.get(key))
    ]


def _keyed(items: list[Any]) -> dict[tuple[str, Any], Element]:
    """The things of a list by value or name, ``1`` and ``"1"`` apart; one may be its value only."""
    found: dict[tuple[str, Any], Element] = {}
    for at, one in enumerate(items):
        item = one if isinstance(one, Mapping) else {"value": one}
        key = item.get("value", item.get("name", at))
        found[type(key).__name__, str(key)] = dict(item)
    return found


def _moved(before: list[str], after: list[str]) -> set[str]:
    """The questions that stand elsewhere among those that stayed: all outside one longest row."""
    place = {name: at for at, name in enumerate(before)}
    best: list[list[str]] = []
    for name in after:
        longest = max((row for row in best if place[row[-1]] < place[name]), key=len, default=[])
        best.append([*longest, name])
    kept = set(max(best, key=len, default=[]))
    return set(after) - kept


def _bare(value: Any) -> Any:
    """A property without the texts in it, which are compared apart."""
    if isinstance(value, Mapping):
        return {key: _bare(one) for key, one in value.items() if key not in TEXTS}
    if isinstance(value, list):
        return [_bare(one) for one in value]
    return value


def _told(value: Any) -> str:
    """Say a property in words: of a row or an answer its value, and when it is asked."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, list):
        return ", ".join(map(_told, value))
    if isinstance(value, Mapping) and (name := value.get("value", value.get("name"))) is not None:
        condition = value.get("visibleIf")
        return f"{name} ({condition})" if condition else str(name)
    return value if isinstance(value, str) else _exact(value)[:400]


def _exact(value: Any) -> str:
    """Say a property as JSON, where words are the same of what is not."""
    return "" if value is None else json.dumps(value, ensure_ascii=False)


def _by_name(definition: Mapping[str, Any]) -> dict[str, Element]:
    return {str(question.get("name")): question for question in questions_of(definition)}
