"""The command ``methods combine``: what survey, interviews and documents say together."""

from pathlib import Path

import click

from rodedraad.cli.methods.csv_file import labels_of, numbers_of, table_read
from rodedraad.cli.methods.printing import json_print, notices_print, table_print
from rodedraad.methods.aggregation import combine_sources

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("combine")
@click.argument("file", type=FILE)
@click.option("--case", required=True, help="Column of the case.")
@click.option("--survey", default="", help="Column with scores of 0-1.")
@click.option("--interview", default="", help="Column with a rubric of 0-3.")
@click.option("--document", default="", help="Column with a rubric of 0-3.")
@click.option(
    "--max-gap", type=float, default=0.33, show_default=True, help="More is a contradiction."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(
    file: Path,
    case: str,
    survey: str,
    interview: str,
    document: str,
    max_gap: float,
    as_json: bool,
) -> None:
    """Combine the sources in FILE, one row per case: their median and where they contradict."""
    frame = table_read(file)
    columns = {"survey": survey, "interview": interview, "document": document}
    found = combine_sources(
        labels_of(frame, case, file),
        {source: numbers_of(frame, column, file) for source, column in columns.items() if column},
        max_gap=max_gap,
    )
    if as_json:
        json_print(found)
        return
    sources = [source for source, column in columns.items() if column]
    by_source = [{s.source: s.value for s in one.sources} for one in found.cases]
    table_print(
        ("case", *sources, "combined", "gap", ""),
        (
            (
                one.case,
                *(known.get(source) for source in sources),
                one.value,
                one.gap,
                "contradictory" if one.contradictory else "",
            )
            for one, known in zip(found.cases, by_source, strict=True)
        ),
    )
    notices_print(found.notices)
