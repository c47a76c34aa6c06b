"""Who answered which item of a scale, and what did that person say?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from rodedraad.errors import Refusal
from rodedraad.methods.notices import Notice
from rodedraad.methods.scales import ItemAnswers

LOW, HIGH = 1.0, 5.0
NO_ROLE = "?"
Codes = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class AnswerMatrix:
    """Answers of respondents (rows, by case and pseudonym) to the items of a scale (columns).

    ``answers`` has them from 1 to 5, reversed items turned; ``cases``, ``roles`` and
    ``respondents`` (pseudonyms) are one label per respondent.
    """

    answers: ItemAnswers
    cases: pl.Series
    roles: pl.Series
    respondents: pl.Series
    notices: tuple[Notice, ...]


def answer_matrix(rows: pl.DataFrame, items: Sequence[str]) -> AnswerMatrix | None:
    """Return the answers in evidence rows of kind ``answer`` as a matrix; None without answers.

    One person answers once: of two rows for the same case, person and item the last counts. No
    row means that the item was not asked. "Not applicable" is asked and not answered; it is no
    "don't know".

    Items that nobody was asked are left out.

    Notices: ``items_not_asked``, ``unknown_items`` (rows about no item of this scale),
    ``no_respondent`` (rows that name nobody), ``answered_twice`` and ``roles_changed`` (people
    with two roles: the last counts).

    Raises
    ------
    Refusal: an answer that is not from 0 to 1.
    """
    given = rows.filter(pl.col("kind") == "answer")
    known = given.filter(pl.col("about").is_in(list(items)))
    named = known.filter(pl.col("respondent").is_not_null())
    if named.is_empty():
        return None
    _check_range(named)
    if not named["id"].is_sorted():
        named = named.sort("id")
    with_rows = set(named["about"].unique())
    asked = tuple(item for item in items if item in with_rows)
    case_names, cases = _coded(named["case"])
    names, respondents = _coded(named["respondent"])
    pairs, person = np.unique(cases * len(names) + respondents, return_inverse=True)
    role_names, roles = _coded(named["role"].replace("", NO_ROLE))
    role = np.zeros(len(pairs), dtype=np.int64)
    role[person] = roles
    answers = _item_answers(named, asked, person, len(pairs))
    said = (
        ("unknown_items", given.height - known.height),
        ("no_respondent", known.height - named.height),
        ("answered_twice", named.height - int((~answers.not_asked).sum())),
        ("roles_changed", np.unique(person[role[person] != roles]).size),
    )
    notices = [Notice(code, {"n": n}) for code, n in said if n]
    if len(asked) < len(items):
        absent = [item for item in items if item not in with_rows]
        notices.append(Notice("items_not_asked", {"items": absent}))
    return AnswerMatrix(
        answers=answers,
        cases=case_names.gather(pairs // len(names)).alias("case"),
        roles=role_names.gather(role).alias("role"),
        respondents=names.gather(pairs % len(names)).alias("respondent"),
        notices=tuple(notices),
    )


def _coded(column: pl.Series) -> tuple[pl.Series, Codes]:
    """The different texts in order, and for each row which of them (from 0)."""
    names = column.unique().sort()
    return names, column.cast(pl.Enum(names)).to_physical().cast(pl.Int64).to_numpy()


def _item_answers(
    named: pl.DataFrame, items: tuple[str, ...], person: Codes, n_people: int
) -> ItemAnswers:
    item = named["about"].cast(pl.Enum(items)).to_physical().cast(pl.Int64).to_numpy()
    at = (person, item)
    values = np.full((n_people, len(items)), np.nan)
    dont_know = np.zeros(values.shape, dtype=bool)
    not_asked = np.ones(values.shape, dtype=bool)
    # Of rows about the same person and item, NumPy keeps the last.
    values[at] = LOW + (HIGH - LOW) * named["value"].fill_null(np.nan).to_numpy()
    dont_know[at] = (named["missing"] == "dont_know").to_numpy()
    not_asked[at] = False
    return ItemAnswers(
        names=items,
        values=values,
        dont_know=dont_know,
        not_asked=not_asked,
        low=LOW,
        high=HIGH,
        reversed_items=(),
    )


def _check_range(rows: pl.DataFrame) -> None:
    outside = rows.filter(~pl.col("value").is_between(0, 1))
    if not outside.is_empty():
        first = outside.row(0, named=True)
        raise Refusal(
            f"Evidence row {first['id']} ({first['case']}, {first['about']}) has the value "
            f"{first['value']}, which does not lie from 0 to 1. Bring in the answers again.",
            code="answer_outside",
            row=first["id"],
            item=first["about"],
        )
