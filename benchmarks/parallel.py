"""How much faster is heavy work on two Dask workers than on one, with the same numbers?

Run: python benchmarks/parallel.py [--draws 2000] [--cases 342] [--runs 3] [--goal 1.7]

The data are SIMULATED: two columns that rise together. The work is the bootstrap of Kendall's
tau-b (``rodedraad.methods.relations``) in chunks of 50 draws. Each place does it once unmeasured
(a cluster starts then), and then in turn with the other places ``--runs`` times; told is the best
wall time. Exit code 1 when a number differs between places or two workers miss the goal. On a
machine where other programs work at the same time the ratio is lower.
"""

import argparse
import os
import sys
from collections.abc import Callable
from time import perf_counter

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from rodedraad.methods.relations import association
from rodedraad.parallel import Chunk, map_chunks

Floats = npt.NDArray[np.float64]
SETTING = "RODEDRAAD_DASK"
CHUNK_SIZE = 50
ONE, TWO = "Dask, 1 worker", "Dask, 2 workers"


def taus_drawn(chunk: Chunk, x: Floats, y: Floats) -> Floats:
    """Draw cases with replacement and return tau-b of each draw."""
    rng = chunk.rng()
    drawn = (rng.integers(0, x.size, x.size) for _ in range(chunk.size))
    with threadpool_limits(1):
        return np.array([association(x[rows], y[rows], "kendall") for rows in drawn])


def bootstrap(columns: tuple[Floats, Floats], draws: int, threads: int | None) -> Floats:
    parts = map_chunks(taus_drawn, draws, *columns, chunk_size=CHUNK_SIZE, seed=20, threads=threads)
    return np.concatenate(parts)


def measured(
    places: dict[str, tuple[str, int | None]], work: Callable[[int | None], Floats], runs: int
) -> tuple[dict[str, float], dict[str, Floats]]:
    """Return the best wall time and the numbers of each place; the first run is not counted."""
    best = dict.fromkeys(places, float("inf"))
    numbers: dict[str, Floats] = {}
    for run in range(runs + 1):
        for name, (setting, threads) in places.items():
            os.environ[SETTING] = setting
            started = perf_counter()
            numbers[name] = work(threads)
            if run:
                best[name] = min(best[name], perf_counter() - started)
    return best, numbers


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--draws", type=int, default=2000)
    options.add_argument("--cases", type=int, default=342)
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--goal", type=float, default=1.7)
    asked = options.parse_args()

    rng = np.random.default_rng(1)
    x = rng.normal(size=asked.cases)
    columns = (x, x + rng.normal(size=asked.cases))
    places = {
        "1 thread": ("", 1),
        "2 threads": ("", 2),
        ONE: ("local:1", None),
        TWO: ("local:2", None),
    }
    seconds, numbers = measured(
        places, lambda threads: bootstrap(columns, asked.draws, threads), asked.runs
    )

    first = next(iter(numbers.values()))
    same = all((each == first).all() for each in numbers.values())
    ratio = seconds[ONE] / seconds[TWO]
    print(f"bootstrap of tau-b, {asked.draws} draws of {asked.cases} SIMULATED cases")
    for name, best in seconds.items():
        print(f"  {name:16} {best:7.2f} s   {seconds['1 thread'] / best:.2f} times 1 thread")
    print(f"same numbers everywhere: {'yes' if same else 'NO'}")
    print(f"2 Dask workers against 1: {ratio:.2f} times as fast (goal {asked.goal})")
    print(f"other work on this machine: load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    return 0 if same and ratio >= asked.goal else 1


if __name__ == "__main__":
    sys.exit(main())
