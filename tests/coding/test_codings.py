"""Whether a coding stands on the words that were seen, and is seen by who may see it."""

import pytest
from coding_texts import TEXT

from rodedraad.coding.actions.codes import CodeFacts, code_add, code_retire
from rodedraad.coding.actions.codings import coding_add, coding_change, coding_remove
from rodedraad.coding.actions.memos import memo_add, memo_change
from rodedraad.coding.models import Coding, Round
from rodedraad.coding.rounds import round_close, round_now, round_open
from rodedraad.coding.visible import codings_visible, memos_visible
from rodedraad.errors import Refusal
from rodedraad.sources.actions import version_correct


def refusal_code(work) -> str:
    with pytest.raises(Refusal) as caught:
        work()
    return caught.value.code


def blind_round(anna, bram, source):
    return round_open(
        anna.study, label="Eerste", kind="blind", sources=[source], coders=[anna, bram],
        person=None, origin="test",
    )  # fmt: skip


def test_the_quote_and_what_stands_beside_it_are_kept_past_an_emoji(anna, learning, version):
    start = TEXT.index("gesprekken")
    made = coding_add(anna, version.pk, learning, place=(start, start + 10), quote="gesprekken")
    assert (made.quote, made.before) == ("gesprekken", TEXT[start - 32 : start])
    assert made.after == TEXT[start + 10 : start + 42]


def test_the_first_and_last_characters_can_be_coded(anna, learning, version):
    n = version.n_characters
    whole = coding_add(anna, version.pk, learning, place=(0, n), quote=version.text)
    assert (whole.quote, whole.before, whole.after) == (version.text, "", "")


def test_line_ends_of_a_form_do_not_make_another_quote(anna, learning, version):
    seen = version.text[20:60]
    assert "\n\n" in seen
    made = coding_add(anna, version.pk, learning, place=(20, 60), quote=seen.replace("\n", "\r\n"))
    assert made.quote == seen


def test_another_quote_than_the_text_has_is_refused(anna, learning, version):
    work = lambda: coding_add(anna, version.pk, learning, place=(0, 7), quote="Het raa")  # noqa: E731
    assert refusal_code(work) == "quote_differs"
    assert not Coding.objects.exists()


@pytest.mark.parametrize("place", [(-1, 3), (4, 4), (5, 4), (0, 10_000)])
def test_a_range_outside_the_text_or_empty_is_refused(anna, learning, version, place):
    work = lambda: coding_add(anna, version.pk, learning, place=place)  # noqa: E731
    assert refusal_code(work) == "coding_range"


def test_headings_and_ended_codes_cannot_be_used(anna, learning, version):
    heading = code_add(anna, CodeFacts(name="Kop", is_codable=False))
    code_retire(anna, learning, row_version=1)
    for code, why in ((heading, "code_not_codable"), (learning, "code_retired")):
        work = lambda code=code: coding_add(anna, version.pk, code, place=None)  # noqa: E731
        assert refusal_code(work) == why


def test_the_newest_version_is_coded_only(anna, learning, source, version):
    version_correct(source, TEXT + "Slot.\n", person=None, origin="test")
    assert (
        refusal_code(lambda: coding_add(anna, version.pk, learning, place=(0, 7))) == "version_old"
    )


def test_the_same_coding_is_not_made_twice_and_overlap_is_fine(anna, bram, learning, version):
    coding_add(anna, version.pk, learning, place=(0, 7))
    assert refusal_code(
        lambda: coding_add(anna, version.pk, learning, place=(0, 7))
    ) == "coding_there"  # fmt: skip
    coding_add(anna, version.pk, learning, place=(1, 9))
    coding_add(bram, version.pk, learning, place=(0, 7))
    assert Coding.objects.count() == 3


def test_only_who_made_a_coding_changes_or_removes_it(anna, bram, learning, money, version):
    made = coding_add(anna, version.pk, learning, place=(0, 7))
    change = lambda: coding_change(  # noqa: E731
        bram, made, row_version=1, code=money, place=(0, 7), valence=None, strength=None
    )
    assert refusal_code(change) == "coding_of_other"
    assert refusal_code(lambda: coding_remove(bram, made, row_version=1)) == "coding_of_other"


def test_changing_the_range_changes_the_quote(anna, learning, version):
    made = coding_add(anna, version.pk, learning, place=(0, 7))
    now = coding_change(
        anna, made, row_version=1, code=learning, place=(3, 15), valence=-1, strength=3
    )
    assert (now.quote, now.valence, now.strength) == ("raad besluit", -1, 3)
    assert refusal_code(
        lambda: coding_change(
            anna, made, row_version=2, code=learning, place=(3, 15), valence=2, strength=3
        )
    ) == "coding_judged"  # fmt: skip


