"""The commands ``refi``: what a REFI-QDA file of another program holds."""

import json
from pathlib import Path
from typing import Any

import click

from rodedraad.exchange.refi_qda.codebook_file import ReadCodebook, codebook_read
from rodedraad.exchange.refi_qda.project_read import ReadProject, project_read
from rodedraad.exchange.refi_qda.refusals import NotRefi
from rodedraad.exchange.refi_qda.walk import codes_all, codings_all

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
ROOT_OF_CODEBOOK = "CodeBook"


@click.group("refi")
def refi_commands() -> None:
    """Trade codebooks and projects with other programs (REFI-QDA)."""


@refi_commands.command("check")
@click.argument("file", type=FILE)
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of sentences.")
def check_command(file: Path, as_json: bool) -> None:
    """Tell what a project (.qdpx) or codebook (.qdc) holds, what of it we cannot keep, and what
    is wrong with the file.
    """
    read = _read(file)
    checked = _checked(read)
    if as_json:
        click.echo(json.dumps(checked, ensure_ascii=False, indent=2))
        return
    names = ("codes", "codings", "sources", "coders")
    click.echo(", ".join(f"{checked[name]} {name}" for name in names))
    click.echo(
        f"{read.found} elements, attributes and files: {read.kept} kept, {read.reported} not"
    )
    for loss in read.losses:
        click.echo(f"  not kept: {loss.item}, {loss.count} times. {loss.sentence}")
    click.echo("The file is as the standard wants it." if read.valid else "The file is not valid.")
    for fault in read.faults:
        line = f"line {fault.line}: " if fault.line else ""
        click.echo(f"  {line}{fault.message} ({fault.code})")


def _read(file: Path) -> ReadProject | ReadCodebook:
    """Read a project, or else a codebook."""
    try:
        return project_read(file)
    except NotRefi as refusal:
        if refusal.context.get("found") != ROOT_OF_CODEBOOK:
            raise
        return codebook_read(file)


def _checked(read: ReadProject | ReadCodebook) -> dict[str, Any]:
    """Return what is told about a file, in the names that an import uses too."""
    if isinstance(read, ReadProject):
        codes = read.project.codes
        coded = list(codings_all(read.project))
        sources = len(read.project.sources)
    else:
        codes, coded, sources = read.codebook.codes, [], 0
    return {
        "codes": sum(1 for _ in codes_all(codes)),
        "codings": len(coded),
        "sources": sources,
        "coders": len({one.coder for one in coded} - {None}),
        "found": read.found,
        "kept": read.kept,
        "reported": read.reported,
        "reasons": [
            {
                "item": loss.item,
                "reason": loss.reason,
                "sentence": loss.sentence,
                "count": loss.count,
                "examples": list(loss.examples),
            }
            for loss in read.losses
        ],
        "valid": read.valid,
        "faults": [
            {"code": fault.code, "message": fault.message, "line": fault.line}
            for fault in read.faults
        ],
    }
