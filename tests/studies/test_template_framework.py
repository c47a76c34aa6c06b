"""Is the framework complete and right: every construct, item, flag and measure of the design?"""

from collections import Counter

import pytest

from rodedraad.studies.template import framework

CONSTRUCTS = {"F": 7, "X": 2, "G": 5, "N": 8, "B": 7, "M": 6, "T": 5, "K": 6}
ITEMS = {"F": 28, "X": 6, "G": 20, "N": 24, "B": 21, "M": 18, "T": 13}
# fmt: off
REVERSED = {
    "F1.4", "F2.4", "F3.4", "F4.4", "F6.4", "F7.4",
    "X1.3", "X2.3",
    "G1.4", "G2.4", "G3.4", "G4.4", "G5.4",
    "N1.3", "N2.3", "N3.3", "N3.6", "N5.3", "N6.3", "N7.3",
    "B1.3", "B2.3", "B3.3", "B4.3", "B5.3",
    "M1.3", "M2.3", "M3.3", "M4.3", "M5.3", "M6.3",
    "T1.3", "T3.3", "T4.3",
}
# fmt: on


def test_every_block_has_all_its_constructs() -> None:
    assert Counter(c.block for c in framework().constructs) == CONSTRUCTS


def test_every_block_has_all_its_items() -> None:
    counted = Counter(c.block for c in framework().constructs for _ in c.items)
    assert counted == ITEMS


def test_exactly_the_items_of_the_design_are_reversed() -> None:
    assert {item.id for item in framework().items if item.reversed} == REVERSED


def test_every_item_has_both_languages_and_known_roles() -> None:
    roles = {role.code for role in framework().roles}
    assert roles == set("DCUBPRI")
    for item in framework().items:
        assert item.nl != item.en, item.id
        assert item.nl.endswith("."), item.id
        assert item.en.endswith("."), item.id
        assert set(item.roles) <= roles, item.id
        assert len(item.roles) == len(set(item.roles)), item.id


@pytest.mark.parametrize(
    ("item_id", "dutch", "roles", "construct"),
    [
        ("F1.1", "Het is duidelijk langs welke stappen de gemeente", "DCUBP", "F1"),
        ("F7.4", "Na een incident komen er meteen nieuwe regels bij.", "DCUBR", "F7"),
        ("N3.3", "De grenzen schuiven tijdens het werk.", "PUC", "N3a"),
        ("N3.4", "Het team bepaalt zelf hoe het werk wordt gedaan.", "PUC", "N3b"),
        ("B6.3", "Zonder deze partner lukt onze opgave niet.", "DBP", "B6"),
        ("M4.3", "In de regio heeft onze gemeente weinig te zeggen.", "DBR", "M4"),
        ("T2.3", "Lokale partners krijgen de ruimte om zelf te beginnen.", "DBP", "T2"),
    ],
)
def test_an_item_has_the_words_and_roles_of_the_design(
    item_id: str, dutch: str, roles: str, construct: str
) -> None:
    found = {i.id: (c.code, i) for c in framework().constructs for i in c.items}
    code, item = found[item_id]
    assert code == construct
    assert item.nl.startswith(dutch)
    assert "".join(item.roles) == roles


def test_exactly_three_constructs_are_obstacles_and_say_what_high_means() -> None:
    obstacles = [c for c in framework().constructs if c.obstacle]
    assert {c.code for c in obstacles} == {"N5", "N6", "M1"}
    for construct in obstacles:
        assert construct.direction is not None
        assert "Hoog" in construct.direction.nl


def test_only_keeping_what_works_is_descriptive_only() -> None:
    assert [c.code for c in framework().constructs if c.descriptive_only] == ["T5"]


def test_the_attitudes_have_the_names_under_which_the_rules_know_them() -> None:
    named = {c.code: c.rule_name for c in framework().constructs if c.rule_name}
    assert named == {"T1": "necessity", "T2": "small_steps", "T3": "waiting", "T4": "doubt"}


def test_network_conditions_are_no_scale_but_two_parts() -> None:
    conditions = framework().by_code["B7"]
    assert not conditions.is_scale
    assert {part.key: part.items for part in conditions.parts} == {
        "goal_consensus": ("B7.1",),
        "competence_need": ("B7.2", "B7.3"),
    }


def test_all_other_constructs_with_items_are_one_scale() -> None:
    assert [c.code for c in framework().constructs if c.items and not c.is_scale] == ["B7"]


def test_register_constructs_say_how_their_rows_get_a_value() -> None:
    rules = {c.code: c.value_rule for c in framework().constructs if c.block == "K"}
    assert rules["K1"] == "presence"
    assert rules["K2"] == rules["K3"] == rules["K4"] == "percent_rank"
    assert rules["K5"] == rules["K6"] == "computed"


def test_the_measures_inventory_has_five_measures_in_each_of_four_cells() -> None:
    cells = {cell.code: (cell.arena, cell.object) for cell in framework().measure_cells}
    assert cells == {
        "A": ("field", "structure"),
        "B": ("field", "practice"),
        "C": ("municipality", "structure"),
        "D": ("municipality", "practice"),
    }
    codes = [measure.code for measure in framework().measures]
    assert codes == [f"{cell}{number}" for cell in "ABCD" for number in range(1, 6)]
    assert all(measure.cell == measure.code[0] for measure in framework().measures)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("answer_scale", (1, 2, 3, 4, 5, None, None)),
        ("rubric", (0, 1, 2, 3)),
        ("measure_status", (0, 1, 2, 3, 4, None, None)),
        ("ladder", (0, 1, 2, 3, 4, 5, 6)),
        ("scale_levels", (1, 2, 3, 4, 5)),
    ],
)
def test_every_scale_has_its_levels_in_order(name: str, values: tuple[int | None, ...]) -> None:
    assert tuple(option.value for option in getattr(framework(), name)) == values


def test_milestones_follow_the_five_phases() -> None:
    assert [(m.code, m.name.nl) for m in framework().milestones] == [
        ("M1", "Verkennen"),
        ("M2", "Delen"),
        ("M3", "Overeenkomen"),
        ("M4", "Vormgeven"),
        ("M5", "Uitvoeren en vernieuwen"),
    ]


def test_tie_questions_ask_how_often_what_for_and_whether_the_law_asks_it() -> None:
    frequency, content, prescribed = framework().tie_questions
    assert [option.value for option in frequency.options] == [0, 1, 2, 3, 4]
    assert content.multiple
    assert len(content.options) == 5
    assert [option.key for option in prescribed.options] == ["yes", "no", "unknown"]


def test_a_measure_and_a_construct_with_the_same_code_stay_apart_in_the_evidence_table() -> None:
    codes = framework().evidence_codes
    assert len(codes) == len(set(codes)) == 46 + 20 + 5
    assert {"B1", "measure:B1", "M1", "milestone:M1"} <= set(codes)
    assert max(map(len, codes)) <= 20


def test_integrality_is_a_view_on_two_constructs_and_no_construct() -> None:
    (view,) = framework().views
    assert (view.key, view.constructs) == ("integrality", ("G1", "F2"))
