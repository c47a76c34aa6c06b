"""Does every room import only from rooms to its left, and does the check notice when not?"""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

from .repository import ROOT

LINT = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]


def test_rooms_import_only_from_rooms_to_their_left():
    result = subprocess.run(LINT, cwd=ROOT, check=False, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout


def test_an_import_to_the_right_and_a_room_in_no_layer_are_noticed(tmp_path):
    settings = (ROOT / "pyproject.toml").read_text()
    layers = tomllib.loads(settings)["tool"]["importlinter"]["contracts"][0]["layers"]
    rooms = {room for layer in layers for room in layer.split(" | ")}
    package = tmp_path / "rodedraad"
    for room in ["", "lounge", *rooms]:
        (package / room).mkdir(parents=True, exist_ok=True)
        (package / room / "__init__.py").write_text("")
    (package / "country" / "__init__.py").write_text("import rodedraad.web\n")
    (package / "methods" / "__init__.py").write_text("import django\nimport random\n")
    (tmp_path / "pyproject.toml").write_text(settings)
    told = subprocess.run(
        LINT,
        check=False,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
    ).stdout
    assert "rodedraad.lounge" in told
    assert "rodedraad.country is not allowed to import rodedraad.web" in told
    assert "rodedraad.methods is not allowed to import django" in told
    assert "rodedraad.methods is not allowed to import random" in told
