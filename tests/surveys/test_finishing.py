"""What becomes of a response that was sent in: checked, counted, told, taken back?"""

import pytest
from django.test import Client
from django.utils import timezone

from rodedraad.errors import Refusal
from rodedraad.surveys.answering import settling
from rodedraad.surveys.answering.asked import asked_forget
from rodedraad.surveys.answering.checks import CHECKS
from rodedraad.surveys.answering.finishing import response_settle
from rodedraad.surveys.models import (
    AnswerEvent,
    Invitation,
    Quota,
    Response,
    ResponseLink,
    ResponseState,
    StratumLink,
)

from .answering_setup import case_of, finish, invited, linked, participation_of, save, survey_open

pytestmark = pytest.mark.django_db
STATE = "/vragenlijst/invullen/stand/"


@pytest.fixture(autouse=True)
def no_thread(monkeypatch):
    """The tests settle themselves: a thread would not see what their transaction holds."""
    asked_forget()
    monkeypatch.setattr(CHECKS, "ask", lambda key: None)
    monkeypatch.setattr(CHECKS, "awake", lambda: None)
    monkeypatch.setattr(CHECKS, "warm", lambda: None)


def answering(wave, mode: str) -> Client:
    survey = survey_open(wave, mode)
    case = case_of(wave)
    client = Client()
    if mode == "anonymous":
        client.get(linked(survey, case))
        client.post(linked(survey, case))
    else:
        client.post(invited(survey, participation_of(wave, case)))
    return client


def settled(client: Client) -> dict:
    response_settle(Response.objects.get().pk)
    return client.get(STATE).json()


@pytest.mark.parametrize("mode", ["identified", "confidential", "anonymous"])
def test_what_is_sent_in_is_received_then_checked_then_complete(wave, mode):
    client = answering(wave, mode)
    save(client, 1, {"age": 40, "F5": {"F5.1": 4, "F5.2": "dk"}}, page=0)
    save(client, 2, {"open": "Goed"}, page=1)
    sent = finish(client, 2, 301)
    assert (sent.status_code, sent.json()) == (202, {"state": "received"})
    assert client.get(STATE).json()["state"] == "received"
    assert settled(client) == {"state": "complete", "errors": []}
    response, state = Response.objects.get(), ResponseState.objects.get()
    assert state.data == {"age": 40, "F5": {"F5.1": 4, "F5.2": "dk"}, "open": "Goed"} | {
        name: value for name, value in state.data.items() if name == "screened_out"
    }
    assert (state.sequence, state.checked, response.last_page) == (2, True, 1)
    anonymous = mode == "anonymous"
    assert response.seconds == (310 if anonymous else 301)
    assert AnswerEvent.objects.count() == (0 if anonymous else 2)
    day = timezone.localdate()
    if anonymous:
        assert StratumLink.objects.get().counts == {day.isoformat(): {"started": 1, "complete": 1}}
    else:
        invitation = Invitation.objects.get()
        assert (invitation.started_on, invitation.finished_on) == (day, day)
        assert invitation.participation.state == "done"
    assert save(client, 3, {"age": 41}).status_code == 410
    assert finish(client, 2).json() == {"state": "complete"}


def test_sending_in_before_all_saves_came_is_refused(wave):
    client = answering(wave, "confidential")
    save(client, 1, {"age": 40})
    early = finish(client, 2)
    assert (early.status_code, early.json()) == (409, {"sequence": 1})


def test_errors_go_back_to_the_respondent_with_the_question_and_can_be_mended(wave):
    client = answering(wave, "confidential")
    save(client, 1, {"age": 40})
    finish(client, 1)
    told = settled(client)
    assert told["state"] == "errors"
    assert [one["question"] for one in told["errors"]] == ["open"]
    assert told["errors"][0]["text"]
    assert client.get("/vragenlijst/invullen/").context["begin"]["errors"]
    assert Invitation.objects.get().finished_on is None
    assert save(client, 2, {"open": "Toch"}).status_code == 200
    assert finish(client, 2).status_code == 202
    assert settled(client) == {"state": "complete", "errors": []}


