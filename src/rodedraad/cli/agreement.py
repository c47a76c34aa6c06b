"""The command ``agreement``: how far the coders of a closed blind round agree."""

import json
from typing import Any

import click

from rodedraad.cli.setup import prepared


@click.command("agreement")
@click.argument("study")
@click.argument("round_number", metavar="ROUND", type=int)
@click.option("--again", is_flag=True, help="Work it out again when code or codings changed.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def agreement_command(study: str, round_number: int, again: bool, as_json: bool) -> None:
    """Tell how far the coders of ROUND (its number) of STUDY agree, by code and overall."""
    module = prepared("rodedraad.agreement.command")
    told: dict[str, Any] = module.round_agreement(study, round_number, again=again)
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    coders = ", ".join(one["name"] for one in told["coders"])
    click.echo(f"{told['label']}: {coders}")
    click.echo(
        f"unit: {told['unit']}; universe: {told['n_units']} in {told['n_sources']} sources; "
        f"{told['resampling']['resamples']} draws of {told['resampling']['n_drawn']} "
        f"{told['resampling']['drawn']}s"
    )
    overall = told["overall"]
    click.echo(f"all codes together, alpha with MASI: {_shown(overall['sets'])}")
    click.echo(f"all codes together, unitising alpha: {_shown(overall['unitising'])}")
    for one in told["codes"]:
        click.echo(
            f"{one['name']}: used on {one['n_any']}, same judgement "
            f"{_shown(one['figures']['percent'])}, alpha {_shown(one['figures']['krippendorff'])}, "
            f"AC1 {_shown(one['figures']['gwet'])}"
        )
    for one in told["missing"]:
        click.echo(f"missing: {one['coder']} did not finish {one['title']}")
    if told["stale"]:
        click.echo(f"the {told['stale']} changed since this was worked out: see --again")


def _shown(figure: dict[str, float | None]) -> str:
    if figure["estimate"] is None:
        return "undefined"
    if figure["low"] is None:
        return f"{figure['estimate']:.3f}"
    return f"{figure['estimate']:.3f} ({figure['low']:.3f} to {figure['high']:.3f})"
