"""The command ``methods latent-classes``: which rows answer alike, and how sure is that?"""

from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

import click

from rodedraad.cli.methods.class_tables import (
    Beside,
    comparison_document,
    comparison_print,
    model_document,
    model_print,
)
from rodedraad.cli.methods.csv_file import (
    column_of,
    labels_of,
    numbers_of,
    rows_of,
    table_read,
    words_of,
)
from rodedraad.cli.methods.printing import json_print
from rodedraad.methods.latent_classes import (
    bootstrap_test,
    class_data,
    class_means,
    class_shares,
    compare_classes,
    latent_classes,
    rule_agreement,
)

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("latent-classes")
@click.argument("file", type=FILE)
@click.option("--categories", default="", help="Columns of answers, separated by commas.")
@click.option("--numbers", default="", help="Columns of numbers, separated by commas.")
@click.option(
    "--classes", default="1-8", show_default=True, help="Number of classes: 3, 2,4 or 1-8."
)
@click.option("--levels", default="", help="All answers the categories offer, in order.")
@click.option("--counts", default="", help="Column: how many respondents a row stands for.")
@click.option("--case", default="", help="Column with the names of the rows: prints each row.")
@click.option(
    "--variances",
    type=click.Choice(["shared", "own"]),
    default="shared",
    show_default=True,
    help="Of numbers: one for all classes, or each its own.",
)
@click.option("--starts", type=int, default=20, show_default=True, help="Searches per model.")
@click.option("--workers", type=int, default=1, show_default=True, help="Threads.")
@click.option("--bootstraps", type=int, default=0, show_default=True, help="Of the test; 0: none.")
@click.option("--labels", multiple=True, help="Column of words to relate classes to; repeat.")
@click.option("--means", multiple=True, help="Column of numbers to relate classes to; repeat.")
@click.option("--rule", default="", help="Column of types by rule to lay beside the classes.")
@click.option("--resamples", type=int, default=500, show_default=True, help="Of shares and rule.")
@click.option("--confidence", type=float, default=0.95, show_default=True, help="Of intervals.")
@click.option("--seed", type=int, default=1, show_default=True, help="Of the random draws.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(
    file: Path,
    categories: str,
    numbers: str,
    classes: str,
    levels: str,
    counts: str,
    case: str,
    variances: Literal["shared", "own"],
    starts: int,
    workers: int,
    bootstraps: int,
    labels: tuple[str, ...],
    means: tuple[str, ...],
    rule: str,
    resamples: int,
    confidence: float,
    seed: int,
    as_json: bool,
) -> None:
    """Find latent classes (answers) or profiles (numbers) of the rows of FILE."""
    sizes = _sizes(classes)
    if len(sizes) > 1 and (labels or means or rule or case):
        raise click.UsageError("--case, --labels, --means and --rule need one number of --classes.")
    frame = table_read(file)
    items = words_of(categories)
    for name in words_of(numbers):
        numbers_of(frame, name, file)
    with rows_of(file):
        data = class_data(
            frame,
            categories=items,
            numbers=words_of(numbers),
            levels=dict.fromkeys(items, words_of(levels)) if levels else None,
            counts=counts,
        )
    settings: dict[str, Any] = {
        "seed": seed,
        "starts": starts,
        "workers": workers,
        "variances": variances,
    }
    if len(sizes) > 1:
        found = compare_classes(data, sizes, **settings)
        tests = [
            bootstrap_test(data, few, many, seed=seed, samples=bootstraps, workers=workers)
            for few, many in pairwise(found.models)
            if bootstraps and many.n_classes == few.n_classes + 1
        ]
        if as_json:
            json_print(comparison_document(found, tests))
        else:
            comparison_print(found, tests)
        return
    model = latent_classes(data, sizes[0], confidence=confidence, **settings)
    tests = []
    if bootstraps and model.n_classes > 1:
        few = latent_classes(data, model.n_classes - 1, errors=False, **settings)
        tests = [bootstrap_test(data, few, model, seed=seed, samples=bootstraps, workers=workers)]
    draws = {"resamples": resamples, "seed": seed, "confidence": confidence}
    beside = Beside(
        cases=labels_of(frame, case, file) if case else [],
        labels=[
            class_shares(model, column_of(frame, name, file), name=name, **draws) for name in labels
        ],
        means=[
            class_means(model, numbers_of(frame, name, file), name=name, confidence=confidence)
            for name in means
        ],
        rule=rule_agreement(model, column_of(frame, rule, file), name=rule, **draws)
        if rule
        else None,
    )
    if as_json:
        json_print(model_document(model, tests, beside))
    else:
        model_print(model, tests, beside)


def _sizes(text: str) -> list[int]:
    try:
        found: list[int] = []
        for word in words_of(text):
            first, dash, last = word.partition("-")
            found += range(int(first), int(last) + 1) if dash else [int(first)]
    except ValueError:
        found = []
    if not found:
        raise click.UsageError(f"--classes {text!r} is no number of classes. Write 3 or 1-8.")
    return sorted(set(found))
