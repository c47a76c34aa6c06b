"""Do the pages of rounds show what one may see, and nothing of others before the round closes?"""

import re
from uuid import uuid4

import pytest
from django.test import Client

from rodedraad.accounts.models import AuditEvent
from rodedraad.agreement import round_job
from rodedraad.agreement.models import AgreementResult, Finished, Settled, Spot
from rodedraad.agreement.rounds import (
    RoundFacts,
    coding_round_close,
    coding_round_open,
    consensus_open,
    source_finish,
)
from rodedraad.agreement.settling import settled_standing
from rodedraad.coding.actions.codings import coding_add
from rodedraad.coding.actions.memos import memo_add
from rodedraad.coding.models import Coding, Round
from rodedraad.jobs.kinds import JobStopped
from rodedraad.jobs.models import Job
from rodedraad.sources.models import Source

LIST = "/studies/labs/rondes/"


def said(answer) -> str:
    assert answer.status_code == 200, answer.status_code
    return re.sub(r"\s+", " ", answer.content.decode())


def signed_in(person) -> Client:
    made = Client()
    made.force_login(person)
    return made


def one(of: Round, rest: str = "") -> str:
    return f"{LIST}{of.number}/{rest}"


def test_the_list_is_empty_first_and_says_what_to_do(browse, study):
    assert "Er zijn nog geen rondes" in said(browse.get(LIST))


def test_the_lead_opens_a_round_and_searching_keeps_what_was_chosen(browse, people, sources, anna):
    new = f"{LIST}nieuw/"
    assert "Stuk 3" in said(browse.get(new))
    typed = {"label": "Proef", "kind": "blind", "unit": "sentence",
             "people": [people["anna"].pk, people["bram"].pk]}  # fmt: skip
    first, second = str(sources[0].uuid), str(sources[1].uuid)
    page = said(
        browse.post(new, typed | {"sources": [first], "titel": "Stuk 2", "soort": "",
                                  "casus": "", "search": "1"})
    )  # fmt: skip
    assert "1 bron is gekozen" in page
    assert 'value="Proef"' in page
    assert "Stuk 3" not in page
    assert Round.objects.count() == 0
    refused = said(browse.post(new, typed | {"sources": []}))
    assert "minstens één bron" in refused
    one_person = said(browse.post(new, typed | {"people": [people["anna"].pk]}))
    assert "minstens twee mensen" in one_person
    answer = browse.post(new, typed | {"sources": [first, second]})
    made = Round.objects.get()
    assert answer.url == one(made)
    assert (made.unit, made.kind, made.sources.count()) == ("sentence", "blind", 2)
    assert {coder.person for coder in made.coders.all()} == {people["anna"], people["bram"]}


def test_all_sources_that_were_found_are_chosen_at_once(browse, people, sources):
    browse.post(f"{LIST}nieuw/", {"label": "Alles", "kind": "open", "unit": "paragraph",
                "people": [people["bram"].pk], "titel": "stuk", "all": "1"})  # fmt: skip
    assert Round.objects.get().sources.count() == 3


def test_a_coder_finishes_a_source_and_takes_it_back(people, blind, sources, bram):
    browse = signed_in(people["bram"])
    assert "Uw werklijst" in said(browse.get(one(blind)))
    done = one(blind, f"klaar/{sources[0].uuid}/")
    browse.post(done, {"what": "done"})
    assert Finished.objects.get().coder == bram
    assert "Toch niet af" in said(browse.get(one(blind)))
    browse.post(done, {"what": "undo"})
    assert not Finished.objects.exists()
    assert browse.post(one(blind, f"klaar/{uuid4()}/")).status_code == 404


@pytest.fixture
def secret(blind, sources, anna, codes) -> list[str]:
    """Give what Anna made in the open blind round: words that Bram may not meet anywhere."""
    version = sources[0].versions.get().pk
    for start in range(0, 28, 4):
        coding_add(anna, version, codes[0], place=(start, start + 3), in_round=blind)
    first = Coding.objects.filter(coder=anna).first()
    memo_add(anna, "Geheime gedachte", about=first)
    memo_add(anna, "Geheime gedachte", about=sources[0])
    source_finish(blind, anna, sources[0], origin="test")
    return ["Geheime gedachte", "7 coderingen", "1 gecodeerd", "cod-coded"]


def test_who_codes_blind_meets_nothing_of_another_on_any_page(
    people, blind, sources, secret, codes
):
    browse = signed_in(people["bram"])
    pages = [
        LIST,
        one(blind),
        f"/studies/labs/bronnen/{sources[0].uuid}/coderen/",
        f"/studies/labs/bronnen/{sources[0].uuid}/",
    ]
    for address in pages:
        page = said(browse.get(address))
        for words in secret:
            assert words not in page, (address, words)
    assert "1 van 3 af" in said(browse.get(LIST))
    assert re.search(r"Uw coderingen.*?<td class=\"numeric\">0</td>", said(browse.get(one(blind))))
    for rest in ("overeenstemming/", "overeenstemming.csv", "eenheden.csv", "verschillen/"):
        assert browse.get(one(blind, rest)).status_code == 400, rest
    mine = said(signed_in(people["anna"]).get(LIST))
    assert "1 gecodeerd" in mine


