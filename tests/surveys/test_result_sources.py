"""Do open answers become sources, one paragraph each, and new versions when more come in?"""

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.urls import reverse
from tests.surveys.answered import ITEMS, answered, cases_make, framework_fill, version_out

from rodedraad.accounts.models import Person
from rodedraad.jobs.kinds import kind_of
from rodedraad.jobs.models import Job
from rodedraad.sources.models import Paragraph, Source
from rodedraad.studies.models import TeamMember
from rodedraad.surveys.models import AnswersSource, Response
from rodedraad.surveys.results.open_answers import open_answers_to_sources, open_questions
from rodedraad.surveys.results.work import TO_SOURCES
from rodedraad.surveys.views import results_taking

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("RODEDRAAD_HOME", str(tmp_path))


@pytest.fixture
def asked(survey):
    framework_fill(survey.wave, ITEMS)
    return version_out(survey, ["D", "U"])


def over(survey, *, by_case=False):
    counts = open_answers_to_sources(survey, by_case=by_case, person=None, origin="test")
    return {state: n for state, n in counts.items() if n}


def test_each_answer_is_a_paragraph_with_the_pseudonym_as_its_label(survey, asked):
    one, two = cases_make(survey.wave, "GM0001", "GM0002")
    answered(asked, one, "U", "U-1", {"open": "Meer tijd.\nEn rust."})
    answered(asked, two, "U", "U-2", {"open": "Minder papier."})
    answered(asked, two, "U", "U-3", {"open": "  "})
    assert over(survey) == {"new": 1}
    source = Source.objects.get()
    assert source.kind == Source.Kind.OPEN_ANSWERS
    assert source.confidentiality == Source.Confidentiality.PERSONAL
    assert source.wave == survey.wave
    found = Paragraph.objects.filter(version__source=source)
    assert {(each.kind, each.label) for each in found} == {("answer", "U-1"), ("answer", "U-2")}
    assert {each.text for each in found} == {"Meer tijd.\nEn rust.", "Minder papier."}


def test_the_second_time_changes_nothing_and_more_answers_make_a_version(survey, asked):
    (case,) = cases_make(survey.wave, "GM0001")
    answered(asked, case, "U", "U-1", {"open": "Meer tijd."})
    over(survey)
    assert over(survey) == {"kept": 1}
    answered(asked, case, "U", "U-2", {"open": "Rust."})
    assert over(survey) == {"changed": 1}
    assert Source.objects.get().versions.count() == 2
    Response.objects.filter(pseudonym="U-1").update(state=Response.State.WITHDRAWN)
    assert over(survey) == {"changed": 1}
    newest = Source.objects.get().versions.order_by("-number").first()
    assert "Meer tijd" not in newest.text


def test_a_source_of_each_case_when_that_is_asked(survey, asked):
    one, two = cases_make(survey.wave, "GM0001", "GM0002")
    answered(asked, one, "U", "U-1", {"open": "A."})
    answered(asked, two, "U", "U-2", {"open": "B."})
    assert over(survey, by_case=True) == {"new": 2}
    assert {source.case.unit_code for source in Source.objects.all()} == {"GM0001", "GM0002"}


def test_a_source_that_was_taken_out_of_the_study_does_not_come_back(survey, asked):
    (case,) = cases_make(survey.wave, "GM0001")
    answered(asked, case, "U", "U-1", {"open": "A."})
    over(survey)
    source = AnswersSource.objects.get().source
    source.removed_at = source.added_at
    source.save(update_fields=["removed_at"])
    answered(asked, case, "U", "U-2", {"open": "B."})
    assert over(survey) == {"removed": 1}


def test_few_answers_to_an_open_anonymous_survey_wait(survey, asked):
    survey.mode, survey.state = "anonymous", "open"
    (case,) = cases_make(survey.wave, "GM0001")
    answered(asked, case, "U", "U-1", {"open": "A."})
    assert over(survey) == {"waiting": 1}
    assert [one.n for one in open_questions(survey, by_case=False)] == [1]
    assert not Source.objects.exists()


def test_many_answers_become_sources_by_a_worker_that_tells_how_far_it_is(
    survey, asked, client, monkeypatch
):
    cases = cases_make(survey.wave, "GM0001", "GM0002", "GM0003")
    for number, case in enumerate(cases):
        answered(asked, case, "U", f"U-{number}", {"open": f"Antwoord {number}."})
    person = Person.objects.create_user("lead@voorbeeld.test", name="Lead")
    TOTP.activate(person, generate_totp_secret())
    TeamMember.objects.create(study=survey.study, person=person, role="lead")
    client.force_login(person)
    monkeypatch.setattr(results_taking, "RESPONSES_AT_ONCE", 2)
    page = reverse("surveys:results_open", args=[survey.study.slug, survey.slug])
    answer = client.post(page, {"per": "zaak"})
    job = Job.objects.get()
    assert (job.kind, answer["Location"]) == (
        TO_SOURCES, reverse("jobs:job", args=[survey.study.slug, job.pk])
    )  # fmt: skip
    assert not Source.objects.exists()
    told: list[tuple[int, int]] = []
    kind = kind_of(job.kind)
    assert kind is not None
    result = kind.function()(job, lambda done, total, _message="": told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]
    assert result == {"address": page}
    assert Source.objects.count() == 3
