"""A study with change types, made by hand: one case changes much, one little, one is not known."""

import pytest
from evidence_making import answers, measure, rubric, stored
from page_reader import Reader

from rodedraad.accounts.models import Person
from rodedraad.assessment.models import Run
from rodedraad.assessment.type_runs import types_make
from rodedraad.methods.rulesets.measures import MEASURES
from rodedraad.studies.actions import frame_fill, study_create
from rodedraad.studies.models import Study, TeamMember, Wave
from rodedraad.studies.template import template_load

UNITS = (("GM0003", "Appingedam"), ("GM0010", "Delfzijl"), ("GM0014", "Groningen"))


@pytest.fixture
def person(db: None) -> Person:
    """Give a lead."""
    return Person.objects.create_user("leider@voorbeeld.test", name="Leider")


@pytest.fixture
def study(person: Person) -> Study:
    """Give a study of three cases: one changes much, one little, of one little is known."""
    made = study_create(
        template=template_load("change-factors"), slug="factoren", person=person, origin="test"
    )
    frame_fill(made, UNITS)
    rows = []
    for case, level in (("GM0003", 3), ("GM0010", 0)):
        for about in ("document", "interview"):
            rows += [measure(case, code, level, about) for code in MEASURES]
        rows += [rubric(case, "T1", "document", 0), rubric(case, "T2", "document", 1)]
        for person_n in range(5):
            for code, x in (("T3", 4), ("T4", 4)):
                rows += answers(case, code, "D", f"{case}-{person_n}", [x, x, x])
    rows += [measure("GM0014", "A1", 3)]
    stored(made, made.waves.get(), rows)
    return made


@pytest.fixture
def wave(study: Study) -> Wave:
    """Give its wave."""
    return study.waves.get()


@pytest.fixture
def run(study: Study, wave: Wave) -> Run:
    """Give the run of the types."""
    ((made, _is_new),) = types_make(study, wave, resamples=5)
    return made


@pytest.fixture
def researcher(study: Study) -> Reader:
    """Give a researcher of the study."""
    return Reader(study, "onderzoeker", TeamMember.Role.RESEARCHER)


@pytest.fixture
def client_of(study: Study) -> Reader:
    """Give the client of the study: reads results, decides nothing."""
    return Reader(study, "opdrachtgever", TeamMember.Role.CLIENT)
