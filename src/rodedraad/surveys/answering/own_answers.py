"""What did I answer? Questions and answers in words, to read back and to print."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rodedraad.surveys.questionnaire.conditions import for_role
from rodedraad.surveys.questionnaire.plain_choices import COMMENT, choices_of, value_of
from rodedraad.surveys.questionnaire.texts import Element, name_of, questions_of, text_in

WITHOUT_ANSWER = frozenset({"html", "image", "expression", "empty", "nonvalue"})


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """A question, and its answer as lines; none when it was not answered."""

    question: str
    lines: tuple[str, ...]


def own_answers(
    definition: Mapping[str, Any], answers: Mapping[str, Any], role: str, language: str
) -> list[OwnAnswer]:
    """Return every question with its answer in words.

    A question that depends on other answers is left out when it has no answer: whether it was
    asked, only survey-core knows.
    """
    own = for_role(definition, role)
    found = []
    for question in questions_of(own):
        if question.get("type") in WITHOUT_ANSWER:
            continue
        lines = tuple(_lines(question, answers, language))
        if lines or "visibleIf" not in question:
            found.append(OwnAnswer(_title(question, language), lines))
    return found


def _title(question: Element, language: str) -> str:
    return text_in(question.get("title"), language) or name_of(question)


def _lines(question: Element, answers: Mapping[str, Any], language: str) -> Iterator[str]:
    name = name_of(question)
    given = answers.get(name)
    if given is not None:
        yield from _said(question, given, language)
    if comment := answers.get(name + COMMENT):
        yield str(comment)


def _said(question: Element, given: Any, language: str) -> Iterator[str]:
    kind = question.get("type")
    if kind in ("file", "signaturepad"):
        yield from _files(given)
    elif kind == "matrix" and isinstance(given, Mapping):
        words = _words(question.get("columns") or (), language)
        rows = _words(question.get("rows") or (), language)
        for row, value in given.items():
            told = str(rows.get(row, row)).removesuffix(".")
            yield f"{told}: {_one(value, words)}"
    else:
        choices = {str(value): text for value, text in choices_of(question, language)}
        if kind == "ranking" and isinstance(given, Sequence):
            yield from (f"{at}. {choices.get(str(x), x)}" for at, x in enumerate(given, 1))
        else:
            yield _one(given, choices)


def _words(items: Sequence[Any], language: str) -> dict[str, str]:
    return {
        str(value_of(one)): text_in(one.get("text") if isinstance(one, Mapping) else one, language)
        or str(value_of(one))
        for one in items
    }


def _one(value: Any, words: Mapping[str, str]) -> str:
    if isinstance(value, list):
        return ", ".join(_one(one, words) for one in value)
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {_one(one, words)}" for key, one in value.items())
    return str(words.get(str(value), value))


def _files(given: Any) -> Iterator[str]:
    for one in given if isinstance(given, list) else ["✓"]:
        yield str(one.get("name", "")) if isinstance(one, Mapping) else str(one)
