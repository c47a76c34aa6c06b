"""Which variable does each column of answers become in a file, and how is an answer coded?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import polars as pl
from django.utils.translation import gettext as _

from rodedraad.exchange.survey_data.variables import (
    REASONS,
    Kind,
    Measure,
    Variable,
    missing_code,
    names_given,
)
from rodedraad.surveys.models import Survey, SurveyVersion
from rodedraad.surveys.results.columns import Choice, Column, columns_of
from rodedraad.surveys.results.frame import MISSINGS

FILLED = 0
OF_ORDER = frozenset({"matrix", "rating", "ranking"})
WHY = "_leeg"
"""What is added to the name of an open text for the variable that says why it is empty."""


@dataclass(slots=True)
class Coded:
    """A column with its variable, and the code of each answer in words; grows while reading."""

    column: Column
    variable: Variable
    codes: dict[str, int] = field(default_factory=dict)
    why: Variable | None = None

    @property
    def variables(self) -> list[Variable]:
        """The variable, and for a text the one that says why it is empty."""
        return [self.variable] if self.why is None else [self.variable, self.why]

    def series(self, part: pl.DataFrame) -> Iterator[pl.Series]:
        """Return what the answers of a part become."""
        given = part[self.column.name]
        missing = part[f"{self.column.name}__missing"].to_physical()
        if self.why is not None:
            yield given.cast(pl.String).alias(self.variable.name)
            told = _codes_of_missing("code", self.why.dtype, FILLED)
            yield told.gather(missing).alias(self.why.name)
            return
        kind = self.variable.kind
        why = _codes_of_missing(kind, self.variable.dtype, None).gather(missing)
        if self.codes or given.dtype == pl.String:
            self._grow(given)
            value = given.replace_strict(self.codes, default=None, return_dtype=pl.Int32)
        else:
            value = given.cast(self.variable.dtype)
        value = value.cast(self.variable.dtype)
        yield value.zip_with(value.is_not_null(), why).alias(self.variable.name)

    def _grow(self, given: pl.Series) -> None:
        """Give answers that no choice of the newest version has a code of their own."""
        strange = sorted(set(given.drop_nulls().unique()) - set(self.codes))
        for told in strange:
            self.codes[told] = len(self.codes) + 1
        if strange:
            values = (*self.variable.values, *((self.codes[one], one) for one in strange))
            self.variable = replace(self.variable, values=values)


def _codes_of_missing(kind: Kind, dtype: pl.DataType, filled: int | None) -> pl.Series:
    """The code of each reason, in the order in which ``MISSINGS`` numbers them."""
    told = {"": filled} | {one: missing_code(one, kind) for one in REASONS}
    return pl.Series([told[one] for one in MISSINGS], dtype=dtype)


def columns_with_all_choices(survey: Survey, columns: Sequence[Column]) -> list[Column]:
    """Return the columns, each with the choices that only an older version had behind its own.

    So a code means the same whoever answered, and a codebook needs no answers.
    """
    older: dict[str, list[Column]] = {}
    versions = SurveyVersion.objects.filter(survey=survey).exclude(frozen_at=None)
    for definition in versions.order_by("-number").values_list("definition", flat=True):
        for column in columns_of(definition):
            older.setdefault(column.name, []).append(column)
    return [_with_choices(one, older.get(one.name, ())) for one in columns]


def _with_choices(column: Column, older: Sequence[Column]) -> Column:
    if column.choice is not None:  # a tick or a place in a ranking is of one choice
        return column
    choices = {choice.value: choice for choice in column.choices}
    for one in older:
        if one.shape == column.shape:
            for choice in one.choices:
                choices.setdefault(choice.value, choice)
    return replace(column, choices=tuple(choices.values()))


def coded_of(columns: Sequence[Column], language: str, taken: Sequence[str]) -> list[Coded]:
    """Return the variable of each column; ``taken`` are names that the file has already."""
    wanted = [*taken]
    for one in columns:
        wanted += [one.name, f"{one.name}{WHY}"] if _is_text(one) else [one.name]
    names = iter(names_given(wanted)[len(taken) :])
    found: list[Coded] = []
    for one in columns:
        name = next(names)
        found.append(_coded(one, name, next(names) if _is_text(one) else "", language))
    return found


def _is_text(column: Column) -> bool:
    answers = [choice for choice in column.choices if not choice.missing]
    return column.shape in ("open", "json") or (column.shape == "text" and not answers)


def _coded(column: Column, name: str, why: str, language: str) -> Coded:
    label = _label(column, language)
    about = _about(column)
    if why:
        variable = Variable(name, label, "text", "nominal", group=column.construct, about=about)
        empty = Variable(
            why, _("Why empty: %(label)s") % {"label": label}, "code", "nominal",
            values=((FILLED, _("filled in")),), missing=_missing("code"), group=column.construct,
        )  # fmt: skip
        return Coded(column, variable, why=empty)
    kind, measure = _kind(column)
    values, codes = _values(column, language)
    variable = Variable(name, label, kind, measure, values, _missing(kind), column.construct, about)
    return Coded(column, variable, codes)


def _kind(column: Column) -> tuple[Kind, Measure]:
    answers = [one.value for one in column.choices if not one.missing]
    if column.shape == "flag":
        return "code", "nominal"
    if column.shape == "text":
        return "code", "nominal"
    if column.type == "ranking":
        return "code", "ordinal"
    if not answers:
        return ("code", "ordinal") if column.type == "rating" else ("number", "scale")
    is_low = any(isinstance(one, float) or float(one) < 0 for one in answers)
    measure: Measure = "ordinal" if column.type in OF_ORDER or column.is_scale else "nominal"
    return ("number" if is_low else "code"), measure


def _values(column: Column, language: str) -> tuple[tuple[tuple[float, str], ...], dict[str, int]]:
    answers = [one for one in column.choices if not one.missing]
    if column.shape == "flag":
        words = (_("not chosen"), _("chosen")) if column.choice is not None else (_("No"), _("Yes"))
        return ((0, words[0]), (1, words[1])), {}
    if column.shape == "text":
        codes = {str(one.value): number for number, one in enumerate(answers, start=1)}
        return tuple((codes[str(one.value)], _told(one, language)) for one in answers), codes
    if column.type == "ranking":
        return (), {}
    return tuple((float(one.value), _told(one, language)) for one in answers), {}


def _told(choice: Choice, language: str) -> str:
    return text_in(choice.text, language) or str(choice.value)


def text_in(texts: Mapping[str, str], language: str) -> str:
    """Return a text in a language, or in Dutch when it has none in that."""
    return texts.get(language) or texts.get("nl") or next(iter(texts.values()), "")


def _label(column: Column, language: str) -> str:
    title = text_in(column.title, language)
    if not column.row_title:
        return title
    row = text_in(column.row_title, language)
    return row if column.is_scale else f"{row} – {title}"


def _about(column: Column) -> str:
    parts: list[str] = []
    if column.roles is not None:
        parts.append(_("Asked of: %(roles)s.") % {"roles": ", ".join(sorted(column.roles))})
    if column.case:
        parts.append(_("Own question of %(case)s.") % {"case": column.case})
    if column.conditional:
        parts.append(_("Asked only where earlier answers lead to it."))
    if column.is_reversed:
        parts.append(_("Worded the other way round; the answers are not turned."))
    return " ".join(parts)


def _missing(kind: Kind) -> tuple[tuple[float, str], ...]:
    words = {
        "dont_know": _("I do not know"),
        "not_applicable": _("Does not apply"),
        "refused": _("Does not want to say"),
        "unanswered": _("Asked, not answered"),
        "not_asked": _("Not asked"),
    }
    return tuple((missing_code(reason, kind), words[reason]) for reason in REASONS)
