"""Which facts stand in a table: one fact on a row (long), or one respondent on a row (wide)?"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl
from django.db.models import QuerySet

from rodedraad.assessment.evidence import EvidenceFault, EvidenceRefusal
from rodedraad.assessment.evidence.facts import FACT_SCHEMA, Kind, Missing
from rodedraad.assessment.evidence_file import words
from rodedraad.assessment.evidence_file.words import headings_of
from rodedraad.studies.models import Case, Item, Wave

LONG, WIDE = "long", "wide"
NEEDED = {LONG: ("case", "kind", "raw", "source_id"), WIDE: ("case", "role", "respondent")}
ITEM = re.compile(r"^([A-Za-z]\d+)[._](\d+)(?!\d)")


@dataclass(frozen=True, slots=True, eq=False)
class FileFacts:
    """The facts of a file, the heading of each of our columns, and headings that hold no fact."""

    form: str
    facts: pl.DataFrame
    headings: Mapping[str, str]
    unused: tuple[str, ...]


def file_facts(wave: Wave, table: pl.DataFrame, source: str = "") -> FileFacts:
    """Return the facts that stand in ``table``; ``source`` is that of rows that name none.

    Raises
    ------
    EvidenceRefusal
        When a column that is needed is missing.
    """
    names = [name for name in table.columns if name != "row"]
    headings = headings_of(names)
    items = {name: code for name in names if (code := _item_code(name))}
    form = WIDE if items and "raw" not in headings else LONG
    missing = [
        EvidenceFault(1, name, "column_missing") for name in NEEDED[form] if name not in headings
    ]
    if not source and "source" not in headings:
        missing.append(EvidenceFault(1, "source", "source_missing"))
    if missing:
        raise EvidenceRefusal(missing)
    table = _columns(wave, table, headings, source)
    used = set(headings.values())
    if form == LONG:
        facts = _long(table)
    else:
        facts = _wide(table, items, wave)
        used -= {headings[name] for name in ("kind", "construct") if name in headings}
        used |= set(items)
    return FileFacts(form, facts, headings, tuple(name for name in names if name not in used))


def _item_code(heading: str) -> str | None:
    """Return the item that a heading begins with: ``F5.1``, ``F5_1 Wij leren ...``."""
    found = ITEM.match(heading)
    return f"{found[1].upper()}.{found[2]}" if found else None


def _columns(
    wave: Wave, table: pl.DataFrame, headings: dict[str, str], source: str
) -> pl.DataFrame:
    """Return the table with a column for each of ours, in our words."""
    given = {
        name: pl.col(headings[name]) if name in headings else pl.lit(None, pl.String)
        for name in words.HEADINGS
    }
    cases = _codes(Case.objects.filter(study=wave.study_id))
    ours = {
        "case": words.translated(given["case"], cases),
        "kind": words.translated(given["kind"], words.KINDS),
        "construct": given["construct"].fill_null(""),
        "item": given["item"],
        "source_type": words.translated(given["source_type"], words.source_types()),
        "role": words.translated(given["role"], words.roles()).fill_null(""),
        "respondent": given["respondent"],
        "raw": given["raw"],
        "source": given["source"].fill_null(source),
        "source_id": given["source_id"],
    }
    others = [name for name in table.columns if name not in ours and name != "row"]
    read = table.select("row", *others, *(each.alias(f"= {name}") for name, each in ours.items()))
    return read.rename({f"= {name}": name for name in ours})


def _codes(cases: QuerySet[Case]) -> dict[str, str]:
    """Return codes by code and by name; a name that two cases share stands for neither."""
    found: dict[str, str] = {}
    shared: set[str] = set()
    for code, name in cases.values_list("unit_code", "name"):
        if name.casefold() in found:
            shared.add(name.casefold())
        found[name.casefold()] = code
    codes = {code.casefold(): code for code in cases.values_list("unit_code", flat=True)}
    return {name: code for name, code in found.items() if name not in shared} | codes


def _long(table: pl.DataFrame) -> pl.DataFrame:
    is_answer = pl.col("kind") == Kind.ANSWER
    raw, missing = pl.lit(None, pl.Float64), pl.lit("")
    for kind in (Kind.ANSWER, Kind.RUBRIC, Kind.MEASURE):
        raw = pl.when(pl.col("kind") == kind).then(words.raw_of(pl.col("raw"), kind)).otherwise(raw)
        why = words.missing_of(pl.col("raw"), kind)
        missing = pl.when(pl.col("kind") == kind).then(why).otherwise(missing)
    return _facts(
        table.with_columns(
            about=pl.when(is_answer).then("item").otherwise("source_type").fill_null(""),
            missing=missing,
            raw=raw,
        )
    )


def _wide(table: pl.DataFrame, items: dict[str, str], wave: Wave) -> pl.DataFrame:
    asked = {
        code: list(roles)
        for code, roles in Item.objects.filter(construct__framework=wave.framework_id).values_list(
            "code", "roles"
        )
    }
    fixed = ["row", "case", "role", "respondent", "source", "source_id"]
    table = table.with_columns(source_id=pl.coalesce("source_id", "respondent"))
    parts = []
    for heading, code in items.items():
        given = pl.col(heading)
        part = table.select(
            *fixed,
            kind=pl.lit(str(Kind.ANSWER)),
            construct=pl.lit(""),
            about=pl.lit(code),
            raw=words.raw_of(given, Kind.ANSWER),
            missing=words.missing_of(given, Kind.ANSWER),
            heading=pl.lit(heading),
        )
        # An item that a role is not asked has empty cells, which are no answers.
        empty = pl.col("missing") == Missing.UNANSWERED
        part = part.filter(~empty | pl.col("role").is_in(asked.get(code, [])))
        parts.append(part)
    return _facts(pl.concat(parts).sort("row", maintain_order=True))


def _facts(table: pl.DataFrame) -> pl.DataFrame:
    kept = ("row", "heading") if "heading" in table.columns else ("row",)
    table = table.with_columns(unit=pl.lit(""))  # follows from the kind
    facts = table.select(*kept, *(pl.col(name).cast(type_) for name, type_ in FACT_SCHEMA.items()))
    return facts.with_columns(pl.col("source", "source_id", "case", "kind").fill_null(""))
