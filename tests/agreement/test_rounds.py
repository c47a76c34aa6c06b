"""Who is done with what, what stays hidden, and what a closed round gives?"""

import hashlib
import json

import pytest

from rodedraad.accounts.models import AuditEvent
from rodedraad.agreement.models import AgreementResult, Finished, GivenSegment, Spot
from rodedraad.agreement.reading import passages_read, round_read
from rodedraad.agreement.results import result_make, result_of, stale_of
from rodedraad.agreement.rounds import (
    RoundFacts,
    coding_round_close,
    coding_round_open,
    consensus_open,
    not_finished,
    source_finish,
    source_unfinish,
)
from rodedraad.agreement.settling import (
    Decision,
    agreed_take_over,
    agreed_waiting,
    settled_standing,
    settled_undo,
    spot_settle,
)
from rodedraad.agreement.spots import spots_make
from rodedraad.agreement.unit_table import unit_columns, unit_rows
from rodedraad.agreement.units import sentences
from rodedraad.coding.actions.codings import coding_add
from rodedraad.coding.changes import change_undo
from rodedraad.coding.models import Coding, Memo, Round
from rodedraad.coding.rounds import coder_for, round_close
from rodedraad.errors import Refusal


def layer_hash(of: Round) -> str:
    """Return a fingerprint of every field of every coding of a round, removed ones too."""
    rows = list(Coding.objects.filter(round=of).order_by("pk").values())
    return hashlib.sha256(json.dumps(rows, default=str).encode()).hexdigest()


def refused(code: str):
    return pytest.raises(Refusal, check=lambda one: one.code == code)


def figures(of: Round, name: str) -> dict:
    codes = {one["name"]: one for one in result_of(of).result["codes"]}
    return codes[name]


def test_finishing_is_said_taken_back_and_logged(coded, sources, bram):
    assert [(coder.name, n) for coder, n in not_finished(coded)] == [("Bram", 1)]
    source_finish(coded, bram, sources[2], origin="test")
    source_finish(coded, bram, sources[2], origin="test")
    assert not_finished(coded) == []
    source_unfinish(coded, bram, sources[2], origin="test")
    assert not Finished.objects.filter(coder=bram, source=sources[2]).exists()
    said = AuditEvent.objects.filter(action__startswith="round_finish", person=bram.person)
    assert said.count() == 4


def test_a_closed_round_takes_no_coding_and_no_finish(closed, sources, anna, codes):
    with refused("round_closed"):
        source_finish(closed, anna, sources[0], origin="test")
    with refused("round_closed"):
        source_unfinish(closed, anna, sources[0], origin="test")
    with refused("round_closed"):
        version = sources[0].versions.get().pk
        coding_add(anna, version, codes[0], place=(1, 2), in_round=closed)
    before = layer_hash(closed)
    with pytest.raises(Refusal):
        change_undo(anna)
    assert layer_hash(closed) == before


def test_the_figures_are_as_worked_by_hand(closed, sources):
    """Leren: in two texts 10 characters by both and 5 by Anna only; Bram left the third."""
    n = sum(source.versions.get().n_characters for source in sources[:2])
    leren = figures(closed, "Leren")
    assert (leren["n_any"], leren["n_all"], leren["by_coder"]) == (15, 10, [15, 10])
    assert leren["figures"]["percent"]["estimate"] == pytest.approx((n - 5) / n)
    all_texts = sum(source.versions.get().n_characters for source in sources)
    assert leren["prevalence"] == pytest.approx(25 / (n + all_texts))
    disagreement, ones = 5 / n, 25 / (2 * n)
    expected = 2 * ones * (1 - ones) * 2 * n / (2 * n - 1)
    assert leren["figures"]["krippendorff"]["estimate"] == pytest.approx(
        1 - disagreement / expected
    )
    assert leren["strength"]["n_units"] == 10
    kept = result_of(closed).result
    assert [one["coder"] for one in kept["missing"]] == ["Bram"]
    assert (kept["n_compared"], kept["n_sources"]) == (2, 3)


def test_a_result_is_worked_out_once_and_says_when_it_is_of_before(closed, anna):
    found = result_of(closed)
    assert stale_of(found) == ""
    assert result_make(closed, person=anna.person) == found
    assert len(found.fingerprint) == 64
    other = result_make(closed, person=None, seed=3)
    assert other.fingerprint == found.fingerprint
    assert other.result["codes"][0]["n_any"] == found.result["codes"][0]["n_any"]
    Coding.objects.filter(round=closed).first().delete()
    assert stale_of(found) == "codings"
    AgreementResult.objects.update(code_version="0")
    assert stale_of(result_make(closed, person=None)) == ""


