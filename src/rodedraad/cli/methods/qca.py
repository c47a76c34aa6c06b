"""The command ``methods qca``: which combinations of conditions go with an outcome."""

import math
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import numpy as np
import polars as pl

from rodedraad.cli.methods.csv_file import labels_of, numbers_of, table_read, words_of
from rodedraad.cli.methods.printing import json_print, notices_print, shown, table_print
from rodedraad.errors import Refusal
from rodedraad.methods.notices import Notice
from rodedraad.methods.plain import plain
from rodedraad.methods.qca import (
    LISTED_MODELS,
    Assumed,
    Cuts,
    QcaResult,
    Solution,
    case_roles,
    cluster_fit,
    necessary_supersets,
    qca,
    qca_document,
    robustness,
)
from rodedraad.methods.qca.calibration import (
    Calibration,
    calibrate_crisp,
    calibrate_direct,
    calibrate_indirect,
)
from rodedraad.methods.qca.refusals import QcaRefusal
from rodedraad.methods.qca.table import FloatArray
from rodedraad.methods.qca.thresholds import thresholds_by_cluster, thresholds_by_gap

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
BETWEEN_EXPECTATIONS = re.compile(r",(?![^\[{]*[\]}])")
PRINTED_MODELS = 20
CONDITIONS_FOR_SUPERSETS = 8


@click.command("qca")
@click.argument("file", type=FILE)
@click.option("--outcome", required=True, help="Column to explain; ~NAME for its absence.")
@click.option("--conditions", required=True, help="Columns that explain, separated by commas.")
@click.option("--case", default=None, help="Column with the cases; default: case, else the row.")
@click.option(
    "--calibrate",
    multiple=True,
    help="NAME=out,crossover,full; NAME=indirect:a,b,..; NAME=crisp:a,b; NAME=gap:1; cluster:1.",
)
@click.option("--incl-cut", type=float, default=1.0, show_default=True, help="Least consistency.")
@click.option("--n-cut", type=int, default=1, show_default=True, help="Least cases in a row.")
@click.option("--pri-cut", type=float, default=0.0, show_default=True, help="Least PRI.")
@click.option(
    "--contradiction-cut", type=float, default=None, help="From here to --incl-cut: OUT is C."
)
@click.option("--expect", default="", help="Levels that help the outcome: DEV,~STB,GDP[1,2].")
@click.option("--impossible", multiple=True, help="Combination that cannot exist: ~DEV*URB.")
@click.option("--necessary", multiple=True, help="Necessary: bars remainders without it.")
@click.option("--enhanced", is_flag=True, help="Bar assumptions that contradict each other.")
@click.option("--negated", is_flag=True, help="The absence of the outcome beside it.")
@click.option("--override", default=None, help="Reason for more conditions than cases bear.")
@click.option(
    "--list-models", type=int, default=LISTED_MODELS, show_default=True, help="Most to list."
)
@click.option("--cases", "with_cases", is_flag=True, help="Role of each case in each model.")
@click.option("--group", default="", help="Column of groups in which to test each term.")
@click.option("--robust-incl", default="", help="Other consistency cut-offs to try: 0.75,0.85.")
@click.option("--robust-n", default="", help="Other frequency cut-offs to try: 2,3.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(
    file: Path,
    outcome: str,
    conditions: str,
    case: str | None,
    calibrate: tuple[str, ...],
    incl_cut: float,
    n_cut: int,
    pri_cut: float,
    contradiction_cut: float | None,
    expect: str,
    impossible: tuple[str, ...],
    necessary: tuple[str, ...],
    enhanced: bool,
    negated: bool,
    override: str | None,
    list_models: int,
    with_cases: bool,
    group: str,
    robust_incl: str,
    robust_n: str,
    as_json: bool,
) -> None:
    """Truth table and conservative, parsimonious and intermediate models of the cases in FILE.

    Values are 0 and 1, between 0 and 1, or levels 0, 1, 2 ...; --calibrate takes raw figures.
    """
    frame = table_read(file)
    calibrated: dict[str, Calibration] = {}
    for text in calibrate:
        name, calibration = _calibrated(frame, text, file)
        about = [Notice(n.code, {"column": name, **n.context}) for n in calibration.notices]
        calibrated[name] = replace(calibration, notices=tuple(about))
        frame = frame.with_columns(pl.Series(name, calibration.memberships))
    result = qca(
        frame,
        outcome=outcome,
        conditions=words_of(conditions),
        cases=case,
        cuts=Cuts(incl_cut, n_cut, pri_cut, contradiction_cut),
        assumed=Assumed(_expectations(expect), impossible, necessary, enhanced),
        negated=negated,
        override=override,
        listed=list_models,
    )
    document = qca_document(result, with_cases=with_cases)
    document["supersets"] = _supersets(result)
    document["calibrated"] = calibrated
    document["groups"] = _groups(result, labels_of(frame, group, file)) if group else None
    document["robustness"] = _robustness(result, robust_incl, robust_n)
    if as_json:
        json_print(document)
        return
    _print(result, document, with_cases)


