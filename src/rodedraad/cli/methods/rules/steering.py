"""The command ``methods rule steering``: does the commissioner of each initiative let go?"""

from pathlib import Path

import click

from rodedraad.cli.methods.row import Row, filled
from rodedraad.cli.methods.rules.file import one_row_each
from rodedraad.cli.methods.rules.printing import rulings_print
from rodedraad.methods.rulesets import (
    Ruling,
    anchoring_alert,
    start_check,
    steering_mode,
    steering_tension,
)

SIDES = ("commissioner", "team")
COLUMNS = tuple(f"{side}_{what}" for side in SIDES for what in ("frames", "autonomy"))
ANCHORING = ("has_owner", "has_money", "ends")
START = ("recorded", "started")


@click.command("steering")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--case", default="case", show_default=True, help="Column of the initiative.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(file: Path, case: str, as_json: bool) -> None:
    """Tell how every initiative in FILE is steered, as both sides see it; a row per initiative.

    \b
    Columns (a blank cell is "not known"):
    case           name of the initiative
    commissioner_frames, commissioner_autonomy, team_frames, team_autonomy
                   clear frames and room, as each side sees it; from 0 to 1
    May be left out, each group together:
    on, has_owner, has_money, ends
                   reference date (never blank then), yes or no, yes or no,
                   end date: tells whether what comes after is at risk
    recorded, started
                   days on which support was recorded and the work began
    """
    rows = one_row_each(file, case, COLUMNS, optional=("on", *ANCHORING, *START))
    rulings_print(
        {name: _rulings(row) for name, row in rows.items()},
        {
            "commissioner": lambda ruling: ruling.commissioner.label,
            "team": lambda ruling: ruling.team.label,
        },
        as_json=as_json,
    )


def _rulings(row: Row) -> dict[str, Ruling]:
    commissioner, team = (
        steering_mode(row.share(f"{side}_frames"), row.share(f"{side}_autonomy")) for side in SIDES
    )
    found: dict[str, Ruling] = {"views": steering_tension(commissioner, team)}
    if any(column in row.cells for column in ANCHORING):
        found["anchoring"] = anchoring_alert(
            has_owner=row.yes_no("has_owner"),
            has_money=row.yes_no("has_money"),
            ends=row.day("ends"),
            on=filled(row, "on", row.day("on")),
        )
    if any(column in row.cells for column in START):
        found["start"] = start_check(recorded=row.day("recorded"), started=row.day("started"))
    return found
