"""Does every file say who holds its copyright and under which licence it comes?"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from .repository import ROOT

REUSE = [str(Path(sys.executable).with_name("reuse")), "--root", str(ROOT)]


def test_every_file_has_a_licence_and_every_licence_has_its_text():
    result = subprocess.run([*REUSE, "lint"], check=False, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("name", "licence"),
    [
        ("src/rodedraad/errors.py", "EUPL-1.2"),
        ("Makefile", "EUPL-1.2"),
        ("docs/README.md", "CC-BY-4.0"),
        ("README.md", "CC-BY-4.0"),
        ("src/rodedraad/templates/framework/core.yaml", "CC0-1.0"),
        ("requirements.lock", "CC0-1.0"),
    ],
)
def test_code_documentation_and_examples_each_have_their_licence(name, licence):
    result = subprocess.run(
        [*REUSE, "lint", "--json"], check=False, capture_output=True, text=True, cwd=ROOT
    )
    files = {file["path"]: file for file in json.loads(result.stdout)["files"]}
    assert {spdx["value"] for spdx in files[name]["spdx_expressions"]} == {licence}
