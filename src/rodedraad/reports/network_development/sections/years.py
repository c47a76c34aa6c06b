"""How many municipalities and inhabitants were there in each year?"""

from typing import Any

from rodedraad.assessment.filters import RowFilter
from rodedraad.assessment.register_figures import INHABITANTS
from rodedraad.reports.book import NumberBook
from rodedraad.reports.network_development.material import Material, tie_rows

ALL_MUNICIPALITIES = "provincie"


def years(book: NumberBook, material: Material) -> dict[str, Any]:
    """Enter both counts per year; where inhabitants are not in the source, there is no key."""
    run = material.runs["inhabitants"]
    waves = {
        kind.removeprefix("kinds_"): found
        for kind, found in material.runs.items()
        if kind.startswith("kinds_")
    }
    rows: list[dict[str, Any]] = []
    for year in sorted({*run.result, *waves}):
        counted_by, n_cases = waves.get(year), None
        in_year = (RowFilter(construct=INHABITANTS, about=f"inhabitants/{year}"),)
        source_run, source_rows = run, in_year
        if year in run.result:
            n_cases = run.result[year]["cases"]
        elif counted_by is not None:
            n_cases = counted_by.result["n_cases"]
            source_run, source_rows = counted_by, tie_rows([ALL_MUNICIPALITIES], year)
        rows.append(
            {
                "year": year,
                "municipalities": book.enter(
                    f"municipalities.{year}",
                    n_cases,
                    nl=f"Gemeenten op 1 januari {year}",
                    en=f"Municipalities on 1 January {year}",
                    run=source_run,
                    rows=source_rows,
                ),
                "inhabitants": None
                if year not in run.result
                else book.enter(
                    f"inhabitants.{year}",
                    run.result[year]["total"],
                    nl=f"Inwoners op 1 januari {year}",
                    en=f"Inhabitants on 1 January {year}",
                    run=run,
                    rows=in_year,
                ),
            }
        )
    known = [row for row in rows if row["inhabitants"]]
    return {"rows": rows, "first": known[0], "last": known[-1]}