def test_only_a_closed_blind_round_is_compared(coded, study, sources, anna):
    with refused("agreement_open"):
        result_make(coded, person=None)
    round_close(coded, person=None, origin="test")
    facts = RoundFacts("Open", "open", "", sources, [anna])
    other = coding_round_open(study, facts, person=None, origin="test")
    round_close(other, person=None, origin="test")
    other.refresh_from_db()
    with refused("agreement_not_blind"):
        result_make(other, person=None)


def test_a_round_nobody_finished_closes_and_says_why_there_is_no_agreement(blind):
    why = coding_round_close(blind, person=None, origin="test")
    assert why.code == "agreement_no_pairs"
    blind.refresh_from_db()
    assert blind.closed_at is not None
    assert result_of(blind) is None


def test_coding_the_same_place_again_changes_no_figure(coded, sources, anna, codes):
    version = sources[0].versions.get().pk
    coding_add(anna, version, codes[0], place=(2, 8), in_round=coded, strength=2)
    coding_round_close(coded, person=None, origin="test")
    coded.refresh_from_db()
    leren = figures(coded, "Leren")
    assert (leren["n_any"], leren["n_all"], leren["by_coder"]) == (15, 10, [15, 10])
    spot = Spot.objects.get(code=codes[0], source=sources[0])
    assert (spot.start, spot.end, spot.agreed) == (0, 10, True)


def test_every_unit_and_coder_stands_in_the_table_of_units(closed, sources):
    read = round_read(closed)
    assert unit_columns(read)[-2:] == ["Anna", "Bram"]
    rows = list(unit_rows(read, {source.pk for source in sources}))
    leren = [row[1:] for row in rows if row[5] == "Leren"]
    assert leren == [
        ["Stuk 1", 0, 10, 10, "Leren", 1, 1],
        ["Stuk 2", 30, 35, 5, "Leren", 1, 0],
    ]
    assert sum(row[4] * (row[6] == 1) for row in rows if row[5] == "Geld") == 20 + 16
    assert list(unit_rows(read, {sources[1].pk})) == [row for row in rows if row[1] == "Stuk 2"]
    assert passages_read(read, "").n_units == sum(s.versions.get().n_characters for s in sources)


def test_places_are_agreed_only_when_range_and_strength_are_the_same(closed, codes):
    told = [(spot.code.name, spot.start, spot.end, spot.agreed, spot.n_gave)
            for spot in Spot.objects.filter(round=closed).order_by("pk")]  # fmt: skip
    assert told == [
        ("Leren", 0, 10, True, 2),
        ("Geld", 20, 45, False, 2),
        ("Geld", 4, 20, True, 2),
        ("Leren", 30, 35, False, 1),
    ]
    assert spots_make(closed) == 4


def test_another_strength_or_a_whole_source_by_one_is_a_difference(
    blind, sources, anna, bram, codes
):
    version = sources[0].versions.get().pk
    coding_add(anna, version, codes[0], place=(0, 10), in_round=blind, strength=1)
    coding_add(bram, version, codes[0], place=(0, 10), in_round=blind, strength=2)
    coding_add(anna, version, codes[1], place=None, in_round=blind)
    for coder in (anna, bram):
        source_finish(blind, coder, sources[0], origin="test")
    coding_round_close(blind, person=None, origin="test")
    told = Spot.objects.filter(round=blind).order_by("pk").values_list("start", "agreed")
    assert sorted(told, key=str) == [(0, False), (None, False)]
    assert result_of(blind).result["n_whole"] == 1


def test_with_paragraphs_as_unit_another_range_in_one_paragraph_is_agreed(
    study, sources, anna, bram, codes
):
    facts = RoundFacts("Alinea's", "blind", "paragraph", sources, [anna, bram])
    of = coding_round_open(study, facts, person=None, origin="test")
    version = sources[0].versions.get().pk
    coding_add(anna, version, codes[0], place=(0, 7), in_round=of)
    coding_add(bram, version, codes[0], place=(12, 20), in_round=of)
    for coder in (anna, bram):
        source_finish(of, coder, sources[0], origin="test")
    coding_round_close(of, person=None, origin="test")
    of.refresh_from_db()
    spot = Spot.objects.get(round=of)
    assert (spot.start, spot.end, spot.agreed) == (0, 20, True)
    leren = figures(of, "Leren")
    assert (leren["n_any"], leren["n_all"]) == (1, 1)
    assert result_of(of).result["n_units"] == 2


