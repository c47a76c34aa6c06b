"""How much do the rules find in the marked sentences, and does the documentation say so?"""

import re
from pathlib import Path

import pytest
from deidentify_reference import measured, sentences_of

from rodedraad.methods.deidentify import KINDS, Accuracy

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "methods" / "deidentification.md"
SETS = ("tuning", "held_out", "hard")
# What a change of the rules may not go below, per class, on the sentences held out.
LEAST_RECALL = dict.fromkeys(KINDS, 1.0) | {"person": 0.97}
LEAST_PRECISION = dict.fromkeys(KINDS, 1.0) | {"person": 0.97}


def cell(accuracy: Accuracy) -> str:
    told = f"{accuracy.n_covered} of {accuracy.n_marked}"
    return f"{told}, {accuracy.n_right} of {accuracy.n_found}"


def rows() -> list[str]:
    tables = [measured(name, deduce=deduce) for deduce in (False, True) for name in SETS]
    return [f"| {kind} | {' | '.join(cell(t[kind]) for t in tables)} |" for kind in KINDS]


def test_at_least_two_hundred_sentences_are_marked():
    assert sum(len(sentences_of(name)) for name in ("tuning", "held_out")) >= 200


def test_at_least_a_quarter_of_them_holds_nobody():
    marked = [spans for name in ("tuning", "held_out") for _, spans in sentences_of(name).values()]
    assert sum(not spans for spans in marked) * 4 >= len(marked)


@pytest.mark.parametrize("deduce", [False, True])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["tuning", "held_out"])
def test_each_class_keeps_its_recall_and_precision(name, kind, deduce):
    accuracy = measured(name, deduce=deduce)[kind]
    assert accuracy.n_marked >= 2
    assert accuracy.recall >= LEAST_RECALL[kind]
    if not deduce:
        assert accuracy.precision >= LEAST_PRECISION[kind]


def test_the_documentation_shows_what_is_measured():
    shown = re.findall(rf"(?m)^\| (?:{'|'.join(KINDS)}) \| \d+ of .*$", PAGE.read_text())
    assert shown == rows()
