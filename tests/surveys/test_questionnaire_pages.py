"""Can a researcher make, change, freeze and compare questionnaires, and nobody else?"""

import json
import re

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from rodedraad.accounts.models import AuditEvent, Person
from rodedraad.errors import Refusal
from rodedraad.studies.models import Case, TeamMember
from rodedraad.surveys.engine.pool import engine_close
from rodedraad.surveys.models import EditStep, OwnQuestion, Quota, Response, StratumLink, Survey
from rodedraad.surveys.questionnaire import running
from rodedraad.surveys.questionnaire.freezing import digest_of, version_freeze, version_next
from rodedraad.surveys.questionnaire.saving import version_save
from rodedraad.surveys.views.questionnaire_list import IN

from .questionnaires import OTHER_KINDS, SIMPLE, study_made, survey_made

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def engine():
    yield
    engine_close()


def client_of(person: Person) -> Client:
    TOTP.activate(person, generate_totp_secret())
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def made():
    wave, person = study_made()
    survey = survey_made(wave, person, own_questions=2)
    return survey, survey.versions.get(), person


@pytest.fixture
def browser(made):
    return client_of(made[2])


def address(name, survey, *further):
    return reverse(f"surveys:{name}", args=[survey.study.slug, survey.slug, *further])


def names(survey):
    version = survey.versions.latest("number")
    return [[one["name"] for one in page["elements"]] for page in version.definition["pages"]]


def do(browser, survey, what, **further):
    version = survey.versions.latest("number")
    return browser.post(
        address("editor", survey, version.number),
        {"doe": what, "row_version": version.row_version, **further},
    )


def test_a_survey_begins_with_the_framework_and_is_on_the_list(made, browser):
    _survey, version, _person = made
    assert [row["value"] for row in version.definition["pages"][0]["elements"][0]["rows"]] == [
        "F1.1", "F1.2",
    ]  # fmt: skip
    page = browser.get(reverse("surveys:list", args=["proef"])).content.decode()
    assert "Uitvoerders" in page
    assert browser.get(address("survey", made[0])).status_code == 200


def test_the_list_counts_what_came_in_once_however_many_versions_there_are(made, browser):
    survey, version, _person = made
    case = Case.objects.filter(study=survey.study).first() or Case.objects.create(
        study=survey.study, unit_code="GM0001", name="Proefstad"
    )
    for number in (2, 3):
        survey.versions.create(number=number)
    for number, state in enumerate(["complete"] * 6 + ["received", "withdrawn", "started"]):
        Response.objects.create(
            survey=survey, version=version, case=case, pseudonym=f"U-{number}", state=state,
            day="2026-03-02",
        )  # fmt: skip
    (row,) = browser.get(reverse("surveys:list", args=["proef"])).context["rows"]
    came_in = Response.objects.filter(state__in=IN).count()
    assert came_in in {6, 7}
    assert (row["survey"].n_in, row["survey"].number, row["few"]) == (came_in, 3, False)


def test_a_survey_is_made_on_the_page(made, browser):
    wave = made[0].wave
    given = {"title_nl": "Directeuren", "wave": wave.pk, "roles": ["D"], "mode": "anonymous",
             "start": "empty", "own_questions": 0}  # fmt: skip
    answer = browser.post(reverse("surveys:new", args=["proef"]), given)
    assert answer.status_code == 302
    survey = Survey.objects.get(slug="directeuren")
    assert (survey.mode, survey.roles, names(survey)) == ("anonymous", ["D"], [[]])
    copy = browser.post(reverse("surveys:new", args=["proef"]), given | {"start": made[0].pk})
    assert copy.status_code == 302
    assert names(Survey.objects.get(slug="directeuren-2")) == names(made[0])


def test_questions_are_moved_taken_out_undone_and_done_again(made, browser):
    survey = made[0]
    begin = names(survey)
    assert begin == [["F1", "F2"], ["open"]]
    do(browser, survey, "omlaag:F1")
    assert names(survey) == [["F2", "F1"], ["open"]]
    do(browser, survey, "weg:F2")
    do(browser, survey, "terug")
    do(browser, survey, "terug")
    assert names(survey) == begin
    do(browser, survey, "vooruit")
    assert names(survey) == [["F2", "F1"], ["open"]]
    do(browser, survey, "zet", plaats=json.dumps({"naam": "open", "pagina": "p1", "op": 0}))
    assert names(survey) == [["open", "F2", "F1"], []]
    assert do(browser, survey, "vooruit").status_code == 422


