"""The command ``demo``: the first study on public figures, without a site."""

import time
from pathlib import Path

import click

from rodedraad.cli.setup import disk_refusal, prepared


@click.command("demo")
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for report.html, report.pdf, report.docx, evidence.parquet and summary.json.",
)
def demo_command(out: Path) -> None:
    """Do the first study on public figures and write its report to a folder."""
    click.echo("Starting the database ...")
    report = job_do(out)
    click.echo(f"\nThe report lies in {report}")


def job_do(out: Path) -> Path:
    """Do the first study, telling each step, and return where its report lies."""
    started = time.perf_counter()
    module = prepared("rodedraad.first_study")
    try:
        outcome = module.first_study(
            out, report=click.echo, prepared_seconds=time.perf_counter() - started
        )
    except OSError as fault:
        raise disk_refusal(fault) from fault
    return outcome
