"""Which tables tell people of a choice of cases: strata, cases, balance and distance?"""

from typing import Any

import click

from rodedraad.cli.methods.printing import table_print
from rodedraad.methods.selection import Balance, RandomMeasure, RandomSpread, Selection

MEASURES = ("smallest", "mean_nearest", "mean_pairwise")


def cases_print(document: dict[str, Any], chosen: Selection, strata: list[str] | None) -> None:
    """Print the places per stratum, and each case with its reserves."""
    if strata:
        table_print(
            ("stratum", "units", "cases"), ((s.name, s.size, s.quota) for s in chosen.strata)
        )
        click.echo("")
    table_print(
        ("case", *(("stratum",) if strata else ()), "reserves"),
        (
            (name, *((strata[i],) if strata else ()), document["reserves"][name])
            for name, i in zip(document["chosen"], chosen.chosen, strict=True)
        ),
    )


def figures_print(
    balance: tuple[Balance, ...], chosen: Selection, by_chance: RandomSpread | None
) -> None:
    """Print how cases differ from the frame, and how far apart they lie."""
    if balance:
        click.echo("")
        table_print(
            ("figure", "mean of frame", "mean of cases", "difference in sd", "range covered"),
            (
                (row.name, row.mean_frame, row.mean_chosen, row.difference, row.range_covered)
                for row in balance
            ),
        )
    if chosen.spread is None or by_chance is None:
        return
    click.echo("")
    table_print(
        ("distance", "cases", "mean by chance", "as far by chance"),
        (
            (name.replace("_", " "), getattr(chosen.spread, name), random.mean, _share(random))
            for name, random in ((name, getattr(by_chance, name)) for name in MEASURES)
        ),
    )


def _share(measure: RandomMeasure) -> str:
    return f"p = {measure.p:.4f}" if measure.p is not None else "-"
