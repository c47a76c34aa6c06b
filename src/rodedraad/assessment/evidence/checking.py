"""Which rows cannot become evidence, and why: every fault of every row, told at once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

import polars as pl

from rodedraad.assessment.evidence.facts import FACT_SCHEMA, Kind, Missing
from rodedraad.assessment.evidence.faults import TOLD, EvidenceFault
from rodedraad.assessment.evidence.known import BROUGHT_IN, SOURCE_TYPES, Known, scale_of
from rodedraad.assessment.models import Evidence

SIMULATION = "simulation"
PSEUDONYM = r"^[\w.\-]*\d[\w.\-]*$"
KEY = ("kind", "case", "construct", "about", "respondent", "source", "source_id")
PER_ITEM = ("raw", "item")
REASONS = {
    Kind.ANSWER: (Missing.UNANSWERED, Missing.DONT_KNOW, Missing.NOT_APPLICABLE),
    Kind.MEASURE: (Missing.DONT_KNOW, Missing.NOT_APPLICABLE),
    Kind.RUBRIC: (),
    Kind.CODING: (),
}
WORDS = ", “weet niet”, “n.v.t.”"


@dataclass(frozen=True, slots=True, eq=False)
class Check:
    """Rows that meet ``wrong`` have the fault ``code`` in ``column``; ``near`` helps to mend."""

    code: str
    column: str
    wrong: pl.Expr
    near: str = ""


def rows_faults(
    facts: pl.DataFrame, known: Known, kinds: Sequence[str] = BROUGHT_IN
) -> tuple[list[EvidenceFault], int]:
    """Return the faults of ``facts``, at most a hundred of each sort, and how many there are.

    ``facts`` has ``FACT_SCHEMA`` and ``row``; with a column ``heading``, that is the name under
    which the item or the raw figure stood in the file, and with ``given`` what stood there.
    """
    checks = list(_checks(known, kinds))
    masks = facts.select(
        check.wrong.fill_null(value=False).alias(str(i)) for i, check in enumerate(checks)
    )
    found: list[EvidenceFault] = []
    total = 0
    for i, check in enumerate(checks):
        rows = facts.filter(masks[str(i)])
        if check.column not in PER_ITEM:  # a respondent on a row has many facts in it
            rows = rows.unique("row", keep="first", maintain_order=True)
        total += rows.height
        found += _told(rows.head(TOLD), check, known)
    return found, total


def rows_first_fault(facts: pl.DataFrame, known: Known, kinds: Sequence[str]) -> pl.Series:
    """Return the code of the first fault of each row, null for a row that can become evidence."""
    wrong = [
        pl.when(check.wrong.fill_null(value=False)).then(pl.lit(check.code))
        for check in _checks(known, kinds)
    ]
    return facts.select(pl.coalesce(wrong).alias("fault"))["fault"]


def _checks(known: Known, kinds: Sequence[str]) -> Iterator[Check]:
    cases, roles = list(known.case_of), list(known.roles)
    person = pl.col("respondent")
    yield Check("case_unknown", "case", ~_in("case", cases))
    yield Check("kind_unknown", "kind", ~_in("kind", kinds), ", ".join(kinds))
    yield Check("source_missing", "source", _empty("source"))
    yield Check("source_id_missing", "source_id", _empty("source_id"))
    for name in ("source", "source_id", "respondent"):
        limit = Evidence._meta.get_field(name).max_length or 0
        yield Check("too_long", name, pl.col(name).str.len_chars() > limit, str(limit))
    if not known.simulated:
        made_up = pl.col("source").str.to_lowercase().str.starts_with(SIMULATION)
        yield Check("simulated_source", "source", made_up)
    named = ~_empty("respondent") & ~person.str.contains(PSEUDONYM)
    yield Check("respondent_named", "respondent", named)
    asked = (pl.col("kind") == Kind.ANSWER) | (
        (pl.col("kind") == Kind.RUBRIC) & (pl.col("about") == "interview")
    )
    strange = ~_in("role", roles) & (asked | ~_empty("role"))
    yield Check("role_unknown", "role", strange, ", ".join(roles))
    yield from _answer_checks(known)
    yield from _source_type_checks(known)
    for kind in kinds:
        yield from _raw_checks(Kind(kind))
    yield Check("twice", "", ~pl.struct(*KEY).is_first_distinct())


def _answer_checks(known: Known) -> Iterator[Check]:
    is_answer = pl.col("kind") == Kind.ANSWER
    of_item = dict(known.items.select("about", "of_construct").iter_rows())
    construct = pl.col("about").replace_strict(of_item, default=None, return_dtype=pl.String)
    yield Check("item_unknown", "item", is_answer & ~_in("about", list(of_item)))
    other = is_answer & ~_empty("construct") & (pl.col("construct") != construct)
    yield Check("construct_other", "construct", other)
    yield Check("respondent_missing", "respondent", is_answer & _empty("respondent"))


def _source_type_checks(known: Known) -> Iterator[Check]:
    is_rubric, is_measure = (pl.col("kind") == kind for kind in (Kind.RUBRIC, Kind.MEASURE))
    is_coding = pl.col("kind") == Kind.CODING
    strange = (is_rubric | is_coding) & ~_in("construct", known.constructs)
    yield Check("construct_unknown", "construct", strange)
    strange = is_measure & ~_in("construct", known.measures)
    yield Check("measure_unknown", "construct", strange, ", ".join(known.measures) or "–")
    for kind, types in SOURCE_TYPES.items():
        strange = (pl.col("kind") == kind) & ~_in("about", types)
        yield Check("about_unknown", "source_type", strange, ", ".join(types))


def _raw_checks(kind: Evidence.Kind) -> Iterator[Check]:
    of_kind, raw, missing = pl.col("kind") == kind, pl.col("raw"), pl.col("missing")
    low, high = scale_of(kind)
    scale = f"{low}-{high}"
    outside = raw.is_not_null() & ~(raw.is_between(low, high) & (raw == raw.round()))
    yield Check("raw_outside", "raw", of_kind & outside, scale)
    yield Check("raw_and_missing", "raw", of_kind & raw.is_not_null() & (missing != ""))
    no_raw = of_kind & raw.is_null()
    yield Check("raw_missing", "raw", no_raw & (missing == ""), scale)
    strange = no_raw & (missing != "") & ~_in("missing", REASONS[kind])
    yield Check("missing_unknown", "raw", strange, f"{scale}{WORDS if REASONS[kind] else ''}")


def _told(rows: pl.DataFrame, check: Check, known: Known) -> Iterator[EvidenceFault]:
    named = "about" if check.column in {"item", "source_type"} else check.column
    if check.code == "missing_unknown":
        named = "missing"
    for row in rows.iter_rows(named=True):
        column = check.column
        if column in PER_ITEM and row.get("heading"):
            column = row["heading"]
        value = row[named] if named in FACT_SCHEMA else None
        if isinstance(value, float):
            value = f"{value:g}"
        code, near = check.code, check.near
        if code == "case_unknown" and (close := _near(value, list(known.case_of))):
            code, near = "case_near", close
        yield EvidenceFault(row["row"], column, code, value or "", near)


def _near(value: str | None, known: Sequence[str]) -> str:
    found = get_close_matches(value or "", known, n=1, cutoff=0.8)
    return found[0] if found else ""


def _in(column: str, known: Sequence[str]) -> pl.Expr:
    return pl.col(column).fill_null("").is_in([str(each) for each in known])


def _empty(column: str) -> pl.Expr:
    return pl.col(column).fill_null("").str.strip_chars() == ""
