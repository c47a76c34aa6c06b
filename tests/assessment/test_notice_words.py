"""Whether what a result says besides its numbers is told in a sentence."""

import ast
from pathlib import Path

import pytest
from django.utils.translation import override

import rodedraad.methods
from rodedraad.assessment.notice_words import NOTICES, notice_sentence, notice_sentences

METHODS = Path(rodedraad.methods.__file__).parent
SHOWN = ("relations", "qca", "scales", "aggregation", "models")


def notices_made(package: str) -> list[tuple[str, set[str] | None]]:
    """Return code and names of the data of each notice that a package makes; None: not plain."""
    found: list[tuple[str, set[str] | None]] = []
    for path in sorted((METHODS / package).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or ast.unparse(node.func) != "Notice":
                continue
            code, *context = node.args
            if not isinstance(code, ast.Constant):
                continue
            data = context[0] if context else ast.Dict(keys=[], values=[])
            plain = isinstance(data, ast.Dict)
            names = (
                {key.value for key in data.keys if isinstance(key, ast.Constant)} if plain else None
            )
            found.append((str(code.value), names))
    return found


@pytest.mark.parametrize("package", SHOWN)
def test_every_notice_of_a_method_has_a_sentence_that_finds_its_data(package: str) -> None:
    made = notices_made(package)
    assert made
    missing = {code for code, _ in made} - NOTICES.keys()
    assert not missing
    unfilled = [
        (code, names)
        for code, names in made
        if names is not None and notice_sentence(code, dict.fromkeys(names, "x")) == code
    ]
    assert not unfilled


def test_a_sentence_names_columns_and_cases_in_words_and_writes_numbers_in_dutch() -> None:
    stored = [
        {"code": "one_case_turns_it", "context": {"cases": ["GM0003", "GM0014"]}},
        {"code": "skewed_set", "context": {"column": "F5", "share_inside": 0.125}},
        {"code": "no_positive_rows", "context": {"highest_consistency": 0.715}},
        {"code": "ambiguous", "context": {"solution": "parsimonious", "models": 2}},
    ]
    names = {"GM0003": "Appingedam", "GM0014": "Groningen", "F5": "Leren"}
    with override("nl"):
        turning, skewed, none, ambiguous = notice_sentences(stored, names)
    assert turning.endswith("niet gelijk: Appingedam, Groningen.")
    assert skewed.startswith("Leren is scheef verdeeld: 12% van de casussen")
    assert "0,72" in none or "0,71" in none
    assert ambiguous.startswith("Spaarzame oplossing: 2 modellen passen even goed.")


def test_a_code_without_a_sentence_is_shown_and_never_dropped() -> None:
    assert notice_sentence("never_heard_of", {}) == "never_heard_of"
