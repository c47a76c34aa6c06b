"""Do questionnaires come in and answers leave as the promise says, and only for whom may?"""

from html import unescape
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import polars as pl
import pyreadstat
import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from tests.exchange.ddi_schema import faults
from tests.exchange.test_questionnaires_read import FORM, LSS
from tests.surveys.answered import ITEMS, answered, cases_make, framework_fill, version_out

from rodedraad.accounts.models import AuditEvent, Person
from rodedraad.exchange.survey_file import survey_of
from rodedraad.studies.models import TeamMember
from rodedraad.surveys.engine.pool import engine_close
from rodedraad.surveys.exchange_answers import Wanted, answers_coded
from rodedraad.surveys.exchange_files import FORMS, counts_told, file_make
from rodedraad.surveys.exchange_import import definition_checked
from rodedraad.surveys.models import Survey
from rodedraad.surveys.questionnaire import allowed
from rodedraad.web.templatetags.page import refusal_words

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def engine():
    yield
    engine_close()


def person_with(client, study, role):
    made = Person.objects.create_user(f"{role}@voorbeeld.test", name=role)
    TOTP.activate(made, generate_totp_secret())
    TeamMember.objects.create(study=study, person=made, role=role)
    client.force_login(made)
    return made


@pytest.fixture
def filled(wave, survey):
    return fill(wave, survey, Survey.Mode.CONFIDENTIAL)


def fill(wave, survey, mode):
    framework_fill(wave, ITEMS)
    Survey.objects.filter(pk=survey.pk).update(roles=["D", "U"], mode=mode)
    survey.refresh_from_db()
    version = version_out(survey, ["D", "U"])
    first, second = cases_make(wave, "GM0001", "GM0002")
    for number in range(6):
        data = {"F1": {"F1.1": 1 + number % 5, "F1.2": "dk"}, "open": "Eén — naïef"}
        answered(version, first, "U", f"P{number}", data)
    answered(version, second, "D", "P9", {"F1": {"F1.1": 5}, "X1": {"X1.1": "na"}})
    return survey


def address(name, survey, *more):
    return reverse(f"surveys:{name}", args=[survey.study.slug, survey.slug, *more])


def test_all_forms_in_one_zip_are_the_same_as_apart(filled: Survey, tmp_path: Path) -> None:
    """Of a form that is forgotten, or of another reading, the archive would not know."""

    def made(form: str) -> Path:
        return file_make(filled, form, Wanted(), tmp_path / form, person=None, origin="test")

    with ZipFile(made("all")) as whole:
        inside = {name: whole.read(name) for name in whole.namelist()}
    apart = {form: made(form) for form in FORMS if form != "all"}
    assert set(inside) == {path.name for path in apart.values()}
    for form in ("csv-codes", "csv-labels", "parquet", "ddi"):
        assert inside[apart[form].name] == apart[form].read_bytes()


def test_every_reason_why_there_is_no_answer_has_its_own_code(filled, tmp_path):
    path = file_make(filled, "sav", Wanted(), tmp_path, person=None, origin="test")
    frame, meta = pyreadstat.read_sav(str(path), user_missing=True, output_format="polars")
    rows = {row["respondent"].strip(): row for row in frame.to_dicts()}
    assert rows["P1"]["F1.1"] == 2
    assert rows["P1"]["F1.2"] == -1
    assert rows["P1"]["F1.3"] == -8
    assert rows["P9"]["F1.2"] == -9
    assert rows["P9"]["X1.1"] == -2
    assert rows["P1"]["X1.1"] == -9
    assert rows["P1"]["open"].strip() == "Eén — naïef"
    assert rows["P9"]["open_leeg"] == -8
    assert meta.variable_value_labels["F1.1"][5.0] == "Helemaal eens"
    assert meta.variable_measure["F1.1"] == "ordinal"


def test_an_anonymous_survey_leaves_without_day_and_in_another_order_each_time(wave, survey):
    filled = fill(wave, survey, Survey.Mode.ANONYMOUS)
    frames = [answers_coded(filled, Wanted()).frame for _ in range(6)]
    assert not {"day", "seconds", "language"} & set(frames[0].columns)
    assert all(one["respondent"].to_list() == [str(n) for n in range(1, 8)] for one in frames)
    assert len({tuple(one["F1.1"].to_list()) for one in frames}) > 1


