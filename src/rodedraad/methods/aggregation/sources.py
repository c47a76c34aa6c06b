"""What do survey, interviews and documents say together, and do they contradict each other?"""

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median

import numpy as np
import numpy.typing as npt

from rodedraad.methods.aggregation.refusals import AggregationRefusal
from rodedraad.methods.notices import Notice

RUBRIC_MAXIMUM: Mapping[str, float] = {"survey": 1.0, "interview": 3.0, "document": 3.0}
SOURCES_APART = 0.33


@dataclass(frozen=True, slots=True)
class SourceScore:
    """What one source says of a case, from 0 to 1."""

    source: str
    value: float


@dataclass(frozen=True, slots=True)
class CombinedScore:
    """What the sources say of one case: each of them, their median and their largest difference.

    ``value`` is None when no source knows; ``gap`` is None below two sources;
    ``contradictory`` says that the gap is larger than allowed.
    """

    case: str
    value: float | None
    sources: tuple[SourceScore, ...]
    gap: float | None
    contradictory: bool


@dataclass(frozen=True, slots=True)
class CombinedScores:
    """Combined scores of all cases, in the order given."""

    cases: tuple[CombinedScore, ...]
    max_gap: float
    maximum: Mapping[str, float]
    n_complete: int
    n_single_source: int
    n_unknown: int
    n_contradictory: int
    notices: tuple[Notice, ...]


def combine_sources(
    cases: npt.ArrayLike,
    sources: Mapping[str, npt.ArrayLike],
    *,
    maximum: Mapping[str, float] = RUBRIC_MAXIMUM,
    max_gap: float = SOURCES_APART,
) -> CombinedScores:
    """Bring the sources to 0-1, show each, take their median, and say where they contradict.

    A rubric of 0-3 (absent, mentioned, worked out, demonstrably done) is divided by 3. With
    three sources the median lets no single one decide; with two it is their mean.

    Parameters
    ----------
    cases: names, one per case.
    sources: name -> array of shape (n_cases,) in the unit of that source; NaN = not known.
    maximum: the highest value of each source; the lowest is 0.
    max_gap: a larger difference between two sources of a case is a contradiction. At the default
        of 0.33 one step of a rubric (1/3) between interview and document already is one.

    Returns
    -------
    CombinedScores, with notices ``contradictory``, ``single_source`` and ``unknown`` (cases).

    Raises
    ------
    AggregationRefusal: no sources, another number of values than cases, a case named twice, a
        source without maximum, a value outside 0 to its maximum.

    >>> found = combine_sources(["a"], {"survey": [0.4], "interview": [2], "document": [3]})
    >>> round(found.cases[0].value, 3), round(found.cases[0].gap, 3), found.n_contradictory
    (0.667, 0.6, 1)
    """
    names = [str(name) for name in np.asarray(cases).tolist()]
    _check(names, sources, maximum, max_gap)
    shares = {
        source: _shares(source, values, names, maximum[source])
        for source, values in sources.items()
    }
    found = tuple(
        _combined(name, {s: float(v[i]) for s, v in shares.items() if not np.isnan(v[i])}, max_gap)
        for i, name in enumerate(names)
    )
    told = {
        "contradictory": [c.case for c in found if c.contradictory],
        "single_source": [c.case for c in found if len(c.sources) == 1],
        "unknown": [c.case for c in found if c.value is None],
    }
    return CombinedScores(
        cases=found,
        max_gap=max_gap,
        maximum={source: maximum[source] for source in sources},
        n_complete=sum(len(c.sources) == len(sources) for c in found),
        n_single_source=len(told["single_source"]),
        n_unknown=len(told["unknown"]),
        n_contradictory=len(told["contradictory"]),
        notices=tuple(Notice(code, {"cases": cases}) for code, cases in told.items() if cases),
    )


def _combined(case: str, known: dict[str, float], max_gap: float) -> CombinedScore:
    values = list(known.values())
    gap = max(values) - min(values) if len(values) > 1 else None
    return CombinedScore(
        case=case,
        value=median(values) if values else None,
        sources=tuple(SourceScore(source, value) for source, value in known.items()),
        gap=gap,
        contradictory=gap is not None and gap > max_gap + 1e-9,
    )


def _shares(
    source: str, values: npt.ArrayLike, names: list[str], maximum: float
) -> npt.NDArray[np.float64]:
    given = np.asarray(values, dtype=np.float64)
    if given.shape != (len(names),):
        raise AggregationRefusal(
            f"Source {source!r} has {given.size} values for {len(names)} cases. Give one per "
            "case, unknown as NaN.",
            code="aggregation_source_shape",
            source=source,
        )
    outside = (given < 0) | (given > maximum)
    if outside.any():
        row = int(outside.argmax())
        raise AggregationRefusal(
            f"Source {source!r} gives {given[row]:g} to {names[row]!r}, which does not lie from 0 "
            f"to {maximum:g}. Correct it, or give the maximum of this source.",
            code="aggregation_source_outside",
            source=source,
            case=names[row],
        )
    return given / maximum


def _check(
    names: list[str],
    sources: Mapping[str, npt.ArrayLike],
    maximum: Mapping[str, float],
    max_gap: float,
) -> None:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise AggregationRefusal(
            f"Case {twice[0]!r} is there more than once. Give each case one row.",
            code="aggregation_case_twice",
            case=twice[0],
        )
    if not sources or not names:
        raise AggregationRefusal(
            "Combining needs at least one case and one source. Got none.",
            code="aggregation_empty",
        )
    for source in sources:
        if maximum.get(source, 0) <= 0:
            raise AggregationRefusal(
                f"Of source {source!r} the highest possible value is not known. Give it, above 0.",
                code="aggregation_source_maximum",
                source=source,
            )
    if max_gap < 0:
        raise AggregationRefusal(
            f"The largest gap without contradiction is 0 or more. Got {max_gap}.",
            code="aggregation_max_gap",
        )
