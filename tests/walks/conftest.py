"""The first study, done once by the real command in a process and a data folder of its own."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Demo:
    """What the command left: its files, its words, and how to run it again."""

    out: Path
    home: Path
    said: str

    def again(self) -> str:
        """Run the same command once more and return what it says."""
        return rodedraad(self.home, "demo", "--out", str(self.out))


def rodedraad(home: Path, *arguments: str) -> str:
    """Run the command ``rodedraad`` as a person would and return what it prints."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    done = subprocess.run(
        [sys.executable, "-c", "from rodedraad.cli import main; main()", *arguments],
        env=environment | {"RODEDRAAD_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def demo() -> Iterator[Demo]:
    """Do the first study once for all walks."""
    folder = Path(tempfile.mkdtemp(prefix="rd-walk-"))
    home, out = folder / "home", folder / "out"
    yield Demo(out, home, rodedraad(home, "demo", "--out", str(out)))
    shutil.rmtree(folder, ignore_errors=True)
