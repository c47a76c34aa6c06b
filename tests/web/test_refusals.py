"""Whether what is refused on a page is told in a sentence of the person's language."""

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from django.utils.translation import override

from rodedraad.accounts.second_factor import SECRETS
from rodedraad.deidentification.key import PSEUDONYMS
from rodedraad.errors import Refusal
from rodedraad.fieldwork.vault import VAULT
from rodedraad.web.catalogs import ROOMS
from rodedraad.web.refusals import PARTS, SENTENCES, refusal_sentence

# The page lists every row that is wrong with its own sentences (``studies.row_faults``).
TOLD_PER_ROW = {"rows_invalid"}


def codes_of_classes(trees: Iterable[ast.Module]) -> dict[str, str]:
    """Return the code of every kind of refusal that has one of its own, by class name."""
    return {
        made.name: line.value.value
        for tree in trees
        for made in ast.walk(tree)
        if isinstance(made, ast.ClassDef)
        for line in made.body
        if isinstance(line, ast.Assign)
        and ast.unparse(line.targets[0]) == "code"
        and isinstance(line.value, ast.Constant)
    }


def refusals_raised(paths: Iterable[Path]) -> Iterator[tuple[str, set[str]]]:
    """Return code and names of the data of each refusal that is raised in the files."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in paths]
    code_of = codes_of_classes(trees)
    for node in (node for tree in trees for node in ast.walk(tree)):
        if not isinstance(node, ast.Call):
            continue
        kind = ast.unparse(node.func)
        if kind not in code_of and not kind.endswith("Refusal"):
            continue
        data = {word.arg: word.value for word in node.keywords if word.arg}
        given = data.pop("code", None)
        code = given.value if isinstance(given, ast.Constant) else code_of.get(kind)
        if isinstance(code, str):
            yield code, set(data)


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


def codes_passed_on(paths: Iterable[Path]) -> set[str]:
    """Return the words that a function of ours may get as the code of a refusal it makes."""
    return {
        argument.value
        for path in paths
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"_refused", "_too_large"}
        for argument in node.args[:1]
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    }


def codes_of_keys() -> set[str]:
    """Return the codes that ``sealing`` makes of the purpose of a key."""
    ends = ("damaged", "key_missing", "key_short")
    return {f"{purpose.code}_{end}" for purpose in (PSEUDONYMS, VAULT, SECRETS) for end in ends}


def test_every_sentence_belongs_to_a_refusal_that_can_happen() -> None:
    raised = {code for code, _ in refusals_raised(ROOMS.rglob("*.py"))}
    raised |= codes_passed_on(ROOMS.rglob("*.py")) | codes_of_keys()
    assert SENTENCES.keys() - raised == set()


def test_every_refusal_of_a_room_with_forms_has_a_sentence() -> None:
    raised = {
        code
        for room in ("accounts", "studies")
        for code, _ in refusals_raised((ROOMS / room).glob("*.py"))
    }
    assert raised - SENTENCES.keys() - TOLD_PER_ROW == set()


def test_a_sentence_is_filled_with_the_data_of_its_refusal() -> None:
    refusal = Refusal("English.", code="study_exists", slug="netwerken")
    with override("nl"):
        assert refusal_sentence(refusal) == (
            "Er is al een onderzoek met de naam ‘netwerken’. Kies een andere korte naam."
        )
    assert refusal_sentence(Refusal("English.", code="never_heard_of")) is None


def test_no_code_has_two_sentences():
    assert len(SENTENCES) == sum(len(part.SENTENCES) for part in PARTS)