def test_segments_given_beforehand_are_kept_as_they_were_when_the_round_opened(
    study, sources, anna, bram, codes
):
    leren, geld = codes
    version = sources[0].versions.get().pk
    facts = RoundFacts("Segmenten", "blind", "segment", sources[:1], [anna, bram], segments=geld)
    with refused("round_no_segments"):
        coding_round_open(study, facts, person=None, origin="test")
    for place in ((0, 34), (35, 60)):
        coding_add(anna, version, geld, place=place)
    of = coding_round_open(study, facts, person=None, origin="test")
    coding_add(anna, version, leren, place=(2, 5), in_round=of)
    coding_add(bram, version, leren, place=(9, 12), in_round=of)
    for coder in (anna, bram):
        source_finish(of, coder, sources[0], origin="test")
    coding_round_close(of, person=None, origin="test")
    of.refresh_from_db()
    assert GivenSegment.objects.filter(round=of).count() == 2
    assert result_of(of).result["n_units"] == 2
    assert figures(of, "Leren")["n_all"] == 1


def test_sentences_end_where_a_reader_ends_them():
    text = "Dr. Smit zag art. 3 na. Kost het 1.5 of 2? Ja! (Zie p. 4.) Einde"
    assert [text[a:b] for a, b in sentences(text)] == [
        "Dr. Smit zag art. 3 na.", "Kost het 1.5 of 2?", "Ja!", "(Zie p. 4.)", "Einde",
    ]  # fmt: skip


def test_the_consensus_leaves_the_blind_round_untouched_and_can_be_undone(
    closed, anna, bram, codes
):
    before = layer_hash(closed)
    consensus = consensus_open(closed, person=anna.person, origin="test")
    assert consensus_open(closed, person=anna.person, origin="test") == consensus
    assert agreed_waiting(consensus).count() == 2
    done = agreed_take_over(consensus, bram)
    assert (done.taken, done.left) == (2, 0)
    copy = Coding.objects.get(round=consensus, code=codes[0])
    assert (copy.start, copy.end, copy.quote, copy.strength) == (0, 10, "De raad be", 2)
    geld, leren = Spot.objects.filter(round=closed, agreed=False).order_by("pk")
    first = spot_settle(
        consensus, geld, anna, Decision("version", version_of=bram, reason="Zo staat het er.")
    )
    assert [(one.start, one.end) for one in first.codings.all()] == [(25, 45)]
    assert Memo.objects.get().text == "Zo staat het er."
    spot_settle(consensus, leren, anna, Decision("none"))
    assert settled_standing(consensus).count() == 4
    with refused("settled_already"):
        spot_settle(consensus, leren, bram, Decision("none"))
    settled_undo(consensus, geld, bram)
    assert settled_standing(consensus).count() == 3
    assert not Coding.objects.filter(round=consensus, start=25, removed_at=None).exists()
    spot_settle(consensus, geld, anna, Decision("other", code=codes[0], place=(20, 45)))
    change_undo(anna)
    assert settled_standing(consensus).count() == 3
    spot_settle(consensus, geld, anna, Decision("version", version_of=anna))
    assert settled_standing(consensus).count() == 4
    assert layer_hash(closed) == before
    coding_round_close(consensus, person=anna.person, origin="test")
    for work in (
        lambda: spot_settle(consensus, geld, anna, Decision("none")),
        lambda: settled_undo(consensus, geld, anna),
        lambda: agreed_take_over(consensus, anna),
    ):
        with refused("round_closed"):
            work()


def test_taking_over_is_one_step_that_undo_takes_back(closed, anna):
    consensus = consensus_open(closed, person=None, origin="test")
    agreed_take_over(consensus, anna)
    assert agreed_waiting(consensus).count() == 0
    change_undo(anna)
    assert agreed_waiting(consensus).count() == 2
    assert agreed_take_over(consensus, anna).taken == 2


def test_what_cannot_be_decided_is_refused(closed, people, study, anna, bram, codes):
    consensus = consensus_open(closed, person=None, origin="test")
    leren = Spot.objects.filter(round=closed, agreed=False).order_by("-pk").first()
    with refused("settled_choice"):
        spot_settle(consensus, leren, anna, Decision("version", version_of=bram))
    with refused("settled_not"):
        settled_undo(consensus, leren, anna)
    with refused("settled_other_round"):
        spot_settle(closed, leren, anna, Decision("none"))
    with refused("round_not_yours"):
        spot_settle(consensus, leren, coder_for(study, people["chris"]), Decision("none"))
    with refused("round_not_yours"):
        agreed_take_over(consensus, coder_for(study, people["chris"]))
