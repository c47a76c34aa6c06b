"""Do codings and scores become evidence once, follow their texts, and lead back to the words?"""

import pytest

from rodedraad.assessment.models import Evidence
from rodedraad.coding.actions.codings import coding_add, coding_change, coding_remove
from rodedraad.coding.models import Code, Coder, Coding, Round
from rodedraad.coding.rounds import round_close, round_open
from rodedraad.scoring.actions import texts_to_evidence
from rodedraad.sources.models import Source
from rodedraad.studies.models import Study


def coded(coder: Coder, source: Source, code: Code, words: str, **given: object) -> Coding:
    version = source.versions.order_by("-number").first()
    start = version.text.index(words)
    return coding_add(coder, version.pk, code, place=(start, start + len(words)), **given)


def taken(study: Study) -> dict[str, object]:
    return texts_to_evidence(study, person=None, origin="test")


def test_a_coding_becomes_one_row_that_leads_back_to_its_words(study, plan, anna, learning):
    made = coded(anna, plan, learning, "leert van haar fouten", strength=2, valence=1)
    assert taken(study)["new"] == 1
    row = Evidence.objects.get()
    assert (row.kind, row.construct, row.about) == ("coding", "F5", "document")
    assert (row.raw, row.value, row.unit) == (2, 2 / 3, "strength for")
    assert (row.source, row.source_id) == ("Beleidsplan", f"coding:{made.uuid}")
    assert row.case.unit_code == "GM0003"


def test_a_coding_without_a_strength_is_there_as_a_tie_is(study, plan, anna, learning):
    coded(anna, plan, learning, "leert van haar fouten")
    taken(study)
    row = Evidence.objects.get()
    assert (row.raw, row.value, row.unit) == (1, 1, "presence")


def test_taking_over_twice_changes_nothing(study, plan, anna, learning):
    coded(anna, plan, learning, "leert van haar fouten")
    taken(study)
    counts = taken(study)
    assert (counts["new"], counts["kept"], Evidence.every.count()) == (0, 1, 1)


def test_what_was_removed_or_changed_is_taken_back_and_kept_in_sight(study, plan, anna, learning):
    one = coded(anna, plan, learning, "leert van haar fouten", strength=1)
    other = coded(anna, plan, learning, "bespreken de teams", strength=1)
    taken(study)
    coding_remove(anna, one, row_version=1)
    place = (other.start, other.end)
    coding_change(anna, other, row_version=1, code=learning, place=place, valence=None, strength=3)
    counts = taken(study)
    assert (counts["new"], counts["changed"], counts["gone"]) == (0, 1, 1)
    assert list(Evidence.objects.values_list("raw", flat=True)) == [3]
    assert Evidence.every.exclude(withdrawal=None).count() == 2


def test_a_blind_round_gives_no_evidence_and_its_closed_consensus_does(
    study, plan, anna, bram, learning
):
    def asked(label: str, kind: str, **given: object) -> Round:
        return round_open(
            study, label=label, kind=kind, sources=[plan], coders=[anna, bram], person=None,
            origin="test", **given,
        )  # fmt: skip

    blind = asked("Blind", Round.Kind.BLIND)
    coded(anna, plan, learning, "leert van haar fouten", in_round=blind)
    assert taken(study)["left_out_why"] == {"blind": 1}
    blind = round_close(blind, person=None, origin="test")
    assert taken(study)["new"] == 0
    consensus = asked("Samen", Round.Kind.CONSENSUS, settles=blind)
    coded(anna, plan, learning, "leert van haar fouten", in_round=consensus)
    assert taken(study)["left_out_why"] == {"blind": 1, "consensus_open": 1}
    round_close(consensus, person=None, origin="test")
    counts = taken(study)
    assert (counts["new"], counts["left_out_why"]) == (1, {"blind": 1})


@pytest.mark.parametrize("why", ["no_case", "no_construct", "code_retired"])
def test_what_cannot_be_evidence_is_left_out_and_told(study, plan, anna, learning, why):
    coded(anna, plan, learning, "leert van haar fouten")
    if why == "no_case":
        Source.objects.update(case=None)
    elif why == "no_construct":
        Code.objects.update(construct="")
    else:
        Code.objects.update(retired_at="2024-01-01T00:00Z")
    counts = taken(study)
    assert (counts["left_out"], counts["left_out_why"]) == (1, {why: 1})
    assert not Evidence.objects.exists()
