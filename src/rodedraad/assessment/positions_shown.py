"""How are positions in a network written: measures in words, a table by name, file and notebook?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from rodedraad.assessment.models import Run
from rodedraad.assessment.run_snippet import evidence_name
from rodedraad.country.wording import number_shown

SNIPPET = """import polars as pl

from rodedraad.assessment.conclusions.positions import network_positions

rows = pl.read_parquet({file!r}).filter(pl.col("wave") == {wave!r}, kind="tie")
found = network_positions(
    rows.filter(pl.col("about").str.split("/").list.first().is_in({counted!r})),
    kinds={kinds!r},
    least={least!r},
    division={division!r},
    seed={seed!r},
)
print(found["density"], found["largest_core"])
"""
COLUMNS = (
    "code", "name", "ties", "betweenness", "closeness", "core_number", "in_core",
    "pairs_across_borders", "region",
)  # fmt: skip


@dataclass(frozen=True)
class WholeMeasure:
    """One measure of the whole network: its name, value and what that means."""

    name: str
    value: str
    meaning: str


def whole_measures(result: Mapping[str, Any]) -> list[WholeMeasure]:
    """Return what can be said of the whole network, in the language of the page."""
    rows = [
        ("n_ties", 0, _("Ties"), _("Pairs of municipalities that share enough arrangements.")),
        ("density", 3, _("Density"), _("The share of all possible pairs that are tied.")),
        (
            "transitivity", 2, _("Transitivity"),
            _("How often two partners of one municipality are tied to each other as well."),
        ),
        (
            "n_components", 0, _("Separate parts"),
            _("Groups of municipalities that no chain of ties joins."),
        ),
        ("n_isolates", 0, _("Without ties"), _("Municipalities that are tied to no other.")),
        (
            "degree_centralisation", 2, _("Centralisation by ties"),
            _("0: all have equally many ties. 1: one has them all."),
        ),
        (
            "betweenness_centralisation", 2, _("Centralisation by position in between"),
            _("0: nobody stands in between more than others. 1: all chains run through one."),
        ),
        (
            "largest_core", 0, _("Densest core (k)"),
            _("There is a set of municipalities that each have at least k ties within the set."),
        ),
    ]  # fmt: skip
    return [
        WholeMeasure(name, number_shown(result[key], places), meaning)
        for key, places, name, meaning in rows
    ]


def position_rows(
    result: Mapping[str, Any], names: Mapping[str, str]
) -> list[tuple[str, str, dict[str, Any]]]:
    """Return (code, name, measures) of every case, by name."""
    found = [(code, names.get(code, code), each) for code, each in result["cases"].items()]
    return sorted(found, key=lambda row: row[1].casefold())


def position_csv_rows(result: Mapping[str, Any], names: Mapping[str, str]) -> list[list[object]]:
    """Return the rows of the file, in the order of ``COLUMNS``."""
    return [
        [
            code, name, each["degree"], each["betweenness"], each["closeness"],
            each["core_number"], int(each["in_core"]), each["crossing"], each["region"],
        ]
        for code, name, each in position_rows(result, names)
    ]  # fmt: skip


def positions_snippet(run: Run, wave: str, slug: str) -> str:
    """Return Python text that works the run out again from the downloaded evidence."""
    given = run.parameters
    counted = sorted({*given["kinds"], given["division"]})
    return SNIPPET.format(
        file=evidence_name(slug), wave=wave, counted=counted, seed=run.seed, **given
    )
