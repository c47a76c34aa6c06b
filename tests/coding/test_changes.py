"""Whether every step can be undone and redone, and never writes over another's work."""

import random
from itertools import pairwise

import pytest

from rodedraad.coding.actions.codes import (
    CodeFacts,
    code_add,
    code_change,
    code_merge,
    code_move,
    code_rename,
    code_retire,
    code_split,
)
from rodedraad.coding.actions.codings import coding_add, coding_change, coding_remove
from rodedraad.coding.actions.memos import memo_add, memo_change, memo_remove
from rodedraad.coding.changes import change_redo, change_undo, state_hash
from rodedraad.coding.models import Change, Code, Coder, Coding, Memo
from rodedraad.coding.rounds import round_close, round_open
from rodedraad.errors import Refusal
from rodedraad.sources.models import SourceVersion

ANY_REFUSAL = (
    "code_name_taken", "code_under_itself", "code_has_children", "code_merge_itself",
    "coding_there", "code_retired",
)  # fmt: skip


class Walker:
    """Does whatever one coder can do, by lot."""

    def __init__(self, coder: Coder, version: SourceVersion, seed: int) -> None:
        self.coder, self.version, self.lot = coder, version, random.Random(seed)

    def codes(self) -> list[Code]:
        return list(Code.objects.filter(study=self.coder.study, retired_at=None).order_by("pk"))

    def step(self) -> None:
        codes = self.codes()
        does = self.lot.choice(
            ["add", "change", "rename", "move", "retire", "split", "merge"] + ["code"] * 5
            + ["recode", "remove", "memo", "memo_change", "memo_remove"]
        ) if codes else "add"  # fmt: skip
        getattr(self, f"_{does}")(codes)

    def name(self) -> CodeFacts:
        return CodeFacts(name=f"Code {self.lot.randrange(40)}", definition=str(self.lot.random()))

    def _add(self, codes):
        code_add(self.coder, self.name(), parent=self.lot.choice([None, *codes]))

    def _change(self, codes):
        code = self.lot.choice(codes)
        code_change(self.coder, code, self.name(), row_version=code.row_version)

    def _rename(self, codes):
        code = self.lot.choice(codes)
        code_rename(self.coder, code, self.name().name, row_version=code.row_version)

    def _move(self, codes):
        code, parent = self.lot.choice(codes), self.lot.choice([None, *codes])
        position = self.lot.randrange(4)
        code_move(self.coder, code, parent=parent, position=position, row_version=code.row_version)

    def _retire(self, codes):
        code = self.lot.choice(codes)
        code_retire(self.coder, code, row_version=code.row_version)

    def _split(self, codes):
        code = self.lot.choice(codes)
        parts = [CodeFacts(name=code.name), self.name()]
        code_split(self.coder, code, parts, row_version=code.row_version)

    def _merge(self, codes):
        one, into = self.lot.choice(codes), self.lot.choice(codes)
        versions = {code.pk: code.row_version for code in (one, into)}
        code_merge(self.coder, [one], into, row_versions=versions)

    def _code(self, codes):
        start = self.lot.randrange(0, self.version.n_characters - 5)
        place = self.lot.choice([None, (start, start + self.lot.randrange(1, 6))])
        coding_add(self.coder, self.version.pk, self.lot.choice(codes), place=place)

    def _one(self, of):
        return self.lot.choice(list(of.objects.filter(removed_at=None).order_by("pk")) or [None])

    def _recode(self, codes):
        if coding := self._one(Coding):
            coding_change(
                self.coder, coding, row_version=coding.row_version, code=self.lot.choice(codes),
                place=(2, 9), valence=self.lot.choice([None, -1, 0, 1]), strength=3,
            )  # fmt: skip

    def _remove(self, codes):
        if coding := self._one(Coding):
            coding_remove(self.coder, coding, row_version=coding.row_version)

    def _memo(self, codes):
        things = [None, self.version.source, self.lot.choice(codes), self._one(Coding)]
        about = self.lot.choice(things)
        memo_add(self.coder, "Opvallend.", about=about)

    def _memo_change(self, codes):
        if memo := self._one(Memo):
            memo_change(self.coder, memo, str(self.lot.random()), row_version=memo.row_version)

    def _memo_remove(self, codes):
        if memo := self._one(Memo):
            memo_remove(self.coder, memo, row_version=memo.row_version)


