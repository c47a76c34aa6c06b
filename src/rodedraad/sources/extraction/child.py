"""What runs in the process apart in which a stranger's file is read?

Run as ``python -m rodedraad.sources.extraction.child FORM ANSWERS RESPONDENT TABLES``: the
file comes in on standard input, JSON goes out. Before anything of the file is looked at, memory and
time are bounded and no file can be written any more.
"""

import json
import resource
import sys
from dataclasses import asdict

from rodedraad.sources.extraction.limits import LIMITS
from rodedraad.sources.extraction.model import ExtractionRefused, Options
from rodedraad.sources.extraction.reading import extractor_of, file_read

OPEN_FILES = 64


def main() -> None:
    """Read the file on standard input and write what came of it."""
    form, answers, respondent, tables = sys.argv[1:5]
    resource.setrlimit(resource.RLIMIT_AS, (LIMITS.memory_bytes, LIMITS.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (LIMITS.seconds, LIMITS.seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    try:
        text, passages, notices = file_read(
            sys.stdin.buffer.read(), form, Options(answers, respondent, bool(tables))
        )
        told: dict[str, object] = {
            "text": text,
            "passages": [list(asdict(passage).values()) for passage in passages],
            "notices": notices,
            "extractor": extractor_of(form),
        }
    except ExtractionRefused as refusal:
        told = {"refused": refusal.message, "code": refusal.code, "context": dict(refusal.context)}
    except (MemoryError, RecursionError):
        told = {"heavy": True}
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
