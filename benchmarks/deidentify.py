"""How long does deduce take to load and to read, and does it still find what was recorded?

Uses the data folder of ``RODEDRAAD_HOME``; a folder of its own shows the very first load too.
"""

import json
import re
import resource
import sys
import time
from pathlib import Path

from rodedraad.deidentification.deduce_names import (
    deduce_is_built,
    deduce_label,
    deduce_warm,
    names_by_deduce,
)
from rodedraad.methods.deidentify import recognise

FOLDER = Path(__file__).parents[1] / "tests" / "reference" / "deidentify"
MARK = re.compile(r"\{\w+:([^{}]*)\}")


def sentences() -> dict[str, str]:
    rows = [
        json.loads(line)
        for name in ("tuning", "held_out", "hard")
        for line in (FOLDER / f"{name}.jsonl").read_text().splitlines()
    ]
    return {row["id"]: MARK.sub(r"\1", row["marked"]) for row in rows}


def seconds(work: object, *given: object) -> float:
    begin = time.process_time()
    work(*given)  # type: ignore[operator]
    return time.process_time() - begin


def main() -> int:
    first = not deduce_is_built()
    loading = seconds(deduce_warm)
    texts = sentences()
    recorded = json.loads((FOLDER / "deduce_names.json").read_text())
    found = {
        key: [[span.start, span.end] for span in names_by_deduce(text)]
        for key, text in texts.items()
    }
    differing = sorted(key for key in texts if found[key] != recorded[key])
    text = "\n".join(texts.values()) * 5
    with_deduce = len(text) / seconds(names_by_deduce, text)
    own = len(text) / seconds(recognise, text)
    print(
        f"{deduce_label()}: {'first' if first else 'warm'} load {loading:.1f} s of processor time"
    )
    print(
        f"deduce {with_deduce:,.0f}, own rules {own:,.0f} characters per second of processor time"
    )
    print(f"memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")
    print(f"{len(texts)} marked sentences; differing from what was recorded: {differing or 'none'}")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
