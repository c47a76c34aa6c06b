"""Are scores of a source given, undone, carried and settled by the rules, each coder apart?"""

import datetime

import pytest

from rodedraad.assessment.models import Evidence
from rodedraad.coding.models import Coder, Round
from rodedraad.coding.rounds import round_close, round_open
from rodedraad.errors import Refusal
from rodedraad.scoring.actions import texts_to_evidence
from rodedraad.scoring.carry import scores_carry, scores_outdated
from rodedraad.scoring.models import Score
from rodedraad.scoring.newest import scores_visible
from rodedraad.scoring.score_actions import (
    Given,
    redo_next,
    score_give,
    score_redo,
    score_settle,
    score_undo,
    undo_next,
)
from rodedraad.sources.actions import version_correct
from rodedraad.sources.models import Source

DAY = datetime.date(2016, 1, 1)


def scored(coder: Coder, source: Source, raw: int | None, **given: object) -> Score:
    in_round = given.pop("in_round", None)
    facts = {"kind": "rubric", "construct": "F5"} | given
    return score_give(coder, source, Given(raw=raw, **facts), in_round=in_round)


def place(source: Source, words: str) -> tuple[int, int]:
    start = source.versions.order_by("-number").first().text.index(words)
    return start, start + len(words)


def rows() -> list[tuple[str, float | None, str]]:
    return list(Evidence.objects.order_by("pk").values_list("construct", "raw", "missing"))


def taken(source: Source) -> dict:
    return texts_to_evidence(source.study, person=None, origin="test")


def test_a_score_keeps_the_words_it_rests_on(plan, anna):
    made = scored(anna, plan, 2, place=place(plan, "leert van haar fouten"), reason="Staat er.")
    assert (made.quote, made.before, made.after) == (
        "leert van haar fouten", "De gemeente ", ".\n\nElk kwartaal bespreken de tea",
    )  # fmt: skip


def test_a_score_becomes_a_row_of_evidence_and_a_newer_one_takes_its_place(plan, anna):
    scored(anna, plan, 2)
    assert taken(plan)["new"] == 1
    row = Evidence.objects.get()
    assert (row.kind, row.about, row.value) == ("rubric", "document", 2 / 3)
    scored(anna, plan, 3)
    assert taken(plan)["changed"] == 1
    assert rows() == [("F5", 3, "")]


def test_a_talk_gives_its_role_and_pseudonym_but_not_its_title(talk, anna):
    scored(anna, talk, 1)
    taken(talk)
    row = Evidence.objects.get()
    assert (row.about, row.role, row.respondent) == ("interview", "D", "R012")
    assert "directeur" not in row.source


def test_a_measure_from_a_pilot_on_needs_a_passage_and_a_date(plan, anna):
    with pytest.raises(Refusal, match="needs a passage"):
        scored(anna, plan, 3, kind="measure", construct="A1")
    there = place(plan, "integrale sociale teams")
    with pytest.raises(Refusal, match="a date"):
        scored(anna, plan, 3, kind="measure", construct="A1", place=there)
    scored(anna, plan, 3, kind="measure", construct="A1", place=there, date=DAY)
    scored(anna, plan, None, kind="measure", construct="B1", missing="dont_know")
    taken(plan)
    assert sorted(rows()) == [("A1", 3, ""), ("B1", None, "dont_know")]
    assert Evidence.objects.get(construct="A1").value == 1


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"raw": 4}, "score_level"),
        ({"raw": 1, "missing": "dont_know"}, "score_both"),
        ({"raw": 1, "construct": "Z9"}, "score_construct"),
        ({"raw": 1, "place": (0, 9999)}, "score_passage"),
        ({"raw": 1, "reason": "x" * 2001}, "score_reason"),
        ({"raw": 1, "date": datetime.date(2099, 1, 1)}, "score_date_future"),
    ],
)
def test_what_cannot_be_a_score_is_refused(plan, anna, given, code):
    with pytest.raises(Refusal) as refused:
        scored(anna, plan, **given)
    assert refused.value.code == code
    assert not Score.objects.exists()


