"""Does the glossary translate every word that the product puts before people?"""

import re
from typing import get_args

import pytest
import yaml

from rodedraad.assessment.models import Evidence
from rodedraad.jobs.models import Job
from rodedraad.methods.rulesets import drive
from rodedraad.networks.models import Membership
from rodedraad.studies.models import Case, SelectionEvent, Study, TeamMember
from rodedraad.studies.template import constructs, shapes, study

from .repository import ROOT

ROW = re.compile(r"(?m)^\| ([^|]+?) \| ([^|]+?) \| ([^|]+?) \|")
PAGE = (ROOT / "docs" / "reference" / "glossary.md").read_text()
CORE = yaml.safe_load((ROOT / "src/rodedraad/templates/framework/core.yaml").read_text())


def section(title: str) -> dict[str, tuple[str, str]]:
    match = re.search(rf"(?ms)^##+ {re.escape(title)}$(.*?)(?=^##|\Z)", PAGE)
    assert match, f"docs/reference/glossary.md has no heading '{title}'"
    rows = [row for row in ROW.findall(match[1]) if row[0] not in {"code", "---"}]
    return {code: (dutch, english) for code, dutch, english in rows}


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Kinds of constructs", get_args(constructs.ConstructKind)),
        ("Kinds of units", get_args(shapes.UnitKind)),
        ("Kinds of evidence", {*get_args(constructs.EvidenceKind), *Evidence.Kind.values}),
        ("Why there is no value", Evidence.Missing.values),
        ("Rules from fact to value", get_args(constructs.ValueRule)),
        ("Ways to choose cases", get_args(study.SelectionMethod)),
        ("Roles in the team", TeamMember.Role.values),
        ("Roles of cases", [*Case.Role.values, "forerunner"]),
        ("Status of a study", Study.Status.values),
        ("What happens to a chosen case", SelectionEvent.Kind.values),
        ("State of a job", Job.State.values),
        ("Basis of a membership", Membership.Basis.values),
        (
            "Drive (rule c.2 of the study)",
            [drive.DRIVEN, drive.MIXED, drive.FRAMED, drive.NOT_DRIVEN, drive.UNDETERMINED],
        ),
        ("Roles of respondents", [role["code"] for role in CORE["roles"]]),
        ("Scale levels", [level["key"] for level in CORE["scale_levels"]]),
    ],
)
def test_the_glossary_has_exactly_the_words_of_the_product(title, words):
    assert set(section(title)) == set(words)


@pytest.mark.parametrize(
    ("title", "key", "entries"),
    [
        ("Roles of respondents", "code", CORE["roles"]),
        ("Scale levels", "key", CORE["scale_levels"]),
    ],
)
def test_the_glossary_translates_as_the_framework_does(title, key, entries):
    told = {code: (nl.lower(), en.lower()) for code, (nl, en) in section(title).items()}
    meant = {e[key]: (e["name"]["nl"].lower(), e["name"]["en"].lower()) for e in entries}
    assert told == meant


def test_no_word_stands_twice_in_one_table():
    for table in re.split(r"(?m)^##+ ", PAGE):
        codes = [code for code, *_ in ROW.findall(table) if code not in {"code", "---"}]
        assert len(codes) == len(set(codes)), table.splitlines()[0]
