"""How fast is a REFI-QDA project read and written, validated both times?

Run: python benchmarks/refi_qda.py [--codings 20000] [--rounds 3]

The project is SIMULATED: 100 texts of 30,000 characters of made-up words (3M characters), 200
codes in a tree, two coders; a third of the selections carry both coders, and every second
selection quotes its words in its name, as other programs do. Writing includes the check against
the schema and packing; reading includes unpacking, the check, placing every selection and the
account of what was kept. In one process, files on disk, best of the rounds; the processor time
of reading is beside it for a busy machine. No peer is in this run: of those on PyPI, taguette
trades codebooks only, so it cannot read or write a project. The goals leave room
for a database: read 1 s for 20,000 codings; write 3 s for 20,000 and 9 s for 60,000. Exit code 1
when a goal is missed or the project does not come back as it was.
"""

import argparse
import sys
import tempfile
import uuid
from pathlib import Path
from time import perf_counter, process_time

import numpy as np

from rodedraad.exchange.refi_qda.model import (
    Code,
    Coding,
    PlainTextSelection,
    Project,
    TextSource,
    User,
)
from rodedraad.exchange.refi_qda.project_read import project_read
from rodedraad.exchange.refi_qda.project_write import project_write

TEXTS = 100
CHARACTERS = 30_000
CODES = 200
MADE = "2026-01-01T12:00:00+01:00"
READ_GOAL = {20_000: 1.0}
WRITE_GOALS = {20_000: 3.0, 60_000: 9.0}


def simulated(n_codings: int, seed: int = 1) -> Project:
    """A project with exactly this many codings."""
    rng = np.random.default_rng(seed)
    numbers = iter(range(10**9))

    def guid() -> str:
        return str(uuid.UUID(int=next(numbers) + (seed << 64)))

    users = (User(guid=guid(), name="first"), User(guid=guid(), name="second"))
    codes = tuple(Code(guid=guid(), name=f"code {i}", is_codable=True) for i in range(CODES))
    tree = tuple(
        Code(guid=guid(), name=f"group {i}", is_codable=False, codes=codes[i::10])
        for i in range(10)
    )
    left = n_codings
    sources = []
    for number in range(TEXTS):
        lengths = rng.integers(2, 12, CHARACTERS // 4)
        text = " ".join("zorgverlenersoverleg"[: int(n)] for n in lengths)[:CHARACTERS]
        share = left // (TEXTS - number)
        left -= share
        selections = []
        while share:
            both = min(share, 2 if rng.random() < 1 / 3 else 1)
            share -= both
            start = int(rng.integers(0, CHARACTERS - 200))
            end = start + int(rng.integers(5, 200))
            codings = tuple(
                Coding(
                    guid=guid(),
                    creating_user=users[i].guid,
                    created=MADE,
                    code=codes[int(rng.integers(CODES))].guid,
                )
                for i in range(both)
            )
            selections.append(
                PlainTextSelection(
                    guid=guid(),
                    name=text[start:end] if share % 2 else None,
                    start=start,
                    end=end,
                    creating_user=users[0].guid,
                    created=MADE,
                    codings=codings,
                )
            )
        sources.append(
            TextSource(guid=guid(), name=f"text {number}", text=text, selections=tuple(selections))
        )
    return Project(name="simulated", users=users, codes=tree, sources=tuple(sources))


def measured(n_codings: int, rounds: int, folder: Path) -> bool:
    """Print the times for one size; return whether the goals are met."""
    project = simulated(n_codings)
    path = folder / f"{n_codings}.qdpx"
    writes, reads, busy, same = [], [], [], True
    for _ in range(rounds):
        start = perf_counter()
        project_write(project, path)
        writes.append(perf_counter() - start)
        start, at_work = perf_counter(), process_time()
        read = project_read(path)
        reads.append(perf_counter() - start)
        busy.append(process_time() - at_work)
        same &= read.project == project and read.valid and read.reported == 0
    size = path.stat().st_size / 1024**2
    goal_read, goal_write = READ_GOAL.get(n_codings), WRITE_GOALS.get(n_codings)
    print(
        f"{n_codings:>7,} codings, {TEXTS} texts, {TEXTS * CHARACTERS:,} characters, "
        f"{size:.1f} MiB: read {min(reads):.2f} s (goal {goal_read}; "
        f"{min(busy):.2f} s of processor), "
        f"write {min(writes):.2f} s (goal {goal_write}), the same again: {same}"
    )
    slow = (goal_read and min(reads) > goal_read) or (goal_write and min(writes) > goal_write)
    return same and not slow


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--codings", type=int, nargs="+", default=[20_000, 60_000])
    options.add_argument("--rounds", type=int, default=3)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        met = [measured(n, given.rounds, Path(folder)) for n in given.codings]
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