def test_undo_and_redo_walk_through_the_steps_of_a_coder(plan, anna):
    for raw in (1, 2):
        scored(anna, plan, raw)
    scored(anna, plan, 3, construct="F1")
    told = []
    while undo_next(anna, plan):
        score_undo(anna, plan)
        told.append(sorted((s.construct, s.raw) for s in scores_now_of(anna) if s.is_given))
    assert told == [[("F5", 2)], [("F5", 1)], []]
    while redo_next(anna, plan):
        score_redo(anna, plan)
    assert sorted((s.construct, s.raw) for s in scores_now_of(anna)) == [("F1", 3), ("F5", 2)]
    with pytest.raises(Refusal, match="no step"):
        score_redo(anna, plan)


def scores_now_of(coder: Coder) -> list[Score]:
    return [one for one in scores_visible(coder, coder.study) if one.coder_id == coder.pk]


def test_a_page_that_is_behind_writes_nothing_over_what_came_since(plan, anna):
    scored(anna, plan, 1)
    with pytest.raises(Refusal) as refused:
        score_give(anna, plan, Given(kind="rubric", construct="F5", raw=2), seen=0)
    assert refused.value.code == "changed_by_other"


def test_scorers_who_differ_give_no_evidence_until_a_person_chooses(plan, anna, bram, lead):
    scored(anna, plan, 1)
    scored(bram, plan, 3)
    assert taken(plan)["left_out_why"] == {"not_settled": 1}
    with pytest.raises(Refusal, match="Say why"):
        score_settle(plan, "rubric", "F5", bram, reason=" ", person=lead, origin="test")
    score_settle(plan, "rubric", "F5", bram, reason="Zie blz. 2.", person=lead, origin="test")
    assert taken(plan)["new"] == 1
    assert rows() == [("F5", 3, "")]
    scored(anna, plan, 2)  # somebody says something else: the choice was between other scores
    assert taken(plan)["gone"] == 1
    scored(anna, plan, 3)
    assert taken(plan)["new"] == 1


def test_in_a_blind_round_a_scorer_sees_and_counts_for_nobody_else(plan, study, anna, bram):
    blind = round_open(
        study, label="Blind", kind=Round.Kind.BLIND, sources=[plan], coders=[anna, bram],
        person=None, origin="test",
    )  # fmt: skip
    with pytest.raises(Refusal) as refused:
        scored(anna, plan, 1)
    assert refused.value.code == "round_needed"
    scored(anna, plan, 1, in_round=blind)
    scored(bram, plan, 1, in_round=blind)
    assert [one.coder for one in scores_visible(bram, study)] == [bram]
    assert taken(plan)["new"] == 0
    round_close(blind, person=None, origin="test")
    assert scores_visible(bram, study).count() == 2
    assert taken(plan)["new"] == 1


def test_a_passage_follows_its_words_to_a_new_text_and_a_lost_one_is_no_evidence(plan, anna):
    one = scored(anna, plan, 2, place=place(plan, "leert van haar fouten"))
    scored(anna, plan, 1, construct="F1", place=place(plan, "Elk kwartaal bespreken de teams"))
    taken(plan)
    text = "Vooraf.\n\nDe gemeente leert van haar fouten.\n\nWat anders is hier nooit gezegd.\n"
    version_correct(plan, text, person=None, origin="test")
    counts = taken(plan)
    assert counts["left_out_why"] == {"passage_lost": 1}
    assert (counts["gone"], counts["kept"]) == (1, 1)
    carried = Score.objects.filter(uuid=one.uuid).order_by("-pk").first()
    assert (carried.anchor, carried.quote) == ("moved", "leert van haar fouten")
    assert scores_carry(plan.study) == 0 == scores_outdated(plan.study).count()
