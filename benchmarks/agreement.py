"""How fast is Krippendorff's alpha, with and without bootstrap, beside the package krippendorff?

Run: python benchmarks/agreement.py [--peer PYTHON]

PYTHON is the Python of an environment apart with `krippendorff` installed (it is GPL, so it is no
dependency). The data are SIMULATED: 20 coders, 50,000 units, five categories, 30% missing. Both
run in the same minute on the same table, the best of five. Exit code 1 when a goal is missed or
the alphas differ, 2 when the peer could not be measured.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

import numpy as np

from rodedraad.methods.agreement import krippendorff_alpha, ratings_of

GOAL_SECONDS = 0.15
GOAL_BOOTSTRAP_SECONDS = 2.0
LEVELS = ("nominal", "ordinal", "interval", "ratio")

PEER = """
import json, sys
from time import perf_counter
import krippendorff, numpy as np
table = np.load(sys.argv[1]).T
out = {"version": __import__("importlib.metadata").metadata.version("krippendorff")}
for level in sys.argv[2:]:
    times = []
    for _ in range(5):
        start = perf_counter()
        alpha = krippendorff.alpha(reliability_data=table, level_of_measurement=level)
        times.append(perf_counter() - start)
    out[level] = {"alpha": float(alpha), "seconds": min(times)}
print(json.dumps(out))
"""


def simulated(n_units: int, n_coders: int, seed: int) -> np.ndarray:
    """Coders who give the true category in 60% of ratings, and any in the others."""
    rng = np.random.default_rng(seed)
    truth = rng.integers(1, 6, (n_units, 1))
    noise = rng.integers(1, 6, (n_units, n_coders))
    table = np.where(rng.random(noise.shape) < 0.6, truth, noise).astype(float)
    table[rng.random(noise.shape) < 0.3] = np.nan
    return table


def peer(python: str | None, table: np.ndarray) -> dict | None:
    if python is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "table.npy")
        np.save(path, table)
        run = subprocess.run(
            [python, "-c", PEER, str(path), *LEVELS], capture_output=True, text=True, check=False
        )
    if run.returncode != 0:
        print(run.stderr.strip(), file=sys.stderr)
        return None
    return json.loads(run.stdout)


def ours(table: np.ndarray, level: str, resamples: int, times: int) -> tuple[float, float]:
    """Alpha, and the best time from the plain table to the result."""
    seconds = []
    for _ in range(times):
        start = perf_counter()
        ratings = ratings_of(table, unit="unit", universe="simulated")
        result = krippendorff_alpha(ratings, level=level, resamples=resamples, seed=1)
        seconds.append(perf_counter() - start)
    return float(result.alpha), min(seconds)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--peer", help="Python with krippendorff installed")
    parser.add_argument("--units", type=int, default=50_000)
    parser.add_argument("--coders", type=int, default=20)
    options = parser.parse_args()

    table = simulated(options.units, options.coders, seed=1)
    reference = peer(options.peer, table)
    print(f"Simulated: {options.units} units, {options.coders} coders, 30% missing.")
    met = True
    for level in LEVELS:
        alpha, seconds = ours(table, level, 0, 5)
        _, with_draws = ours(table, level, 1000, 2)
        met &= seconds <= GOAL_SECONDS and with_draws <= GOAL_BOOTSTRAP_SECONDS
        line = f"{level:9} alpha {alpha:.6f}  {seconds:.3f} s, 1,000 resamples {with_draws:.2f} s"
        if reference:
            theirs = reference[level]
            met &= abs(theirs["alpha"] - alpha) < 1e-9
            line += (
                f"; krippendorff {theirs['seconds']:.3f} s: "
                f"{theirs['seconds'] / seconds:.1f} times, difference "
                f"{abs(theirs['alpha'] - alpha):.0e}"
            )
        print(line)
    print(f"Goals: {GOAL_SECONDS} s and {GOAL_BOOTSTRAP_SECONDS} s: {'met' if met else 'MISSED'}")
    if reference is None:
        print("Peer not measured: give --peer with a Python that has krippendorff.")
        return 2
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
