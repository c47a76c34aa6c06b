"""The command ``methods scale``: scores, reliability and dimensions of one scale."""

from pathlib import Path

import click

from rodedraad.cli.methods.csv_file import column_of, labels_of, rows_of, table_read, words_of
from rodedraad.cli.methods.printing import json_print, notices_print, shown, table_print
from rodedraad.methods.scales import (
    ItemAnswers,
    ParallelAnalysis,
    PolychoricCorrelations,
    ScaleReliability,
    ScaleScores,
    item_answers,
    parallel_analysis,
    polychoric_correlations,
    scale_reliability,
    score_items,
)

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("scale")
@click.argument("file", type=FILE)
@click.option("--items", required=True, help="Columns of the items, separated by commas.")
@click.option("--reversed", "reversed_items", default="", help="Items to turn round.")
@click.option("--low", type=float, default=1, show_default=True, help="Lowest answer.")
@click.option("--high", type=float, default=5, show_default=True, help="Highest answer.")
@click.option("--dont-know", default="", help='Codes or words for "weet niet".')
@click.option("--not-asked", default="", help="Codes or words for an item that was not asked.")
@click.option("--case", default="", help="Column of the case: the bootstrap draws whole cases.")
@click.option("--listwise", is_flag=True, help="Reliability of complete respondents only.")
@click.option("--polychoric", is_flag=True, help="Polychoric correlations too.")
@click.option("--parallel", is_flag=True, help="Parallel analysis too.")
@click.option("--bootstraps", type=int, default=1000, show_default=True, help="0 for none.")
@click.option("--seed", type=int, default=1, show_default=True, help="Of the random draws.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(
    file: Path,
    items: str,
    reversed_items: str,
    low: float,
    high: float,
    dont_know: str,
    not_asked: str,
    case: str,
    listwise: bool,
    polychoric: bool,
    parallel: bool,
    bootstraps: int,
    seed: int,
    as_json: bool,
) -> None:
    """Score the items in FILE and tell how reliable the scale is."""
    frame = table_read(file)
    names = words_of(items)
    for name in names:
        column_of(frame, name, file)
    clusters = labels_of(frame, case, file) if case else None
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
    reliability = scale_reliability(
        answers, seed=seed, bootstraps=bootstraps, listwise=listwise, clusters=clusters
    )
    correlations = polychoric_correlations(answers) if polychoric else None
    dimensions = parallel_analysis(answers, seed=seed) if parallel else None
    if as_json:
        json_print(
            {
                "scores": scores,
                "reliability": reliability,
                "polychoric": correlations,
                "parallel": dimensions,
            }
        )
        return
    _print(answers, scores, reliability, correlations, dimensions)


def _print(
    answers: ItemAnswers,
    scores: ScaleScores,
    reliability: ScaleReliability,
    correlations: PolychoricCorrelations | None,
    dimensions: ParallelAnalysis | None,
) -> None:
    click.echo(
        f"{scores.n_scored} of {scores.n_respondents} respondents have a score: mean "
        f"{shown(scores.mean)}, sd {shown(scores.sd)} (0-1). Weet niet: "
        f"{shown(scores.dont_know_share)} of what was asked.\n"
    )
    click.echo(
        f"alpha {reliability.alpha:.3f} (bootstrap {shown(reliability.alpha_interval)}; Feldt "
        f"{shown(reliability.alpha_feldt)})\nomega {shown(reliability.omega)} (bootstrap "
        f"{shown(reliability.omega_interval)})\n"
    )
    table_print(
        ("item", "n", "weet niet", "mean", "sd", "item-rest", "alpha without", "loading"),
        (
            (
                ("R " if summary.is_reversed else "") + item.name,
                item.n,
                summary.n_dont_know,
                item.mean,
                item.sd,
                item.item_rest,
                item.alpha_if_dropped,
                item.loading,
            )
            for item, summary in zip(reliability.items, scores.items, strict=True)
        ),
    )
    if correlations is not None:
        click.echo("\nPolychoric correlations")
        table_print(
            ("", *answers.names),
            (
                (name, *(float(r) for r in row))
                for name, row in zip(answers.names, correlations.correlations, strict=True)
            ),
        )
        notices_print(correlations.notices)
    if dimensions is not None:
        click.echo(f"\nParallel analysis: {dimensions.n_components} component(s)")
        pairs = zip(dimensions.eigenvalues, dimensions.limit, strict=True)
        table_print(
            ("component", "eigenvalue", "limit"),
            ((str(i), *pair) for i, pair in enumerate(pairs, 1)),
        )
        notices_print(dimensions.notices)
    notices_print((*scores.notices, *reliability.notices))