def test_small_groups_can_be_put_together_or_left_out(filled):
    assert answers_coded(filled, Wanted()).unique["unique"] == 1
    together = answers_coded(filled, Wanted(case="small", role="small"))
    assert set(together.frame["case"]) == {"GM0001", "overig"}
    without = answers_coded(filled, Wanted(case="out", role="out"))
    assert not {"case", "role"} & set(without.frame.columns)
    assert without.unique["smallest"] == 7


def test_no_count_of_one_to_four_people_is_in_a_description(filled):
    told = counts_told(answers_coded(filled, Wanted()))
    assert all(n == 0 or n >= 5 for counts in told.values() for n in counts.values())


@pytest.mark.parametrize("form", FORMS)
def test_each_form_is_given_to_a_researcher_and_logged(filled, client, form):
    person_with(client, filled.study, "researcher")
    response = client.post(address("files", filled), {"form": form})
    content = b"".join(response.streaming_content)
    assert response.status_code == 200
    assert len(content) > 200
    event = AuditEvent.objects.get(action="survey_file")
    assert form in event.object
    if form == "parquet":
        assert pl.read_parquet(BytesIO(content)).height == 7
    if form == "ddi":
        assert faults(content) == []


@pytest.mark.parametrize("name", ["files", "codebook"])
def test_only_lead_and_researchers_reach_answers(filled, client, name):
    person_with(client, filled.study, "client")
    assert client.get(address(name, filled)).status_code == 404
    assert client.post(address("files", filled), {"form": "sav"}).status_code == 404
    assert not AuditEvent.objects.filter(action="survey_file").exists()


def test_the_pages_tell_how_recognisable_people_are_with_few_queries(filled, client):
    person_with(client, filled.study, "lead")
    for name in ("files", "codebook"):
        with CaptureQueriesContext(connection) as asked:
            response = client.get(address(name, filled))
        assert response.status_code == 200
        assert len(asked) <= 20, len(asked)
    page = client.get(address("files", filled)).content.decode()
    assert "1 mens zit in een groep van minder dan 5" in page


def test_a_form_that_there_is_not_is_refused_in_words(filled, client):
    person_with(client, filled.study, "lead")
    response = client.post(address("files", filled), {"form": "exe"})
    assert response.status_code == 422
    assert "Kies een van de soorten bestanden" in response.content.decode()


def brought_in(client, wave):
    """Ask the page to bring a form in that is right."""
    given = {
        "file": SimpleUploadedFile("proef.xlsx", FORM), "wave": wave.pk, "roles": ["U"],
    }  # fmt: skip
    return client.post(reverse("surveys:bring_in", args=[wave.study.slug]), given)


def test_a_form_that_comes_in_is_a_draft_and_the_page_tells_what_is_lost(wave, client):
    person_with(client, wave.study, "researcher")
    response = brought_in(client, wave)
    page = response.content.decode()
    assert response.status_code == 200, page
    assert "Zo’n soort vraag is er hier niet." in page
    made = wave.study.surveys.get()
    assert made.state == Survey.State.DRAFT
    assert made.versions.get().definition["calculatedValues"][0]["name"] == "dubbel"
    assert AuditEvent.objects.filter(action="survey_import").count() == 1


def test_what_our_rules_refuse_is_told_in_the_language_of_the_page(wave, client, monkeypatch):
    """It stood there in English, without what to do about it."""
    monkeypatch.setattr(allowed, "BYTES_AT_MOST", 10)
    person_with(client, wave.study, "researcher")
    response = brought_in(client, wave)
    page = response.content.decode()
    checked = response.context["checked"]
    with override("nl"):
        assert refusal_words(checked.refusal) in unescape(page)
    assert checked.faults[0] not in unescape(page)
    assert "haal het bestand opnieuw binnen" in page
    assert not wave.study.surveys.exists()


def test_a_hostile_file_gets_one_sentence_on_the_page(wave, client):
    person_with(client, wave.study, "researcher")
    given = {
        "file": SimpleUploadedFile("x.lss", b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>"),
        "wave": wave.pk, "roles": ["U"],
    }  # fmt: skip
    response = client.post(reverse("surveys:bring_in", args=[wave.study.slug]), given)
    assert response.status_code == 422
    assert "waarin een aanval kan zitten" in response.content.decode()
    assert not wave.study.surveys.exists()


@pytest.mark.parametrize("content", [FORM, LSS.encode()], ids=["xlsform", "limesurvey"])
def test_survey_core_takes_what_comes_in(content):
    assert definition_checked(survey_of(content).definition).is_valid