def test_the_lead_is_told_who_is_not_finished_and_closes(browse, coded):
    page = said(browse.get(one(coded, "sluiten/")))
    assert "Bram: 1 van de 3 bronnen niet af" in page
    answer = browse.post(one(coded, "sluiten/"))
    assert answer.url == one(coded, "overeenstemming/")
    coded.refresh_from_db()
    assert coded.closed_at is not None
    assert AgreementResult.objects.filter(round=coded).count() == 1
    assert browse.post(one(coded, "sluiten/")).status_code == 400


def test_a_large_round_is_closed_by_a_worker_and_cancelled_it_is_open_as_it_was(
    browse, coded, monkeypatch
):
    monkeypatch.setattr(round_job, "CODINGS_AT_ONCE", 3)
    answer = browse.post(one(coded, "sluiten/"))
    job = Job.objects.get(kind="round_close")
    assert answer.url == f"/studies/labs/rekenwerk/{job.pk}/"
    told = []

    def until_the_last(done, total, _message=""):
        told.append((done, total))
        if done == total:
            raise JobStopped

    with pytest.raises(JobStopped):
        round_job.close_work(job, until_the_last)
    coded.refresh_from_db()
    assert coded.closed_at is None
    assert not Spot.objects.exists()
    assert not AgreementResult.objects.exists()
    assert not AuditEvent.objects.filter(action="round_close").exists()
    assert told == [(n, told[0][1]) for n in range(len(told))]  # every part was told once

    done = round_job.close_work(job, lambda _done, _total, _message="": None)
    assert done == {"address": one(coded, "overeenstemming/")}
    coded.refresh_from_db()
    assert coded.closed_at is not None
    AgreementResult.objects.all().delete()
    browse.post(one(coded, "overeenstemming/opnieuw/"))
    again = Job.objects.get(kind="agreement")
    round_job.agreement_work(again, lambda _done, _total, _message="": None)
    assert AgreementResult.objects.count() == 1


def test_a_large_round_that_is_closed_is_not_asked_again(browse, closed, monkeypatch):
    monkeypatch.setattr(round_job, "CODINGS_AT_ONCE", 3)
    assert browse.post(one(closed, "sluiten/")).status_code == 400
    assert not Job.objects.exists()


def test_the_result_shows_every_figure_with_interval_unit_and_universe(browse, closed):
    page = said(browse.get(one(closed, "overeenstemming/")))
    for words in ("elk teken", "bronnen: 3", "Alfa van Krippendorff", "AC1 van Gwet",
                  "Kappa van Cohen", "Alfa voor vrije passages", "MASI", "0,667",
                  "1.000 trekkingen", "Bram: Stuk 3", "startgetal 20260101"):  # fmt: skip
        assert words in page, words
    assert "is er iets veranderd" not in page
    other = said(browse.get(one(closed, "overeenstemming/?maat=gwet")))
    assert "bakens voor alfa gelden niet" in other
    table = browse.get(one(closed, "overeenstemming.csv")).content.decode().splitlines()
    assert table[0].startswith("code,measure,estimate,low,high")
    assert any(row.startswith("Leren,krippendorff,0.") for row in table)
    assert any(row.startswith(",sets,0.") for row in table)
    units = browse.get(one(closed, "eenheden.csv")).content.decode().splitlines()
    assert units[0].endswith("Anna,Bram")
    assert any(row.endswith("Stuk 1,0,10,10,Leren,1,1") for row in units)


def test_a_round_in_which_nobody_marked_a_passage_gives_units_with_only_a_heading(
    browse, blind, sources, anna, bram
):
    for coder in (anna, bram):
        for source in sources:
            source_finish(blind, coder, source, origin="test")
    assert coding_round_close(blind, person=anna.person, origin="test").code
    units = browse.get(one(blind, "eenheden.csv"))
    assert units.status_code == 200
    (heading,) = units.content.decode().splitlines()
    assert heading == "source,title,start,end,n_units,code,Anna,Bram"


def test_without_a_result_the_page_says_why_and_works_it_out(browse, closed):
    AgreementResult.objects.all().delete()
    assert "nog niet berekend" in said(browse.get(one(closed, "overeenstemming/")))
    assert browse.get(one(closed, "overeenstemming.csv")).status_code == 404
    browse.post(one(closed, "overeenstemming/opnieuw/"))
    assert AgreementResult.objects.count() == 1


