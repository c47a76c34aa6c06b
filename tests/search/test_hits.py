"""What is found in a study: which paragraphs, for whom, and where in them?"""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rodedraad.coding.actions.codings import coding_add
from rodedraad.coding.actions.memos import memo_add
from rodedraad.coding.models import Coding
from rodedraad.coding.rounds import round_open
from rodedraad.errors import Refusal
from rodedraad.search import passages
from rodedraad.search.asking import asking_of
from rodedraad.search.hits import Found
from rodedraad.search.scope import texts_of, texts_ordered
from rodedraad.search.settled import question_read
from rodedraad.search.stems import stems_forget
from rodedraad.sources.actions import SourceFacts, source_add, version_correct
from rodedraad.sources.models import Source
from rodedraad.studies.access import access_for
from rodedraad.studies.models import TeamMember


def found(study, line: str, **limits) -> Found:
    return Found(question_read(line).query, texts_of(Source.objects.filter(study=study)), **limits)


def words(study, line: str) -> list[str]:
    """Return all that a question marks, in order."""
    return [
        hit.paragraph.text[slice(*place)]
        for hit in found(study, line).every()
        for place in hit.places
    ]


@pytest.mark.parametrize(
    ("line", "n"),
    [("wijkteam", 3), ("wijkteams", 3), ("client", 1), ("gemeente", 1), ("leert", 1), ("leren", 1),
     ('"leren"', 1), ('"gemeenten werken"', 1), ('"gemeente werken"', 0),
     ('"samenwerking met bewoners"', 1), ('"samenwerkingen met bewoners"', 0),
     ("samenwerking met bewoners", 1), ("wijkteam -raad", 2), ("wijkteam OR geld", 5),
     ("wijkteam -(raad OR inwoners)", 1), ("wijk*", 3), ("*team", 6), ("w?jkteam", 3),
     ("buurt*", 1), ("wijkteam NEAR/5 gesprekken", 1), ("gesprekken NEAR/5 wijkteam", 1),
     ("gesprekken NEAR/2 wijkteam", 0), ("niet NEAR/2 vandaag", 1), ("niet NEAR/1 geld", 0),
     ('"niet vandaag"', 1), ("wijk-team", 1), ("WIJKTEAM", 3), ('-"het wijkteam" team', 1)],
)  # fmt: skip
def test_a_question_finds_the_paragraphs_in_which_it_holds(study, texts, line, n):
    assert found(study, line).n == n


@pytest.mark.parametrize("line", ["de", "de het niet", '"niet meer"', '"de" OR raad', "de -raad"])
def test_small_words_alone_are_refused(study, texts, line):
    with pytest.raises(Refusal) as refused:
        question_read(line)
    assert refused.value.code == "query_small_words"


def test_small_words_that_stand_alone_are_left_out_and_named(study, texts):
    assert question_read("de raad van het wijkteam").left_out == ("de", "van", "het")
    assert found(study, "de raad van het wijkteam").n == 1


def test_places_are_those_of_the_whole_text_behind_signs_beyond_the_first_plane(study, texts):
    whole = texts["beleid"].versions.get().text
    (hit,) = found(study, "cliënt leert").every()
    at = [(hit.paragraph.start + a, hit.paragraph.start + b) for a, b in hit.places]
    assert [whole[a:b] for a, b in at] == ["leert", "cliënt", "leert"]


def test_what_stem_found_is_marked_as_it_stands_in_the_text(study, texts):
    assert words(study, "inwoner") == ["inwoners", "inwoners"]
    assert words(study, '"inwoner"') == []
    assert words(study, "gemeente") == ["gemeenten"]


def test_only_the_newest_version_is_searched(study, texts):
    version_correct(texts["antwoorden"], "Er is nu een dorpsteam.\n", person=None, origin="test")
    assert found(study, "jeugdteam").n == 0
    assert found(study, "dorpsteam").n == 1


