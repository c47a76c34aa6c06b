"""Commands about sources: ``sources add`` brings documents and transcripts into a study."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from rodedraad.cli.setup import disk_refusal, prepared

PATHS = click.Path(exists=True, path_type=Path)
SOME_REFUSED = 2


@click.group("sources")
def sources_commands() -> None:
    """Documents and transcripts of a study."""


@sources_commands.command("add")
@click.argument("paths", type=PATHS, nargs=-1, required=True)
@click.option("--study", "slug", required=True, help="Short name of the study.")
@click.option("--kind", default="other", show_default=True, help="What sort of text it is.")
@click.option("--case", default="", help="Code or name of the case it is about.")
@click.option(
    "--who",
    default="",
    help="Who may see it; without it the team, and of talks and open answers who may read raw.",
)
@click.option("--answers", default="", help="Column of a table that holds the open answers.")
@click.option("--respondent", default="", help="Column of a table that says who answered.")
@click.option("--tables", is_flag=True, help="Take tables with lines out of a PDF row by row.")
@click.option("--again", is_flag=True, help="Add also what is in the study already.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of sentences.")
def add_command(
    paths: tuple[Path, ...],
    slug: str,
    kind: str,
    case: str,
    who: str,
    answers: str,
    respondent: str,
    tables: bool,
    again: bool,
    as_json: bool,
) -> None:
    """Add files, and all files in folders, at PATHS; each whole or not at all."""
    module = prepared("rodedraad.sources.command")
    options = prepared("rodedraad.sources.extraction").Options(answers, respondent, tables)
    try:
        with click.progressbar(length=1, label="Files", file=sys.stderr) as bar:

            def tell(done: int, total: int) -> None:
                bar.length = total
                bar.update(done - bar.pos)

            told: dict[str, Any] = module.paths_bring_in(
                paths, slug, kind=kind, case=case, confidentiality=who, options=options,
                again=again, tell=tell,
            )  # fmt: skip
    except OSError as fault:
        raise disk_refusal(fault) from fault
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        _say(told)
    if told["refused"]:
        sys.exit(SOME_REFUSED)


def _say(told: dict[str, Any]) -> None:
    click.echo(
        f"{told['added']} added, {told['known']} were there already, {told['refused']} refused."
    )
    for answer in told["files"]:
        if answer["state"] == "refused":
            click.echo(f"  {answer['file']}: {answer['message']}")
