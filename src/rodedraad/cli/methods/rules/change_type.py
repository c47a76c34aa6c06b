"""The command ``methods rule change-type``: which type of changer is each municipality?"""

from pathlib import Path

import click

from rodedraad.cli.methods.row import Row, filled
from rodedraad.cli.methods.rules.file import one_row_each
from rodedraad.cli.methods.rules.printing import rulings_print
from rodedraad.methods.rulesets import Attitudes, ChangeType, MeasureStatus, change_type
from rodedraad.methods.rulesets.change_type import SOURCE_TYPES
from rodedraad.methods.rulesets.measures import MEASURES

ATTITUDES = ("necessity", "small_steps", "waiting", "doubt")
NOT_APPLICABLE = ("nvt", "n.v.t.", "n.a.")
UNKNOWN = ("onbekend", "unknown")


@click.command("change-type")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--case", default="case", show_default=True, help="Column of the case.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(file: Path, case: str, as_json: bool) -> None:
    """Tell the change type of every case in FILE, a row per case.

    \b
    Columns (a blank cell is "not known"):
    case          name of the case
    on            reference date, as 2024-12-31; never blank
    source_types  document, interview, survey: those used, with | between
    A1 to D5      status of each of the 20 measures: 0 none, 1 intention,
                  2 pilot, 3 in use, 4 secured; nvt when not applicable
    necessity, small_steps, waiting, doubt
                  attitudes, from 0 to 1
    first_team    may be left out: day on which the first team began
    """
    columns = ("on", "source_types", *MEASURES, *ATTITUDES)
    rows = one_row_each(file, case, columns, optional=("first_team",))
    rulings_print(
        {name: {"type": _ruling(row)} for name, row in rows.items()},
        {
            "breadth": lambda ruling: ruling.breadth.breadth,
            "for": lambda ruling: ruling.pro,
            "against": lambda ruling: ruling.con,
            "missing cells": lambda ruling: ruling.missing_cells,
            "stability": lambda ruling: ruling.stability,
            "uncertain": lambda ruling: ruling.uncertain,
            "flags": lambda ruling: ruling.flags,
        },
        as_json=as_json,
    )


def _ruling(row: Row) -> ChangeType:
    status = {measure: _status(row, measure) for measure in MEASURES}
    attitudes = Attitudes(**{name: row.share(name) for name in ATTITUDES})
    on, first_team = filled(row, "on", row.day("on")), row.day("first_team")
    source_types = row.words("source_types")
    if not source_types <= SOURCE_TYPES:
        row.refuse("source_types", f"Write one or more of {', '.join(sorted(SOURCE_TYPES))}.")
    return change_type(status, attitudes, source_types=source_types, on=on, first_team=first_team)


def _status(row: Row, measure: str) -> MeasureStatus:
    text = (row.word(measure) or UNKNOWN[0]).lower()
    if text in UNKNOWN:
        return MeasureStatus.UNKNOWN
    if text in NOT_APPLICABLE:
        return MeasureStatus.NOT_APPLICABLE
    if text not in ("0", "1", "2", "3", "4"):
        row.refuse(
            measure,
            "Write 0 (none), 1 (intention), 2 (pilot), 3 (in use), 4 (secured) or nvt; leave the "
            "cell blank when it is not known.",
        )
    return MeasureStatus(int(text))
