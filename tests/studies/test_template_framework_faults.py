"""Does a framework that contradicts itself say so, over all its files?"""

from pathlib import Path

import pytest

from rodedraad.studies.template import Framework, TemplateRefusal, framework_load

CORE = """\
version: "1.0"
note: {nl: Let op., en: Mind.}
introduction: {nl: Denk aan uw gemeente., en: Think of your municipality.}
roles:
  - {code: D, name: {nl: Directeur, en: Director}}
  - {code: U, name: {nl: Uitvoerder, en: Worker}}
blocks:
  - {code: F, name: {nl: Factoren, en: Factors}}
"""
FACTORS = """\
constructs:
  - code: F1
    block: F
    kind: factor
    name: {nl: Leren, en: Learning}
    definition: {nl: Men leert., en: People learn.}
    evidence: [answer]
    value_rule: item_mean
    items:
      - {id: F1.1, nl: Wij leren., en: We learn., roles: [D, U]}
      - {id: F1.2, nl: Niemand leert., en: Nobody learns., roles: [U], reversed: true}
"""


def load(folder: Path, *, core: str = CORE, factors: str = FACTORS, more: str = "") -> Framework:
    """Write a framework of two or three files and load it."""
    (folder / "core.yaml").write_text(core, encoding="utf-8")
    (folder / "factors.yaml").write_text(factors, encoding="utf-8")
    if more:
        (folder / "more.yaml").write_text(more, encoding="utf-8")
    return framework_load(folder)


def test_files_together_make_one_framework(tmp_path: Path) -> None:
    made = load(tmp_path)
    assert [item.id for item in made.items] == ["F1.1", "F1.2"]
    assert made.items[1].reversed


@pytest.mark.parametrize(
    ("old", "new", "line", "field", "problem"),
    [
        ("[D, U]", "[D, W]", 10, "constructs[1].items[1].roles[2]", "no role 'W'"),
        ("[D, U]", "[]", 10, "constructs[1].items[1].roles", "list is empty"),
        ("F1.2", "F1.1", 11, "constructs[1].items[2].id", "'F1.1' stands already in"),
        (", en: Nobody learns.", "", 11, "constructs[1].items[2].en", "English text is missing"),
        ("block: F", "block: G", 3, "constructs[1].block", "no block 'G'"),
        ("kind: factor", "kind: facto", 4, "constructs[1].kind", "not one of factor, subgoal"),
        ("item_mean", "presence", 8, "constructs[1].value_rule", "goes with items"),
        ("[answer]", "[passage]", 7, "constructs[1].evidence", "'answer' is not among"),
        ("reversed: true", 'reversed: "R"', 11, "constructs[1].items[2].reversed", "true or false"),
        ("F1.2", "F12", 11, "constructs[1].items[2].id", "not written as it should be"),
        (
            "    evidence",
            "    obstacle: true\n    evidence",
            2,
            "constructs[1].direction",
            "An obstacle must say",
        ),
        (
            "    evidence",
            "    is_scale: false\n    evidence",
            7,
            "constructs[1].is_scale",
            "not one",
        ),
        (
            "    items",
            "    parts: [{key: a, name: {nl: A, en: B}, items: [F1.1]}]\n    items",
            9,
            "constructs[1].parts",
            "Not every item is in a part",
        ),
        (
            "    items",
            "    figures: [{key: a, name: {nl: A, en: B}, unit: {nl: x, en: y}}]\n    items",
            9,
            "constructs[1].figures",
            "go with figures",
        ),
    ],
)
def test_a_fault_of_a_construct_has_its_line_and_field(
    tmp_path: Path, old: str, new: str, line: int, field: str, problem: str
) -> None:
    assert FACTORS.count(old) == 1
    with pytest.raises(TemplateRefusal) as caught:
        load(tmp_path, factors=FACTORS.replace(old, new))
    matching = [f for f in caught.value.faults if (f.line, f.field) == (line, field)]
    assert len(matching) == 1, str(caught.value)
    assert problem in matching[0].problem
    assert matching[0].file == "factors.yaml"


def test_a_code_in_two_files_names_the_place_of_the_first(tmp_path: Path) -> None:
    with pytest.raises(TemplateRefusal) as caught:
        load(tmp_path, more=FACTORS.replace("F1.", "F2."))
    (fault,) = caught.value.faults
    assert (fault.file, fault.line, fault.field) == ("more.yaml", 2, "constructs[1].code")
    assert fault.problem == "The code 'F1' stands already in factors.yaml, line 2."


def test_a_view_on_an_unknown_construct_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TemplateRefusal, match=r"more\.yaml, line 1, .*no construct 'F8'"):
        load(tmp_path, more="views: [{key: v, name: {nl: A, en: B}, constructs: [F8]}]\n")


def test_a_measure_outside_the_cells_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TemplateRefusal, match="no cell of the measures inventory 'Z'"):
        load(tmp_path, more="measures: [{code: Z1, cell: Z, name: {nl: A, en: B}}]\n")


def test_the_version_must_stand_in_exactly_one_file(tmp_path: Path) -> None:
    with pytest.raises(TemplateRefusal, match=r"more\.yaml, line 1, version: .*core\.yaml too"):
        load(tmp_path, more='version: "2.0"\n')
    (tmp_path / "more.yaml").unlink()
    with pytest.raises(TemplateRefusal, match="'version' is missing"):
        load(tmp_path, core=CORE.replace('version: "1.0"\n', ""))


def test_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(TemplateRefusal) as caught:
        load(
            tmp_path,
            core=CORE.replace(", en: Director", ""),
            factors=FACTORS.replace("kind: factor", "kind: 3"),
            more="nonsense: 1\n",
        )
    assert {f.file for f in caught.value.faults} == {"core.yaml", "factors.yaml", "more.yaml"}


def test_a_folder_without_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TemplateRefusal, match="'introduction' is missing"):
        framework_load(tmp_path)
