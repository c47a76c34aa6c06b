"""The command ``methods select``: which cases does a study choose out of a CSV of units?"""

from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Literal, cast

import click
import numpy as np
import polars as pl

from rodedraad.cli.methods.csv_file import labels_of, numbers_of, table_read, words_of
from rodedraad.cli.methods.printing import json_print
from rodedraad.cli.methods.row import rows_of_table
from rodedraad.cli.methods.selection_tables import cases_print, figures_print
from rodedraad.errors import Refusal
from rodedraad.methods.plain import plain
from rodedraad.methods.selection import (
    Selection,
    SelectionRefusal,
    StandardisedFigures,
    balance_table,
    matched_pairs,
    method_sentence,
    random_spread,
    select_balanced,
    select_diverse,
    select_extreme,
    select_random,
    select_typical,
    select_well_spread,
    standardise,
    unit_distances,
)
from rodedraad.methods.selection.figures import Floats

Way = Literal["random", "diverse", "typical", "extreme", "pairs", "balanced", "spread"]
WAYS = ("random", "diverse", "typical", "extreme", "pairs", "balanced", "spread")
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("select")
@click.argument("file", type=FILE)
@click.option("--n", type=int, required=True, help="How many cases.")
@click.option(
    "--method",
    "way",
    type=click.Choice(WAYS),
    default="random",
    show_default=True,
    help="How they are chosen.",
)
@click.option("--strata", default="", help="Columns that make the strata, separated by commas.")
@click.option("--figures", default="", help="Columns of background figures, separated by commas.")
@click.option("--log", default="", help="Figures to take the logarithm of, such as population.")
@click.option("--label-column", default="", help="Column of yes or no, on which pairs differ.")
@click.option("--case", default="", help="Column with the names of the units; else numbered.")
@click.option(
    "--reserves",
    type=click.IntRange(0, 2),
    default=2,
    show_default=True,
    help="How many of the two reserves of each case to print.",
)
@click.option(
    "--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="Day of the frame, for the sentence."
)
@click.option(
    "--draws", type=int, default=1000, show_default=True, help="Random choices to compare with."
)
@click.option(
    "--seed", type=click.IntRange(0), default=1, show_default=True, help="Repeats the choice."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(
    file: Path,
    n: int,
    way: Way,
    strata: str,
    figures: str,
    log: str,
    label_column: str,
    case: str,
    reserves: int,
    day: datetime | None,
    draws: int,
    seed: int,
    as_json: bool,
) -> None:
    """Choose cases out of FILE (a row per unit), with reserves, balance and distance."""
    frame = table_read(file)
    names = _names(frame, case, file)
    layers, figured, logged = (list(words_of(each)) for each in (strata, figures, log))
    columns = [labels_of(frame, layer, file) for layer in layers]
    stratum_of = [" / ".join(parts) for parts in zip(*columns, strict=True)] or None
    if way == "pairs" and not label_column:
        raise Refusal(
            "Pairs differ on a characteristic. Name its column with --label-column.",
            code="selection_without_label",
        )
    if way == "pairs" and n % 2:
        raise Refusal(
            f"Pairs need an even number of cases. Got --n {n}.", code="selection_odd", n=n
        )
    labels = _labels(frame, label_column, file) if label_column else []
    table = np.empty((frame.height, len(figured)))
    for j, name in enumerate(figured):
        table[:, j] = numbers_of(frame, name, file)
    _check(table, figured, logged, file, complete=way == "balanced")
    standard = standardise(table, figured, log=logged) if figured else None
    distances = _distances(standard, file) if standard else None
    if way == "random":
        chosen = select_random(len(names), n, seed=seed, strata=stratum_of, distances=distances)
    else:
        chosen = _select(way, n, seed, stratum_of, standard, distances, labels)
    by_chance = None
    if distances is not None and chosen.spread is not None:
        by_chance = random_spread(
            distances,
            n,
            seed=seed,
            strata=stratum_of,
            quota=chosen.quota if stratum_of else None,
            draws=draws,
            against=chosen.chosen,
        )
    balance = balance_table(table, figured, chosen.chosen).rows if figured else ()
    sentences = _sentences(chosen, day.date() if day else None, layers, standard)
    notices = (*(standard.notices if standard else ()), *chosen.notices)
    document = {
        "method": chosen.method,
        "version": chosen.version,
        "seed": chosen.seed,
        "n_frame": chosen.n_frame,
        "quota": chosen.quota,
        "strata": chosen.strata,
        "chosen": [names[i] for i in chosen.chosen],
        "reserves": {
            names[i]: [names[r] for r in chosen.reserves[i][:reserves]] for i in chosen.chosen
        },
        "proven": chosen.proven,
        "balance": balance,
        "distance": {"spread": chosen.spread, "random": by_chance},
        "sentence": sentences,
        "notices": notices,
    }
    if as_json:
        json_print(document)
        return
    cases_print(plain(document), chosen, stratum_of)
    figures_print(balance, chosen, by_chance)
    for notice in notices:
        click.echo(f"Notice: {notice.message}.")
    for sentence in sentences.values():
        click.echo("")
        click.echo(sentence)


def _names(frame: pl.DataFrame, case: str, file: Path) -> list[str]:
    if not case:
        return [str(number) for number in range(1, frame.height + 1)]
    names = labels_of(frame, case, file)
    twice = [name for name, count in Counter(names).items() if count > 1]
    if twice:
        rows = [str(i + 2) for i, name in enumerate(names) if name == twice[0]]
        raise Refusal(
            f"{file.name}, rows {' and '.join(rows)}, column {case!r}: {twice[0]!r} stands there "
            "more than once. Give each unit one row.",
            code="selection_unit_twice",
            file=file.name,
            unit=twice[0],
        )
    return names


def _labels(frame: pl.DataFrame, column: str, file: Path) -> list[bool]:
    labels_of(frame, column, file)
    return [row.yes_no(column) is True for row in rows_of_table(frame, file)]


def _check(table: Floats, names: list[str], log: list[str], file: Path, *, complete: bool) -> None:
    """Refuse a figure that cannot be used, with its row: the methods do not know the file."""
    strange = [name for name in log if name not in names]
    if strange:
        raise Refusal(
            f"--log names {strange[0]!r}, which is not among --figures. Add it there.",
            code="selection_log",
            column=strange[0],
        )
    for j, name in enumerate(names):
        column = table[:, j]
        faults = (
            (np.isinf(column), "is without end. Correct it, or leave the cell blank"),
            (
                (column <= 0) & (name in log),
                "is 0 or less, so it has no logarithm. Correct it, or leave it out of --log",
            ),
            (
                np.isnan(column) & complete,
                "is not known, so there is no balance on it. Fill it in, leave the row out, or "
                "choose --method spread",
            ),
        )
        for wrong, words in faults:
            if wrong.any():
                row = int(np.flatnonzero(wrong)[0]) + 2
                raise Refusal(
                    f"{file.name}, row {row}, column {name!r}: the figure {words}.",
                    code="selection_figure",
                    file=file.name,
                    row=row,
                    column=name,
                )


def _distances(standard: StandardisedFigures, file: Path) -> Floats:
    try:
        return unit_distances(standard.z)
    except SelectionRefusal as refusal:
        one, other = cast("tuple[int, int]", refusal.context["units"])
        raise Refusal(
            f"{file.name}, rows {one + 2} and {other + 2}: no figure is known for both "
            f"({', '.join(standard.names)}), so how far apart they are does not exist. Fill one "
            "in, leave a row out, or name a figure that is known for all.",
            code=refusal.code,
            file=file.name,
            row=one + 2,
        ) from refusal


def _select(
    way: Way,
    n: int,
    seed: int,
    strata: list[str] | None,
    standard: StandardisedFigures | None,
    distances: Floats | None,
    labels: list[bool],
) -> Selection:
    if standard is None or distances is None:
        raise Refusal(
            f"--method {way} compares units on background figures. Name columns with --figures.",
            code="selection_without_figures",
            method=way,
        )
    match way:
        case "diverse":
            return select_diverse(distances, n, seed=seed, strata=strata)
        case "typical":
            return select_typical(standard.z, n, strata=strata)
        case "extreme":
            return select_extreme(standard.z, n, strata=strata)
        case "balanced":
            return select_balanced(standard.z, n, seed=seed, strata=strata)
        case "spread":
            return select_well_spread(distances, n, seed=seed, strata=strata)
        case _:
            return matched_pairs(distances, labels, n // 2, strata=strata)


def _sentences(
    chosen: Selection, on: date | None, layers: list[str], standard: StandardisedFigures | None
) -> dict[str, str]:
    figures = len(standard.names) if standard else 0
    return {
        "nl": method_sentence(
            chosen, "nl", frame_date=on, strata_by=" en ".join(layers), figures=figures
        ),
        "en": method_sentence(
            chosen, "en", frame_date=on, strata_by=" and ".join(layers), figures=figures
        ),
    }
