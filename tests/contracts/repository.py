"""Which files are in the repository, and what do they say?"""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@cache
def tracked_files() -> tuple[Path, ...]:
    """Every file under version control that is there, relative to the root."""
    listing = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    names = (Path(name) for name in listing.stdout.split("\0") if name)
    return tuple(name for name in names if (ROOT / name).is_file())


def text_of(name: Path | str) -> str | None:
    """The text of a file, or None when it is not text."""
    content = (ROOT / name).read_bytes()
    return None if b"\0" in content else content.decode("utf-8")
