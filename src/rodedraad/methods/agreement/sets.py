"""How reliable are codings when a unit may get several codes, together and code by code?"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt
import polars as pl

from rodedraad.methods.agreement.alpha import (
    AlphaResult,
    alpha_from_columns,
    difference_columns,
)
from rodedraad.methods.agreement.coefficients import (
    AgreementCoefficients,
    agreement_coefficients,
)
from rodedraad.methods.agreement.ratings import NOT_RATED, Ratings
from rodedraad.methods.agreement.refusals import AgreementRefused

Codes = frozenset[str]
Distance = Literal["masi", "jaccard"]


@dataclass(frozen=True, slots=True, eq=False)
class CodeSets:
    """The set of codes that each coder gave each unit.

    ``sets[unit][coder]`` is None where the coder did not look at the unit; an empty set means
    looked, and no code fits. ``units`` names the rows, ``codes`` all codes, sorted.
    """

    sets: tuple[tuple[Codes | None, ...], ...]
    units: tuple[str, ...]
    coders: tuple[str, ...]
    codes: tuple[str, ...]
    unit: str
    universe: str


@dataclass(frozen=True, slots=True)
class CodeAgreement:
    """Agreement on one code: is it there or not? ``n_given``: times that a coder gave it."""

    code: str
    n_given: int
    coefficients: AgreementCoefficients


@dataclass(frozen=True, slots=True)
class CodesAgreement:
    """Agreement per code, and of whole sets. The overall figure is no mean over codes."""

    overall: AlphaResult
    per_code: tuple[CodeAgreement, ...]


def code_sets(
    rows: pl.DataFrame,
    *,
    unit_column: str = "unit",
    coder_column: str = "coder",
    code_column: str = "code",
    all_looked: bool,
    unit: str,
    universe: str,
) -> CodeSets:
    """Read codings with a row per unit, coder and code.

    Parameters
    ----------
    rows : polars frame
        A blank code = this coder looked at this unit and gave none.
    all_looked : bool
        What a missing row means. True: every coder looked at every unit, so no row = no code.
        False: no row = not looked at. The choice changes agreement much, so there is no default.
    unit, universe : see :func:`rodedraad.methods.agreement.ratings.ratings_of`

    Raises
    ------
    AgreementRefused
        A missing column, a blank unit or coder (names the row, counted from 1), fewer than two
        coders, no unit seen by two coders.
    """
    columns = (unit_column, coder_column, code_column)
    for name in columns:
        if name not in rows.columns:
            raise AgreementRefused(
                f"There is no column '{name}'. The columns are: {', '.join(rows.columns)}. Say "
                "which columns hold the unit, the coder and the code.",
                code="agreement_column_unknown",
                column=name,
            )
    found: dict[tuple[str, str], set[str]] = {}
    texts = [[_text(value) for value in rows[name].to_list()] for name in columns]
    for row, (one, coder, code) in enumerate(zip(*texts, strict=True), start=1):
        if not one or not coder:
            raise AgreementRefused(
                f"Row {row} has no {unit_column if not one else coder_column}. Fill it in.",
                code="agreement_row_blank",
                row=row,
            )
        found.setdefault((one, coder), set()).update({code} - {""})
    units = tuple(dict.fromkeys(one for one, _ in found))
    coders = tuple(sorted({coder for _, coder in found}))
    if len(coders) < 2:
        raise AgreementRefused(
            f"Agreement needs at least two coders. Column '{coder_column}' names "
            f"{', '.join(coders) or 'none'}.",
            code="agreement_shape",
        )
    absent = frozenset[str]() if all_looked else None

    def given(one: str, coder: str) -> Codes | None:
        codes = found.get((one, coder))
        return absent if codes is None else frozenset(codes)

    sets = tuple(tuple(given(one, coder) for coder in coders) for one in units)
    if not any(sum(codes is not None for codes in row) > 1 for row in sets):
        raise AgreementRefused(
            "No unit was looked at by two coders, so there is nothing to compare. Check the names "
            "of the units, or say that all coders looked at all units.",
            code="agreement_no_pairs",
        )
    codes = tuple(sorted(set[str]().union(*found.values())))
    return CodeSets(sets, units, coders, codes, unit, universe)


def jaccard_distance(one: Codes, other: Codes) -> float:
    """1 - shared codes / all codes of both; 0 for two empty sets."""
    both = one | other
    return 1 - len(one & other) / len(both) if both else 0.0


def masi_distance(one: Codes, other: Codes) -> float:
    """Passonneau's distance: Jaccard, weighed by how the sets lie to each other.

    1 - J * M; M = 1 for equal sets, 2/3 when one holds the other, 1/3 when they share something
    and 0 when they share nothing. So a coder who was only less complete differs less.

    >>> round(masi_distance(frozenset({"a"}), frozenset({"a", "b"})), 4)
    0.6667
    """
    if one == other:
        return 0.0
    monotonic = 2 / 3 if one <= other or other <= one else 1 / 3
    return 1 - (1 - jaccard_distance(one, other)) * monotonic


DISTANCES: Mapping[Distance, Callable[[Codes, Codes], float]] = {
    "masi": masi_distance,
    "jaccard": jaccard_distance,
}


def set_alpha(
    sets: CodeSets,
    *,
    distance: Distance = "masi",
    resamples: int = 1000,
    seed: int,
    confidence: float = 0.95,
    clusters: Sequence[object] | npt.ArrayLike | None = None,
    cluster: str = "cluster",
) -> AlphaResult:
    """Krippendorff's alpha of sets of codes, with the distance of two sets as disagreement.

    The distance is not squared (Passonneau 2006). Other parameters as in
    :func:`rodedraad.methods.agreement.alpha.krippendorff_alpha`. Alpha is None when all sets are
    equal. Checked against NLTK (tests/reference/agreement).

    Passonneau, R. (2006). Measuring agreement on set-valued items (MASI) for semantic and
    pragmatic annotation. LREC 2006.

    >>> rows = pl.DataFrame({"unit": ["1", "1", "2", "2"], "coder": ["A", "B", "A", "B"],
    ...                      "code": ["x", "x", "y", "y"]})
    >>> sets = code_sets(rows, all_looked=False, unit="passage", universe="both")
    >>> set_alpha(sets, resamples=0, seed=1).alpha
    1.0
    """
    if distance not in get_args(Distance):
        raise AgreementRefused(
            f"The distance must be masi or jaccard. Got '{distance}'.",
            code="agreement_distance",
            distance=distance,
        )
    given = (codes for row in sets.sets for codes in row if codes is not None)
    distinct = sorted(set(given), key=lambda codes: (len(codes), sorted(codes)))
    place: dict[Codes | None, int] = {codes: k for k, codes in enumerate(distinct)}
    ratings = Ratings(
        codes=np.array(
            [[place.get(codes, NOT_RATED) for codes in row] for row in sets.sets], dtype=np.intp
        ),
        categories=tuple(" + ".join(sorted(codes)) or "(none)" for codes in distinct),
        coders=sets.coders,
        ordered=False,
        unit=sets.unit,
        universe=sets.universe,
    )
    measure = DISTANCES[distance]
    table = np.array([[measure(one, other) for other in distinct] for one in distinct])
    columns, from_sums = difference_columns(ratings, table)
    return alpha_from_columns(
        ratings,
        columns,
        from_sums,
        metric=distance,
        resamples=resamples,
        seed=seed,
        confidence=confidence,
        clusters=clusters,
        cluster=cluster,
    )


def codes_agreement(
    sets: CodeSets,
    *,
    distance: Distance = "masi",
    resamples: int = 1000,
    seed: int,
    confidence: float = 0.95,
    clusters: Sequence[object] | npt.ArrayLike | None = None,
    cluster: str = "cluster",
) -> CodesAgreement:
    """Agreement on every code (given or not), and alpha of whole sets beside it.

    A mean over codes would hide the code that does not work, so there is none. Parameters as in
    :func:`set_alpha`.
    """
    overall = set_alpha(
        sets,
        distance=distance,
        resamples=resamples,
        seed=seed,
        confidence=confidence,
        clusters=clusters,
        cluster=cluster,
    )
    per_code: list[CodeAgreement] = []
    for code in sets.codes:
        ratings = presence_of(sets, code)
        per_code.append(
            CodeAgreement(
                code=code,
                n_given=int((ratings.codes == 1).sum()),
                coefficients=agreement_coefficients(
                    ratings,
                    resamples=resamples,
                    seed=seed,
                    confidence=confidence,
                    clusters=clusters,
                    cluster=cluster,
                ),
            )
        )
    return CodesAgreement(overall=overall, per_code=tuple(per_code))


def presence_of(sets: CodeSets, code: str) -> Ratings:
    """One code as ratings: 1 = given, 0 = looked and not given."""
    table = [
        [NOT_RATED if codes is None else int(code in codes) for codes in row] for row in sets.sets
    ]
    return Ratings(
        codes=np.array(table, dtype=np.intp),
        categories=(0.0, 1.0),
        coders=sets.coders,
        ordered=True,
        unit=sets.unit,
        universe=sets.universe,
    )


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()
