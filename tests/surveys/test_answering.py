"""Does answering keep what was promised, step by step?"""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from rodedraad.fieldwork.models import Consent, ConsentText
from rodedraad.surveys.answering.asked import asked_forget
from rodedraad.surveys.answering.checks import CHECKS
from rodedraad.surveys.answering.codes import code_of
from rodedraad.surveys.answering.throttle import CODES, SAVES, STARTS
from rodedraad.surveys.models import (
    AnswerEvent,
    Invitation,
    OwnQuestion,
    Quota,
    Response,
    ResponseLink,
    ResponseState,
    StratumLink,
    Survey,
)

from .answering_setup import case_of, finish, invited, linked, participation_of, save, survey_open

pytestmark = pytest.mark.django_db
FILL = "/vragenlijst/invullen/"
MODES = ("identified", "confidential", "anonymous")


@pytest.fixture(autouse=True)
def nothing_known(monkeypatch):
    asked_forget()
    for name in ("awake", "warm"):
        monkeypatch.setattr(CHECKS, name, lambda: None)
    for throttle in (CODES, SAVES, STARTS):
        throttle.clear()


def begin(wave, mode: str) -> tuple[Client, str]:
    """A browser that began to answer, and the address it came by."""
    survey = survey_open(wave, mode)
    case = case_of(wave)
    way = linked if mode == "anonymous" else invited
    address = way(survey, case if way is linked else participation_of(wave, case))
    client = Client()
    assert client.get(address).status_code == 200
    assert client.post(address)["Location"] == FILL
    return client, address


@pytest.fixture(params=MODES)
def begun(request, wave) -> Client:
    return begin(wave, request.param)[0]


def counts() -> tuple[int, ...]:
    return tuple(
        model.objects.count() for model in (Response, AnswerEvent, ResponseLink, ResponseState)
    )


def test_one_begins_saves_and_sees_the_answers_again(begun):
    assert begun.get(FILL).status_code == 200
    assert save(begun, 1, {"age": 40}).json() == {"sequence": 1}
    assert save(begun, 2, {"open": "Goed", "age": None}, page=1).json() == {"sequence": 2}
    told = begun.get(FILL).context
    assert told["answers"] == {"open": "Goed"}
    assert told["begin"]["sequence"] == 2
    assert told["begin"]["page"] == 1


@pytest.mark.parametrize("mode", MODES)
def test_looking_at_a_link_changes_nothing(wave, mode):
    survey = survey_open(wave, mode)
    person = participation_of(wave, case_of(wave))
    address = linked(survey, person.case) if mode == "anonymous" else invited(survey, person)
    for client in (Client(), Client(), Client()):
        assert client.get(address).status_code == 200
        assert client.head(address).status_code == 200
        assert client.get(FILL).status_code == 404
    assert counts() == (0, 0, 0, 0)
    person.refresh_from_db()
    assert person.state == "planned"
    assert not Invitation.objects.exclude(started_on=None).exists()
    assert not StratumLink.objects.exclude(counts={}).exists()


def test_a_save_costs_one_question_to_the_database(begun, django_assert_num_queries):
    save(begun, 1, {"age": 40})
    with django_assert_num_queries(0):  # its own one goes past Django, prepared
        assert save(begun, 2, {"age": 41}).status_code == 200
    assert AnswerEvent.objects.count() == 2


def test_the_same_save_again_is_kept_once_and_confirmed_twice(begun):
    assert save(begun, 1, {"age": 40}).status_code == 200
    assert save(begun, 1, {"age": 40}).status_code == 200
    assert AnswerEvent.objects.count() == 1


@pytest.mark.parametrize(("sequence", "patch"), [(1, {"age": 41}), (3, {"age": 40})])
def test_another_save_in_its_place_and_a_gap_are_refused_with_the_newest_number(
    begun, sequence, patch
):
    save(begun, 1, {"age": 40})
    again = save(begun, sequence, patch)
    assert (again.status_code, again.json()) == (409, {"sequence": 1})


@pytest.mark.parametrize(
    ("patch", "where"),
    [({"age": 999}, "age"), ({"F5": {"F5.1": 7}}, "F5/F5.1"), ({"nothing": 1}, "nothing")],
)
def test_what_the_guard_refuses_is_not_kept(begun, patch, where):
    refused = save(begun, 1, patch)
    assert (refused.status_code, refused.json()) == (422, {"where": where})
    assert not AnswerEvent.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{",
        b'{"sequence": 1}',
        b'{"sequence": 0, "patch": {}}',
        b'{"sequence": true, "patch": {}}',
        b'{"sequence": 1, "patch": {"age": NaN}}',
        b'{"sequence": 1, "patch": {"open": "\\u0000"}}',
        b'{"sequence": 1, "patch": {"open": "\\ud800"}}',
        b'{"sequence": 1, "patch": {"open": "\xff"}}',
        b'{"sequence": 1, "page": -1, "patch": {}}',
        b"[" * 100_000,
    ],
)
def test_what_is_not_a_save_is_refused_without_a_fault(begun, body):
    sent = begun.post(f"{FILL}bewaren/", body, content_type="application/json")
    assert sent.status_code == 400
    assert not AnswerEvent.objects.exists()


def test_nobody_saves_without_the_signed_cookie(begun):
    stranger = Client()
    assert save(stranger, 1, {"age": 40}).status_code == 401
    stranger.cookies["rd_antwoord"] = begun.cookies["rd_antwoord"].value[:-3] + "abc"
    assert save(stranger, 1, {"age": 40}).status_code == 401
    assert finish(stranger, 0).status_code == 401


def test_a_save_from_another_site_is_refused(begun):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = begun.cookies
    assert save(strict, 1, {"age": 40}).status_code == 403


