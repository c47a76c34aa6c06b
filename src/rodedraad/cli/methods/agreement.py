"""The command ``rodedraad methods agreement``: how far do coders agree?"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, get_args

import click
import polars as pl

from rodedraad.cli.methods.csv_file import (
    column_of,
    labels_of,
    numbers_of,
    table_read,
    words_of,
)
from rodedraad.cli.methods.printing import json_print, notices_print, shown, table_print
from rodedraad.errors import Refusal
from rodedraad.methods.agreement import (
    Segment,
    agreement_coefficients,
    code_sets,
    codes_agreement,
    krippendorff_alpha,
    ratings_of,
    unitising_alpha,
)
from rodedraad.methods.agreement.alpha import Level
from rodedraad.methods.agreement.coefficients import MOST_CATEGORIES
from rodedraad.methods.agreement.partial import Weights
from rodedraad.methods.agreement.resampling import Resampling
from rodedraad.methods.agreement.sets import CodeAgreement
from rodedraad.methods.notices import Notice

Settings = dict[str, Any]


@click.command("agreement")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--form",
    type=click.Choice(["ratings", "codes", "segments"]),
    default="ratings",
    help="What the file holds: a column per coder; unit, coder, code; or segments.",
)
@click.option("--coders", help="Coders, with commas; default: all columns, or all that occur.")
@click.option("--level", type=click.Choice(get_args(Level)), default="nominal")
@click.option("--weights", type=click.Choice(get_args(Weights)), default="identity")
@click.option("--categories", help="All categories in their order, with commas.")
@click.option("--cluster", help="Column of the document: documents are resampled, not rows.")
@click.option(
    "--all-looked/--not-all-looked",
    default=None,
    help="Of codes: a missing row means no code, or means not looked at.",
)
@click.option("--lengths", type=click.Path(path_type=Path), help="Of segments: CSV of documents.")
@click.option("--unit", default="row", help="What one row is, for the report.")
@click.option("--universe", help="Which units could have been in the file, for the report.")
@click.option("--resamples", type=int, default=1000, help="0 for no bootstrap interval.")
@click.option("--confidence", type=float, default=0.95)
@click.option("--seed", type=int, default=1)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(file: Path, form: str, as_json: bool, **options: Any) -> None:
    """Agreement of coders in FILE, with what chance explains and with intervals."""
    options["universe"] = options["universe"] or f"all rows of {file.name}"
    work = {"ratings": _ratings, "codes": _codes, "segments": _segments}[form]
    work(file, table_read(file), options, as_json)


def _ratings(file: Path, frame: pl.DataFrame, options: Settings, as_json: bool) -> None:
    cluster = options["cluster"]
    coders = words_of(options["coders"] or "") or [n for n in frame.columns if n and n != cluster]
    for name in coders:
        column_of(frame, name, file)
    ratings = ratings_of(
        frame.select(coders),
        unit=options["unit"],
        universe=options["universe"],
        categories=words_of(options["categories"] or "") or None,
    )
    clusters = None if cluster is None else labels_of(frame, cluster, file)
    settings = _resampling(options, clusters)
    alpha = krippendorff_alpha(ratings, level=options["level"], **settings)
    few = len(ratings.categories) <= MOST_CATEGORIES  # more are measurements: alpha only
    table = agreement_coefficients(ratings, weights=options["weights"], **settings) if few else None
    if as_json:
        json_print({"coefficients": table, "alpha": alpha})
        return
    table_print(
        ("coefficient", "estimate", "error", "interval", "bootstrap"),
        [
            *(
                (one.name, one.estimate, one.standard_error, one.interval, one.bootstrap)
                for one in (table.coefficients if table else ())
            ),
            (f"alpha, {alpha.metric}", alpha.alpha, None, None, alpha.interval),
        ],
    )
    click.echo(
        f"\n{alpha.n_units_used} of {alpha.n_units} units ({alpha.unit}) rated by two or more of "
        f"{alpha.n_coders} coders; {alpha.n_not_rated} cells not rated; weights: "
        f"{options['weights']}"
    )
    said = (*table.notices, *alpha.notices) if table else alpha.notices
    _close(alpha.universe, alpha.resampling, said)


def _codes(file: Path, frame: pl.DataFrame, options: Settings, as_json: bool) -> None:
    if options["all_looked"] is None:
        raise Refusal(
            "Say what a missing row means: --all-looked (every coder looked at every unit, so "
            "no row is no code) or --not-all-looked (no row is not looked at).",
            code="agreement_all_looked",
        )
    for name in ("unit", "coder", "code"):
        column_of(frame, name, file)
    sets = code_sets(
        frame,
        all_looked=options["all_looked"],
        unit=options["unit"],
        universe=options["universe"],
    )
    clusters = None
    if options["cluster"] is not None:
        units, labels = (labels_of(frame, name, file) for name in ("unit", options["cluster"]))
        label_of = dict(zip(units, labels, strict=True))
        clusters = [label_of[one] for one in sets.units]
    result = codes_agreement(sets, **_resampling(options, clusters))
    if as_json:
        json_print(result)
        return
    table_print(
        ("code", "given", "percent", "gwet", "alpha", "interval"), map(_code_row, result.per_code)
    )
    overall = result.overall
    click.echo(
        f"\nSets of codes together (MASI): alpha {shown(overall.alpha)} "
        f"({shown(overall.interval)}); this is no mean of the codes\n"
        f"{overall.n_units_used} of {overall.n_units} units ({overall.unit}) looked at by two "
        f"or more of {overall.n_coders} coders"
    )
    _close(overall.universe, overall.resampling, overall.notices)


def _code_row(one: CodeAgreement) -> tuple[object, ...]:
    by_name = {c.name: c for c in one.coefficients.coefficients}
    alpha = by_name["krippendorff"]
    return (
        one.code,
        one.n_given,
        by_name["percent"].estimate,
        by_name["gwet"].estimate,
        alpha.estimate,
        alpha.bootstrap or alpha.interval,
    )


def _segments(file: Path, frame: pl.DataFrame, options: Settings, as_json: bool) -> None:
    path = options["lengths"]
    if path is None:
        raise Refusal(
            "Segments need the lengths of the documents: --lengths FILE.csv with the columns "
            "document and length.",
            code="agreement_lengths",
        )
    documents = table_read(path)
    lengths = dict(
        zip(labels_of(documents, "document", path), _whole(documents, "length", path), strict=True)
    )
    names = [labels_of(frame, name, file) for name in ("document", "coder", "code")]
    places = [_whole(frame, name, file) for name in ("start", "end")]
    segments = [
        Segment(document, coder, code, start, end)
        for document, coder, code, start, end in zip(*names, *places, strict=True)
    ]
    result = unitising_alpha(
        segments,
        lengths=lengths,
        coders=words_of(options["coders"] or "") or sorted(set(names[1])),
        universe=options["universe"],
        **{name: options[name] for name in ("resamples", "confidence", "seed")},
    )
    if as_json:
        json_print(result)
        return
    table_print(
        ("code", "segments", "alpha", "interval", "positional", "shared"),
        (
            (
                one.code or "(all)",
                one.n_segments,
                one.alpha,
                one.interval,
                one.positional,
                one.shared,
            )
            for one in (*result.per_code, result.overall)
        ),
    )
    click.echo(
        f"\n{result.n_documents} documents, {result.n_characters} characters, "
        f"{result.n_coders} coders"
    )
    _close(result.universe, result.resampling, result.notices)


def _whole(frame: pl.DataFrame, name: str, path: Path) -> list[int]:
    numbers = numbers_of(frame, name, path)
    for row, number in enumerate(numbers, start=2):
        if not float(number).is_integer():
            raise Refusal(
                f"{path.name}, row {row}: column '{name}' must be a whole number of characters. "
                "Correct the cell.",
                code="csv_not_whole",
                row=row,
                column=name,
            )
    return [int(number) for number in numbers]


def _resampling(options: Settings, clusters: list[str] | None) -> Settings:
    chosen = {name: options[name] for name in ("resamples", "confidence", "seed")}
    return chosen | {"clusters": clusters, "cluster": options["cluster"] or "cluster"}


def _close(universe: str, resampling: Resampling, notices: Sequence[Notice]) -> None:
    bootstrap = (
        f"{resampling.resamples} resamples of {resampling.n_drawn} x {resampling.drawn}, seed "
        f"{resampling.seed}"
        if resampling.resamples
        else "none"
    )
    click.echo(
        f"Universe: {universe}\nIntervals: {resampling.confidence:.0%}; bootstrap: {bootstrap}"
    )
    notices_print([one for k, one in enumerate(notices) if one not in notices[:k]])