def _expectations(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in BETWEEN_EXPECTATIONS.split(text) if word.strip())


def _calibrated(frame: pl.DataFrame, text: str, file: Path) -> tuple[str, Calibration]:
    name, _, how = text.partition("=")
    values = numbers_of(frame, name.strip(), file)
    try:
        return name.strip(), _calibration(values, text, how)
    except QcaRefusal as refusal:
        column, context = name.strip(), dict(refusal.context)
        if refusal.code == "qca_missing_figures":
            context["rows"] = rows = [int(k) + 2 for k in np.flatnonzero(~np.isfinite(values))]
            said = (
                f"{file.name}, row {rows[0]}, column {column!r}: {len(rows)} of {len(values)} "
                "cells hold no figure. Fill them in, or leave those cases out and say so."
            )
        else:
            said = f"Column {column!r}, --calibrate {text}: {refusal}"
        raise Refusal(said, code=refusal.code, **context, column=column) from refusal


def _calibration(values: FloatArray, text: str, how: str) -> Calibration:
    method, _, figures = how.rpartition(":")
    anchors = _numbers(figures, f"--calibrate {text}")
    if method == "indirect":
        return calibrate_indirect(values, thresholds=anchors)
    if method == "crisp":
        return calibrate_crisp(values, thresholds=anchors)
    if method in {"gap", "cluster"} and len(anchors) == 1:
        find = thresholds_by_gap if method == "gap" else thresholds_by_cluster
        return calibrate_crisp(values, thresholds=find(values, int(anchors[0])))
    if method in {"", "linear"} and len(anchors) == 3:
        out, crossover, full = anchors
        return calibrate_direct(
            values,
            out=out,
            crossover=crossover,
            full=full,
            shape="linear" if method else "logistic",
        )
    raise Refusal(
        f"--calibrate {text!r} is not clear. Write NAME=out,crossover,full (or "
        "NAME=linear:out,crossover,full), NAME=indirect:a,b,c, NAME=crisp:a, NAME=gap:1 or "
        "NAME=cluster:1.",
        code="qca_calibrate_option",
    )


def _numbers(text: str, option: str) -> list[float]:
    try:
        numbers = [float(word) for word in words_of(text)]
    except ValueError:
        numbers = [math.nan]
    if not all(math.isfinite(number) for number in numbers):
        raise Refusal(
            f"{option}: {text!r} must be numbers, separated by commas. Correct what is none.",
            code="qca_numbers",
        )
    return numbers


def _supersets(result: QcaResult) -> list[Any] | None:
    """Necessary expressions; not searched when there are many conditions."""
    if len(result.table.alphabet.conditions) > CONDITIONS_FOR_SUPERSETS:
        return None
    return plain(necessary_supersets(result.table))


