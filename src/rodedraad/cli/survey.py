"""The commands ``survey``: bring questionnaires in, write them out, and write answers."""

import json
from pathlib import Path
from typing import Any

import click

from rodedraad.cli.setup import disk_refusal, prepared, prepared_bare
from rodedraad.cli.survey_evidence import to_evidence_command

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
OUT = click.Path(dir_okay=False, path_type=Path)
FORMS = ("sav", "csv-codes", "csv-labels", "parquet", "ddi", "codebook", "all")
MARKS = ("version", "flags", "weight")
COARSE = click.Choice(("keep", "small", "out"))


@click.group("survey")
def survey_commands() -> None:
    """Questionnaires and their answers as files of other programs."""


survey_commands.add_command(to_evidence_command)


@survey_commands.command("import")
@click.argument("file", type=FILE)
@click.option("--study", "slug", help="Make a draft survey in this study.")
@click.option("--out", type=OUT, help="Write the questionnaire as SurveyJS JSON.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of sentences.")
def import_command(file: Path, slug: str | None, out: Path | None, as_json: bool) -> None:
    """Read an XLSForm or a LimeSurvey structure, and tell what of it comes along."""
    place = "rodedraad.surveys.exchange_command"
    module = prepared(place) if slug is not None else prepared_bare(place)
    try:
        told: dict[str, Any] = module.questionnaire_bring_in(file, slug, out)
    except OSError as fault:
        raise disk_refusal(fault) from fault
    _print(told, as_json=as_json)


@survey_commands.command("export")
@click.argument("file", type=OUT)
@click.option("--study", "slug", required=True, help="Short name of the study.")
@click.option("--survey", required=True, help="Short name of the survey.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of sentences.")
def export_command(file: Path, slug: str, survey: str, as_json: bool) -> None:
    """Write the newest version of a questionnaire as an XLSForm (.xlsx)."""
    module = prepared("rodedraad.surveys.exchange_command")
    try:
        told: dict[str, Any] = module.questionnaire_write_out(file, slug, survey)
    except OSError as fault:
        raise disk_refusal(fault) from fault
    _print(told, as_json=as_json)


@survey_commands.command("answers")
@click.argument("file", type=OUT)
@click.option("--study", "slug", required=True, help="Short name of the study.")
@click.option("--survey", required=True, help="Short name of the survey.")
@click.option("--form", type=click.Choice(FORMS), default="sav", show_default=True)
@click.option("--case", type=COARSE, default="keep", show_default=True, help="Codes of cases.")
@click.option("--role", type=COARSE, default="keep", show_default=True, help="Letters of roles.")
@click.option("--language", type=click.Choice(("nl", "en")), default="nl", show_default=True)
@click.option(
    "--left-out",
    type=click.Choice(("marked", "without")),
    default="marked",
    show_default=True,
    help="Responses that the team left out of results.",
)
@click.option(
    "--without",
    multiple=True,
    type=click.Choice(MARKS),
    help="Leave this out; may be given more than once.",
)
def answers_command(
    file: Path,
    slug: str,
    survey: str,
    form: str,
    case: str,
    role: str,
    language: str,
    left_out: str,
    without: tuple[str, ...],
) -> None:
    """Write the answers of a survey, a description (ddi) or a codebook."""
    module = prepared("rodedraad.surveys.exchange_command")
    wanted = {
        "case": case, "role": role, "language": language, "left_out": left_out,
        "marks": tuple(one for one in MARKS if one not in without),
    }  # fmt: skip
    try:
        told: dict[str, Any] = module.answers_write_out(
            file, slug, survey, form=form, wanted=wanted
        )
    except OSError as fault:
        raise disk_refusal(fault) from fault
    click.echo(f"{file.name}: {told['bytes']} bytes")


def _print(told: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    click.echo(
        f"{told['questions']} questions: {told['carried']} carried over, {told['reported']} not"
    )
    for one in told["reasons"]:
        mark = "not carried over" if one["question"] else "note"
        about = f" ({one['told']})" if one["told"] else ""
        click.echo(f"  {mark}: {one['name']}: {one['sentence']}{about}")
    if told.get("valid") is not None:
        click.echo("It can be used here." if told["valid"] else "It cannot be used as it is.")
    for fault in told.get("faults", []):
        click.echo(f"  {fault}")
    if survey := told.get("survey"):
        click.echo(f"Draft survey {survey}")
