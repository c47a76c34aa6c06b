"""Has every notice of a method its sentence on the command line, with its data in it?"""

import ast
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import rodedraad.cli.methods
import rodedraad.methods
from rodedraad.cli import commands
from rodedraad.cli.methods.notice_texts import TEXTS, notice_text

FOLDERS = (
    Path(rodedraad.methods.__file__).parent,
    Path(rodedraad.cli.methods.__file__).parent,
)
OWN_WORDS = "selection"  # its notices carry their own sentence
CODE_BY_NAME = {
    "qca.py": set(),  # adds the column to what calibration says
    "sources.py": {"contradictory", "single_source", "unknown"},
    "case_means.py": {"suppressed", "empty", "pooled_roles", "roles_apart"},
}


def notices_made():
    """Each notice that stands in the code: file, code and, where written out, its keys."""
    for path in sorted(path for folder in FOLDERS for path in folder.rglob("*.py")):
        if OWN_WORDS in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Notice":
                yield path.name, node.args


CALLS = list(notices_made())


def test_every_notice_of_the_methods_has_a_sentence_and_no_sentence_is_left_over():
    written = {args[0].value for _, args in CALLS if isinstance(args[0], ast.Constant)}
    by_name = {name for name, args in CALLS if not isinstance(args[0], ast.Constant)}
    assert by_name == set(CODE_BY_NAME)
    made = written.union(*CODE_BY_NAME.values())
    assert len(made) > 80
    assert made == set(TEXTS)


def test_every_notice_gets_the_data_its_sentence_asks_for():
    checked = 0
    for name, (code, *context) in CALLS:
        written = context[0] if context else ast.Dict(keys=[], values=[])
        keys = getattr(written, "keys", [None])
        if not isinstance(code, ast.Constant) or None in keys:
            continue
        text = notice_text(code.value, {key.value: "x." for key in keys})
        assert text != code.value, f"{name}: {code.value} with {[key.value for key in keys]}"
        assert text.endswith("."), text
        checked += 1
    assert checked > 70


@pytest.mark.parametrize(
    ("code", "context", "said"),
    [
        ("ambiguous", {"solution": "parsimonious", "models": 3}, "Parsimonious solution: 3 models"),
        ("ambiguous", {"solution": "parsimonious", "models": None}, "more models fit equally"),
        (
            "incomplete_rows",
            {"n": 3, "of": 9, "columns": {"n": 2}},
            "left out. Missing by column: n (2).",
        ),
        ("skewed", {"category": "yes", "share": 0.91}, "91% of all ratings are yes"),
    ],
)
def test_a_sentence_holds_names_and_readable_figures(code, context, said):
    assert said in notice_text(code, context)


def test_the_screen_and_json_hold_the_sentence_of_a_notice(tmp_path):
    file = tmp_path / "items.csv"
    rows = "\n".join(f"{a},{6 - a},{3 + i % 2}" for i, a in enumerate([1, 2, 3, 4, 5] * 4))
    file.write_text("A1,A2,A3\n" + rows + "\n", encoding="utf-8")
    given = ["methods", "scale", str(file), "--items", "A1,A2,A3", "--bootstraps", "0"]
    text = CliRunner().invoke(commands, given, catch_exceptions=False).output
    assert "Notice: Alpha is below 0: the items do not measure one thing. Turn" in text
    found = json.loads(CliRunner().invoke(commands, [*given, "--json"]).output)
    notices = {one["code"]: one for one in found["reliability"]["notices"]}
    assert notices["negative_alpha"]["message"].startswith("Alpha is below 0")
    assert notices["negative_alpha"]["context"] == {}
