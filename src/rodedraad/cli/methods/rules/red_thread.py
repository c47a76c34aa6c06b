"""The command ``methods rule red-thread``: is each red thread supported, and recognised?"""

from pathlib import Path

import click

from rodedraad.cli.methods.row import Row, filled
from rodedraad.cli.methods.rules.file import case_rows, one_row_each
from rodedraad.cli.methods.rules.printing import rulings_print
from rodedraad.methods.rulesets import ThreadBasis, Vote, red_thread_status
from rodedraad.methods.rulesets.red_thread import VOTE_VALUES

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
COUNTS = ("municipalities", "cases_in_study", "strata", "source_types")
CONTRA = ("contra_searched", "contra_handled")


@click.command("red-thread")
@click.argument("file", type=FILE)
@click.option("--votes", "votes_file", type=FILE, help="CSV with a row per vote of a session.")
@click.option("--case", default="thread", show_default=True, help="Column of the red thread.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(file: Path, votes_file: Path | None, case: str, as_json: bool) -> None:
    """Tell the status of every red thread in FILE, a row per thread.

    \b
    Columns, never blank:
    thread           name of the thread
    municipalities   number in which it was found
    cases_in_study   number of municipalities in the study
    strata           number of strata these are of
    source_types     number of kinds of source: document, interview, survey
    contra_searched  yes or no: contra-evidence was searched for
    contra_handled   yes or no: what was found was dealt with
    Columns of the file of --votes, never blank:
    thread           name of the thread
    answer           herken, deels or niet
    role             role of the voter
    interviewed      yes or no: the voter was interviewed before
    """
    bases = {
        name: _basis(row) for name, row in one_row_each(file, case, (*COUNTS, *CONTRA)).items()
    }
    votes = _votes(votes_file, case, list(bases)) if votes_file else {}
    rulings_print(
        {
            name: {"status": red_thread_status(basis, votes.get(name, ()))}
            for name, basis in bases.items()
        },
        {
            "votes": lambda ruling: ruling.recognition.n,
            "recognition": lambda ruling: ruling.recognition.mean,
            "of interviewed": lambda ruling: ruling.interviewed.mean,
            "of others": lambda ruling: ruling.not_interviewed.mean,
        },
        as_json=as_json,
    )


def _basis(row: Row) -> ThreadBasis:
    found, cases, strata, sources = (filled(row, name, row.count(name)) for name in COUNTS)
    if found > cases:
        row.refuse("municipalities", f"There are {cases} in the study. Count again.")
    searched, handled = (filled(row, name, row.yes_no(name)) for name in CONTRA)
    return ThreadBasis(
        municipalities=found,
        cases_in_study=cases,
        strata=strata,
        source_types=sources,
        contra_searched=searched,
        contra_handled=handled,
    )


def _votes(file: Path, case: str, threads: list[str]) -> dict[str, list[Vote]]:
    found = case_rows(file, case, ("answer", "role", "interviewed"))
    for name, rows in found.items():
        if name not in threads:
            rows[0].refuse(case, f"The threads are: {', '.join(threads)}.")
    return {name: [_vote(row) for row in rows] for name, rows in found.items()}


def _vote(row: Row) -> Vote:
    answer = filled(row, "answer", row.word("answer"))
    if answer not in VOTE_VALUES:
        row.refuse("answer", f"Write {', '.join(VOTE_VALUES)}.")
    return Vote(
        answer=answer,
        role=filled(row, "role", row.word("role")),
        interviewed=filled(row, "interviewed", row.yes_no("interviewed")),
    )
