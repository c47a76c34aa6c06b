"""The command ``methods ordinal``: a cumulative link model, with or without a group."""

from pathlib import Path
from typing import Literal

import click

from rodedraad.cli.methods.csv_file import rows_of, table_read, words_of
from rodedraad.cli.methods.printing import json_print, notices_print, shown, table_print
from rodedraad.methods.models import (
    Coefficient,
    OrdinalMixedModel,
    OrdinalModel,
    model_data,
    ordinal_mixed_model,
    ordinal_model,
)

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("ordinal")
@click.argument("file", type=FILE)
@click.option("--outcome", required=True, help="Column of the ordered answers.")
@click.option("--predictors", required=True, help="Columns, separated by commas.")
@click.option("--group", default="", help="Column of the case: adds a random intercept.")
@click.option("--levels", default="", help="The answers from low to high; else by number.")
@click.option(
    "--link",
    type=click.Choice(["logit", "probit"]),
    default="logit",
    show_default=True,
    help="Logit gives odds ratios.",
)
@click.option("--nodes", type=int, default=11, show_default=True, help="Quadrature points.")
@click.option("--confidence", type=float, default=0.95, show_default=True, help="Of intervals.")
@click.option("--reason", default="", help="Why to fit it although the data are too few.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(
    file: Path,
    outcome: str,
    predictors: str,
    group: str,
    levels: str,
    link: Literal["logit", "probit"],
    nodes: int,
    confidence: float,
    reason: str,
    as_json: bool,
) -> None:
    """Relate an ordered answer in FILE to predictors, also when people answer inside cases."""
    frame = table_read(file)
    with rows_of(file):
        data = model_data(
            frame,
            outcome=outcome,
            predictors=words_of(predictors),
            group=group,
            ordered=True,
            levels=words_of(levels),
        )
    model = (
        ordinal_mixed_model(data, link=link, nodes=nodes, confidence=confidence, override=reason)
        if group
        else ordinal_model(data, link=link, confidence=confidence, override=reason)
    )
    if as_json:
        json_print(model)
    else:
        _print(model)


def coefficients_print(coefficients: tuple[Coefficient, ...]) -> None:
    """Print a row per term."""
    table_print(
        ("term", "estimate", "error", "interval", "p", "test"),
        (
            (
                term.name,
                term.estimate,
                term.standard_error,
                term.interval,
                "<0.0001" if term.p < 0.0001 else f"{term.p:.4f}",
                term.how if term.df is None else f"{term.how}({term.df:.1f})",
            )
            for term in coefficients
        ),
    )


def _print(model: OrdinalModel | OrdinalMixedModel) -> None:
    click.echo(
        f"{model.outcome} ({' < '.join(model.levels)}), {model.link} link: {model.n} of "
        f"{model.n_rows} rows, log-likelihood {model.log_likelihood:.3f}\n"
    )
    coefficients_print(model.coefficients)
    click.echo("")
    table_print(
        ("threshold", "estimate", "error"),
        ((t.name, t.estimate, t.standard_error) for t in model.thresholds),
    )
    if isinstance(model, OrdinalMixedModel):
        click.echo(
            f"\nBetween {model.n_groups} of {model.group}: sd {model.sd:.3f} "
            f"({shown(model.sd_interval)}), {model.shared:.1%} of the latent variance, p "
            f"{model.p_groups:.4f}"
        )
    notices_print(model.notices)