def test_the_cookie_is_for_these_pages_only_and_no_script_reads_it(begun):
    cookie = begun.cookies["rd_antwoord"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (
        "/vragenlijst/",
        True,
        "Lax",
    )


@pytest.mark.parametrize(
    ("change", "state"),
    [
        ({"state": "paused"}, "paused"),
        ({"state": "closed"}, "closed"),
        ({"closes_at": datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)}, "closed"),
    ],
)
def test_a_survey_that_takes_no_answers_says_so(wave, change, state):
    client, address = begin(wave, "anonymous")
    save(client, 1, {"age": 40})
    Survey.objects.update(**change)
    late = save(client, 2, {"age": 41})
    assert (late.status_code, late.json()) == (410, {"state": state})
    assert save(client, 1, {"age": 40}).status_code == 200, "what was kept is still confirmed"
    assert finish(client, 1).status_code == 410
    assert client.get(FILL).context["shut"] == state
    other = Client()
    assert other.get(address).context["shut"] == state
    assert other.post(address).status_code == 410
    assert Response.objects.count() == 1


def test_a_survey_that_did_not_open_yet_says_so(wave):
    survey = survey_open(wave, "anonymous")
    address = linked(survey, case_of(wave))
    Survey.objects.update(opens_at=timezone.now() + datetime.timedelta(days=1))
    assert Client().get(address).context["shut"] == "not_yet"
    assert Client().post(address).status_code == 410


def test_an_unknown_link_is_not_found(db):
    assert Client().get("/vragenlijst/" + "x" * 22 + "/").status_code == 404


def test_a_personal_link_opens_the_same_response_on_another_device(wave):
    client, address = begin(wave, "confidential")
    save(client, 1, {"age": 40})
    other = Client()
    other.post(address)
    assert other.get(FILL).context["answers"] == {"age": 40}
    assert Response.objects.count() == 1


def test_behind_an_open_link_each_browser_has_a_response_and_a_shared_one_begins_anew(wave):
    client, address = begin(wave, "anonymous")
    save(client, 1, {"age": 40})
    assert client.get(address).context["held"]
    client.post(address)
    assert client.get(FILL).context["answers"] == {"age": 40}
    client.post(address, {"anew": "1"})
    assert client.get(FILL).context["answers"] == {}
    other = Client()
    other.get(address)
    other.post(address)
    assert Response.objects.count() == 3
    assert list(StratumLink.objects.get().counts.values()) == [{"started": 3}]


def test_one_goes_on_elsewhere_with_the_code_however_it_is_typed(begun):
    save(begun, 1, {"age": 40})
    code = begun.get(FILL).context["code"]
    assert code == code_of(Response.objects.get().pk)
    assert code not in Response.objects.get().resume_digest
    other = Client()
    assert other.get("/vragenlijst/verder/").status_code == 200
    typed = code.lower().replace("-", " ").replace("o", "0")
    assert other.post("/vragenlijst/verder/", {"code": typed})["Location"] == FILL
    assert other.get(FILL).context["answers"] == {"age": 40}


def test_guessing_codes_is_stopped(db):
    client = Client()
    tried = [client.post("/vragenlijst/verder/", {"code": "AAAA"}).status_code for _ in range(40)]
    assert tried[0] == 400
    assert tried[-1] == 429


def test_one_response_cannot_send_saves_without_end(begun):
    sent = [save(begun, 1, {"age": 40}).status_code for _ in range(80)]
    assert sent[0] == 200
    assert 429 in sent


def test_who_begins_agrees_to_the_newest_text_unless_nobody_may_know(wave):
    text = ConsentText.objects.create(
        study=wave.study, purpose="take_part", version=1, text_nl="Ik doe mee."
    )
    begin(wave, "confidential")
    given = Consent.objects.get()
    assert (given.text, given.given, given.how) == (text, True, "online")


def test_in_confidential_mode_only_the_vault_says_whose_a_response_is(wave):
    begin(wave, "confidential")
    response, invitation = Response.objects.get(), Invitation.objects.get()
    assert response.participation is None
    assert response.pseudonym != invitation.participation.pseudonym
    link = ResponseLink.objects.get()
    assert (link.response, link.participation) == (response.pk, invitation.participation.uuid)
    assert invitation.participation.events.get().state == "started"


def test_in_anonymous_mode_nothing_but_a_count_by_day_is_kept_of_who_came(wave):
    client, _ = begin(wave, "anonymous")
    save(client, 1, {"age": 40})
    response = Response.objects.get()
    assert response.participation is None
    assert not ResponseLink.objects.exists()
    assert not Invitation.objects.exists()
    assert StratumLink.objects.get().counts == {timezone.localdate().isoformat(): {"started": 1}}


def test_the_questions_of_a_case_itself_are_asked_there_and_guarded(wave):
    survey = survey_open(wave, "anonymous")
    Survey.objects.update(own_questions=1)
    case, other = case_of(wave), case_of(wave, "GM0002")
    element = {"type": "text", "name": "eigen1", "inputType": "number", "max": 5}
    OwnQuestion.objects.create(survey=survey, case=case, order=1, element=element)
    for where, said in ((case, (200, 422)), (other, (422, 422))):
        client = Client()
        client.get(linked(survey, where))
        client.post(linked(survey, where))
        assert save(client, 1, {"eigen1": 4}).status_code == said[0]
        assert save(client, 2, {"eigen1": 6}).status_code == said[1]


def test_who_comes_when_enough_have_answered_is_told_before_answering(wave):
    survey = survey_open(wave, "anonymous")
    address = linked(survey, case_of(wave))
    Quota.objects.create(survey=survey, target=1, n=1)
    assert Client().get(address).context["shut"] == "full"
    assert Client().post(address).status_code == 410
