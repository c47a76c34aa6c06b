"""Is a group of municipalities called the same on every page and in the report?"""

from rodedraad.assessment.group_letters import group_letters


def test_the_largest_group_is_a_and_equal_sizes_keep_their_order() -> None:
    assert group_letters({"sizes": [3, 9, 3, 5]}) == {1: "A", 3: "B", 0: "C", 2: "D"}


def test_after_z_comes_aa() -> None:
    letters = group_letters({"sizes": list(range(60, 0, -1))})
    assert [letters[at] for at in (0, 25, 26, 27, 52)] == ["A", "Z", "AA", "AB", "BA"]
    assert len(set(letters.values())) == 60