def test_pages_hold_all_hits_once_in_the_order_asked(study, texts):
    for order, titles in (
        ("bron", ["Antwoorden", "Beleid", "Beleid", "Gesprek"]),
        ("casus", ["Beleid", "Beleid", "Gesprek", "Antwoorden"]),
        ("nieuw", ["Gesprek", "Beleid", "Beleid", "Antwoorden"]),
        ("oud", ["Beleid", "Beleid", "Gesprek", "Antwoorden"]),
    ):
        for line in ("wijkteam OR jeugdteam", "wijkt* OR jeugdt*", '"wijkteam" OR "jeugdteam"'):
            searched = Found(
                question_read(line).query,
                texts_ordered(texts_of(Source.objects.filter(study=study)), order),
            )
            shown = [hit for page in range(1, 4) for hit in searched.page(page, 2)]
            assert [hit.text.title for hit in shown] == titles
            assert len({hit.paragraph.pk for hit in shown}) == 4
            assert [h.paragraph.pk for h in searched.every()] == [h.paragraph.pk for h in shown]


@pytest.mark.parametrize("line", ["wijkteam OR jeugdteam", '"wijkteam" OR "jeugdteam"'])
def test_pages_are_right_when_there_are_too_many_to_count(study, texts, line):
    few, many = found(study, line), found(study, line, counted_at_most=1, looked_at_most=1)
    assert (few.is_many, many.is_many) == (False, True)
    for number in (1, 2, 3):
        pages = [[hit.paragraph.pk for hit in one.page(number, 2)] for one in (few, many)]
        assert pages[0] == pages[1]
    assert many.n == 4


def asking(person, study, **given):
    return asking_of(access_for(person, study.slug), {"q": "wijkteam", **given})


@pytest.mark.parametrize(
    ("given", "n"),
    [({}, 3), ({"soort": "transcript"}, 1), ({"rol": "B"}, 1), ({"periode": "2015-2018"}, 2),
     ({"vanaf": "2018-01-01"}, 1), ({"tot": "2018-01-01"}, 2),
     ({"vanaf": "2016-05-01", "tot": "2016-05-01"}, 2), ({"soort": "open_answers"}, 0)],
)  # fmt: skip
def test_conditions_limit_what_is_searched(study, texts, lead, given, n):
    asked = asking(lead, study, **given)
    assert asked.found(asked.question()).n == n


def test_a_case_limits_and_an_unknown_one_is_refused(study, texts, lead):
    north = study.cases.get(name="Buurt Noord")
    asked = asking(lead, study, casus=str(north.pk))
    assert asked.found(asked.question()).n == 2
    with pytest.raises(Refusal, match="condition"):
        asking(lead, study, casus="999999").question()


def test_a_code_limits_to_the_paragraphs_it_touches(study, texts, lead, anna, learning):
    version = texts["beleid"].versions.get()
    at = version.text.index("cliënt")
    coding_add(anna, version.pk, learning, place=(at, at + 6))
    asked = asking(lead, study, code=str(learning.uuid))
    (hit,) = asked.found(asked.question()).every()
    assert "cliënt" in hit.paragraph.text
    coding_add(anna, texts["gesprek"].versions.get().pk, learning, place=None)
    asked = asking(lead, study, code=str(learning.uuid))
    assert asked.found(asked.question()).n == 2


def test_who_may_not_read_talks_finds_nothing_in_them(study, texts, team):
    TeamMember.objects.create(study=study, person=team["other"], role="researcher", reads_raw=True)
    seen = (("lead", 3), ("other", 3), ("researcher", 2), ("privacy_officer", 2), ("client", 0))
    for role, n in seen:
        asked = asking(team[role], study)
        assert asked.found(asked.question()).n == n, role


def test_coded_passages_are_found_by_their_own_words(study, texts, lead, anna, learning):
    version = texts["beleid"].versions.get()
    at = version.text.index("van gesprekken met inwoners")
    made = coding_add(anna, version.pk, learning, place=(at, at + 27))
    for line, n in (("inwoner", 1), ("wijkteam", 0), ('"gesprekken met"', 1), ("inwoner*", 1)):
        asked = asking(lead, study, q=line, waar="passages")
        answers = asked.answers(asked.question())
        assert [told.thing for told in answers.found] == [made] * n, line
        assert not answers.is_many