@pytest.mark.parametrize("seed", range(3))
def test_undoing_and_redoing_any_sequence_restores_every_state(anna, version, seed):
    walker = Walker(anna, version, seed)
    states = [state_hash(anna.study)]
    while len(states) < 40:
        count = Change.objects.count()
        try:
            walker.step()
        except Refusal as refusal:
            if refusal.code not in ANY_REFUSAL:
                raise
            assert state_hash(anna.study) == states[-1], "a refusal leaves everything as it was"
            continue
        if Change.objects.count() > count:
            states.append(state_hash(anna.study))
    assert all(before != after for before, after in pairwise(states))
    back = random.Random(seed).randrange(5, 39)
    for state in reversed(states[-back - 1 : -1]):
        change_undo(anna)
        assert state_hash(anna.study) == state
    for state in states[-back:]:
        change_redo(anna)
        assert state_hash(anna.study) == state
    with pytest.raises(Refusal) as caught:
        change_redo(anna)
    assert caught.value.code == "nothing_to_redo"
    for state in reversed(states[:-1]):
        change_undo(anna)
        assert state_hash(anna.study) == state
    with pytest.raises(Refusal) as caught:
        change_undo(anna)
    assert caught.value.code == "nothing_to_undo"


def test_history_only_grows(anna, learning):
    code_rename(anna, learning, "Lerend", row_version=1)
    before = list(Change.objects.values_list("pk", "action", "things"))
    change_undo(anna)
    change_redo(anna)
    assert list(Change.objects.values_list("pk", "action", "things"))[: len(before)] == before
    actions = list(Change.objects.values_list("action", flat=True))
    assert actions == ["code_add", "code_rename", "undo:code_rename", "code_rename"]


def test_a_new_step_after_undoing_ends_what_could_be_redone(anna, learning):
    code_rename(anna, learning, "Lerend", row_version=1)
    change_undo(anna)
    code_add(anna, CodeFacts(name="Anders"))
    with pytest.raises(Refusal) as caught:
        change_redo(anna)
    assert caught.value.code == "nothing_to_redo"


def test_a_stale_change_is_refused_and_writes_nothing(anna, bram, learning):
    code_rename(bram, learning, "Lerend", row_version=1)
    with pytest.raises(Refusal) as caught:
        code_change(anna, learning, CodeFacts(name="Leren!"), row_version=1)
    assert caught.value.code == "changed_by_other"
    assert Code.objects.get(pk=learning.pk).name == "Lerend"


def test_undo_is_refused_when_another_changed_the_same_field_since(anna, bram, learning):
    code_rename(anna, learning, "Lerend", row_version=1)
    code_rename(bram, learning, "Lerend vermogen", row_version=2)
    with pytest.raises(Refusal) as caught:
        change_undo(anna)
    assert caught.value.code == "changed_by_other"
    assert Code.objects.get(pk=learning.pk).name == "Lerend vermogen"


def test_undo_is_each_coders_own(anna, bram, learning, money):
    code_rename(bram, learning, "Lerend", row_version=1)
    change_undo(anna)
    assert Code.objects.get(pk=money.pk).retired_at is not None
    assert Code.objects.get(pk=learning.pk).name == "Lerend"


def test_a_code_that_another_coded_with_is_not_undone_away(anna, bram, learning, version):
    coding_add(bram, version.pk, learning, place=(0, 7))
    with pytest.raises(Refusal) as caught:
        change_undo(anna)
    assert caught.value.code == "code_in_use"


def test_what_was_done_in_a_closed_round_is_not_undone(anna, bram, learning, version):
    blind = round_open(
        anna.study, label="Eerste", kind="blind", sources=[version.source], coders=[anna, bram],
        person=None, origin="test",
    )  # fmt: skip
    coding_add(anna, version.pk, learning, place=(0, 7), in_round=blind)
    round_close(blind, person=None, origin="test")
    with pytest.raises(Refusal) as caught:
        change_undo(anna)
    assert caught.value.code == "round_closed"
    assert Coding.objects.filter(removed_at=None).count() == 1
