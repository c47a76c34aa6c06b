"""The command ``methods rule phase``: how far has each network come, and what did it skip?"""

from pathlib import Path

import click

from rodedraad.cli.methods.row import Row, filled
from rodedraad.cli.methods.rules.file import one_row_each
from rodedraad.cli.methods.rules.printing import rulings_print
from rodedraad.methods.rulesets import Milestone, PhaseLabel, network_phase
from rodedraad.methods.rulesets.phase import PHASE_NAMES

COLUMNS = {milestone.name.lower(): milestone for milestone in Milestone}


@click.command("phase")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--case", default="case", show_default=True, help="Column of the network.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(file: Path, case: str, as_json: bool) -> None:
    """Tell the phase of every network in FILE, a row per network.

    \b
    Columns:
    case     name of the network
    on       reference date, as 2024-12-31; never blank
    explore, share, agree, shape
             day on which each milestone was reached; blank: not reached
    deliver  day of the latest evaluation of a network that delivers
    """
    rows = one_row_each(file, case, ("on", *COLUMNS))
    rulings_print(
        {name: {"phase": _ruling(row)} for name, row in rows.items()},
        {
            "gaps": lambda ruling: [PHASE_NAMES[gap] for gap in ruling.gaps],
            "formally ahead": lambda ruling: ruling.formally_ahead,
            "evaluation too old": lambda ruling: ruling.lapsed,
        },
        as_json=as_json,
    )


def _ruling(row: Row) -> PhaseLabel:
    reached = {milestone: row.day(column) for column, milestone in COLUMNS.items()}
    return network_phase(
        {milestone: day for milestone, day in reached.items() if day},
        on=filled(row, "on", row.day("on")),
    )