def test_who_looks_at_an_old_page_overwrites_nothing(made, browser):
    survey, version, _person = made
    do(browser, survey, "omlaag:F1")
    late = browser.post(
        address("editor", survey, 1), {"doe": "weg:open", "row_version": version.row_version}
    )
    assert late.status_code == 422
    assert names(survey) == [["F2", "F1"], ["open"]]


def test_on_many_pages_one_choice_says_where_a_question_comes(made, browser):
    survey = made[0]
    assert b'name="pagina"' not in browser.get(address("editor", survey, 1)).content
    do(browser, survey, "pagina-erbij")
    assert b'name="pagina"' in browser.get(address("editor", survey, 1)).content
    do(browser, survey, "erbij", soort="comment", pagina="slot")
    assert names(survey) == [["F1", "F2"], ["open", "v4"], []]


def test_a_question_is_added_and_changed_with_a_form(made, browser):
    survey = made[0]
    answer = do(browser, survey, "erbij:slot", soort="radiogroup")
    assert answer.url == address("question", survey, 1, "v4")
    version = survey.versions.get()
    given = {
        "row_version": version.row_version, "name": "werk", "title_nl": "Waar werkt u?",
        "title_en": "Where do you work?", "choices_n": "3", "choices_0_value": "wijk",
        "choices_0_nl": "Wijkteam", "choices_0_en": "Team", "choices_1_nl": "Gemeentehuis",
        "dk": "on", "na": "on", "other": "on", "required": "on",
        "if_question": "F1.F1.1", "if_how": ">=", "if_value": "4",
    }  # fmt: skip
    assert browser.post(answer.url, given).status_code == 302
    element = survey.versions.get().definition["pages"][1]["elements"][1]
    assert element["title"] == {"default": "Waar werkt u?", "en": "Where do you work?"}
    assert [one["value"] for one in element["choices"]] == ["wijk", 2, "dk", "na"]
    assert [one.get("missing") for one in element["choices"]] == [
        None, None, "dont_know", "not_applicable",
    ]  # fmt: skip
    assert element["visibleIf"] == "{F1.F1.1} >= 4"
    assert element["showOtherItem"] is element["isRequired"] is True


def test_saving_a_question_as_it_is_shown_changes_nothing(made, browser):
    survey, version, _person = made
    for name in ("F1", "open"):
        page = browser.get(address("question", survey, 1, name))
        fields = fields_of(page.content.decode())
        before = survey.versions.get().definition
        assert browser.post(address("question", survey, 1, name), fields).status_code == 302
        after = survey.versions.get()
        assert after.definition == before
        assert after.texts_changed == {}
    assert version.pk == after.pk


