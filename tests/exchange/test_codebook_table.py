"""Does a codebook travel as a table, and read well as text?"""

import csv
from dataclasses import replace
from io import StringIO

import pytest
from hypothesis import HealthCheck, given, settings

from rodedraad.exchange.refi_qda.codebook_file import codebook_read
from rodedraad.exchange.refi_qda.codebook_table import (
    codebook_csv,
    codebook_from_csv,
    codebook_markdown,
)
from rodedraad.exchange.refi_qda.model import Code, Codebook, Set
from rodedraad.exchange.refi_qda.refusals import TableRefused
from rodedraad.exchange.refi_qda.walk import codes_all

from .made import CODEBOOKS, guid

QDC = "urn:QDA-XML:codebook:1.0"


def codebook_xml(inside: str, space: str = QDC) -> bytes:
    return f'<CodeBook xmlns="{space}" origin="made">{inside}</CodeBook>'.encode()


ONE = f'<Codes><Code guid="{guid(1)}" name="zorg" isCodable="true"/></Codes>'


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(CODEBOOKS)
def test_any_tree_of_codes_comes_back_from_its_table(codebook):
    codes = list(codes_all(codebook.codes))
    table, losses = codebook_csv(codebook)
    assert sum(loss.count for loss in losses) == len(codebook.sets)
    if len({code.guid for code in codes}) < len(codes) or not all(c.name.strip() for c in codes):
        with pytest.raises(TableRefused, match=r"is there twice|name is blank"):
            codebook_from_csv(table.encode())
        return
    back, left = codebook_from_csv(table.encode())
    assert back.codes == tuple(map(without_empty_description, codebook.codes))
    assert left == ()


def without_empty_description(code: Code) -> Code:
    below = tuple(map(without_empty_description, code.codes))
    return replace(code, description=code.description or None, codes=below)


def test_no_cell_is_a_formula_to_a_spreadsheet():
    names = ("=1+1", "@x", "-x", "'s avonds", "'=1", "''")
    codes = tuple(
        Code(guid=guid(i), name=name, is_codable=True, description=name)
        for i, name in enumerate(names)
    )
    table, _ = codebook_csv(Codebook(codes=codes))
    cells = [cell for row in csv.reader(StringIO(table)) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "@", "-"))]
    assert "'s avonds" in cells
    assert codebook_from_csv(table.encode())[0].codes == codes


def test_a_table_made_by_hand_needs_only_names_and_gives_the_same_codes_each_time():
    table = "Level;Name;Note\n1;zorg;\n2;wachttijd;x\n1;geld;\n2;wachttijd;\n2;wachttijd;\n"
    codebook, losses = codebook_from_csv(table.encode("cp1252"))
    assert [(c.name, [d.name for d in c.codes]) for c in codebook.codes] == [
        ("zorg", ["wachttijd"]),
        ("geld", ["wachttijd", "wachttijd"]),
    ]
    assert len({code.guid for code in codes_all(codebook.codes)}) == 5
    assert codebook_from_csv(table.encode())[0] == codebook
    assert [(loss.item, loss.count) for loss in losses] == [("column 'note'", 5)]


def test_all_wrong_rows_are_named_at_once():
    table = (
        "level,name,color,codable,guid\n"
        "2,a,,,\n1,,,,\n1,b,red,,\n1,c,,perhaps,\n1,d,,,nope\n1,e,,,\n3,f,,,\n"
    )
    with pytest.raises(TableRefused) as refused:
        codebook_from_csv(table.encode())
    rows = [fault.partition(":")[0] for fault in refused.value.context["faults"]]
    assert rows == [f"row {number}" for number in (2, 3, 4, 5, 6, 8)]


@pytest.mark.parametrize("table", [b"", b"level,guid\n1,\n", b"name\n", b"name\n \n"])
def test_a_table_without_names_or_codes_is_refused(table):
    with pytest.raises(TableRefused):
        codebook_from_csv(table)


def test_markdown_shows_the_tree_and_keeps_every_character_plain():
    inner = Code(
        guid=guid(2), name="*wacht* <b>", is_codable=True, description="Een.\n\n# Twee\n\n1. drie"
    )
    outer = Code(guid=guid(1), name="zorg", is_codable=False, codes=(inner,))
    sets = (Set(guid=guid(3), name="thema", codes=(guid(2), guid(9))),)
    shown = codebook_markdown(
        Codebook(codes=(outer,), sets=sets), title="Codeboek", sets_title="Groepen"
    )
    assert shown == (
        "# Codeboek\n\n## *zorg*\n\n### \\*wacht\\* \\<b\\>\n\nEen.\n\n\\# Twee\n\n1\\. drie\n\n"
        f"## Groepen\n\n- **thema**: \\*wacht\\* \\<b\\>, {guid(9)}\n"
    )


def test_a_codebook_with_empty_sets_is_read_and_said_to_be_invalid():
    read = codebook_read(codebook_xml(ONE + "<Sets/>"))
    assert [code.name for code in read.codebook.codes] == ["zorg"]
    assert (read.found, read.kept, read.reported) == (8, 8, 0)
    assert not read.valid
    assert "Sets" in read.faults[0].message


def test_sets_of_a_codebook_name_their_codes_as_a_codebook_does():
    inside = f'<Sets><Set guid="{guid(2)}" name="s"><MemberCode guid="{guid(1)}"/></Set></Sets>'
    read = codebook_read(codebook_xml(ONE + inside))
    assert read.valid
    assert read.codebook.sets[0].codes == (guid(1),)


def test_a_codebook_of_an_older_namespace_is_read():
    for space in ("urn:QDA-XML:codebook:0:4", ""):
        read = codebook_read(codebook_xml(ONE, space))
        assert [code.name for code in read.codebook.codes] == ["zorg"]
        assert [fault.code for fault in read.faults] == ["other-namespace"]


def test_a_note_in_a_codebook_is_reported_as_having_no_place_there():
    inside = ONE.replace("/></Codes>", f'><NoteRef targetGUID="{guid(3)}"/></Code></Codes>')
    read = codebook_read(codebook_xml(inside))
    assert [(loss.reason, loss.count) for loss in read.losses] == [("not-in-codebook-format", 2)]
