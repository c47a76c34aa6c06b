"""The command ``methods rule confidence``: how much confidence does each finding deserve?"""

from pathlib import Path

import click

from rodedraad.cli.methods.row import Row, filled
from rodedraad.cli.methods.rules.file import one_row_each
from rodedraad.cli.methods.rules.printing import rulings_print
from rodedraad.methods.rulesets import Confidence, FindingBasis, finding_confidence

COUNTS = ("cases", "source_types", "open_contra")
PERIOD_AND_GROUP = ("current_wave", "same_group")
WHERE_IT_RESTS_ON_THEM = ("coders", "agreement_measured", "response")


@click.command("confidence")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--case", default="finding", show_default=True, help="Column of the finding.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(file: Path, case: str, as_json: bool) -> None:
    """Grade the confidence in every finding in FILE, a row per finding.

    \b
    Columns, never blank:
    finding             name of the finding
    cases               number of cases it was found in
    source_types        number of kinds of source: document, interview, survey
    open_contra         pieces of contra-evidence that were not handled
    current_wave        yes or no: the evidence is of the period it speaks of
    same_group          yes or no: the evidence is of the group it speaks of
    May be blank or left out, where a finding does not rest on them:
    coders              number of coders of its passages
    agreement_measured  yes or no: between those coders
    response            to its survey, from 0 to 1
    """
    rows = one_row_each(file, case, (*COUNTS, *PERIOD_AND_GROUP), optional=WHERE_IT_RESTS_ON_THEM)
    rulings_print(
        {name: {"confidence": _ruling(row)} for name, row in rows.items()},
        {"concerns": lambda ruling: ruling.concerns},
        as_json=as_json,
    )


def _ruling(row: Row) -> Confidence:
    cases, source_types, open_contra = (filled(row, name, row.count(name)) for name in COUNTS)
    current, same = (filled(row, name, row.yes_no(name)) for name in PERIOD_AND_GROUP)
    return finding_confidence(
        FindingBasis(
            cases=cases,
            source_types=source_types,
            open_contra=open_contra,
            current_wave=current,
            same_group=same,
            coders=row.count("coders", least=1),
            agreement_measured=row.yes_no("agreement_measured"),
            response=row.share("response"),
        )
    )
