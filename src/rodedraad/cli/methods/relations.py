"""The command ``methods relations``: factors beside outcomes over few cases, the matrix first."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import click
import polars as pl

from rodedraad.cli.methods.csv_file import labels_of, numbers_of, table_read, words_of
from rodedraad.cli.methods.printing import json_print, notices_print, shown, table_print
from rodedraad.errors import Refusal
from rodedraad.methods.plain import plain
from rodedraad.methods.relations import CaseMatrix, Relations, case_matrix, relate
from rodedraad.methods.relations.wording import relation_sentence

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("relations")
@click.argument("file", type=FILE)
@click.option("--factors", required=True, help="Columns of the factors, separated by commas.")
@click.option("--outcomes", required=True, help="Columns of the outcomes, separated by commas.")
@click.option("--case", default="", help="Column with the names of the cases.")
@click.option(
    "--measure",
    type=click.Choice(["kendall", "spearman"]),
    default="kendall",
    show_default=True,
    help="Kendall's tau-b or Spearman's rho.",
)
@click.option(
    "--source",
    multiple=True,
    help="COLUMN=FROM,FROM: whose answers a column holds; may be given more than once.",
)
@click.option(
    "--overlap", multiple=True, help="FACTOR,OUTCOME of which one is part of the other; repeat."
)
@click.option("--max-t", "with_max_t", is_flag=True, help="Adjust by the largest relation too.")
@click.option("--permutations", type=int, default=9999, show_default=True, help="Random orders.")
@click.option("--bootstraps", type=int, default=2000, show_default=True, help="0 for none.")
@click.option("--confidence", type=float, default=0.95, show_default=True, help="Of intervals.")
@click.option(
    "--language",
    type=click.Choice(["nl", "en"]),
    default="en",
    show_default=True,
    help="Of the sentences.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="Of the random draws.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(
    file: Path,
    factors: str,
    outcomes: str,
    case: str,
    measure: Literal["kendall", "spearman"],
    source: tuple[str, ...],
    overlap: tuple[str, ...],
    with_max_t: bool,
    permutations: int,
    bootstraps: int,
    confidence: float,
    language: Literal["nl", "en"],
    seed: int,
    as_json: bool,
) -> None:
    """Relate every factor in FILE (a row per case) to every outcome."""
    frame = table_read(file)
    names = [*words_of(factors), *words_of(outcomes)]
    if case and case in names:
        raise Refusal(
            f"Column {case!r} names the cases, so it is no factor or outcome. Leave it out there.",
            code="relation_case_column",
            column=case,
        )
    columns = [pl.Series(n, numbers_of(frame, n, file)) for n in dict.fromkeys(names)]
    labels = [pl.Series(case, labels_of(frame, case, file))] if case else []
    data = pl.DataFrame([*columns, *labels])
    matrix = case_matrix(
        data,
        factors=words_of(factors),
        outcomes=words_of(outcomes),
        cases=case or None,
    )
    found = relate(
        matrix,
        seed=seed,
        measure=measure,
        permutations=permutations,
        bootstraps=bootstraps,
        confidence=confidence,
        with_max_t=with_max_t,
        sources=_sources(source),
        overlaps=[_pair(text) for text in overlap],
    )
    sentences = [relation_sentence(r, language, measure=measure) for r in found.relations]
    if as_json:
        json_print(_document(found, sentences))
    else:
        _print(found, sentences)


def _sources(given: tuple[str, ...]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for text in given:
        name, sign, sources = text.partition("=")
        if not sign or not words_of(sources):
            raise Refusal(
                f"--source {text!r} is not of the form COLUMN=FROM. Write F5=directors for "
                "instance.",
                code="relation_source_form",
            )
        found[name.strip()] = list(words_of(sources))
    return found


def _pair(text: str) -> tuple[str, str]:
    words = words_of(text)
    if len(words) != 2:
        raise Refusal(
            f"--overlap {text!r} does not name two columns. Write F2,A1 for instance.",
            code="relation_overlap_form",
        )
    return words[0], words[1]


def _document(found: Relations, sentences: list[str]) -> dict[str, object]:
    document = plain(found)
    for relation, sentence in zip(document["relations"], sentences, strict=True):
        relation["sentence"] = sentence
    return document


def _print(found: Relations, sentences: list[str]) -> None:
    _print_matrix(found.matrix)
    click.echo("")
    table_print(
        ("factor", "outcome", "n", found.measure, "interval", "p", "Holm", "BH", "one case out"),
        (
            (r.factor, r.outcome, r.n)
            + (
                ("-",) * 6
                if r.tested is None
                else (
                    r.tested.estimate,
                    shown(r.tested.interval),
                    f"{r.tested.p:.4f} {r.tested.p_how}",
                    f"{r.tested.p_holm:.4f}",
                    f"{r.tested.p_bh:.4f}",
                    "-"
                    if r.tested.leave_one_out is None
                    else f"{r.tested.leave_one_out.lowest:.3f} to "
                    f"{r.tested.leave_one_out.highest:.3f}",
                )
            )
            for r in found.relations
        ),
    )
    click.echo("")
    for relation, sentence in zip(found.relations, sentences, strict=True):
        click.echo(sentence)
        notices_print(relation.notices)
    notices_print(found.notices)


def _print_matrix(matrix: CaseMatrix) -> None:
    table_print(
        ("case", *matrix.names),
        (
            (case, *(float(value) for value in row))
            for case, row in zip(matrix.cases, matrix.values, strict=True)
        ),
    )
