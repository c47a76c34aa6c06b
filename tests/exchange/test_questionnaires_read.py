"""Does every question of a form come along or stand in the report, and nothing crash?"""

import os
import zipfile
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from rodedraad.exchange.questionnaire.definition import carried_count, elements_all
from rodedraad.exchange.questionnaire.refusals import SurveyFileRefused
from rodedraad.exchange.survey_file import survey_of, survey_read
from rodedraad.exchange.xlsform.writing import xlsform_written

SAMPLES = Path(os.environ.get("RODEDRAAD_SURVEYS", "/nonexistent"))
FILES = sorted(one for kind in ("lss", "xlsform") for one in SAMPLES.glob(f"{kind}/*"))
STRUCTURE = frozenset({"begin", "end"})


def workbook(survey: list[list[object]], choices: list[list[object]] | None = None) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "survey"
    for row in survey:
        sheet.append(row)
    listed = book.create_sheet("choices")
    for row in choices or [["list_name", "name", "label"]]:
        listed.append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


FORM = workbook(
    [
        ["type", "name", "label", "label::English (en)", "relevant", "constraint",
         "constraint_message", "required", "calculation", "choice_filter"],
        ["select_one landen", "land", "Land", "Country", "", "", "", "yes", "", ""],
        ["select_one steden", "stad", "Stad", "", "", "", "", "", "", "land=${land}"],
        ["select_multiple kleuren or_other", "kleur", "Kleuren", "", "", "", "", "", "", ""],
        ["integer", "leeftijd", "Leeftijd", "", "selected(${kleur}, 'rood')",
         ". >= 18 and . <= 99", "Te jong", "", "", ""],
        ["text", "postcode", "Postcode", "", "", "regex(., '^[0-9]{4}$')", "Vier cijfers", "", "",
         ""],
        ["begin repeat", "kind", "Kind", "", "", "", "", "", "", ""],
        ["text", "naam", "Naam van ${land}", "", "", "", "", "", "", ""],
        ["text", "bijnaam", "Bijnaam", "", "${naam} != ''", "", "", "", "", ""],
        ["end repeat", "", "", "", "", "", "", "", "", ""],
        ["calculate", "dubbel", "", "", "", "", "", "", "${leeftijd} * 2", ""],
        ["geopoint", "plek", "Waar", "", "", "", "", "", "", ""],
        ["text", "uitleg", "Uitleg", "", "pulldata('x', 'y', 'z', ${land}) = 1", "", "", "", "",
         ""],
    ],
    [
        ["list_name", "name", "label", "label::English (en)", "land"],
        ["landen", "nl", "Nederland", "Netherlands", ""],
        ["landen", "be", "België", "Belgium", ""],
        ["steden", "utrecht", "Utrecht", "", "nl"],
        ["steden", "gent", "Gent", "", "be"],
        ["steden", "bergen", "Bergen", "", "nl"],
        ["steden", "bergen", "Bergen", "", "be"],
        ["kleuren", "rood", "Rood", "", ""],
        ["kleuren", "blauw", "Blauw", "", ""],
    ],
)  # fmt: skip


def asked(content: bytes) -> dict[str, dict]:
    return {one["name"]: one for one in elements_all(survey_of(content).definition)}


def test_conditions_checks_filters_and_texts_of_an_xlsform_come_along():
    read = survey_of(FORM)
    found = asked(FORM)
    assert found["land"]["title"] == {"default": "Land", "en": "Country"}
    assert found["land"]["isRequired"] is True
    assert found["stad"]["choicesVisibleIf"] == (
        "({item} anyof ['utrecht'] and ({land} = 'nl' or 'nl' = {land})) or "
        "({item} anyof ['gent'] and ('be' = {land})) or "
        "({item} anyof ['bergen'] and ('nl' = {land} or 'be' = {land}))"
    ).replace("{land} = 'nl' or 'nl' = {land}", "'nl' = {land}")
    assert [one["value"] for one in found["stad"]["choices"]] == ["utrecht", "gent", "bergen"]
    assert found["kleur"]["showOtherItem"] is True
    assert found["leeftijd"]["visibleIf"] == "{kleur} contains 'rood'"
    assert (found["leeftijd"]["min"], found["leeftijd"]["max"]) == (18, 99)
    assert found["postcode"]["validators"] == [
        {"type": "regex", "regex": "^[0-9]{4}$", "text": "Vier cijfers"}
    ]
    assert found["bijnaam"]["visibleIf"] == "{panel.naam} notempty"
    assert found["naam"]["title"] == "Naam van {land}"
    assert read.definition["calculatedValues"] == [
        {"name": "dubbel", "expression": "{leeftijd} * 2"}
    ]


def test_what_does_not_come_along_is_named_one_by_one():
    read = survey_of(FORM)
    assert (read.questions, read.carried, read.reported) == (10, 9, 1)
    assert [(one.name, one.reason) for one in read.remarks if one.reason in ("kind", "relevance")] \
        == [("plek", "kind"), ("uitleg", "relevance")]  # fmt: skip
    assert all(one.sentence for one in read.remarks)


