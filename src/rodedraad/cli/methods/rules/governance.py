"""The command ``methods rule governance``: how is each network governed, and does that fit?"""

from pathlib import Path

import click

from rodedraad.cli.methods.row import Row
from rodedraad.cli.methods.rules.file import one_row_each
from rodedraad.cli.methods.rules.printing import rulings_print
from rodedraad.methods.rulesets import Ruling, governance_fit, governance_mode

COLUMNS = (
    "coordinating_entity",
    "coordinating_member",
    "degree_centralisation",
    "tie_trust",
    "density",
    "participants",
    "consensus",
    "need",
)


@click.command("governance")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--case", default="case", show_default=True, help="Column of the network.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(file: Path, case: str, as_json: bool) -> None:
    """Tell the governance mode of every network in FILE and whether it fits, a row per network.

    \b
    Columns (a blank cell is "not known"):
    case                   name of the network
    coordinating_entity    yes or no: a separate organisation coordinates
    coordinating_member    yes or no: one of the members coordinates
    degree_centralisation  of its contacts, from 0 to 1
    tie_trust, density     mean trust of ties, density; from 0 to 1
    participants           number of members
    consensus, need        goal consensus, need for network competences;
                           from 0 to 1
    """
    rows = one_row_each(file, case, COLUMNS)
    found = {name: _rulings(row) for name, row in rows.items()}
    rulings_print(found, {}, as_json=as_json)


def _rulings(row: Row) -> dict[str, Ruling]:
    mode = governance_mode(
        coordinating_entity=row.yes_no("coordinating_entity"),
        coordinating_member=row.yes_no("coordinating_member"),
        degree_centralisation=row.share("degree_centralisation"),
    )
    fit = governance_fit(
        mode.label,
        tie_trust=row.share("tie_trust"),
        density=row.share("density"),
        participants=row.count("participants", least=1),
        consensus=row.share("consensus"),
        need=row.share("need"),
    )
    return {"mode": mode, "fit": fit}
