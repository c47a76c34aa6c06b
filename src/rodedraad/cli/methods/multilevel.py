"""The command ``methods multilevel``: a linear model of rows inside cases, or of cases alone."""

from pathlib import Path

import click

from rodedraad.cli.methods.csv_file import rows_of, table_read, words_of
from rodedraad.cli.methods.ordinal import coefficients_print
from rodedraad.cli.methods.printing import json_print, notices_print, shown
from rodedraad.methods.models import (
    LinearMixedModel,
    LinearModel,
    linear_mixed_model,
    linear_model,
    model_data,
)

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("multilevel")
@click.argument("file", type=FILE)
@click.option("--outcome", required=True, help="Column of numbers.")
@click.option("--predictors", default="", help="Columns, separated by commas.")
@click.option("--group", default="", help="Column of the case; without it least squares.")
@click.option("--slopes", default="", help="Predictors whose effect differs per case.")
@click.option("--confidence", type=float, default=0.95, show_default=True, help="Of intervals.")
@click.option("--reason", default="", help="Why to fit it although the data are too few.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(
    file: Path,
    outcome: str,
    predictors: str,
    group: str,
    slopes: str,
    confidence: float,
    reason: str,
    as_json: bool,
) -> None:
    """Relate a number in FILE to predictors, with a random intercept per case (REML)."""
    if slopes and not group:
        raise click.UsageError("--slopes needs --group: an effect differs between cases.")
    frame = table_read(file)
    with rows_of(file):
        data = model_data(frame, outcome=outcome, predictors=words_of(predictors), group=group)
    model = (
        linear_mixed_model(data, slopes=words_of(slopes), confidence=confidence, override=reason)
        if group
        else linear_model(data, confidence=confidence, override=reason)
    )
    if as_json:
        json_print(model)
    else:
        _print(model)


def _print(model: LinearMixedModel | LinearModel) -> None:
    click.echo(f"{model.outcome}: {model.n} of {model.n_rows} rows\n")
    coefficients_print(model.coefficients)
    if isinstance(model, LinearModel):
        click.echo(
            f"\nResidual sd {model.residual_sd:.3f}, R2 {model.r2:.3f}, adjusted "
            f"{model.adjusted_r2:.3f}"
        )
    else:
        spreads = ", ".join(f"{name} {sd:.3f}" for name, sd in model.spreads.items())
        click.echo(
            f"\nBetween {model.n_groups} of {model.group}: sd {spreads}; inside "
            f"{model.residual_sd:.3f}; share between {shown(model.shared)} "
            f"({shown(model.shared_interval)}); REML criterion {model.criterion:.3f}"
        )
    notices_print(model.notices)
