"""The command ``survey to-evidence``: answers to a survey become rows of evidence."""

import json
from typing import Any

import click

from rodedraad.cli.setup import prepared


@click.command("to-evidence")
@click.argument("slug", metavar="STUDY")
@click.argument("survey")
@click.option("--check", is_flag=True, help="Only tell what would change.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of sentences.")
def to_evidence_command(slug: str, survey: str, check: bool, as_json: bool) -> None:
    """Take over the complete answers to SURVEY of STUDY in the evidence; nothing is erased."""
    module = prepared("rodedraad.surveys.results.command")
    told: dict[str, Any] = module.answers_take_over(slug, survey, check=check)
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    would = "would be" if check else "are"
    click.echo(
        f"{told['new']} rows {would} new, {told['changed']} changed, {told['gone']} taken back; "
        f"{told['kept']} were there already. {told['responses']} responses, "
        f"{told['responses_left_out']} left out by decision."
    )
    for why, n in told["left_out_why"].items():
        click.echo(f"  left out, {why}: {n}")
