"""The commands ``refi``: what a REFI-QDA file holds, bringing one in, and writing one."""

import json
from pathlib import Path
from typing import Any

import click

from rodedraad.cli.setup import disk_refusal, prepared
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
    _faults_tell(checked)


@refi_commands.command("import")
@click.argument("file", type=FILE)
@click.option("--study", "slug", required=True, help="Short name of the study.")
@click.option("--kind", default="other", show_default=True, help="What sort of texts these are.")
@click.option("--who", default="team", show_default=True, help="Who may see the texts.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of sentences.")
def import_command(file: Path, slug: str, kind: str, who: str, as_json: bool) -> None:
    """Bring a project (.qdpx) or codebook (.qdc) into a study, whole or not at all."""
    module = prepared("rodedraad.transfer.command")
    try:
        told: dict[str, Any] = module.project_bring_in(file, slug, kind=kind, confidentiality=who)
    except OSError as fault:
        raise disk_refusal(fault) from fault
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    for name in ("codes", "codings", "sources", "coders", "notes"):
        click.echo(f"{told[name]} {name}; {told['added'].get(name, 0)} new in the study")
    click.echo(f"{told['found']} elements, attributes and files: {told['kept']} kept, "
               f"{told['reported']} not")  # fmt: skip
    for reason in told["reasons"]:
        click.echo(f"  not kept: {reason['item']}, {reason['count']} times. {reason['sentence']}")
    _faults_tell(told)


@refi_commands.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--study", "slug", required=True, help="Short name of the study.")
@click.option("--personal", is_flag=True, help="Also texts about people (raw transcripts).")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of sentences.")
def export_command(file: Path, slug: str, personal: bool, as_json: bool) -> None:
    """Write a study as a project (.qdpx), or its codes as a codebook (.qdc)."""
    module = prepared("rodedraad.transfer.command")
    told: dict[str, Any] = module.project_write_out(file, slug, personal=personal)
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    click.echo(", ".join(f"{n} {name}" for name, n in told["counts"].items()))
    for reason in told["left_out"]:
        click.echo(f"  not in the file: {reason['sentence']} ({reason['count']})")


def _read(file: Path) -> ReadProject | ReadCodebook:
    """Read a project, or else a codebook."""
    try:
        return project_read(file)
    except NotRefi as refusal:
        if refusal.context.get("found") != ROOT_OF_CODEBOOK:
            raise
        return codebook_read(file)


def _faults_tell(told: dict[str, Any]) -> None:
    """Print whether a file is valid, and what is wrong with it."""
    valid = told["valid"]
    click.echo("The file is as the standard wants it." if valid else "The file is not valid.")
    for fault in told["faults"]:
        line = f"line {fault['line']}: " if fault["line"] else ""
        click.echo(f"  {line}{fault['message']} ({fault['code']})")


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
