"""Commands about evidence: bring facts in from a file, or from the texts of a study."""

import json
from pathlib import Path
from typing import Any

import click

from rodedraad.cli.setup import disk_refusal, prepared

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("evidence")
def evidence_commands() -> None:
    """The evidence table of a study."""


@evidence_commands.command("add")
@click.argument("file", type=FILE)
@click.option("--study", "slug", required=True, help="Short name of the study.")
@click.option("--wave", "label", required=True, help="Label of the wave, such as 2015.")
@click.option("--source", default="", help="Survey or document of the rows that do not name one.")
@click.option("--check", is_flag=True, help="Only tell what would be added.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of sentences.")
def add_command(file: Path, slug: str, label: str, source: str, check: bool, as_json: bool) -> None:
    """Add the answers, rubric scores and measures of a CSV or Parquet FILE; all rows or none."""
    module = prepared("rodedraad.assessment.evidence_file.command")
    try:
        told: dict[str, Any] = module.file_bring_in(file, slug, label, source=source, check=check)
    except OSError as fault:
        raise disk_refusal(fault) from fault
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    verb = "would be added" if check else "are added"
    click.echo(f"{told['new']} rows {verb}, {told['known']} were there already.")
    for kind, n in told["kinds"].items():
        click.echo(f"  {kind}: {n}")
    for reason, n in told["missing"].items():
        click.echo(f"  without a value, {reason}: {n}")
    if told["unused_columns"]:
        click.echo(f"Columns that hold no fact, left out: {', '.join(told['unused_columns'])}")


@evidence_commands.command("from-texts")
@click.argument("slug", metavar="STUDY")
@click.option("--check", is_flag=True, help="Only tell what would change.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of sentences.")
def from_texts_command(slug: str, check: bool, as_json: bool) -> None:
    """Take over what codings and scores of the texts of STUDY say; nothing is erased."""
    told: dict[str, Any] = prepared("rodedraad.scoring.command").texts_take_over(slug, check=check)
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    would = "would be" if check else "are"
    click.echo(
        f"{told['new']} rows {would} new, {told['changed']} changed, {told['gone']} taken back; "
        f"{told['kept']} were there already."
    )
    for why, n in told["left_out_why"].items():
        click.echo(f"  left out, {why}: {n}")
