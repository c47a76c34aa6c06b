"""How does a file become text, without a hostile file harming anyone?"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import rodedraad
from rodedraad.sources.extraction.forms import MEDIA_TYPES, PLAIN, form_of
from rodedraad.sources.extraction.limits import LIMITS, MIB
from rodedraad.sources.extraction.model import Extracted, ExtractionRefused, Options, Passage
from rodedraad.sources.extraction.packed import damaged_refusal
from rodedraad.sources.extraction.plain_text import plain_read

CHILD = "rodedraad.sources.extraction.child"
PLAIN_EXTRACTOR = f"rodedraad {rodedraad.__version__}"
CODE_FOLDER = str(Path(rodedraad.__file__).parent.parent)


def extract(content: bytes, file_name: str, options: Options | None = None) -> Extracted:
    """Return the text of a file, its paragraphs and what was left out.

    The same bytes and name give the same outcome with the same version of the library. Text files
    are read here; every form that needs a library is read in a process apart, which has bounds on
    memory and time, none of our settings, and cannot write a file.

    Raises
    ------
    ExtractionRefused
        When the file is empty, too large, locked, damaged, hostile, not what its name says, or
        holds no text. The sentence says how to mend it.
    """
    if len(content) > LIMITS.file_bytes:
        raise too_large_refusal(len(content))
    form = form_of(content, file_name)
    if form in PLAIN:
        text, passages, notices = plain_read(content, form)
        extractor = PLAIN_EXTRACTOR
    else:
        told = _read_apart(content, form, options or Options())
        text, notices, extractor = told["text"], told["notices"], told["extractor"]
        passages = [Passage(*values) for values in told["passages"]]
    if not passages:
        raise ExtractionRefused(
            "There is no text in the file. Open it to see what is in it, and save it as text, DOCX "
            "or PDF.",
            code="file_without_text",
            pages=0,
        )
    return Extracted(text, tuple(passages), form, MEDIA_TYPES[form], extractor[:60], tuple(notices))


def too_large_refusal(size: int) -> ExtractionRefused:
    """Return the refusal of a file of this many bytes."""
    return ExtractionRefused(
        f"The file has {size // MIB} MB; {LIMITS.file_bytes // MIB} MB is the most. Split it, or "
        "leave its pictures out.",
        code="file_too_large",
        most=LIMITS.file_bytes // MIB,
    )


def _read_apart(content: bytes, form: str, options: Options) -> dict[str, Any]:
    chosen = (options.answers, options.respondent, "tables" if options.tables else "")
    command = [sys.executable, "-B", "-m", CHILD, form, *chosen]
    environment = {"PYTHONPATH": CODE_FOLDER, "PATH": os.defpath, "OPENBLAS_NUM_THREADS": "1"}
    try:
        done = subprocess.run(
            command,
            input=content,
            capture_output=True,
            timeout=2 * LIMITS.seconds,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired as fault:
        raise _heavy_refusal() from fault
    if done.returncode < 0:
        raise _heavy_refusal()
    if done.returncode:
        raise damaged_refusal()
    told: dict[str, Any] = json.loads(done.stdout)
    if told.get("heavy"):
        raise _heavy_refusal()
    if "refused" in told:
        raise ExtractionRefused(told["refused"], code=told["code"], **told["context"])
    return told


def _heavy_refusal() -> ExtractionRefused:
    return ExtractionRefused(
        f"Reading the file took more than {LIMITS.seconds} seconds or {LIMITS.memory_bytes // MIB} "
        "MB of memory. Open it in the program it came from and save it again, or split it.",
        code="file_too_heavy",
        seconds=LIMITS.seconds,
    )
