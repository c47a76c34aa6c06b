"""The command ``methods weights``: weights to known populations and an estimate with them."""

from pathlib import Path
from typing import Any

import click
import numpy as np
import polars as pl

from rodedraad.cli.methods.csv_file import labels_of, numbers_of, rows_of, table_read
from rodedraad.cli.methods.printing import json_print, notices_print, shown, table_print
from rodedraad.errors import Refusal
from rodedraad.files import file_replace
from rodedraad.methods.plain import plain
from rodedraad.methods.weights import (
    SampleDesign,
    SurveyEstimate,
    Weights,
    post_stratify,
    rake,
    sample_design,
    survey_mean,
)

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("weights")
@click.argument("file", type=FILE)
@click.option(
    "--population",
    "population_file",
    required=True,
    type=FILE,
    help="CSV with the columns variable, category and count.",
)
@click.option("--base", default="", help="Column of weights to start from.")
@click.option("--trim", type=(float, float), default=None, help="Bounds, in mean weights.")
@click.option("--value", default="", help="Column of which to estimate the mean.")
@click.option("--strata", default="", help="Column of the stratum drawn from.")
@click.option("--clusters", default="", help="Column of the cluster drawn.")
@click.option("--stratum-size", default="", help="Column with the units in the stratum.")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    default=None,
    help="Write FILE with a column weight to this CSV.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(
    file: Path,
    population_file: Path,
    base: str,
    trim: tuple[float, float] | None,
    value: str,
    strata: str,
    clusters: str,
    stratum_size: str,
    out: Path | None,
    as_json: bool,
) -> None:
    """Weight the respondents in FILE to the population: one variable or several (raking).

    The variables are the columns of FILE that the population file names.
    """
    frame = table_read(file)
    start = numbers_of(frame, base, file) if base else None
    population = _population(population_file)
    margins = {
        variable: (labels_of(frame, variable, file), counts)
        for variable, counts in population.items()
    }
    with rows_of(file):
        if len(margins) == 1 and trim is None:
            ((name, (labels, counts)),) = margins.items()
            weights = post_stratify(labels, counts, name=name, base=start)
        else:
            weights = rake(margins, base=start, trim=trim)
    if not weights.converged:
        raise Refusal(
            f"The weights do not fit the population of {', '.join(margins)}: after "
            f"{weights.rounds} rounds a category is still {weights.largest_difference:.1%} off. "
            + ("Widen --trim" if trim else "Join small categories")
            + ", or leave a variable out of the population file.",
            code="weights_not_converged",
            rounds=weights.rounds,
            difference=weights.largest_difference,
        )
    design = _design(frame, file, strata, clusters, stratum_size)
    estimate = (
        survey_mean(numbers_of(frame, value, file), weights, design=design) if value else None
    )
    if out is not None:
        with file_replace(out) as temporary:
            frame.with_columns(pl.Series("weight", weights.values)).write_csv(temporary)
    if as_json:
        json_print({"weights": _document(weights), "estimate": estimate})
        return
    _print(weights, value, estimate)


def _population(path: Path) -> dict[str, dict[str, float]]:
    frame = table_read(path)
    variables, categories = (labels_of(frame, name, path) for name in ("variable", "category"))
    counts = numbers_of(frame, "count", path)
    found: dict[str, dict[str, float]] = {}
    for row, (variable, category, count) in enumerate(
        zip(variables, categories, counts, strict=True), 2
    ):
        if category in found.setdefault(variable, {}):
            raise Refusal(
                f"{path.name}, row {row}: {variable} {category!r} stands there twice. Keep one.",
                code="csv_population_twice",
                row=row,
            )
        found[variable][category] = float(count)
    return found


def _design(
    frame: pl.DataFrame, file: Path, strata: str, clusters: str, stratum_size: str
) -> SampleDesign:
    stratum_of = labels_of(frame, strata, file) if strata else ["all"] * frame.height
    sizes = None
    if stratum_size:
        given = numbers_of(frame, stratum_size, file)
        sizes = dict(zip(stratum_of, (float(size) for size in given), strict=True))
        if any(
            np.isnan(size) or sizes[s] != size for s, size in zip(stratum_of, given, strict=True)
        ):
            raise Refusal(
                f"Column {stratum_size!r} must give one size per stratum. Correct the rows of a "
                "stratum that differ or are blank.",
                code="weights_stratum_size",
                column=stratum_size,
            )
    return sample_design(
        frame.height,
        strata=stratum_of,
        clusters=labels_of(frame, clusters, file) if clusters else None,
        stratum_sizes=sizes,
    )


def _document(weights: Weights) -> dict[str, Any]:
    """All of it but the codes: which category a respondent has stands in the file."""
    found = plain(weights)
    for margin in found["margins"]:
        del margin["codes"]
    return found


def _print(weights: Weights, value: str, estimate: SurveyEstimate | None) -> None:
    click.echo(
        f"{weights.method}: {weights.n_respondents} respondents, population "
        f"{weights.values.sum():g}, rounds: {weights.rounds}, largest difference "
        f"{weights.largest_difference:.1e}\nDesign effect of the weights "
        f"{weights.design_effect:.3f}, effective respondents {weights.n_effective:.1f}, largest "
        f"over smallest {weights.ratio:.2f}\n"
    )
    table_print(
        ("category", "n", "population", "mean weight"),
        (
            (
                f"{margin.name}: {category}",
                int((margin.codes == i).sum()),
                f"{margin.population[i]:g}",
                float(weights.values[margin.codes == i].mean()),
            )
            for margin in weights.margins
            for i, category in enumerate(margin.categories)
        ),
    )
    if estimate is not None:
        click.echo(
            f"\nMean of {value}: {estimate.value:.4g} (95%: {shown(estimate.interval)}), standard "
            f"error {estimate.standard_error:.4g}, design effect {shown(estimate.design_effect)}"
        )
        notices_print(estimate.notices)
    notices_print(weights.notices)
