"""The command ``methods rule ladder``: do people get the influence they were promised?"""

from pathlib import Path

import click

from rodedraad.cli.methods.rules.file import one_row_each
from rodedraad.cli.methods.rules.printing import rulings_print
from rodedraad.methods.rulesets import ladder_gap

HIGHEST = 6


@click.command("ladder")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--case", default="case", show_default=True, help="Column of the case.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(file: Path, case: str, as_json: bool) -> None:
    """Compare what was promised with what was experienced in FILE, a row per case.

    \b
    Columns (a blank cell is "not known"):
    case         name of the case
    promised, experienced
                 highest rung: 0 none, 1 informing, 2 consulting, 3 advising,
                 4 co-producing, 5 co-deciding, 6 self-management
    """
    rows = one_row_each(file, case, ("promised", "experienced"))
    rulings_print(
        {
            name: {
                "gap": ladder_gap(
                    row.count("promised", most=HIGHEST), row.count("experienced", most=HIGHEST)
                )
            }
            for name, row in rows.items()
        },
        {
            "promised": lambda ruling: ruling.inputs["promised"],
            "experienced": lambda ruling: ruling.inputs["experienced"],
        },
        as_json=as_json,
    )
