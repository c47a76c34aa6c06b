"""Do suggestions stay marked, count for nothing until accepted, and stay out of blind rounds?"""

import pytest

from rodedraad.coding.changes import change_undo
from rodedraad.coding.models import Coding, Round
from rodedraad.coding.rounds import coder_for, round_close, round_open
from rodedraad.coding.visible import codings_now
from rodedraad.errors import Refusal
from rodedraad.jobs.actions import job_ask
from rodedraad.suggestions.actions import (
    suggestion_accept,
    suggestion_reject,
    suggestion_reopen,
    suggestions_switch,
)
from rodedraad.suggestions.job import suggestions_work
from rodedraad.suggestions.models import Suggestion
from rodedraad.suggestions.runs import suggestions_make
from rodedraad.suggestions.visible import OPEN, suggestions_visible

PAGE = "/studies/proeftuinen/codeboek/suggesties/"


def silent(done, total, message=""):
    """Hear how far it is."""


def made(study, lead):
    return suggestions_make(study, person=lead, tell=silent)


def said(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_nothing_is_suggested_before_the_lead_turns_it_on(study, lead, learning):
    with pytest.raises(Refusal) as caught:
        made(study, lead)
    assert caught.value.code == "suggestions_off"


def test_passages_like_the_coded_ones_are_suggested_with_what_that_is_worth(
    study, lead, learning, rare, uncoded, turned_on
):
    run = made(study, lead)
    found = list(run.suggestions.select_related("version__source"))
    assert all(one.quote.startswith("Het team leert") for one in found)
    assert {one.code for one in found} == {learning}
    assert sum(one.version.source == uncoded for one in found) == 15
    assert all(one.quote == one.version.text[one.start : one.end] for one in found)
    told = run.worth[str(learning.uuid)]
    assert told["is_enough"]
    assert told["n_examples"] == 14
    assert told["recall"] > 0.9
    assert run.worth[str(rare.uuid)] == {
        "n_examples": 2, "n_passages": 30, "n_called": None, "precision": None, "recall": None,
        "is_enough": False,
    }  # fmt: skip
    assert run.parameters["seed"] == 20
    assert run.parameters["library"].startswith("scikit-learn ")


def test_a_suggestion_is_no_coding_until_a_person_accepts_it(
    study, lead, anna, learning, uncoded, turned_on
):
    before = Coding.objects.count()
    made(study, lead)
    assert Coding.objects.count() == before == codings_now(study).count()
    one = Suggestion.objects.first()
    coding = suggestion_accept(anna, one)
    assert (coding.origin, coding.coder, coding.quote) == ("suggestion", anna, one.quote)
    assert coding.accepted_at is not None
    assert codings_now(study).count() == before + 1
    with pytest.raises(Refusal) as caught:
        suggestion_accept(anna, one)
    assert caught.value.code == "suggestion_decided"


def test_undo_and_taking_back_open_a_suggestion_again(
    study, lead, anna, learning, uncoded, turned_on
):
    made(study, lead)
    n = suggestions_visible(study).filter(OPEN).count()
    one, other, third = Suggestion.objects.all()[:3]
    suggestion_accept(anna, one)
    change_undo(anna)
    assert suggestions_visible(study).filter(OPEN).count() == n
    suggestion_accept(anna, other)
    suggestion_reject(anna, third)
    assert suggestions_visible(study).filter(OPEN).count() == n - 2
    suggestion_reopen(anna, other)
    suggestion_reopen(anna, third)
    assert suggestions_visible(study).filter(OPEN).count() == n
    assert not Coding.objects.filter(origin="suggestion", removed_at=None).exists()


def test_only_who_decided_takes_it_back(
    study, lead, researcher, anna, learning, uncoded, turned_on
):
    made(study, lead)
    one = Suggestion.objects.first()
    suggestion_reject(anna, one)
    with pytest.raises(Refusal) as caught:
        suggestion_reopen(coder_for(study, researcher), one)
    assert caught.value.code == "suggestion_of_other"


def test_what_was_rejected_is_not_suggested_again(study, lead, anna, learning, uncoded, turned_on):
    made(study, lead)
    one = Suggestion.objects.first()
    suggestion_reject(anna, one)
    n = Suggestion.objects.count()
    made(study, lead)
    assert Suggestion.objects.count() == n
    assert not suggestions_visible(study).filter(OPEN, start=one.start, version=one.version)


def test_an_open_blind_round_keeps_its_sources_out(
    study, lead, researcher, anna, learning, uncoded, turned_on, client
):
    made(study, lead)
    of_uncoded = suggestions_visible(study).filter(version__source=uncoded)
    assert of_uncoded.exists()
    bram = coder_for(study, researcher)
    blind = round_open(
        study, label="Blind", kind=Round.Kind.BLIND, sources=[uncoded], coders=[anna, bram],
        person=lead, origin="test",
    )  # fmt: skip
    one = Suggestion.objects.filter(version__source=uncoded).first()
    assert not of_uncoded.exists()
    with pytest.raises(Refusal) as caught:
        suggestion_accept(anna, one)
    assert caught.value.code == "suggestion_gone"
    client.force_login(lead)
    reader = client.get(f"/studies/proeftuinen/bronnen/{uncoded.uuid}/coderen/?suggesties=1")
    assert "cod-suggested" not in said(reader)
    assert "15 suggesties" not in said(reader)
    run = made(study, lead)
    assert not run.suggestions.filter(version__source=uncoded).exists()
    round_close(blind, person=lead, origin="test")
    assert made(study, lead).suggestions.filter(version__source=uncoded).exists()


def test_what_is_coded_in_an_open_blind_round_teaches_nothing(
    study, lead, researcher, anna, learning, coded, uncoded, turned_on
):
    bram = coder_for(study, researcher)
    round_open(
        study, label="Blind", kind=Round.Kind.BLIND, sources=[coded], coders=[anna, bram],
        person=lead, origin="test",
    )  # fmt: skip
    with pytest.raises(Refusal) as caught:
        made(study, lead)
    assert caught.value.code == "suggestions_no_examples"


def test_the_job_makes_them(study, lead, learning, uncoded, turned_on):
    job = job_ask(study, "suggestions", {}, lead)
    assert suggestions_work(job, silent) == {"address": PAGE}
    assert Suggestion.objects.exists()


def test_the_lead_only_turns_them_on_and_everyone_reads_who_did(
    client, study, lead, researcher, learning
):
    client.force_login(researcher)
    assert "Suggesties staan uit" in said(client.get(PAGE))
    assert client.post(f"{PAGE}aan-uit/", {"what": "on"}).status_code == 403
    assert client.post(f"{PAGE}maken/").status_code == 400
    client.force_login(lead)
    client.post(f"{PAGE}aan-uit/", {"what": "on"})
    client.force_login(researcher)
    assert "Leider zette de suggesties aan" in said(client.get(PAGE))
    type(lead).objects.filter(pk=lead.pk).update(name="")
    assert f"{lead.email} zette de suggesties aan" in said(client.get(PAGE))


def test_suggestions_are_accepted_and_rejected_on_their_page(
    client, study, lead, learning, rare, uncoded, turned_on, django_assert_max_num_queries
):
    made(study, lead)
    client.force_login(lead)
    with django_assert_max_num_queries(18):
        page = said(client.get(PAGE))
    assert "Te weinig: er zijn minstens 10" in page
    one, other = suggestions_visible(study)[:2]
    shown = client.post(f"{PAGE}{one.uuid}/aannemen/", follow=True)
    assert "Aangenomen: Leren." in said(shown)
    shown = client.post(f"{PAGE}{other.uuid}/afwijzen/", follow=True)
    assert "Afgewezen: Leren." in said(shown)
    shown = client.post(f"{PAGE}{one.uuid}/terug/", follow=True)
    assert "Teruggenomen: Leren." in said(shown)
    assert not Coding.objects.filter(origin="suggestion", removed_at=None).exists()


def test_the_reader_marks_suggestions_only_when_asked(
    client, study, lead, learning, uncoded, turned_on
):
    made(study, lead)
    client.force_login(lead)
    reader = f"/studies/proeftuinen/bronnen/{uncoded.uuid}/coderen/"
    assert "Toon 15 suggesties" in said(client.get(reader))
    assert "cod-suggested" not in said(client.get(reader))
    assert said(client.get(f"{reader}?suggesties=1")).count("suggestie: Leren</a>") == 15
    suggestions_switch(study, is_on=False, person=lead, origin="test")
    assert "cod-suggested" not in said(client.get(f"{reader}?suggesties=1"))


@pytest.mark.parametrize("role", ["client", "privacy_officer"])
def test_who_does_not_code_sees_no_suggestions(client, study, researcher, role, turned_on):
    study.team.filter(person=researcher).update(role=role)
    client.force_login(researcher)
    assert client.get(PAGE).status_code == 404