def _groups(result: QcaResult, groups: list[str]) -> dict[str, Any]:
    """Fit per group of every term of the first model of each solution."""
    solutions = (result.conservative, result.parsimonious, result.intermediate)
    terms = {
        name: mask
        for solution in solutions
        for model in solution.models[:1]
        for name, mask in zip(model.terms, model.masks, strict=True)
    }
    return {
        name: plain(cluster_fit(result.table.membership(mask), result.table.outcome, groups))
        for name, mask in terms.items()
    }


def _robustness(result: QcaResult, incl: str, n: str) -> dict[str, Any] | None:
    if not incl and not n:
        return None
    tested = {
        kind: robustness(
            result.table,
            result.cuts,
            kind=kind,
            expectations=result.assumed.expectations,
            consistencies=_numbers(incl, "--robust-incl"),
            frequencies=[int(number) for number in _numbers(n, "--robust-n")],
        )
        for kind in ("conservative", "parsimonious", "intermediate")
    }
    return {kind: {**plain(one), "share_same": one.share_same} for kind, one in tested.items()}


def _print(result: QcaResult, document: dict[str, Any], with_cases: bool) -> None:
    names = [condition.name for condition in result.truth.alphabet.conditions]
    click.echo(f"Truth table of {result.table.outcome_name}: {result.n_cases} cases\n")
    table_print(
        ("row", *names, "OUT", "n", "incl", "PRI", "cases"),
        (
            (
                str(row.line),
                *("-" if level is None else level for level in row.levels),
                row.out,
                row.n,
                row.consistency,
                row.pri,
                row.cases,
            )
            for row in result.truth.rows
        ),
    )
    for solution in (result.conservative, result.parsimonious, result.intermediate):
        _solution_print(result, solution, with_cases)
    click.echo("\nNecessity")
    table_print(
        ("condition", "consistency", "coverage", "relevance"),
        ((f.expression, f.consistency, f.coverage, f.relevance) for f in result.necessity),
    )
    for calibration in document["calibrated"].values():
        notices_print(calibration.notices)
    for kind, tested in (document["robustness"] or {}).items():
        span = tested["consistency_range"]
        click.echo(
            f"\n{kind}: the same models in {shown(tested['share_same'])} of "
            f"{len(tested['variants'])} variants, for consistency cut-offs above "
            f"{shown(span['above'])} up to {shown(span['up_to'])}"
        )
    for term, fit in (document["groups"] or {}).items():
        click.echo(
            f"\n{term}: consistency {shown(fit['consistency'])}, distance between groups "
            f"{shown(fit['distance'])}"
        )
        table_print(
            ("group", "n", "consistency", "coverage"),
            ((g["group"], g["n"], g["consistency"], g["coverage"]) for g in fit["groups"]),
        )
    notices_print(result.notices)
    if result.negated is not None:
        click.echo("\nThe absence of the outcome\n")
        _print(result.negated, {"calibrated": {}, "robustness": None, "groups": None}, with_cases)


def _solution_print(result: QcaResult, solution: Solution, with_cases: bool) -> None:
    models = "not counted" if solution.n_models is None else str(solution.n_models)
    click.echo(
        f"\n{solution.kind.capitalize()} solution: models {models}, prime implicants "
        f"{solution.n_primes}"
    )
    for number, model in enumerate(solution.models[:PRINTED_MODELS], 1):
        click.echo(f"\nM{number}: {' + '.join(model.terms)}")
        table_print(
            ("term", "incl", "PRI", "covS", "covU", "cases"),
            (
                *(
                    (f.term, f.consistency, f.pri, f.raw_coverage, f.unique_coverage, f.cases)
                    for f in model.fits
                ),
                ("model", model.consistency, model.pri, model.coverage, "", ""),
            ),
        )
        if with_cases:
            roles = case_roles(result.table, model)
            for role in ("typical", "deviant in degree", "deviant in kind", "deviant for coverage"):
                click.echo(f"{role}: {shown(roles.cases(role)) or '-'}")
    if len(solution.models) > PRINTED_MODELS:
        click.echo(f"\nand {len(solution.models) - PRINTED_MODELS} more; see --json")
