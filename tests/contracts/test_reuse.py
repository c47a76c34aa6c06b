"""Does every file say who holds its copyright and under which licence it comes?"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from .repository import ROOT


@pytest.fixture(scope="module")
def lint() -> dict[str, Any]:
    reuse = Path(sys.executable).with_name("reuse")
    result = subprocess.run(
        [reuse, "--root", ROOT, "lint", "--json"], check=False, capture_output=True, text=True
    )
    return json.loads(result.stdout)


def test_every_file_has_a_licence_and_every_licence_has_its_text(lint):
    faults = {name: found for name, found in lint["non_compliant"].items() if found}
    assert faults == {}
    assert lint["summary"]["compliant"] is True


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
def test_code_documentation_and_examples_each_have_their_licence(lint, name, licence):
    files = {file["path"]: file for file in lint["files"]}
    assert {spdx["value"] for spdx in files[name]["spdx_expressions"]} == {licence}
