"""The command ``methods aggregate``: from respondents to cases, with their agreement."""

from pathlib import Path
from typing import Any

import click

from rodedraad.cli.methods.csv_file import column_of, labels_of, rows_of, table_read, words_of
from rodedraad.cli.methods.printing import json_print, notices_print, shown, table_print
from rodedraad.methods.aggregation import (
    NULL_NAMES,
    Agreement,
    CaseAgreement,
    CaseMean,
    CaseMeans,
    Intraclass,
    case_means,
    intraclass,
    null_distribution,
    within_case_agreement,
)
from rodedraad.methods.plain import plain
from rodedraad.methods.scales import item_answers, score_items

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("aggregate")
@click.argument("file", type=FILE)
@click.option("--case", required=True, help="Column of the case.")
@click.option("--items", required=True, help="Columns of the items, separated by commas.")
@click.option("--role", default="", help="Column of the role; without it all count alike.")
@click.option("--reversed", "reversed_items", default="", help="Items to turn round.")
@click.option("--low", type=int, default=1, show_default=True, help="Lowest answer.")
@click.option("--high", type=int, default=5, show_default=True, help="Highest answer.")
@click.option("--dont-know", default="", help='Codes or words for "weet niet".')
@click.option("--not-asked", default="", help="Codes or words for an item that was not asked.")
@click.option(
    "--null",
    "nulls",
    type=click.Choice(NULL_NAMES),
    multiple=True,
    default=("uniform",),
    show_default=True,
    help="Null distribution of rwg; may be given more than once.",
)
@click.option("--min-role", type=int, default=3, show_default=True, help="Else pooled.")
@click.option("--min-published", type=int, default=5, show_default=True, help="Else hidden.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(
    file: Path,
    case: str,
    items: str,
    role: str,
    reversed_items: str,
    low: int,
    high: int,
    dont_know: str,
    not_asked: str,
    nulls: tuple[Any, ...],
    min_role: int,
    min_published: int,
    as_json: bool,
) -> None:
    """Bring the answers in FILE to one score per case, and tell how far respondents agree.

    What rests on fewer people than --min-published is not printed.
    """
    frame = table_read(file)
    cases = labels_of(frame, case, file)
    roles = labels_of(frame, role, file) if role else None
    names = words_of(items)
    for name in names:
        column_of(frame, name, file)
    with rows_of(file):
        answers = item_answers(
            frame,
            names=names,
            low=low,
            high=high,
            reversed_items=words_of(reversed_items),
            dont_know=words_of(dont_know),
            not_asked=words_of(not_asked),
        )
    scores = score_items(answers)
    means = case_means(
        scores.scores, cases, roles, min_per_role=min_role, min_published=min_published
    )
    agreement = within_case_agreement(
        answers.values,
        cases,
        low=low,
        high=high,
        nulls=[null_distribution(name, high - low + 1) for name in nulls],
    )
    icc = intraclass(scores.scores, cases, names=["score"])[0]
    if as_json:
        json_print(_document(means, agreement, icc))
        return
    _print(means, agreement, icc)


def _document(means: CaseMeans, agreement: Agreement, icc: Intraclass) -> dict[str, Any]:
    return {
        "cases": [
            _case(mean, found) for mean, found in zip(means.cases, agreement.cases, strict=True)
        ],
        "icc": icc,
        "nulls": agreement.nulls,
        "median_rwg_j": agreement.median_rwg_j,
        "n_respondents": means.n_respondents,
        "n_missing": means.n_missing,
        "n_suppressed": means.n_suppressed,
        "min_per_role": means.min_per_role,
        "min_published": means.min_published,
        "notices": (*means.notices, *agreement.notices, *icc.notices),
    }


def _case(mean: CaseMean, found: CaseAgreement) -> dict[str, Any]:
    """What may be shown of one case."""
    hidden = mean.suppressed
    apart = not any(role.suppressed for role in mean.by_role)
    return {
        "case": mean.case,
        "n": mean.n,
        "suppressed": hidden,
        "value": mean.published,
        "sd": None if hidden else mean.sd,
        "role_gap": mean.role_gap if apart else None,
        "by_role": [
            {"roles": role.roles, "n": role.n, "value": role.published} for role in mean.by_role
        ],
        "agreement": None if hidden else plain(found),
    }


def _print(means: CaseMeans, agreement: Agreement, icc: Intraclass) -> None:
    nulls = [null.name for null in agreement.nulls]
    table_print(
        ("case", "n", "score", "sd", *(f"rwg(J) {null}" for null in nulls), "ad", "roles"),
        (
            (
                row["case"],
                row["n"],
                row["value"],
                row["sd"],
                *_rwg(row["agreement"], len(nulls)),
                row["agreement"] and row["agreement"]["average_deviation"],
                "; ".join(
                    f"{'+'.join(role['roles'])} {shown(role['value'])}" for role in row["by_role"]
                ),
            )
            for row in _document(means, agreement, icc)["cases"]
        ),
    )
    click.echo(
        f"\nICC(1) {icc.icc1:.3f} ({shown(icc.icc1_interval)}), ICC(2) {shown(icc.icc2)} "
        f"({shown(icc.icc2_interval)}): {icc.n_cases} cases, {icc.n_respondents} respondents"
    )
    notices_print((*means.notices, *agreement.notices, *icc.notices))


def _rwg(agreement: dict[str, Any] | None, n_nulls: int) -> list[float | None]:
    found = agreement["by_null"] if agreement else []
    return [null["rwg_j"] for null in found] or [None] * n_nulls
