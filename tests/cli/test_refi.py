"""What does ``rodedraad refi check`` tell of a file?"""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from rodedraad.cli.refi import refi_commands
from rodedraad.exchange.refi_qda.codebook_file import codebook_bytes
from rodedraad.exchange.refi_qda.model import Code, Codebook, Coding, Project, TextSource
from rodedraad.exchange.refi_qda.project_write import project_bytes
from rodedraad.exchange.refi_qda.refusals import NotRefi

GUIDS = [f"{number:08x}-0000-4000-8000-000000000000" for number in range(9)]
CODES = (
    Code(guid=GUIDS[0], name="zorg", is_codable=True),
    Code(guid=GUIDS[1], name="geld", is_codable=True),
)
CODINGS = tuple(
    Coding(guid=guid, creating_user=coder, code=GUIDS[0])
    for guid, coder in ((GUIDS[2], GUIDS[4]), (GUIDS[3], GUIDS[5]), (GUIDS[6], None))
)
PROJECT = Project(
    name="p", codes=CODES, sources=(TextSource(guid=GUIDS[7], text="Ja", codings=CODINGS),)
)


def run(path: Path, content: bytes, *options: str) -> str:
    path.write_bytes(content)
    result = CliRunner().invoke(
        refi_commands, ["check", str(path), *options], catch_exceptions=False
    )
    assert result.exit_code == 0
    return result.output


def test_a_project_is_counted(tmp_path: Path):
    told = json.loads(run(tmp_path / "p.qdpx", project_bytes(PROJECT), "--json"))
    counts = {name: told[name] for name in ("codes", "codings", "sources", "coders")}
    assert counts == {"codes": 2, "codings": 3, "sources": 1, "coders": 2}
    assert told["found"] == told["kept"] > 0
    assert (told["reported"], told["reasons"], told["valid"]) == (0, [], True)
    assert {fault["code"] for fault in told["faults"]} == {"pointer-lost"}


def test_a_codebook_is_counted(tmp_path: Path):
    told = json.loads(run(tmp_path / "c.qdc", codebook_bytes(Codebook(codes=CODES)), "--json"))
    assert (told["codes"], told["codings"], told["kept"]) == (2, 0, told["found"])


def test_what_is_not_kept_is_said_with_its_reason(tmp_path: Path):
    content = codebook_bytes(Codebook(codes=CODES)).replace(b'name="zorg"', b'name="zorg" odd="1"')
    output = run(tmp_path / "c.qdc", content)
    assert "not kept: Code@odd, 1 times. The standard does not have this here." in output
    assert "The file is not valid." in output
    told = json.loads(run(tmp_path / "c.qdc", content, "--json"))
    assert told["found"] == told["kept"] + told["reported"]
    assert told["reported"] == sum(reason["count"] for reason in told["reasons"]) == 1


def test_something_else_is_refused(tmp_path: Path):
    with pytest.raises(NotRefi):
        run(tmp_path / "x.qdc", b"<html/>")
