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
        was, now = (_bare(one.get(key)) for one in (older, newer))
        if key not in TEXTS and key != "name" and was != now:
            found.append(Change(name, "other", key, "", _told(was), _told(now)))
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
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)[:400]


def _by_name(definition: Mapping[str, Any]) -> dict[str, Element]:
    return {str(question.get("name")): question for question in questions_of(definition)}