def test_of_many_coded_passages_the_first_in_the_order_of_the_texts_are_looked_at(
    study, texts, lead, anna, learning, monkeypatch
):
    monkeypatch.setattr(passages, "FIRST_TEXTS", 1)
    made = []
    for source in sorted(texts.values(), key=lambda one: one.title.casefold()):
        version = source.versions.get()
        made += [
            coding_add(anna, version.pk, learning, place=found.span())
            for found in re.finditer(r"\w*teams?\b|raad", version.text)
        ]
    assert len(made) > 2
    asked = asking(lead, study, q="*team OR *teams OR raad", waar="passages")
    question = asked.question()
    assert [told.thing for told in asked.answers(question).found] == made
    assert not asked.answers(question).is_many
    enough = asked.answers(question, enough=1)
    assert enough.is_many
    assert 0 < len(enough.found) < len(made)
    assert [told.thing for told in enough.found] == made[: len(enough.found)]
    assert not asked.answers(question, enough=len(made)).is_many
    monkeypatch.setattr(passages, "LOOKED_AT_MOST", 2)
    first = asked.answers(question)
    assert ([told.thing for told in first.found], first.is_many) == (made[:2], True)


def test_passages_that_answer_are_found_behind_many_that_do_not(
    study, texts, lead, anna, learning, monkeypatch, browse
):
    monkeypatch.setattr(passages, "FIRST_TEXTS", 1)
    version = texts["antwoorden"].versions.get()
    for at in range(0, 20, 2):
        coding_add(anna, version.pk, learning, place=(at, at + 20))
    other = texts["gesprek"].versions.get()
    at = other.text.index("het wijkteam")
    made = coding_add(anna, other.pk, learning, place=(at, at + 12))
    asked = asking(lead, study, q="het team OR wijkteam", waar="passages")
    answers = asked.answers(asked.question(), enough=1)
    assert [told.thing for told in answers.found] == [made]
    monkeypatch.setattr(passages, "LOOKED_AT_MOST", 4)
    page = browse.get(
        f"/studies/{study.slug}/zoeken/", {"q": "buurtteam jeugdteam", "waar": "passages"}
    )
    assert "Er is niets gevonden in wat is bekeken" in page.content.decode()


def test_codings_and_memos_of_a_blind_round_stay_with_their_coder(
    study, texts, lead, team, anna, bram, learning
):
    source = texts["beleid"]
    blind = round_open(
        study, label="Blind", kind="blind", sources=[source], coders=[anna, bram], person=None,
        origin="test",
    )  # fmt: skip
    version = source.versions.get()
    made = coding_add(bram, version.pk, learning, place=(0, 20), in_round=blind)
    memo_add(bram, "De raad twijfelt.", about=made)
    memo_add(bram, "De raad is traag.", about=source)
    for person, n in ((lead, 0), (team["researcher"], 1)):
        for place in ("passages", "memos"):
            asked = asking(person, study, q="raad", waar=place)
            said = asked.answers(asked.question()).found
            assert len(said) == (2 if n and place == "memos" else n), (n, place)
        asked = asking(person, study, q="raad", code=str(learning.uuid))
        assert asked.found(asked.question()).n == n


def test_memos_of_talks_are_for_who_may_read_talks(study, texts, team, anna):
    memo_add(anna, "Hier aarzelt de spreker.", about=texts["gesprek"])
    memo_add(anna, "Wie aarzelt er nog meer?")
    for role, n in (("lead", 2), ("researcher", 1), ("privacy_officer", 1)):
        asked = asking(team[role], study, q="aarzelt", waar="memos")
        assert len(asked.answers(asked.question()).found) == n


def test_lost_passages_and_suggestions_nobody_took_do_not_count(study, texts, lead, anna, learning):
    version = texts["beleid"].versions.get()
    made = coding_add(anna, version.pk, learning, place=(0, 20))
    for changed in ({"anchor": "lost"}, {"anchor": "exact", "origin": "suggestion"}):
        Coding.objects.filter(pk=made.pk).update(**changed)
        asked = asking(lead, study, q="raad", waar="passages")
        assert list(asked.answers(asked.question()).found) == []


def test_the_database_is_asked_as_often_for_many_texts_as_for_few(study, texts, lead):
    def n_queries(line: str) -> int:
        stems_forget()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            asked = asking(lead, study, q=line)
            asked.found(asked.question()).page(1)
        return len(queries)

    few = {
        line: n_queries(line) for line in ("team", '"het team"', "raad NEAR/4 wijkteam", "team*")
    }
    facts = SourceFacts(date=datetime.date(2020, 1, 1), confidentiality="team")
    for number in range(12):
        from_text = f"Het team en de raad. Een wijkteam.\n\nEen team van {number}.\n"
        name = f"nog-{number}.txt"
        source_add(study, from_text.encode(), name, facts, person=None, origin="test")
    assert {line: n_queries(line) for line in few} == few
