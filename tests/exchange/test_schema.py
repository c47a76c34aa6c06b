"""Is our schema that of the standard?

The published schemas are not in the repository. ``RODEDRAAD_REFI`` names a folder that holds them
(``xsd/``) and the sample files; without it, what the standard says is tested by hand-made files.
"""

import os
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from rodedraad.exchange.refi_qda.project_read import project_read
from rodedraad.exchange.refi_qda.schema import schema_faults
from rodedraad.exchange.refi_qda.shape import Dialect, Kind
from rodedraad.exchange.refi_qda.tree_write import TreeWriter
from rodedraad.exchange.refi_qda.values import value_read

from .made import ANNA, CODEBOOKS, PROJECTS, guid, qde, selection, text_source
from .mutants import VALUES, mutant

REFI = os.environ.get("RODEDRAAD_REFI")
NEEDS_REFI = pytest.mark.skipif(not REFI, reason="RODEDRAAD_REFI does not name the samples")
SOME = settings(
    max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
MUTANTS = 40


def valid(xml: str) -> bool:
    return not schema_faults(etree.fromstring(xml.encode()), Dialect.PROJECT)


@pytest.mark.parametrize(
    ("inside", "source", "allowed"),
    [
        ("", "", True),
        ("<Sets/>", "", False),
        ("<Notes/>", "", False),
        ("<Description>x</Description>", "", True),
        (f'<Description/><NoteRef targetGUID="{ANNA}"/>', "", True),
        (f'<NoteRef targetGUID="{ANNA}"/><Description/>', "", False),
        (f'<Links><Link guid="{ANNA}" direction="OneWay"/></Links>', "", True),
        (f'<Links><Link guid="{ANNA}" direction="Both"/></Links>', "", False),
        (f'<Sets><Set guid="{{{ANNA}}}" name="x"/></Sets>', "", True),
        (f'<Sets><Set guid="{ANNA}"/></Sets>', "", False),
        ("", text_source(selection(0, 2), path=""), True),
        ("", text_source(selection(0, 2) + "<Description/>", path=""), False),
        ("", text_source("", path="").replace(f'guid="{guid(16)}"', 'guid="1"'), False),
        ("", text_source("<PlainTextContent/><PlainTextContent/>", path=""), False),
        ("", f'<PDFSource guid="{ANNA}" currentPath="x"/>', True),
        ("", f'<PDFSource guid="{ANNA}" plainTextPath="x"/>', False),
    ],
)
def test_what_the_standard_says_is_what_is_allowed(inside, source, allowed):
    assert valid(qde(inside, sources=source)) is allowed


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("characters", VALUES)
def test_a_value_that_is_kept_is_one_that_may_be_written(kind, characters):
    name = {
        Kind.GUID: f'<Edge guid="{ANNA}" sourceVertex="{characters}" targetVertex="{ANNA}"/>',
        Kind.COLOUR: f'<Edge guid="{ANNA}" sourceVertex="{ANNA}" targetVertex="{ANNA}" '
        f'color="{characters}"/>',
        Kind.DIRECTION: f'<Edge guid="{ANNA}" sourceVertex="{ANNA}" targetVertex="{ANNA}" '
        f'direction="{characters}"/>',
        Kind.LINE_STYLE: f'<Edge guid="{ANNA}" sourceVertex="{ANNA}" targetVertex="{ANNA}" '
        f'lineStyle="{characters}"/>',
        Kind.SHAPE: f'<Vertex guid="{ANNA}" firstX="1" firstY="1" shape="{characters}"/>',
    }
    variable = {
        Kind.STRING: "TextValue",
        Kind.BOOLEAN: "BooleanValue",
        Kind.INTEGER: "IntegerValue",
        Kind.DECIMAL: "FloatValue",
        Kind.DATE: "DateValue",
        Kind.DATETIME: "DateTimeValue",
    }
    if kind in name:
        xml = qde(f'<Graphs><Graph guid="{ANNA}">{name[kind]}</Graph></Graphs>')
    elif kind in variable:
        value = f"<{variable[kind]}>{characters}</{variable[kind]}>"
        ref = f'<VariableRef targetGUID="{ANNA}"/>'
        xml = qde("", sources=text_source(f"<VariableValue>{ref}{value}</VariableValue>", path=""))
    else:
        xml = qde("").replace(
            "</CodeBook>",
            f'</CodeBook><Variables><Variable guid="{ANNA}" name="" '
            f'typeOfVariable="{characters}"/></Variables>',
        )
    assert valid(xml) is (value_read(kind, characters) is not None)


@NEEDS_REFI
@SOME
@given(PROJECTS)
def test_our_schema_agrees_with_the_published_one_on_projects(project):
    root = TreeWriter(Dialect.PROJECT, lambda thing, _: {"text": thing.text}).root(
        "Project", project
    )
    _agree(root, "Project.xsd", Dialect.PROJECT)


@NEEDS_REFI
@SOME
@given(CODEBOOKS)
def test_our_schema_agrees_with_the_published_one_on_codebooks(codebook):
    root = TreeWriter(Dialect.CODEBOOK, lambda *_: {}).root("CodeBook", codebook)
    _agree(root, "Codebook.xsd", Dialect.CODEBOOK)


@NEEDS_REFI
def test_our_schema_agrees_with_the_published_one_on_a_real_project():
    root = etree.parse(str(Path(str(REFI)) / "atlasti8" / "Project.qde")).getroot()
    _agree(root, "Project.xsd", Dialect.PROJECT, mutants=600)


def _agree(root, schema: str, dialect: Dialect, mutants: int = MUTANTS) -> None:
    """The two schemas say the same of a tree and of trees that differ from it in one thing."""
    published = etree.XMLSchema(etree.parse(str(Path(str(REFI)) / "xsd" / schema)))
    assert published.validate(root), published.error_log
    chance = random.Random(1)
    verdicts = set()
    for tree in (root, *(mutant(root, chance) for _ in range(mutants))):
        verdict = published.validate(tree)
        verdicts.add(verdict)
        assert (not schema_faults(tree, dialect)) is verdict, etree.tostring(tree)
    assert verdicts == {True, False}


@NEEDS_REFI
@pytest.mark.parametrize(
    ("name", "words", "coders"),
    [
        ("bom", ["Ja"], 1),
        ("crlf", ["zorg"], 1),
        ("mixed", ["zorg"], 1),
        ("emoji", ["zorg"], 1),
        ("inline", ["Ja"], 1),
        ("two_coders", ["Ja, de gem", "Ja, de gem"], 2),
        ("dup_names", ["Ja, de gem", "nte help"], 1),
    ],
)
def test_each_sample_keeps_its_words_and_coders(name, words, coders):
    read = project_read(Path(str(REFI)) / "synthetic" / f"{name}.qdpx")
    [source] = read.project.sources
    coded = [(one, coding) for one in source.selections for coding in one.codings]
    assert [source.text[one.start : one.end] for one, _ in coded] == words
    assert len({coding.creating_user for _, coding in coded}) == coders
    assert read.valid
