"""What changed in the regions between the two waves?"""

from collections.abc import Sequence
from typing import Any

from rodedraad.assessment.filters import RowFilter
from rodedraad.assessment.queries import run_filters
from rodedraad.reports.book import NumberBook
from rodedraad.reports.network_development.material import (
    AFTER,
    BEFORE,
    Material,
    rows_of_cases,
    tie_rows,
)


def change(book: NumberBook, material: Material) -> dict[str, Any]:
    """Enter per kind how many municipalities moved, and name these and those left out."""
    run = material.runs["change"]
    found = run.result["kinds"]
    order = sorted(found, key=lambda kind: (-found[kind]["n_moved"], kind))
    table = [_row(book, material, kind, found[kind]) for kind in order]
    unmoved = [kind for kind in order if not found[kind]["n_moved"]]
    rows = run_filters(run)
    return {
        "rows": table,
        "most": table[0],
        "ambiguous": [row["title"] for row in table if not row["unique"]],
        "divided": material.names(run.result["divided"]),
        **{
            name: book.enter(f"change.{name}", value, nl=nl, en=en, run=run, rows=rows)
            for name, value, nl, en in (
                ("n_kinds", len(order), "Soorten in beide jaren", "Kinds in both years"),
                (
                    "n_unmoved",
                    len(unmoved),
                    "Soorten waarin geen gemeente van regio wisselde",
                    "Kinds in which no municipality changed region",
                ),
                (
                    "n_before",
                    run.result["n_before"],
                    f"Gemeenten in {BEFORE}",
                    f"Municipalities in {BEFORE}",
                ),
                (
                    "n_after",
                    run.result["n_after"],
                    f"Gemeenten in {AFTER}",
                    f"Municipalities in {AFTER}",
                ),
            )
        },
    }


def _row(book: NumberBook, material: Material, kind: str, found: dict[str, Any]) -> dict[str, Any]:
    title = material.kind_titles[kind]
    among = {"moved": found["moved"], "left_out": found["predecessors_differ"]}
    return {
        "title": title,
        "unique": found["matching_unique"],
        "moved_names": material.names(found["moved"]),
        "left_out_names": material.names(found["predecessors_differ"]),
        **{
            name: book.enter(
                f"change.{kind}.{name}",
                value,
                nl=f"{title['nl']}: {nl}",
                en=f"{title['en']}: {en}",
                decimals=decimals,
                run=material.runs["change"],
                rows=_rows(material, kind, among.get(name, ())),
            )
            for name, value, nl, en, decimals in (
                (
                    "before",
                    found["n_regions_before"],
                    f"regio’s in {BEFORE}",
                    f"regions in {BEFORE}",
                    0,
                ),
                (
                    "after",
                    found["n_regions_after"],
                    f"regio’s in {AFTER}",
                    f"regions in {AFTER}",
                    0,
                ),
                (
                    "compared",
                    found["n_compared"],
                    "gemeenten vergeleken",
                    "municipalities compared",
                    0,
                ),
                (
                    "moved",
                    found["n_moved"],
                    "gemeenten naar een andere regio",
                    "municipalities to another region",
                    0,
                ),
                (
                    "left_out",
                    len(found["predecessors_differ"]),
                    "gemeenten niet vergeleken",
                    "municipalities not compared",
                    0,
                ),
                ("likeness", found["adjusted_rand"], "gelijkenis", "likeness", 3),
            )
        },
    }


def _rows(material: Material, kind: str, codes: Sequence[str]) -> tuple[RowFilter, ...]:
    """Return the rows of a kind in both waves; only those of some municipalities when given.

    In the earlier wave these are the rows of what they come from.
    """
    before, after = tie_rows([kind], BEFORE), tie_rows([kind], AFTER)
    if not codes:
        return (*before, *after)
    continued_by = material.runs["change"].parameters["continued_by"]
    origins = [code for code, heirs in continued_by.items() if set(heirs) & set(codes)]
    return (*rows_of_cases(before, origins), *rows_of_cases(after, codes))
