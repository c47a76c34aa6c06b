"""What does a page show of relations: the matrix of cases, a row per pair, words and files?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rodedraad.assessment.construct_names import construct_code
from rodedraad.assessment.models import Run
from rodedraad.assessment.notice_words import notice_sentences
from rodedraad.assessment.pictures.heatmap import shade_of
from rodedraad.assessment.pictures.relation_grid import Dot
from rodedraad.assessment.run_snippet import run_snippet
from rodedraad.country.wording import NOTHING, number_shown
from rodedraad.methods.intervals import Interval
from rodedraad.methods.notices import Notice
from rodedraad.methods.relations import Relation, TestedRelation, relation_sentence
from rodedraad.methods.relations.wording import CLEAR

MATRIX_COLUMNS = ("case", "name")
RELATION_COLUMNS = (
    "factor", "outcome", "n", "tau_b", "low", "high", "p", "p_how", "p_holm", "p_bh",
    "lowest_without_one", "highest_without_one", "same_source", "notices",
)  # fmt: skip
SHOWN = """for pair in found["relations"]:
    print(pair["factor"], pair["outcome"], pair["n"], pair["tested"] and pair["tested"]["estimate"])
"""


@dataclass(frozen=True)
class Cell:
    """A score in the matrix as a page shows it; ``shade`` is 0 where there is none to show."""

    text: str
    shade: int = 0
    hidden: bool = False


@dataclass(frozen=True)
class Pair:
    """One factor beside one outcome: numbers, sentence, remarks and the address of its page."""

    factor: str
    outcome: str
    factor_name: str
    outcome_name: str
    n: int
    tested: Mapping[str, Any] | None
    same_source: bool
    sentence: str
    remarks: list[str]
    url: str

    @property
    def clear(self) -> bool:
        """Whether its p after Holm is below 0.05."""
        return self.tested is not None and self.tested["p_holm"] < CLEAR

    @property
    def codes(self) -> tuple[str, str]:
        """The codes as they are written on a page."""
        return construct_code(self.factor), construct_code(self.outcome)


def may_show(score: Mapping[str, Any], *, all_scores: bool) -> bool:
    """Whether a score may be shown: to who may design always, else from five people on."""
    return all_scores or not score["suppressed"]


def matrix_rows(
    result: Mapping[str, Any], names: Mapping[str, str], *, all_scores: bool
) -> list[tuple[str, str, list[Cell]]]:
    """Return (code, name, cells) of every case, by name."""
    columns = [result["scores"][code] for code in (*result["factors"], *result["outcomes"])]
    found = [
        (case, names.get(case, case), [_cell(column.get(case), all_scores) for column in columns])
        for case in result["cases"]
    ]
    return sorted(found, key=lambda row: row[1].casefold())


def pairs_shown(
    run: Run, slug: str, construct_names: Mapping[str, str], names: Mapping[str, str]
) -> list[Pair]:
    """Return every pair of a run in the order of its factors and outcomes.

    ``names`` hold what else notices name: cases and whose answers.
    """
    address = reverse("assessment:relation", args=[slug, "from-factor", "to-outcome"])
    labels = {**names, **construct_names}
    measure = run.result["measure"]
    english = get_language() == "en"
    found: list[Pair] = []
    for stored in run.result["relations"]:
        factor, outcome = stored["factor"], stored["outcome"]
        relation = _relation(stored, names)
        named = {code: f"“{labels.get(code, code)}”" for code in (factor, outcome)}
        found.append(
            Pair(
                factor=factor,
                outcome=outcome,
                factor_name=construct_names.get(factor, factor),
                outcome_name=construct_names.get(outcome, outcome),
                n=stored["n"],
                tested=stored["tested"],
                same_source=bool(stored["same_source"]),
                sentence=relation_sentence(
                    relation, "en" if english else "nl", measure=measure, labels=named
                ),
                remarks=notice_sentences(stored["notices"], labels),
                url=address.replace("from-factor", factor).replace("to-outcome", outcome),
            )
        )
    return found


def dot_of(pair: Pair) -> Dot:
    """Return how a pair is drawn in the picture of all pairs."""
    tested, interval = pair.tested, (pair.tested or {}).get("interval")
    shown = NOTHING if tested is None else number_shown(tested["estimate"], 2)
    return Dot(
        estimate=None if tested is None else tested["estimate"],
        low=interval["low"] if interval else None,
        high=interval["high"] if interval else None,
        clear=pair.clear,
        words=f"{pair.factor_name} – {pair.outcome_name}: {shown}",
        url=pair.url,
    )


def p_shown(p: float) -> str:
    """A p with three decimals; a very small one as below 0.001."""
    return f"< {number_shown(0.001, 3)}" if p < 0.001 else number_shown(p, 3)


def interval_shown(interval: Mapping[str, Any] | None) -> str:
    """An interval in words; a dash when there is none."""
    if interval is None:
        return NOTHING
    low, high = number_shown(interval["low"], 2), number_shown(interval["high"], 2)
    return _("%(low)s to %(high)s") % {"low": low, "high": high}


def matrix_csv_rows(
    result: Mapping[str, Any], names: Mapping[str, str], *, all_scores: bool
) -> Iterable[list[object]]:
    """Yield the matrix for a file, by name of the case; empty where not known or not shown."""
    columns = [result["scores"][code] for code in (*result["factors"], *result["outcomes"])]
    for case in sorted(result["cases"], key=lambda code: names.get(code, code).casefold()):
        cells = [column.get(case) for column in columns]
        shown = [
            cell["value"] if cell and may_show(cell, all_scores=all_scores) else None
            for cell in cells
        ]
        yield [case, names.get(case, case), *shown]


def relation_csv_rows(result: Mapping[str, Any]) -> Iterable[list[object]]:
    """Yield the pairs for a file."""
    for stored in result["relations"]:
        tested = stored["tested"] or {}
        interval, without = tested.get("interval") or {}, tested.get("leave_one_out") or {}
        yield [
            stored["factor"],
            stored["outcome"],
            stored["n"],
            tested.get("estimate"),
            interval.get("low"),
            interval.get("high"),
            tested.get("p"),
            tested.get("p_how"),
            tested.get("p_holm"),
            tested.get("p_bh"),
            without.get("lowest"),
            without.get("highest"),
            "yes" if stored["same_source"] else "no",
            " ".join(notice["code"] for notice in stored["notices"]),
        ]


def relations_snippet(run: Run, wave: str, slug: str) -> str:
    """Return Python that works the same out from the evidence file."""
    settings = {**run.parameters, "seed": run.seed}
    return run_snippet(
        "relations", "relations", slug=slug, wave=wave, settings=settings, shown=SHOWN
    )


def _cell(score: Mapping[str, Any] | None, all_scores: bool) -> Cell:
    if score is None:
        return Cell(NOTHING)
    if not may_show(score, all_scores=all_scores):
        return Cell("< 5", hidden=True)
    return Cell(number_shown(score["value"], 2), shade_of(score["value"]))


def _relation(stored: Mapping[str, Any], names: Mapping[str, str]) -> Relation:
    """The relation as the method knows it, with cases by name, to put it in a sentence."""
    tested = None
    if given := stored["tested"]:
        tested = TestedRelation(
            **given
            | {
                "interval": Interval(**given["interval"]) if given["interval"] else None,
                "leave_one_out": None,
                "turning": tuple(names.get(case, case) for case in given["turning"]),
            }
        )
    return Relation(
        factor=stored["factor"],
        outcome=stored["outcome"],
        n=stored["n"],
        n_missing=stored["n_missing"],
        tested=tested,
        same_source=stored["same_source"],
        notices=tuple(Notice(each["code"], each["context"]) for each in stored["notices"]),
    )
