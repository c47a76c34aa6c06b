"""What does each case score on factors and outcomes, when each side asks people of its own?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from rodedraad.assessment.conclusions.answers import answer_matrix
from rodedraad.assessment.conclusions.rubrics import rubric_scores
from rodedraad.assessment.conclusions.scores import MIN_PUBLISHED
from rodedraad.methods.aggregation import case_means, combine_sources
from rodedraad.methods.rulesets.measures import MEASURES, MeasureStatus, measure_breadth
from rodedraad.methods.scales import score_items

BREADTH = "AB"
"""The degree of change beside which factors may stand: measures in the field only.

Factors are partly the same thing as measures in the municipality (cells C and D), and would go
together with breadth over all cells for that reason.
"""
DOCUMENT = "document"
SURVEY, INTERVIEW = "survey", "interview"


@dataclass(frozen=True, slots=True)
class Side:
    """Whose answers and interviews make the scores of one side; documents have no speaker."""

    answers: tuple[str, ...]
    interviews: tuple[str, ...] = ()
    documents: bool = False


FACTOR_SIDE = Side(answers=("D",), interviews=("D", "C"), documents=True)
OUTCOME_SIDE = Side(answers=("U",))


@dataclass(frozen=True, slots=True)
class CaseScore:
    """A score from 0 to 1; ``people`` stand behind it; ``suppressed``: too few to show it.

    ``kinds`` are the kinds of source that it is the median of.
    """

    value: float
    people: int
    suppressed: bool
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class CaseTable:
    """Scores by column and case, and per column from which roles (or documents) they come."""

    scores: Mapping[str, Mapping[str, CaseScore]]
    sources: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])

    @property
    def cases(self) -> list[str]:
        """Every case with a score, in the order of their codes."""
        return sorted({case for column in self.scores.values() for case in column})

    def frame(self) -> pl.DataFrame:
        """A row per case: ``case``, then a column per factor and outcome; null is not known."""
        cases = self.cases
        columns = {
            code: [column[case].value if case in column else None for case in cases]
            for code, column in self.scores.items()
        }
        schema = {"case": pl.String(), **dict.fromkeys(columns, pl.Float64())}
        return pl.DataFrame({"case": cases, **columns}, schema=schema)


def case_table(
    rows: pl.DataFrame,
    *,
    factors: Iterable[str],
    outcomes: Iterable[str],
    items: Mapping[str, Sequence[str]],
    factor_side: Side = FACTOR_SIDE,
    outcome_side: Side = OUTCOME_SIDE,
) -> CaseTable:
    """Lay the scores of cases side by side, factors and outcomes each from their own people.

    Parameters
    ----------
    rows : evidence of the kinds ``answer``, ``rubric`` and ``measure`` of one wave
    factors, outcomes : codes of constructs; ``AB`` is the breadth of measures in the field
    items : the codes of the items of each construct

    Notes
    -----
    Each score follows the chain of ``scores.construct_scores``, on the rows of its side only: per
    person, per role, over roles, then the median of survey, interviews and documents.
    """
    scores: dict[str, dict[str, CaseScore]] = {}
    sources: dict[str, tuple[str, ...]] = {}
    by_construct = rows.partition_by("construct", as_dict=True)
    for code, side in (
        *((code, factor_side) for code in factors),
        *((code, outcome_side) for code in outcomes),
    ):
        if code == BREADTH:
            used = rows.filter(
                (pl.col("kind") == "measure")
                & pl.col("construct").str.strip_prefix("measure:").str.contains(r"^[AB]\d+$")
            )
            scores[code] = breadth_scores(used)
        else:
            used = _rows_of(by_construct.get((code,), rows.clear()), side)
            scores[code] = construct_side_scores(used, items.get(code, ()))
        sources[code] = _sources(used)
    return CaseTable(scores, sources)


def construct_side_scores(rows: pl.DataFrame, items: Sequence[str]) -> dict[str, CaseScore]:
    """Score the cases of one construct on rows of the people of one side."""
    matrix = answer_matrix(rows, items) if items else None
    survey: dict[str, float] = {}
    people: dict[str, int] = {}
    if matrix is not None:
        means = case_means(score_items(matrix.answers).scores, matrix.cases, matrix.roles)
        survey = {each.case: each.value for each in means.cases if each.value is not None}
        people = {each.case: each.n for each in means.cases}
    rubric = rubric_scores(rows)
    cases = sorted({*survey, *rubric})
    if not cases:
        return {}
    given = {
        SURVEY: [survey.get(case, np.nan) for case in cases],
        **{
            kind: [rubric.get(case, {}).get(kind, {}).get("value", np.nan) for case in cases]
            for kind in (INTERVIEW, DOCUMENT)
        },
    }
    combined = combine_sources(cases, given, maximum=dict.fromkeys(given, 1.0))
    found: dict[str, CaseScore] = {}
    for each in combined.cases:
        if each.value is None:
            continue
        speakers = rubric.get(each.case, {}).get(INTERVIEW, {}).get("speakers", 0)
        n = people.get(each.case, 0) or speakers
        found[each.case] = CaseScore(
            value=each.value,
            people=n,
            suppressed=0 < n < MIN_PUBLISHED,
            kinds=tuple(source.source for source in each.sources),
        )
    return found


def breadth_scores(measures: pl.DataFrame) -> dict[str, CaseScore]:
    """Breadth over the measures in the field (cells A and B) per case.

    The status of a measure is the lower median within each kind of source, then over kinds: the
    rule of ``methods.rulesets.type_sources``.
    """
    lower_median = pl.col("raw").quantile(0.5, "lower")
    by_kind = (
        measures.with_columns(pl.col("construct").str.strip_prefix("measure:"))
        .filter(pl.col("construct").is_in(MEASURES))
        .group_by("case", "construct", "about")
        .agg(lower_median, not_applicable=(pl.col("missing") == "not_applicable").any())
    )
    by_case = by_kind.group_by("case", "construct").agg(
        lower_median, pl.col("not_applicable").any(), kinds=pl.col("about").unique().sort()
    )
    statuses: dict[str, dict[str, MeasureStatus]] = {}
    kinds: dict[str, set[str]] = {}
    for case, measure, raw, not_applicable, about in by_case.sort("case", "construct").iter_rows():
        missing = MeasureStatus.NOT_APPLICABLE if not_applicable else MeasureStatus.UNKNOWN
        status = missing if raw is None else MeasureStatus(int(raw))
        statuses.setdefault(case, {})[measure] = status
        kinds.setdefault(case, set()).update(about)
    found: dict[str, CaseScore] = {}
    for case, of_case in statuses.items():
        breadth = measure_breadth(of_case).external
        if breadth is not None:
            found[case] = CaseScore(breadth, 0, suppressed=False, kinds=tuple(sorted(kinds[case])))
    return found


def _rows_of(rows: pl.DataFrame, side: Side) -> pl.DataFrame:
    """The rows of the people of one side; an interview without a role counts on no outcome."""
    kind, about, role = pl.col("kind"), pl.col("about"), pl.col("role")
    heard = role.is_in([*side.interviews, ""]) if side.interviews else pl.lit(value=False)
    return rows.filter(
        ((kind == "answer") & role.is_in(side.answers))
        | ((kind == "rubric") & (about == INTERVIEW) & heard)
        | ((kind == "rubric") & (about == DOCUMENT) & pl.lit(side.documents))
    )


def _sources(rows: pl.DataFrame) -> tuple[str, ...]:
    """Roles that speak in the rows, and "document" for what nobody says."""
    known = rows.filter(pl.col("value").is_not_null())
    speaking = known.filter(pl.col("about") != DOCUMENT)
    roles = {role or INTERVIEW for role in speaking["role"].unique()}
    return tuple(sorted(roles | ({DOCUMENT} if speaking.height < known.height else set())))
