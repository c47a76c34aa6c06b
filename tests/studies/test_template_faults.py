"""Is everything that is wrong in a template told at once, with line, field and cure?"""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils.translation import override

from rodedraad.errors import Refusal
from rodedraad.studies.template import (
    StudyTemplate,
    TemplateFault,
    TemplateRefusal,
    framework,
    template_load,
)
from rodedraad.studies.template.shape_check import shape_check
from rodedraad.studies.template.study_check import study_faults
from rodedraad.studies.template.yaml_tree import yaml_read
from rodedraad.studies.template_words import fault_shown

SOUND = """\
key: small
version: "1.0"
title: {nl: Klein, en: Small}
summary: {nl: Een kleine studie., en: A small study.}
unit_kind: municipality
questions:
  - key: first
    text: {nl: 'Waarom?', en: 'Why?'}
framework: [F1, F5]
rulesets: []
waves:
  - label: "2016"
    reference_date: 2016-01-01
cases:
  n: 4
  frame_date: 2015-01-01
  method: random
respondents: [D, U]
team:
  - role: lead
    minimum: 1
    task: {nl: Leidt., en: Leads.}
notes:
  - {nl: Niet gevalideerd., en: Not validated.}
"""
Faults = Callable[..., tuple[TemplateFault, ...]]


@pytest.fixture
def faults(tmp_path: Path) -> Faults:
    """Give the faults of the sound template after replacing pieces of it."""

    def of(*changes: tuple[str, str]) -> tuple[TemplateFault, ...]:
        text = SOUND
        for old, new in changes:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        path = tmp_path / "small.yaml"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(TemplateRefusal) as caught:
            template_load(path)
        with override("nl"):
            shown = [fault_shown(fault) for fault in caught.value.faults]
        assert all(each.problem_known and each.cure_known for each in shown), shown
        return caught.value.faults

    return of


def test_the_sound_template_loads(tmp_path: Path) -> None:
    path = tmp_path / "small.yaml"
    path.write_text(SOUND, encoding="utf-8")
    assert template_load(path).framework == ("F1", "F5")
    assert template_load(str(path)).key == "small"


@pytest.mark.parametrize(
    ("old", "new", "line", "field", "problem", "cure"),
    [
        ("[F1, F5]", "[F1, f5]", 9, "framework[2]", "no construct 'f5'", "mean 'F5'?"),
        ("[F1, F5]", "[F1, F1]", 9, "framework[2]", "'F1' stands already in", "Keep one"),
        ("[F1, F5]", "[]", 9, "framework", "list is empty", "at least one"),
        ("[F1, F5]", "F1", 9, "framework", "must be a list. Got text: F1", "'- '"),
        (", en: Small}", "}", 3, "title.en", "English text is missing", "'en:'"),
        ("{nl: Klein, en", "{en", 3, "title.nl", "Dutch text is missing", "'nl:'"),
        ("en: Small}", "en: ''}", 3, "title.en", "text is empty", "Write the text"),
        ("en: Small}", "en: No}", 3, "title.en", "Got true or false: False", "double quotes"),
        ('"1.0"', "1.0", 2, "version", "must be text. Got a number: 1.0", "double quotes"),
        ("n: 4", 'n: "4"', 15, "cases.n", "a whole number. Got text: 4", "without quotes"),
        ("n: 4", "n: 0", 15, "cases.n", "greater than or equal to 1. Got 0", "study-template"),
        ("2016-01-01", '"2016"', 13, "waves[1].reference_date", "a date", "2016-01-01"),
        ("2016-01-01", "2016-02-31", 13, "waves[1].reference_date", "cannot exist", "2016-01-01"),
        ("method: random", "method: rndom", 17, "cases.method", "'rndom' is not", "'random'?"),
        ("respondents:", "respondent:", 18, "respondent", "not a known key", "'respondents'?"),
        ("[D, U]", "[D, Z]", 18, "respondents[2]", "no role 'Z'", "Known: D, C, U"),
        ("rulesets: []", "rulesets: [{name: a, version: '1'}]", 10, "rulesets[1].name", "'a'", ""),
        ("notes:\n", "notes: []\nmore:\n", 24, "more", "'more' is not a known key", "Known here"),
        ("role: lead", "role: client", 19, "team", "no lead", "role lead"),
        ("key: small", "key: other", 1, "key", "The key is 'other'", "equal"),
        ("key: small\n", "key: small\nkey: small\n", 2, "key", "occurs twice", "Keep one"),
        ("method: random", "method: typical", 14, "cases.indicators", "none is named", "figures"),
        ("title: {", "title: [", 3, "", "not correct YAML", "indentation"),
        ("{nl: Klein, en: Small}", "Klein", 3, "title", "group of fields. Got text", "nl, en"),
    ],
)
def test_a_fault_has_its_line_field_problem_and_cure(
    faults: Faults, old: str, new: str, line: int, field: str, problem: str, cure: str
) -> None:
    found = faults((old, new))
    matching = [f for f in found if (f.line, f.field) == (line, field)]
    assert len(matching) == 1, [str(f) for f in found]
    assert problem in matching[0].problem
    assert cure in matching[0].cure
    assert matching[0].file == "small.yaml"