def fields_of(page):
    """What a browser would post of the form of a question."""
    form = page[page.index('id="sv-question"') :]
    form = form[: form.index("</form>")]
    found = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name = re.search(r'name="([^"]*)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        if name and ('type="checkbox"' not in tag or " checked" in tag):
            found[name[1]] = value[1] if value else "on"
    for name, value in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>([^<]*)</textarea>', form):
        found[name] = value
    return found


@pytest.mark.parametrize("element", [*SIMPLE, *OTHER_KINDS], ids=lambda one: one["name"])
def test_every_kind_of_question_can_be_kept_shown_and_tried(made, browser, element):
    survey, version, _person = made
    definition = {"pages": [{"name": "p1", "elements": [element]}]}
    version_save(version, definition, "", row_version=version.row_version)
    name = element["name"]
    page = browser.get(address("question", survey, 1, name)).content.decode()
    tried = browser.post(address("tried", survey, 1, name), fields_of(page) | _json(page, element))
    shown = tried.json()["definition"]["pages"][0]["elements"][0]
    assert {key: shown[key] for key in ("type", "name")} == {
        "type": element["type"], "name": name,
    }  # fmt: skip
    for look in ("editor", "preview", "printed"):
        assert browser.get(address(look, survey, 1)).status_code == 200


def _json(page, element):
    return {"json": json.dumps(element)} if 'name="json"' in page else {}


def test_what_may_not_be_is_refused_with_a_sentence_and_not_kept(made, browser):
    survey = made[0]
    evil = {"type": "dropdown", "name": "open", "choicesByUrl": {"url": "https://x.test"}}
    given = {"json": json.dumps(evil), "row_version": made[1].row_version}
    answer = browser.post(address("question", survey, 1, "open"), given)
    assert answer.status_code == 422
    assert "choicesByUrl" in answer.content.decode()
    assert survey.versions.get().definition == made[1].definition
    tried = browser.post(address("tried", survey, 1, "open"), given)
    assert "choicesByUrl" in tried.json()["refused"]


def test_statements_of_the_framework_are_found_and_come_in_once(made, browser):
    survey, version, _person = made
    version_save(
        version, {"pages": [{"name": "p1", "elements": []}]}, "", row_version=version.row_version
    )
    found = browser.get(address("items", survey, 1), {"zoek": "F2", "rol": "U"}).content.decode()
    assert "F2.2" in found
    assert "F1.1" not in found
    for codes in (["F1.1"], ["F1.2", "F1.1"]):
        row_version = survey.versions.get().row_version
        browser.post(
            address("items", survey, 1),
            {"item": codes, "pagina": "p1", "row_version": row_version},
        )
    matrix = survey.versions.get().definition["pages"][0]["elements"][0]
    assert [row["value"] for row in matrix["rows"]] == ["F1.1", "F1.2"]
    assert matrix["reversed"] == ["F1.2"]


def test_the_mark_of_a_language_comes_and_goes(made, browser):
    survey, version, _person = made
    definition = json.loads(json.dumps(version.definition))
    definition["pages"][1]["elements"][0]["title"]["default"] = "Iets anders?"
    version_save(version, definition, "", row_version=version.row_version)
    there = address("question", survey, 1, "open")
    assert "talen-kloppen" in browser.get(there).content.decode()
    row_version = survey.versions.get().row_version
    browser.post(there, {"doe": "talen-kloppen", "row_version": row_version})
    assert "talen-kloppen" not in browser.get(there).content.decode()


def test_a_version_that_goes_out_has_digest_guard_and_manners_and_stays(made, browser):
    survey, version, person = made
    version_save(version, version.definition, "", row_version=version.row_version)
    version.refresh_from_db()
    answer = browser.post(
        address("survey", survey),
        {"doe": "vastzetten", "versie": 1, "row_version": version.row_version},
    )
    assert answer.status_code == 302
    version.refresh_from_db()
    assert version.sha256 == digest_of(version.definition)
    assert version.definition["clearInvisibleValues"] == "onComplete"
    assert set(version.guard["properties"]) == {"F1", "F2", "open"}
    assert not EditStep.objects.filter(version=version).exists()
    assert AuditEvent.objects.filter(action="questionnaire_freeze", person=person).count() == 1
    with pytest.raises(Refusal, match="never changed"):
        version_save(version, {"pages": []}, "", row_version=version.row_version)
    with pytest.raises(DatabaseError), transaction.atomic():
        version.definition = {}
        version.save(update_fields=["definition"])
    assert browser.get(address("question", survey, 1, "open")).status_code == 404


def test_a_version_with_a_fault_does_not_go_out(made):
    _survey, version, person = made
    circle = [
        {"type": "text", "name": "a", "visibleIf": "{b} = 1"},
        {"type": "text", "name": "b", "visibleIf": "{a} = 1"},
    ]
    kept = version_save(
        version, {"pages": [{"name": "p", "elements": circle}]}, "",
        row_version=version.row_version,
    )  # fmt: skip
    with pytest.raises(Refusal) as refused:
        version_freeze(kept, row_version=kept.row_version, person=person, origin="test")
    assert refused.value.code == "survey_has_faults"


def test_a_correction_is_a_new_version_that_says_what_changed(made, browser):
    survey, version, person = made
    version_freeze(version, row_version=version.row_version, person=person, origin="test")
    with pytest.raises(Refusal, match="what changed"):
        version_next(survey, note=" ", comparable="yes")
    browser.post(
        address("survey", survey),
        {"doe": "nieuwe-versie", "note": "Typefout in open", "comparable": "partly"},
    )
    second = survey.versions.get(number=2)
    assert (second.comparable, second.note) == ("partly", "Typefout in open")
    with pytest.raises(Refusal, match="being made"):
        version_next(survey, note="x", comparable="yes")
    definition = json.loads(json.dumps(second.definition))
    definition["pages"][1]["elements"][0]["title"]["default"] = "Nog iets?"
    version_save(second, definition, "open", row_version=second.row_version)
    page = browser.get(address("difference", survey, 1, 2)).content.decode()
    assert "Nog iets?" in page
    assert "vraag, Nederlands" in page


def test_a_survey_opens_only_when_a_version_went_out_and_keeps_its_promise(made):
    survey, version, person = made
    turn = {"person": person, "origin": "test"}
    with pytest.raises(Refusal, match="Fix the questionnaire"):
        running.survey_turn(survey, "open", row_version=1, **turn)
    survey = running.survey_change(survey, {"mode": "anonymous"}, row_version=1)
    version_freeze(version, row_version=version.row_version, person=person, origin="test")
    opened = running.survey_turn(survey, "open", row_version=2, **turn)
    assert opened.state == "open"
    with pytest.raises(Refusal, match="promised"):
        running.survey_change(opened, {"mode": "identified"}, row_version=3)
    with pytest.raises(Refusal, match="Someone changed"):
        running.survey_turn(opened, "paused", row_version=1, **turn)


def test_links_quotas_and_own_questions_are_made_on_their_pages(made, browser):
    survey, _version, person = made
    case = Case.objects.get(name="Proefstad")
    links = address("links", survey)
    browser.post(links, {"doe": "maak", "gemeente": "alle"})
    link = StratumLink.objects.get(survey=survey)
    assert (link.case, link.role) == (case, "U")
    browser.post(links, {"doe": "gevraagd", "ingang": link.pk, "aantal": "40"})
    link.refresh_from_db()
    assert link.n_asked == 40
    assert "<svg" in browser.get(links, {"qr": ""}).content.decode()
    browser.post(links, {"doe": "quota", "gemeente": case.pk, "rol": "U", "aantal": "100"})
    assert Quota.objects.get(survey=survey).target == 100
    own = address("own_questions", survey)
    given = {"gemeente": case.pk, "nummer": 1, "soort": "radiogroup", "title_nl": "Kent u ons?",
             "choices_n": 2, "choices_0_nl": "Ja", "choices_1_nl": "Nee"}  # fmt: skip
    assert browser.post(own, given).status_code == 302
    assert OwnQuestion.objects.get(survey=survey, case=case).element["name"] == "eigen1"
    assert browser.post(own, given | {"nummer": 3}).status_code == 422
    Survey.objects.filter(pk=survey.pk).update(state="open")
    assert browser.post(own, given | {"nummer": 2}).status_code == 422
    assert person.pk


def test_others_look_or_do_not_even_know(made):
    survey, version, _person = made
    client = Person.objects.create_user("klant@voorbeeld.test", "x", name="Klant")
    TeamMember.objects.create(study=survey.study, person=client, role="client")
    looking = client_of(client)
    assert looking.get(address("survey", survey)).status_code == 200
    assert looking.get(address("editor", survey, 1)).status_code == 200
    assert looking.get(address("question", survey, 1, "open")).status_code == 404
    assert looking.get(address("links", survey)).status_code == 403
    assert do(looking, survey, "weg:open").status_code == 403
    other = client_of(Person.objects.create_user("ander@voorbeeld.test", "x", name="Ander"))
    assert other.get(address("survey", survey)).status_code == 404
    assert names(survey) == [["F1", "F2"], ["open"]]
    assert version.pk


def test_pages_ask_the_database_as_often_whatever_the_size(
    made, browser, django_assert_max_num_queries
):
    survey, version, _person = made
    many = [{**SIMPLE[4], "name": f"q{n}"} for n in range(60)]
    version_save(
        version, {"pages": [{"name": "p", "elements": many}]}, "", row_version=version.row_version
    )
    wave, person = survey.wave, made[2]
    for n in range(20):
        survey_made(wave, person, title_nl=f"Nog een {n}", start="empty")
    for there in (
        reverse("surveys:list", args=["proef"]), address("survey", survey),
        address("editor", survey, 1), address("question", survey, 1, "q1"),
        address("items", survey, 1), address("preview", survey, 1), address("printed", survey, 1),
        address("links", survey), address("own_questions", survey), address("settings", survey),
    ):  # fmt: skip
        with django_assert_max_num_queries(15):
            assert browser.get(there).status_code == 200
