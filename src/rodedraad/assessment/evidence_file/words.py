"""What does the text in a cell stand for: which column, kind, role, answer, or reason for none?"""

from collections.abc import Mapping
from functools import cache

import polars as pl

from rodedraad.assessment.evidence.facts import Kind, Missing
from rodedraad.assessment.evidence.known import SOURCE_TYPES, options_of
from rodedraad.studies.template import framework

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "case": ("case", "casus", "gemeente", "municipality"),
    "kind": ("kind", "soort"),
    "construct": ("construct",),
    "item": ("item", "stelling"),
    "source_type": ("source_type", "soort_bron"),
    "role": ("role", "rol"),
    "respondent": ("respondent", "pseudoniem", "pseudonym"),
    "raw": ("raw", "antwoord", "answer", "score", "status"),
    "source": ("source", "bron"),
    "source_id": ("source_id", "bron_id", "record"),
}
KINDS: Mapping[str, str] = {
    "answer": Kind.ANSWER, "antwoord": Kind.ANSWER,
    "rubric": Kind.RUBRIC, "rubric score": Kind.RUBRIC, "rubriekscore": Kind.RUBRIC,
    "measure": Kind.MEASURE, "maatregel": Kind.MEASURE,
}  # fmt: skip
DUTCH_SOURCE_TYPES = {
    "document": "document", "interview": "interview", "gesprek": "interview",
    "sessie": "session", "enquête": "survey", "enquete": "survey", "vragenlijst": "survey",
}  # fmt: skip
NO_ANSWER: Mapping[str, str] = {
    "weet niet": Missing.DONT_KNOW, "weet ik niet": Missing.DONT_KNOW,
    "don't know": Missing.DONT_KNOW, "do not know": Missing.DONT_KNOW,
    "dont know": Missing.DONT_KNOW, "dont_know": Missing.DONT_KNOW,
    "onbekend": Missing.DONT_KNOW, "unknown": Missing.DONT_KNOW,
    "n.v.t.": Missing.NOT_APPLICABLE, "nvt": Missing.NOT_APPLICABLE,
    "n.v.t": Missing.NOT_APPLICABLE, "n.a.": Missing.NOT_APPLICABLE,
    "not applicable": Missing.NOT_APPLICABLE, "not_applicable": Missing.NOT_APPLICABLE,
    "niet van toepassing": Missing.NOT_APPLICABLE,
    "niet ingevuld": Missing.UNANSWERED, "not answered": Missing.UNANSWERED,
    "unanswered": Missing.UNANSWERED,
}  # fmt: skip


def headings_of(names: list[str]) -> dict[str, str]:
    """Return which heading of the file holds which column, for the headings that are known."""
    given = {name.strip().casefold().replace(" ", "_"): name for name in names}
    return {
        column: given[word] for column, words in HEADINGS.items() for word in words if word in given
    }


@cache
def source_types() -> Mapping[str, str]:
    """Return the types of sources by every word for them."""
    own = {name: name for names in SOURCE_TYPES.values() for name in names}
    return own | DUTCH_SOURCE_TYPES


@cache
def roles() -> Mapping[str, str]:
    """Return the letters of roles by letter and by name."""
    found = {}
    for role in framework().roles:
        found |= {word.casefold(): role.code for word in (role.code, role.name.nl, role.name.en)}
    return found


@cache
def answers(kind: str) -> Mapping[str, float]:
    """Return the raw figures of a kind by the words that the framework has for them."""
    found: dict[str, float] = {}
    for option in options_of(kind):
        if option.value is not None:
            words = (option.key, option.name.nl, option.name.en)
            found |= {word.casefold(): float(option.value) for word in words}
    return found


def translated(column: pl.Expr, words: Mapping[str, str]) -> pl.Expr:
    """Return the word that the text stands for, and the text itself when it is not known."""
    return column.str.to_lowercase().replace_strict(
        dict(words), default=column, return_dtype=pl.String
    )


def raw_of(given: pl.Expr, kind: str) -> pl.Expr:
    """Return the raw figure that the text stands for; null when it stands for none."""
    number = given.str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)
    word = given.str.to_lowercase().replace_strict(
        dict(answers(kind)), default=None, return_dtype=pl.Float64
    )
    return pl.when(number.is_finite()).then(number).otherwise(word)


def missing_of(given: pl.Expr, kind: str) -> pl.Expr:
    """Return why there is no raw figure; an empty answer was not given, other text is kept."""
    words = {word: str(reason) for word, reason in NO_ANSWER.items()}
    blank = str(Missing.UNANSWERED) if kind == Kind.ANSWER else ""
    return (
        pl.when(raw_of(given, kind).is_not_null())
        .then(pl.lit(""))
        .when(given.is_null())
        .then(pl.lit(blank))
        .otherwise(translated(given, words))
    )
