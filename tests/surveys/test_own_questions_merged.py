"""Does someone of a case get the version with the questions of that case, and no others?"""

import pytest

from rodedraad.studies.models import Case
from rodedraad.surveys.engine.guarding import answers_fault
from rodedraad.surveys.engine.pool import engine_close, guard_derive
from rodedraad.surveys.models import OwnQuestion
from rodedraad.surveys.questionnaire.merged import definition_for, guard_for

pytestmark = pytest.mark.django_db
PAGES = [
    {"name": "p1", "elements": [{"type": "text", "name": "a"}]},
    {"name": "slot", "elements": [{"type": "comment", "name": "open"}]},
]


@pytest.fixture(scope="module", autouse=True)
def engine():
    yield
    engine_close()


@pytest.fixture
def cases(version):
    version.definition = {"pages": PAGES}
    version.guard = guard_derive(version.definition)
    version.save(update_fields=["definition", "guard"])
    made = [
        Case.objects.create(study=version.survey.study, unit_code=code, name=code)
        for code in ("GM1", "GM2")
    ]
    OwnQuestion.objects.create(
        survey=version.survey, case=made[0], order=1,
        element={"type": "radiogroup", "choices": ["ja", "nee"]},
    )  # fmt: skip
    return made


def test_own_questions_stand_before_the_last_page_of_their_case_only(version, cases):
    with_own, without = (definition_for(version, case) for case in cases)
    assert [page["name"] for page in with_own["pages"]] == ["p1", "eigen", "slot"]
    assert with_own["pages"][1]["elements"][0]["name"] == "eigen1"
    assert without == version.definition == {"pages": PAGES}


def test_the_guard_knows_the_own_questions_of_the_case_only(version, cases):
    with_own, without = (guard_for(version, case) for case in cases)
    assert answers_fault(with_own, {"a": "x", "eigen1": "ja"}) is None
    assert answers_fault(with_own, {"eigen1": "misschien"}) == "eigen1"
    assert answers_fault(without, {"eigen1": "ja"}) == "eigen1"
