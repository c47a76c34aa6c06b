"""How long do 100,000 responses of 200 variables take to .sav, .csv and .parquet, in what memory?

Limits: 60 s and 500 MB together. The writing runs in a process apart, whose highest resident
memory is taken from the system. ``python benchmarks/survey_files.py [responses] [variables]``
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import polars as pl

from rodedraad.exchange.survey_data.variables import DataFile, Variable, missing_code
from rodedraad.exchange.survey_data.writing import csv_write, parquet_write, sav_write

SECONDS_AT_MOST, MEGABYTES_AT_MOST = 60, 500
REASONS = ("dont_know", "not_applicable", "unanswered", "not_asked")
CODES = tuple((missing_code(one, "code"), one) for one in REASONS)
OPEN_ANSWERS = 5


def made(responses: int, variables: int) -> tuple[DataFile, pl.DataFrame]:
    rng = np.random.default_rng(20260301)
    values = np.array([1, 2, 3, 4, 5, *(code for code, _ in CODES)], dtype=np.int32)
    listed: list[Variable] = []
    columns: dict[str, pl.Series] = {}
    for number in range(variables - OPEN_ANSWERS):
        name = f"F{number}.1"
        scale = tuple((n, f"antwoord {n}") for n in range(1, 6))
        listed.append(Variable(name, f"Stelling {number} " * 8, "code", "ordinal", scale, CODES))
        columns[name] = pl.Series(name, values[rng.integers(0, len(values), responses)])
    for number in range(OPEN_ANSWERS):
        name = f"open{number}"
        listed.append(Variable(name, "Toelichting", "text", "nominal"))
        numbers = pl.Series("n", np.arange(responses))
        columns[name] = ("Één toelichting — nummer " + numbers.cast(pl.String)).alias(name)
    file = DataFile("Proef", "1", ("Gesimuleerd",), tuple(listed), responses)
    return file, pl.DataFrame(columns)


def written(responses: int, variables: int, folder: Path) -> dict[str, float]:
    file, frame = made(responses, variables)
    took: dict[str, float] = {}
    writers = {
        "sav": lambda path: sav_write(file, frame, path),
        "csv": lambda path: csv_write(file, frame, path, labels=True),
        "parquet": lambda path: parquet_write(file, frame, path),
    }
    for ending, write in writers.items():
        since = time.perf_counter()
        write(folder / f"a.{ending}")
        took[ending] = time.perf_counter() - since
        took[f"{ending} MB"] = (folder / f"a.{ending}").stat().st_size / 1e6
    took["memory MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return took


def main() -> None:
    given = [int(one) for one in sys.argv[1:] if one.isdigit()]
    responses, variables = [*given, 100_000, 200][:2] if len(given) == 2 else (100_000, 200)
    with tempfile.TemporaryDirectory() as folder:
        if "--write" in sys.argv:
            print(json.dumps(written(responses, variables, Path(folder))))
            return
        told = subprocess.run(
            [sys.executable, __file__, str(responses), str(variables), "--write"],
            check=True, capture_output=True, text=True,
        ).stdout  # fmt: skip
    took = json.loads(told)
    seconds = took["sav"] + took["csv"] + took["parquet"]
    print(f"{responses} responses x {variables} variables")
    for name in ("sav", "csv", "parquet"):
        print(f"  .{name:<8} {took[name]:6.1f} s  {took[f'{name} MB']:7.1f} MB")
    print(f"  together {seconds:6.1f} s (at most {SECONDS_AT_MOST}), highest memory "
          f"{took['memory MB']:.0f} MB (at most {MEGABYTES_AT_MOST})")  # fmt: skip
    if seconds > SECONDS_AT_MOST or took["memory MB"] > MEGABYTES_AT_MOST:
        sys.exit("over the limit")


if __name__ == "__main__":
    main()
