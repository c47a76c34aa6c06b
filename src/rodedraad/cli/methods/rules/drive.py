"""The command ``methods rule drive``: does the law prescribe each network?"""

from pathlib import Path

import click

from rodedraad.cli.methods.row import Row, filled
from rodedraad.cli.methods.rules.file import case_rows
from rodedraad.cli.methods.rules.printing import rulings_print
from rodedraad.methods.rulesets import DriveLabel, LegalBasis, Member, Provision, network_drive

PROVISION = ("provision", "prescribes_party", "since", "until")
MEMBERS = {"members_prescribed": True, "members_voluntary": False, "members_unknown": None}
MOST_MEMBERS = 10_000
NETWORK = ("on", "researched", "extra_tasks", *MEMBERS)


@click.command("drive")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--case", default="case", show_default=True, help="Column of the network.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(file: Path, case: str, as_json: bool) -> None:
    """Tell the drive of every network in FILE, a row per network and legal provision.

    \b
    Columns; those marked * are the same in every row of a network:
    case              name of the network
    on                * reference date, as 2024-12-31; never blank
    researched        * yes or no: someone looked for provisions; never blank
    extra_tasks       * yes or no: it does more than they ask; blank: not known
    members_prescribed, members_voluntary, members_unknown
                      * number of members that the law names, that it does
                      not name, and of which this is not known; blank: 0
    provision         article of the law; blank: none was found
    prescribes_party  yes or no: it says who takes part
    since, until      day it came into force, first day it no longer was;
                      blank: no such day
    """
    networks = case_rows(file, case, (*NETWORK, *PROVISION))
    rulings_print(
        {name: {"drive": _ruling(rows)} for name, rows in networks.items()},
        {
            "in two classes": lambda ruling: ruling.two_classes,
            "not prescribed, at least": lambda ruling: (ruling.extra_share or (None,))[0],
            "at most": lambda ruling: (ruling.extra_share or (None,))[-1],
        },
        as_json=as_json,
    )


def _ruling(rows: list[Row]) -> DriveLabel:
    first = rows[0]
    for row in rows[1:]:
        for column in NETWORK:
            if row.word(column) != first.word(column):
                row.refuse(
                    column, f"Row {first.number} is of the same network; write the same there."
                )
    legal = LegalBasis(
        researched=filled(first, "researched", first.yes_no("researched")),
        provisions=tuple(_provision(row) for row in rows if row.word("provision")),
        extra_tasks=first.yes_no("extra_tasks"),
    )
    members = [
        Member(f"{column} {number}", prescribed)
        for column, prescribed in MEMBERS.items()
        for number in range(first.count(column, most=MOST_MEMBERS) or 0)
    ]
    return network_drive(legal, members, on=filled(first, "on", first.day("on")))


def _provision(row: Row) -> Provision:
    return Provision(
        reference=filled(row, "provision", row.word("provision")),
        prescribes_party=filled(row, "prescribes_party", row.yes_no("prescribes_party")),
        since=row.day("since"),
        until=row.day("until"),
    )