def test_coders_see_nothing_of_each_other_in_a_blind_round_until_it_closes(
    anna, bram, learning, version
):
    before = coding_add(bram, version.pk, learning, place=(0, 3))
    blind = blind_round(anna, bram, version.source)
    mine = coding_add(anna, version.pk, learning, place=(0, 7), in_round=blind)
    yours = coding_add(bram, version.pk, learning, place=(0, 7), in_round=blind)
    memo_add(bram, "Twijfel.", about=version.source)
    memo_add(bram, "Streng.", about=learning)
    memo_add(bram, "Over de hele studie.")
    assert list(codings_visible(anna, anna.study)) == [mine]
    assert set(codings_visible(bram, anna.study)) == {yours, before}
    assert set(codings_visible(None, anna.study)) == {before}
    assert not memos_visible(anna, anna.study).exists()
    round_close(blind, person=None, origin="test")
    assert set(codings_visible(anna, anna.study)) == {mine, yours, before}
    assert memos_visible(anna, anna.study).count() == 3


def test_who_codes_blind_codes_in_the_round_and_others_do_not(anna, bram, learning, version, lead):
    before = coding_add(anna, version.pk, learning, place=(0, 7))
    blind = blind_round(anna, bram, version.source)
    assert round_now(anna, version.source) == blind
    made = coding_add(anna, version.pk, learning, place=(0, 7))
    assert (before.round_id, made.round_id) == (None, blind.pk)
    again = lambda: coding_add(anna, version.pk, learning, place=(0, 7))  # noqa: E731
    assert refusal_code(again) == "coding_there"
    blind.coders.remove(anna)
    assert coding_add(anna, version.pk, learning, place=(1, 7)).round_id is None
    inside = lambda: coding_add(anna, version.pk, learning, place=(0, 7), in_round=blind)  # noqa: E731
    assert refusal_code(inside) == "round_not_yours"


def test_a_coding_is_of_the_blind_round_before_that_of_the_others(anna, bram, learning, version):
    """Open, consensus and blind rounds at once: the coding is of the one that pages name."""
    blind_round(anna, bram, version.source)
    for number, kind in enumerate((Round.Kind.OPEN, Round.Kind.CONSENSUS)):
        other = Round.objects.create(
            study=anna.study, number=number + 5, label=kind, kind=kind, opened_by=None
        )
        other.sources.set([version.source])
        other.coders.set([anna])
    places = [(0, 7), (1, 7), (2, 7)]
    for place, expected in zip(places, ("blind", "consensus", "open"), strict=True):
        of = round_now(anna, version.source)
        made = coding_add(anna, version.pk, learning, place=place)
        assert (made.round_id, of.kind) == (of.pk, expected)
        round_close(of, person=None, origin="test")
    assert coding_add(anna, version.pk, learning, place=(3, 7)).round_id is None


def test_a_closed_round_takes_no_codings_and_none_leave_it(anna, bram, learning, version):
    blind = blind_round(anna, bram, version.source)
    made = coding_add(anna, version.pk, learning, place=(0, 7), in_round=blind)
    round_close(blind, person=None, origin="test")
    add = lambda: coding_add(anna, version.pk, learning, place=(0, 9), in_round=blind)  # noqa: E731
    assert refusal_code(add) == "round_closed"
    assert refusal_code(lambda: coding_remove(anna, made, row_version=1)) == "round_closed"
    again = lambda: round_close(blind, person=None, origin="test")  # noqa: E731
    assert refusal_code(again) == "round_closed"


def test_a_blind_round_needs_two_coders_and_sources_that_are_free(anna, bram, source):
    alone = lambda: round_open(  # noqa: E731
        anna.study, label="", kind="blind", sources=[source], coders=[anna],
        person=None, origin="test",
    )  # fmt: skip
    assert refusal_code(alone) == "round_one_coder"
    blind = blind_round(anna, bram, source)
    assert refusal_code(lambda: blind_round(anna, bram, source)) == "round_busy"
    consensus = lambda: round_open(  # noqa: E731
        anna.study, label="", kind="consensus", sources=[source], coders=[anna], settles=blind,
        person=None, origin="test",
    )  # fmt: skip
    assert refusal_code(consensus) == "round_settles"
    round_close(blind, person=None, origin="test")
    assert consensus().number == 2


def test_only_who_wrote_a_memo_changes_it(anna, bram, learning):
    memo = memo_add(anna, "Kijk na.\r\nMorgen.", about=learning)
    assert memo.text == "Kijk na.\nMorgen."
    assert refusal_code(lambda: memo_change(bram, memo, "x", row_version=1)) == "memo_of_other"
