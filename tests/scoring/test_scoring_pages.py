"""Do the pages score, take over, settle and take back, and who may see the words?"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rodedraad.accounts.models import AuditEvent
from rodedraad.assessment.evidence import RubricFact, rubric_rows_write
from rodedraad.assessment.models import Evidence, Withdrawal
from rodedraad.coding.actions.codings import coding_add
from rodedraad.coding.models import Round
from rodedraad.coding.rounds import round_open
from rodedraad.scoring.actions import texts_to_evidence
from rodedraad.scoring.models import Score, Settlement
from rodedraad.scoring.score_actions import Given, score_give
from rodedraad.studies.models import TeamMember

WORDS = "leert van haar fouten"


def address(name: str, study, *further) -> str:
    return reverse(name, args=[study.slug, *further])


def place(source) -> tuple[int, int]:
    start = source.versions.get().text.index(WORDS)
    return start, start + len(WORDS)


def test_differences_cost_the_same_queries_however_many_scores_and_sources(
    browse, study, plan, talk, anna, bram
):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            shown = browse.get(address("scoring:differences", study)).context["shown"]
        assert [(one.source, one.construct) for one in shown] == [(plan, "F5")]
        return len(queries)

    for coder, raw in ((anna, 1), (bram, 3)):
        score_give(coder, plan, Given(kind="rubric", construct="F5", raw=raw))
    few = asked()
    for number in range(1, 5):  # alike, or of one scorer: no difference
        score_give(anna, talk, Given(kind="rubric", construct=f"F{number}", raw=1))
        score_give(bram, plan, Given(kind="rubric", construct=f"F{number}", raw=2))
        score_give(anna, plan, Given(kind="rubric", construct=f"F{number}", raw=2))
    assert asked() == few


@pytest.fixture
def coded(plan, anna, learning):
    version = plan.versions.get()
    return coding_add(anna, version.pk, learning, place=place(plan), strength=2)


def test_a_person_searches_a_passage_scores_and_goes_to_the_next(browse, study, plan):
    here = address("scoring:source", study, plan.uuid)
    first = browse.get(f"{here}?onderdeel=rubric-F5")
    assert first.context["line"].code == "F5"
    sent = {"onderdeel": "rubric-F5", "niveau": "2", "reden": "Staat er.", "gezien": "0"}
    searched = browse.post(here, sent | {"wat": "zoek", "zoek": "fouten LEERT"})
    (choice,) = searched.context["choices"]
    assert choice.text == "De gemeente leert van haar fouten."
    assert not Score.objects.exists()
    assert searched.context["level"] == "2"
    kept = browse.post(here, sent | {"wat": "bewaar", "passage": choice.key})
    assert kept.status_code == 302
    assert "onderdeel=rubric-F6" in kept["Location"]
    score = Score.objects.get()
    assert (score.raw, score.reason, score.quote) == (2, "Staat er.", choice.text)
    assert browse.get(here).context["n_done"] == 1


def test_a_score_that_is_refused_keeps_what_was_filled_in(browse, study, plan):
    here = address("scoring:source", study, plan.uuid)
    sent = {"onderdeel": "measure-A1", "niveau": "3", "reden": "Zo is het.", "gezien": "0"}
    answer = browse.post(here, sent | {"wat": "bewaar"})
    assert answer.status_code == 422
    assert "een passage nodig" in answer.text
    assert "Zo is het." in answer.text


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"onderdeel": "rubric-Z9"}, "‘rubric-Z9’ wordt in deze bron niet gescoord"),
        ({"onderdeel": ""}, "wordt in deze bron niet gescoord"),
        ({"passage": "abc"}, "Kies een passage uit de lijst, of geen passage."),
        ({"niveau": "abc"}, "Kies een van de niveaus"),
        ({"niveau": "-1"}, "Kies een van de niveaus"),
        ({"onderdeel": "measure-A1", "niveau": "1", "datum": "2099-01-01"}, "ligt na vandaag"),
    ],
)
def test_what_the_page_did_not_offer_is_refused_and_nothing_is_written(
    browse, study, plan, sent, said
):
    good = {"onderdeel": "rubric-F5", "niveau": "2", "gezien": "0", "wat": "bewaar"}
    answer = browse.post(address("scoring:source", study, plan.uuid), good | sent)
    assert answer.status_code in {400, 422}
    assert said in answer.text
    assert not Score.objects.exists()


def test_undo_on_the_page_brings_the_score_before_back(browse, study, plan, anna):
    for raw in (1, 2):
        score_give(anna, plan, Given(kind="rubric", construct="F5", raw=raw))
    browse.post(address("scoring:turn", study, plan.uuid), {"wat": "terug"})
    assert Score.objects.order_by("-pk").first().raw == 1


def test_a_coded_passage_can_be_chosen_for_its_construct(browse, study, plan, coded):
    here = address("scoring:source", study, plan.uuid)
    (choice,) = browse.get(f"{here}?onderdeel=rubric-F5").context["choices"]
    assert (choice.text, choice.why) == (WORDS, "Leren")
    assert not browse.get(f"{here}?onderdeel=rubric-F1").context["choices"]


def test_in_a_blind_round_the_page_shows_no_score_of_another(client, study, plan, anna, bram):
    round_open(
        study, label="Blind", kind=Round.Kind.BLIND, sources=[plan], coders=[anna, bram],
        person=None, origin="test",
    )  # fmt: skip
    score_give(
        anna, plan, Given(kind="rubric", construct="F5", raw=3, reason="Geheim"),
        in_round=Round.objects.get(),
    )  # fmt: skip
    client.force_login(bram.person)
    answer = client.get(address("scoring:source", study, plan.uuid))
    assert all(not row.others for row in answer.context["lines"])
    assert "Geheim" not in answer.text
    assert not client.get(address("scoring:differences", study)).context["shown"]


def test_the_page_tells_what_would_change_and_does_it(browse, study, plan, coded):
    here = address("scoring:take_over", study)
    assert browse.get(here).context["preview"].counts["new"] == 1
    assert not Evidence.objects.exists()
    answer = browse.post(here, follow=True)
    assert "Overgenomen: 1 nieuw" in answer.text
    assert answer.context["preview"].n_to_do == 0
    assert [each.counts["new"] for each in answer.context["log"]] == [1]


def test_a_person_chooses_between_scorers_with_a_reason(browse, study, plan, anna, bram):
    for coder, raw in ((anna, 1), (bram, 3)):
        score_give(coder, plan, Given(kind="rubric", construct="F5", raw=raw))
    here = address("scoring:differences", study)
    (shown,) = browse.get(here).context["shown"]
    sent = {"waarover": shown.key, "geldt": str(bram.pk)}
    assert browse.post(here, sent).status_code == 422
    assert browse.post(here, sent | {"reden": "Zie de tekst."}).status_code == 302
    assert Settlement.objects.get().coder == bram
    assert browse.get(here).context["n_open"] == 0


def test_a_row_leads_to_its_words_and_reading_a_talk_is_logged(browse, study, talk, anna, learning):
    version = talk.versions.get()
    coding_add(anna, version.pk, learning, place=(0, 12))
    texts_to_evidence(study, person=None, origin="test")
    row = Evidence.objects.get()
    listed = browse.get(address("assessment:evidence", study))
    assert "De directeur" not in listed.text
    AuditEvent.objects.filter(action="source_read")
    before = AuditEvent.objects.filter(action="source_read").count()
    answer = browse.get(address("assessment:row", study, row.pk))
    assert "<strong>De directeur</strong>" in answer.text
    reader = f"{address('coding:reader', study, talk.uuid)}?plek=0"
    assert f'href="{reader}"' in answer.text
    assert AuditEvent.objects.filter(action="source_read").count() == before + 1


def test_the_list_of_rows_shows_the_words_of_a_document(browse, study, coded):
    texts_to_evidence(study, person=None, origin="test")
    assert WORDS in browse.get(address("assessment:evidence", study)).text


def test_a_client_sees_no_words_and_no_pages_of_texts(client, study, plan, talk, team, anna, coded):
    score_give(anna, plan, Given(kind="rubric", construct="F5", raw=2, place=place(plan)))
    score_give(anna, talk, Given(kind="rubric", construct="F5", raw=2))
    texts_to_evidence(study, person=None, origin="test")
    client.force_login(team["client"])
    seen = client.get(address("assessment:evidence", study))
    assert [row.about for row, *_rest in seen.context["rows"]] == ["document"]
    assert WORDS not in seen.text
    for row in Evidence.objects.all():
        answer = client.get(address("assessment:row", study, row.pk))
        if answer.status_code == 200:
            assert WORDS not in answer.text
            assert (row.kind, row.about) == ("rubric", "document")
        else:
            assert answer.status_code == 404
    for name, more in (("scoring:source", (plan.uuid,)), ("scoring:take_over", ()),
                       ("scoring:differences", ()), ("assessment:evidence_back", ())):  # fmt: skip
        assert client.get(address(name, study, *more)).status_code == 404


def test_a_researcher_without_the_right_sees_no_words_of_a_talk(
    client, study, talk, anna, bram, learning
):
    TeamMember.objects.filter(person=bram.person).update(reads_raw=False)
    coding_add(anna, talk.versions.get().pk, learning, place=(0, 12))
    texts_to_evidence(study, person=None, origin="test")
    client.force_login(bram.person)
    answer = client.get(address("assessment:row", study, Evidence.objects.get().pk))
    assert answer.status_code == 200
    assert "De directeur" not in answer.text


def test_an_import_is_taken_back_with_a_reason_and_brought_in_again(browse, study, wave):
    rubric_rows_write(
        wave,
        [RubricFact(case="GM0003", construct="F5", source_type="document", raw=2, source="Plan",
                    source_id=str(n)) for n in range(3)],
    )  # fmt: skip
    here = address("assessment:evidence_back", study)
    ((found, _words),) = browse.get(here).context["brought_in"]
    assert browse.post(here, {"welke": str(found.newest)}).status_code == 422
    browse.post(here, {"welke": str(found.newest), "reden": "Verkeerd bestand."})
    assert Evidence.objects.count() == 0
    row = Evidence.every.first()
    page = browse.get(address("assessment:row", study, row.pk)).text
    assert "Verkeerd bestand." in page
    assert "Leider" in page
    browse.post(here, {"opnieuw": str(Withdrawal.objects.get().pk), "reden": "Was toch goed."})
    assert (Evidence.objects.count(), Evidence.every.count()) == (3, 6)


@pytest.mark.parametrize(
    "name", ["scoring:source", "scoring:take_over", "scoring:differences", "assessment:evidence",
             "assessment:evidence_back"],
)  # fmt: skip
def test_no_page_asks_the_database_much(
    browse, study, plan, talk, anna, bram, learning, name, django_assert_max_num_queries
):
    for source in (plan, talk):
        version = source.versions.get()
        for n in range(10):
            coding_add(anna, version.pk, learning, place=(n, n + 3))
        for coder, raw in ((anna, 1), (bram, 2)):
            for construct in ("F1", "F2", "F5"):
                score_give(coder, source, Given(kind="rubric", construct=construct, raw=raw))
    texts_to_evidence(study, person=None, origin="test")
    here = address(name, study, *((plan.uuid,) if name == "scoring:source" else ()))
    browse.get(here)
    with django_assert_max_num_queries(25) as asked:
        assert browse.get(here).status_code == 200
    passed = ("SAVEPOINT", "RELEASE")
    ours = [q for q in asked.captured_queries if not q["sql"].startswith(passed)]
    assert len(ours) <= 15, "\n".join(q["sql"][:160] for q in ours)