def test_who_the_questionnaire_does_not_ask_is_screened_out(wave):
    client = answering(wave, "confidential")
    Quota.objects.create(survey=Response.objects.get().survey, target=5)
    save(client, 1, {"age": 12})
    finish(client, 1)
    assert settled(client)["state"] == "screened_out"
    assert Quota.objects.get().n == 0
    assert Invitation.objects.get().participation.state == "ineligible"


def test_a_full_quota_takes_nothing_from_the_others_that_a_response_counts_for(wave):
    client = answering(wave, "anonymous")
    survey = Response.objects.get().survey
    all_of_it = Quota.objects.create(survey=survey, target=5)
    of_role = Quota.objects.create(survey=survey, role="U", target=1, n=1)
    other_role = Quota.objects.create(survey=survey, role="D", target=1)
    save(client, 1, {"open": "Goed"})
    finish(client, 1)
    assert settled(client)["state"] == "over_quota"
    for quota, n in ((all_of_it, 0), (of_role, 1), (other_role, 0)):
        quota.refresh_from_db()
        assert quota.n == n


def test_settling_twice_counts_once(wave):
    client = answering(wave, "confidential")
    quota = Quota.objects.create(survey=Response.objects.get().survey, target=5)
    save(client, 1, {"open": "Goed"})
    finish(client, 1)
    settled(client)
    settled(client)
    quota.refresh_from_db()
    assert quota.n == 1


def test_answers_that_cannot_be_checked_are_kept_and_marked(wave, monkeypatch):
    client = answering(wave, "confidential")
    save(client, 1, {"open": "Goed"})
    finish(client, 1)
    key = Response.objects.get().pk

    def too_heavy(_key):
        raise Refusal("Too heavy.", code="survey_too_heavy")

    monkeypatch.setattr(settling, "response_settle", too_heavy)
    for _ in range(settling.TRIES - 1):
        with pytest.raises(Refusal):
            settling.received_settle(key)
    settling.received_settle(key)
    state = ResponseState.objects.get()
    assert (state.data, state.checked, state.flags) == ({"open": "Goed"}, False, ["unchecked"])
    assert Response.objects.get().state == "complete"


@pytest.mark.parametrize("mode", ["identified", "confidential"])
def test_withdrawing_removes_the_answers_and_says_so(wave, mode):
    client = answering(wave, mode)
    quota = Quota.objects.create(survey=Response.objects.get().survey, target=5)
    save(client, 1, {"open": "Goed"})
    finish(client, 1)
    settled(client)
    assert client.get("/vragenlijst/invullen/").context["may_withdraw"]
    page = client.post("/vragenlijst/invullen/intrekken/")
    assert page.status_code == 200
    assert "surveys/respondent/withdrawn.html" in [one.name for one in page.templates]
    assert not AnswerEvent.objects.exists()
    assert not ResponseState.objects.exists()
    assert not ResponseLink.objects.exists()
    assert Response.objects.get().state == "withdrawn"
    assert Invitation.objects.get().participation.state == "withdrawn"
    quota.refresh_from_db()
    assert quota.n == 0
    again = Client()
    address = invited(Response.objects.get().survey, Invitation.objects.get().participation)
    assert again.get(address).context["shut"] == "withdrawn"
    assert again.post(address).status_code == 410


def test_anonymous_answers_cannot_be_taken_back_and_the_page_says_so(wave):
    client = answering(wave, "anonymous")
    save(client, 1, {"open": "Goed"})
    assert client.get("/vragenlijst/invullen/").context["may_withdraw"] is False
    assert client.post("/vragenlijst/invullen/intrekken/").status_code == 409
    assert AnswerEvent.objects.exists()
