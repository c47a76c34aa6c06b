"""Whether what is refused on a page is told in a sentence of the person's language."""

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from django.utils.translation import override

from rodedraad.errors import Refusal
from rodedraad.web.catalogs import ROOMS
from rodedraad.web.refusals import SENTENCES, refusal_sentence


def refusals_raised(paths: Iterable[Path]) -> Iterator[tuple[str, set[str]]]:
    """Return code and names of the data of each refusal that is raised in the files."""
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not ast.unparse(node.func).endswith("Refusal"):
                continue
            data = {word.arg: word.value for word in node.keywords if word.arg}
            code = data.pop("code", None)
            if isinstance(code, ast.Constant):
                yield code.value, set(data)


def names_in(code: str) -> set[str]:
    """Return the names that the sentence of a code asks for."""
    asked: set[str] = set()

    class Asked(dict[str, str]):
        def __missing__(self, name: str) -> str:
            asked.add(name)
            return "x"

    _ = str(SENTENCES[code]) % Asked()
    return asked


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_sentence_finds_its_data_in_every_refusal_of_its_code(language: str) -> None:
    given = defaultdict(list)
    for code, names in refusals_raised(ROOMS.rglob("*.py")):
        given[code].append(names)
    with override(language):
        wrong = {
            code: names_in(code) - names
            for code in SENTENCES
            for names in given[code]
            if not names_in(code) <= names
        }
    assert wrong == {}


def test_every_sentence_belongs_to_a_refusal_that_can_happen() -> None:
    raised = {code for code, _ in refusals_raised(ROOMS.rglob("*.py"))}
    assert SENTENCES.keys() - raised == set()


def test_every_refusal_of_a_room_with_forms_has_a_sentence() -> None:
    raised = {
        code
        for room in ("accounts", "studies")
        for code, _ in refusals_raised((ROOMS / room).glob("*.py"))
    }
    assert raised - SENTENCES.keys() == set()


def test_a_sentence_is_filled_with_the_data_of_its_refusal() -> None:
    refusal = Refusal("English.", code="study_exists", slug="netwerken")
    with override("nl"):
        assert refusal_sentence(refusal) == (
            "Er is al een onderzoek met de naam ‘netwerken’. Kies een andere korte naam."
        )
    assert refusal_sentence(Refusal("English.", code="never_heard_of")) is None