def test_a_fault_is_told_in_dutch_with_what_it_is_about(faults: Faults) -> None:
    (fault,) = faults(("[D, U]", "[D, Z]"))
    with override("nl"):
        shown = fault_shown(fault)
    assert shown.problem == "Er is geen rol 'Z'."
    assert shown.cure.startswith("Bekend: D, C, U")
    wrong_type = next(fault for fault in faults(('"1.0"', "1.0")) if fault.field == "version")
    with override("nl"):
        assert fault_shown(wrong_type).problem == "Dit moet tekst zijn. Er staat een getal: 1.0."


def test_all_faults_are_told_at_once_in_the_order_of_the_file(faults: Faults) -> None:
    found = faults(
        ("version: ", "versio: "),
        (", en: 'Why?'", ""),
        ("n: 4", "n: four"),
        ("label:", "labels:"),
    )
    assert [(f.line, f.field) for f in found] == [
        (1, "version"),
        (2, "versio"),
        (8, "questions[1].text.en"),
        (12, "waves[1].label"),
        (12, "waves[1].labels"),
        (15, "cases.n"),
    ]


def test_faults_of_reference_are_told_together(faults: Faults) -> None:
    found = faults(("[F1, F5]", "[F1, Q9]"), ("[D, U]", "[D, Y]"), ("role: lead", "role: client"))
    assert [f.field for f in found] == ["framework[2]", "respondents[2]", "team"]


def test_the_message_lists_every_fault_with_its_place(faults: Faults, tmp_path: Path) -> None:
    faults(("n: 4", "n: four"), ("en: Small", "en: ''"))
    with pytest.raises(Refusal) as caught:
        template_load(tmp_path / "small.yaml")
    refusal = caught.value
    assert refusal.code == "template_invalid"
    assert str(refusal).startswith("The study template cannot be used: 2 faults.")
    assert "\n- small.yaml, line 15, cases.n: This must be a whole number." in str(refusal)


def test_a_ruleset_in_an_unknown_version_names_the_versions_that_exist(tmp_path: Path) -> None:
    path = tmp_path / "small.yaml"
    ruleset = 'rulesets: [{name: drive, version: "3"}]'
    path.write_text(SOUND.replace("rulesets: []", ruleset), encoding="utf-8")
    tree = yaml_read(path)
    template, _ = shape_check(tree, StudyTemplate)
    assert template is not None
    (fault,) = study_faults(tree, template, framework(), {"drive": ("1", "2")})
    assert (fault.line, fault.field) == (10, "rulesets[1].version")
    assert fault.problem == "Ruleset 'drive' has no version '3'."
    assert fault.cure == "It has: 1, 2."
    assert study_faults(tree, template, framework(), {"drive": ("3",)}) == []


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TemplateRefusal, match=r"gone\.yaml: The file cannot be read: No such file"):
        template_load(tmp_path / "gone.yaml")