def test_differences_are_listed_filtered_and_settled_one_after_the_other(
    browse, closed, codes, people
):
    leren, geld = Spot.objects.filter(round=closed, agreed=False).order_by("-pk")
    listed = one(closed, "verschillen/")
    assert "Begin de consensus" in said(browse.get(listed))
    browse.post(one(closed, "verschillen/consensus/"))
    consensus = Round.objects.get(kind="consensus")
    page = said(browse.get(listed))
    assert "0 van de 2 verschillen" in page
    assert "Neem over waar iedereen het eens is (2)" in page
    assert "Anna, Bram (2 van 2)" in page
    assert "Anna (1 van 2)" in page
    browse.post(one(closed, "verschillen/overnemen/"))
    only = said(browse.get(f"{listed}?code={codes[0].pk}"))
    assert "Anna (1 van 2)" in only
    assert "Anna, Bram" not in only
    detail = said(browse.get(f"{listed}{geld.pk}/"))
    assert "De versie van Anna" in detail
    assert 'rel="next"' in detail
    answer = browse.post(
        f"{listed}{geld.pk}/besluit/",
        {"choice": f"version:{Coding.objects.filter(coder__name='Bram').first().coder_id}",
         "reason": "Ruimer"},
    )  # fmt: skip
    assert answer.url == f"{listed}{leren.pk}/"
    answer = browse.post(f"{listed}{leren.pk}/besluit/", {"choice": "none"})
    assert answer.url == listed
    page = said(browse.get(listed))
    assert "2 van de 2 verschillen" in page
    assert "de versie van Bram" in page
    assert "Geen verschillen voldoen" in said(browse.get(f"{listed}?stand=open"))
    done = said(browse.get(f"{listed}{geld.pk}/"))
    assert "Ruimer" in done
    browse.post(f"{listed}{geld.pk}/terug/")
    assert settled_standing(consensus).filter(spot=geld).count() == 0
    browse.post(
        f"{listed}{geld.pk}/besluit/",
        {"choice": "other", "code": "leren", "start": "20", "end": "26", "strength": "3"},
    )
    made = Settled.objects.get(spot=geld, withdrawn_at=None).codings.get()
    assert (made.code, made.start, made.end, made.strength) == (codes[0], 20, 26, 3)
    assert browse.post(f"{listed}{geld.pk}/besluit/", {"choice": "none"}).status_code == 400


def test_words_of_a_talk_stand_on_their_own_page_only_and_reading_is_logged(
    browse, closed, sources
):
    Source.objects.update(confidentiality=Source.Confidentiality.PERSONAL)
    spot = Spot.objects.filter(round=closed, agreed=False).order_by("pk").first()
    listed = said(browse.get(one(closed, "verschillen/")))
    assert "Tekens 20 tot 45" in listed
    assert "wijkteam" not in listed
    assert not AuditEvent.objects.filter(action="source_read").exists()
    assert "wijkteam" in said(browse.get(one(closed, f"verschillen/{spot.pk}/")))
    assert AuditEvent.objects.filter(action="source_read").count() == 1


def test_who_codes_a_source_blind_again_sees_nothing_of_its_earlier_round(
    closed, study, sources, people, anna, bram
):
    consensus_open(closed, person=None, origin="test")
    facts = RoundFacts("Opnieuw", "blind", "character", sources, [anna, bram])
    coding_round_open(study, facts, person=None, origin="test")
    spot = Spot.objects.filter(round=closed, agreed=False).first()
    browse = signed_in(people["bram"])
    assert browse.get(one(closed, f"verschillen/{spot.pk}/")).status_code == 404
    assert "wijkteam" not in said(browse.get(one(closed, "verschillen/")))
    assert browse.get(one(closed, "eenheden.csv")).content.count(b"Stuk") == 0


@pytest.mark.parametrize("name", ["klant", "ander"])
def test_a_client_and_a_stranger_see_no_round(closed, people, name):
    browse = signed_in(people[name])
    spot = Spot.objects.first().pk
    for rest in ("", "overeenstemming/", "overeenstemming.csv", "eenheden.csv", "verschillen/",
                 f"verschillen/{spot}/", "sluiten/"):  # fmt: skip
        assert browse.get(one(closed, rest)).status_code == 404, rest
    assert browse.get(LIST).status_code == 404
    for rest in (f"{spot}/besluit/", f"{spot}/terug/", "overnemen/", "consensus/"):
        assert browse.post(one(closed, f"verschillen/{rest}")).status_code == 404, rest
    for rest in ("overeenstemming/opnieuw/",):
        assert browse.post(one(closed, rest)).status_code == 404, rest


def test_a_researcher_opens_and_closes_nothing(people, coded):
    browse = signed_in(people["bram"])
    assert browse.get(f"{LIST}nieuw/").status_code == 404
    assert browse.post(one(coded, "sluiten/")).status_code == 404


def test_who_is_not_signed_in_is_sent_to_sign_in(blind):
    assert Client().get(one(blind)).status_code == 302


def test_pages_take_few_queries_however_many_codings(
    browse, closed, sources, anna, codes, django_assert_max_num_queries
):
    consensus_open(closed, person=None, origin="test")
    spot = Spot.objects.filter(round=closed, agreed=False).first()
    Spot.objects.bulk_create(
        Spot(round=closed, version=spot.version, source=spot.source, code=spot.code,
             start=k, end=k + 3, agreed=False, n_gave=1, n_looked=2)
        for k in range(200)
    )  # fmt: skip
    addresses = (LIST, one(closed), one(closed, "overeenstemming/"), one(closed, "verschillen/"))
    for address in addresses:
        with django_assert_max_num_queries(17):
            said(browse.get(address))
    with django_assert_max_num_queries(15):
        said(browse.get(one(closed, f"verschillen/{spot.pk}/")))
