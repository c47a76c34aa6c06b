"""Whether no coding is silently wrong when its text gets a new version."""

import random

import pytest
from coding_texts import TEXT

from rodedraad.coding.actions.codings import coding_add, coding_change, coding_confirm
from rodedraad.coding.carry import codings_carried, codings_carry, codings_to_carry
from rodedraad.coding.changes import change_undo
from rodedraad.coding.models import Coding
from rodedraad.coding.rounds import round_close, round_open
from rodedraad.coding.visible import codings_now
from rodedraad.errors import Refusal
from rodedraad.sources.actions import version_correct


def carried_to(source, coder, text):
    version = version_correct(source, text, person=None, origin="test")
    return codings_carry(source, coder, origin="test"), version


def placed(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


def test_what_moved_is_unsure_or_lost_is_listed(anna, learning, source, version):
    for words in ("De raad", "gesprekken met inwoners", "\U0001f600"):
        coding_add(anna, version.pk, learning, place=placed(words))
    coding_add(anna, version.pk, learning, place=None)
    new = TEXT.replace("wijkteam.\n", "sociale wijkteam.\n", 1).replace("\U0001f600 ", "")
    result, now = carried_to(source, anna, new)
    assert result.counts == {"exact": 1, "moved": 1, "unsure": 1, "lost": 1}
    listed = {one.anchor: one for one in codings_carried(now)}
    assert listed["moved"].quote == "gesprekken met inwoners"
    assert now.text[listed["moved"].start : listed["moved"].end] == "gesprekken met inwoners"
    assert listed["lost"].quote == "\U0001f600"
    assert codings_now(anna.study).count() == 3
    assert Coding.objects.filter(version=version, removed_at=None).count() == 4


def test_a_lost_coding_does_not_become_one_of_the_whole_source(anna, learning, source, version):
    coding_add(anna, version.pk, learning, place=placed("niets meer"))
    carried_to(source, anna, "0123456789\n")
    lost = Coding.objects.get(anchor="lost")
    with pytest.raises(Refusal) as caught:
        coding_confirm(anna, lost, row_version=1)
    assert caught.value.code == "coding_lost"
    now = coding_change(
        anna, lost, row_version=1, code=learning, place=(0, 4), valence=None, strength=None
    )
    assert (now.anchor, now.quote) == ("exact", "0123")


def test_an_unsure_place_stays_unsure_until_a_person_looked(anna, learning, source, version):
    coding_add(anna, version.pk, learning, place=placed("gesprekken met inwoners"))
    _, now = carried_to(source, anna, TEXT.replace("met inwoners", "met bewoners"))
    assert now.codings.get().anchor == "unsure"
    _, later = carried_to(source, anna, now.text + "Slot.\n")
    unsure = later.codings.get()
    assert unsure.anchor == "unsure"
    assert coding_confirm(anna, unsure, row_version=1).anchor == "exact"


def test_a_coding_is_carried_once_and_again_after_undo(anna, learning, source, version):
    coding_add(anna, version.pk, learning, place=(0, 7))
    carried_to(source, anna, TEXT + "Slot.\n")
    with pytest.raises(Refusal) as caught:
        codings_carry(source, anna, origin="test")
    assert caught.value.code == "carry_nothing"
    change_undo(anna)
    assert codings_to_carry(source).count() == 1
    assert codings_carry(source, anna, origin="test").counts["exact"] == 1


def test_a_closed_round_stays_as_it_was(anna, bram, learning, source, version):
    blind = round_open(
        anna.study, label="Een", kind="blind", sources=[source], coders=[anna, bram],
        person=None, origin="test",
    )  # fmt: skip
    coding_add(bram, version.pk, learning, place=(0, 7), in_round=blind)
    round_close(blind, person=None, origin="test")
    _, now = carried_to(source, anna, TEXT + "Slot.\n")
    copy = now.codings.get()
    assert (copy.coder, copy.round) == (bram, None)
    assert blind.codings.get().version == version


def test_after_a_hundred_random_edits_each_quote_is_intact_or_flagged(
    anna, learning, source, version
):
    lot = random.Random(7)
    places = [placed(words) for words in ("De raad", "gesprekken", "wethouder zei over geld")]
    quotes = {coding_add(anna, version.pk, learning, place=place).quote for place in places}
    text = TEXT
    for _ in range(100):
        at = lot.randrange(len(text))
        text = lot.choice([text[:at] + "\U0001f600x" + text[at:], text[:at] + text[at + 1 :]])
    _, now = carried_to(source, anna, text)
    for coding in now.codings.all():
        stands = now.text[coding.start : coding.end] if coding.start is not None else None
        assert (coding.quote in quotes and stands == coding.quote) or coding.anchor in {
            "unsure",
            "lost",
        }
    assert now.codings.count() == 3