@pytest.mark.skipif(not FILES, reason="RODEDRAAD_SURVEYS is not set")
@pytest.mark.parametrize("file", FILES, ids=lambda one: one.name)
def test_every_question_of_a_sample_is_carried_over_or_reported(file):
    read = survey_read(file)
    assert read.questions == read.carried + read.reported
    assert read.carried == carried_count(read.definition)
    names = [one["name"] for one in elements_all(read.definition)]
    assert len(names) == len(set(names))


@pytest.mark.skipif(not FILES, reason="RODEDRAAD_SURVEYS is not set")
@pytest.mark.parametrize(
    "file", [one for one in FILES if one.parent.name == "xlsform"], ids=lambda one: one.name
)
def test_an_xlsform_written_and_read_again_asks_the_same(file):
    first = survey_read(file).definition
    second = survey_of(xlsform_written(first, "form")[0]).definition
    assert list(elements_all(second)) == list(elements_all(first))
    assert second.get("calculatedValues") == first.get("calculatedValues")


def test_our_own_form_written_and_read_again_asks_the_same():
    first = survey_of(FORM).definition
    assert list(elements_all(survey_of(xlsform_written(first, "x")[0]).definition)) == list(
        elements_all(first)
    )


LSS = """<?xml version="1.0" encoding="UTF-8"?><document>
<LimeSurveyDocType>Survey</LimeSurveyDocType><DBVersion>600</DBVersion>
<languages><language>nl</language></languages>
<groups><rows><row><gid>1</gid><group_order>1</group_order></row></rows></groups>
<questions><rows>
<row><qid>1</qid><parent_qid>0</parent_qid><gid>1</gid><type>M</type><title>kl</title>
<question_order>1</question_order></row>
<row><qid>2</qid><parent_qid>0</parent_qid><gid>1</gid><type>N</type><title>jaar</title>
<mandatory>Y</mandatory><question_order>2</question_order>
<relevance>kl_rood.NAOK == "Y" and !is_empty(kl_blauw)</relevance></row>
<row><qid>3</qid><parent_qid>0</parent_qid><gid>1</gid><type>I</type><title>taal</title>
<question_order>3</question_order></row>
</rows></questions>
<subquestions><rows>
<row><qid>11</qid><parent_qid>1</parent_qid><title>rood</title></row>
<row><qid>12</qid><parent_qid>1</parent_qid><title>blauw</title></row>
</rows></subquestions>
<question_l10ns><rows>
<row><qid>1</qid><question><![CDATA[<p>Welke <b>kleuren</b>?<script>x()</script></p>]]></question>
<language>nl</language></row>
</rows></question_l10ns></document>"""


def test_a_limesurvey_structure_comes_along_with_its_conditions():
    found = asked(LSS.encode())
    read = survey_of(LSS.encode())
    assert (read.questions, read.carried, read.reported) == (3, 2, 1)
    assert found["kl"]["title"] == "Welke kleuren?"
    assert found["jaar"]["visibleIf"] == "{kl} contains 'rood' and !(!({kl} contains 'blauw'))"
    assert found["jaar"]["isRequired"] is True


def bomb() -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 200_000_000)
    return file.getvalue()


def formula(text: str) -> bytes:
    return workbook([["type", "name", "label"], ["text", "a", text]])


ENTITY = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]><document/>'
HOSTILE = {
    "a bomb": (bomb(), "survey_file_large"),
    "entities": (ENTITY, "survey_file_unsafe"),
    "a formula that reaches outside": (formula("=cmd|' /C calc'!A0"), "survey_file_unsafe"),
    "a hundred megabytes": (b"<" + b" " * 100_000_000, "survey_file_large"),
    "half a workbook": (FORM[:900], "survey_file_unreadable"),
    "half an xml": (LSS.encode()[:700], "survey_file_unreadable"),
    "something else": (b"%PDF-1.7", "survey_file_unknown"),
    "other xml": (b"<html/>", "survey_file_unknown"),
    "broken json": (b'{"pages": [', "survey_file_unreadable"),
    "an old workbook cut off": (b"\xd0\xcf\x11\xe0" + b"x" * 600, "survey_file_unreadable"),
    "nothing": (b"", "survey_file_unknown"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused(name):
    content, code = HOSTILE[name]
    with pytest.raises(SurveyFileRefused) as refused:
        survey_of(content)
    assert refused.value.code == code


def test_a_text_that_looks_like_a_formula_stays_text_in_an_exported_form():
    definition = {"pages": [{"name": "p", "elements": [
        {"type": "text", "name": "a", "title": "=1+1"}]}]}  # fmt: skip
    content, _told = xlsform_written(definition, "x")
    sheet = openpyxl.load_workbook(BytesIO(content))["survey"]
    assert [cell.data_type for row in sheet.iter_rows() for cell in row if cell.value == "=1+1"] \
        == ["s"]  # fmt: skip
