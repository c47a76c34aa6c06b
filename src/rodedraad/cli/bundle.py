"""The commands ``study``: a whole study in one file, and a study from such a file."""

import json
from pathlib import Path
from typing import Any

import click

from rodedraad.cli.setup import disk_refusal, prepared

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW_FILE = click.Path(dir_okay=False, path_type=Path)


@click.group("study")
def study_commands() -> None:
    """A whole study as one file (a bundle)."""


@study_commands.command("bundle")
@click.argument("slug")
@click.argument("file", type=NEW_FILE)
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of sentences.")
def bundle_command(slug: str, file: Path, as_json: bool) -> None:
    """Write everything of the study SLUG to FILE: texts, codings, history, evidence, reports.

    The file holds raw texts. Keep it as you keep these.
    """
    module = prepared("rodedraad.transfer.command")
    told: dict[str, Any] = module.study_bundle(slug, file)
    if as_json:
        click.echo(json.dumps(told))
        return
    click.echo(f"{told['rows']} rows and {told['files']} original files are in {file}")
    if told["missing"]:
        click.echo(f"{told['missing']} original files are gone from the data folder")


@study_commands.command("restore")
@click.argument("file", type=FILE)
@click.option("--slug", default="", help="New short name; else the one that it had.")
@click.option("--lead", required=True, help="E-mail address of who leads the study here.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of sentences.")
def restore_command(file: Path, slug: str, lead: str, as_json: bool) -> None:
    """Make the study that a bundle holds, exactly as it was; all of it, or nothing."""
    module = prepared("rodedraad.transfer.command")
    try:
        told: dict[str, Any] = module.study_restore(file, slug=slug, lead=lead)
    except OSError as fault:
        raise disk_refusal(fault) from fault
    click.echo(json.dumps(told) if as_json else f"The study '{told['study']}' is restored.")
