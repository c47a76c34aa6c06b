"""Whether codes keep their history, and each coding its codebook."""

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
from rodedraad.coding.actions.codings import coding_add, coding_confirm
from rodedraad.coding.changes import change_undo
from rodedraad.coding.codebook import (
    code_history,
    codebook_current,
    codebook_diff,
    codebook_freeze,
    recode_list,
)
from rodedraad.coding.models import Code, CodebookVersion, Coding
from rodedraad.coding.rounds import round_close, round_open
from rodedraad.errors import Refusal


def refusal_code(work) -> str:
    with pytest.raises(Refusal) as caught:
        work()
    return caught.value.code


def whys(study) -> list[str]:
    return [one.why for one in recode_list(study)]


def test_a_coding_names_the_codebook_it_was_made_under(anna, learning, version):
    first = coding_add(anna, version.pk, learning, place=(0, 7))
    again = coding_add(anna, version.pk, learning, place=(3, 7))
    assert first.codebook_version == again.codebook_version
    code_change(anna, learning, CodeFacts(name="Leren", definition="Anders."), row_version=1)
    later = coding_add(anna, version.pk, learning, place=(8, 15))
    assert later.codebook_version.number == first.codebook_version.number + 1
    kept = CodebookVersion.objects.get(pk=first.codebook_version_id).codes
    assert kept[str(learning.uuid)]["definition"] == "Iemand leert."


def test_freezing_the_same_codes_twice_is_refused(anna, learning):
    assert codebook_freeze(anna.study, person=anna.person, note="Na de proef").number == 1
    assert refusal_code(lambda: codebook_freeze(anna.study, person=None)) == "codebook_same"
    assert codebook_current(anna.study, person=None).note == "Na de proef"


def test_a_diff_tells_what_became_of_each_code(anna, learning, money):
    gone = code_add(anna, CodeFacts(name="Weg"))
    older = codebook_current(anna.study, person=None).codes
    facts = CodeFacts(name="Lerend", definition="Anders.", colour="#112233")
    code_change(anna, learning, facts, row_version=1)
    code_move(anna, money, parent=learning, position=0, row_version=1)
    gone.refresh_from_db()
    code_retire(anna, gone, row_version=gone.row_version)
    code_add(anna, CodeFacts(name="Nieuw"))
    found = {one.name: one for one in codebook_diff(older, codebook_current(anna.study,
             person=None).codes)}  # fmt: skip
    assert found["Lerend"].kinds == ("renamed", "meaning", "look")
    assert found["Lerend"].fields["definition"] == ("Iemand leert.", "Anders.")
    assert found["Geld"].kinds == ("moved",)
    assert found["Weg"].kinds == ("removed",)
    assert found["Nieuw"].kinds == ("added",)


def test_a_changed_meaning_asks_to_look_again_and_a_new_name_does_not(anna, learning, version):
    coding = coding_add(anna, version.pk, learning, place=(0, 7))
    code_rename(anna, learning, "Lerend", row_version=1)
    assert whys(anna.study) == []
    code_change(anna, learning, CodeFacts(name="Lerend", include="Ook samen."), row_version=2)
    assert [(one.why, set(one.fields)) for one in recode_list(anna.study)] == [
        ("meaning", {"definition", "include"})
    ]
    coding_confirm(anna, Coding.objects.get(pk=coding.pk), row_version=1)
    assert whys(anna.study) == []


def test_splitting_leaves_codings_for_a_person_to_divide(anna, learning, version):
    coding_add(anna, version.pk, learning, place=(0, 7))
    parts = [CodeFacts(name="Leren"), CodeFacts(name="Leren van elders")]
    made = code_split(anna, learning, parts, row_version=1)
    assert [code.name for code in made] == ["Leren", "Leren van elders"]
    assert whys(anna.study) == ["split"]
    assert Coding.objects.get().code == learning
    change_undo(anna)
    assert whys(anna.study) == []
    assert list(Code.objects.filter(retired_at=None)) == [learning]


def test_merging_brings_codings_along_and_lists_them_until_looked_at(
    anna, learning, money, version
):
    coding = coding_add(anna, version.pk, money, place=(0, 7))
    versions = {learning.pk: 1, money.pk: 1}
    code_merge(anna, [money], learning, row_versions=versions)
    coding.refresh_from_db()
    assert coding.code == learning
    assert whys(anna.study) == ["merged"]
    coding_confirm(anna, coding, row_version=coding.row_version)
    assert whys(anna.study) == []
    assert [step.action for step in code_history(money)] == ["code_add", "code_merge"]


def test_merging_leaves_what_a_closed_round_agreed_on(anna, bram, learning, money, version):
    blind = round_open(
        anna.study, label="Een", kind="blind", sources=[version.source], coders=[anna, bram],
        person=None, origin="test",
    )  # fmt: skip
    kept = coding_add(anna, version.pk, money, place=(0, 7), in_round=blind)
    round_close(blind, person=None, origin="test")
    moved = coding_add(anna, version.pk, money, place=(0, 7))
    code_merge(anna, [money], learning, row_versions={learning.pk: 1, money.pk: 1})
    assert Coding.objects.get(pk=kept.pk).code == money
    assert Coding.objects.get(pk=moved.pk).code == learning
    assert [one.coding.pk for one in recode_list(anna.study)] == [moved.pk]


def test_equal_names_stand_under_two_parents_and_not_under_one(anna, learning, money):
    for parent in (learning, money):
        code_add(anna, CodeFacts(name="Wachttijd"), parent=parent)
    again = CodeFacts(name="Wachttijd ")
    assert refusal_code(lambda: code_add(anna, again, parent=money)) == "code_name_taken"
    assert refusal_code(lambda: code_add(anna, CodeFacts(name="Geld"))) == "code_name_taken"


def test_a_code_does_not_stand_under_itself_nor_end_above_others(anna, learning):
    below = code_add(anna, CodeFacts(name="Onder"), parent=learning)
    deeper = code_add(anna, CodeFacts(name="Dieper"), parent=below)

    def move():
        code_move(anna, learning, parent=deeper, position=0, row_version=1)

    assert refusal_code(move) == "code_under_itself"
    assert refusal_code(lambda: code_retire(anna, below, row_version=1)) == "code_has_children"
    assert Code.objects.get(pk=learning.pk).parent is None


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (CodeFacts(name=" \n "), "code_name_missing"),
        (CodeFacts(name="x" * 201), "code_name_long"),
        (CodeFacts(name="x", colour="red"), "code_colour"),
    ],
)
def test_a_code_needs_a_name_of_some_length_and_a_colour_in_digits(anna, facts, code):
    assert refusal_code(lambda: code_add(anna, facts)) == code


def test_a_part_of_the_list_is_that_part_of_the_whole_list(anna, learning, money, version):
    for number in range(4):
        coding_add(anna, version.pk, learning, place=(number, number + 5))
    coding_add(anna, version.pk, money, place=(2, 9))
    code_change(anna, learning, CodeFacts(name="Leren", definition="Anders."), row_version=1)
    found = recode_list(anna.study)
    whole = [(one.coding.pk, one.why) for one in found]
    assert len(found) == len(whole) == 4
    assert [(one.coding.pk, one.why) for one in found[1:3]] == whole[1:3]
    assert found[3].coding.pk == whole[3][0]
