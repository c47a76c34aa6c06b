"""How fast is MRQAP for all municipalities, and does R's sna::netlm give the same coefficients?

Run: python benchmarks/mrqap.py [--permutations 2000] [--peer-permutations 10]

The data are SIMULATED: 390 nodes with a place and a size; the outcome and three predictors are
made from those and noise. Ours runs with one thread. The peer runs in the same minute on the
same CSV files with few permutations, because it fits every regression again; its time for all
permutations is EXTRAPOLATED from those. Exit code 1 when coefficients or t differ, 2
when the peer could not be measured.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

import numpy as np
from threadpoolctl import threadpool_limits

from rodedraad.methods.qap import MrqapResult, mrqap

GOAL_SECONDS = 15
LARGEST_DIFFERENCE = 1e-8
NAMES = ("shared arrangements", "size difference", "distance")

R_SCRIPT = """
suppressMessages(library(sna))
arguments <- commandArgs(TRUE)
read <- function(name) unname(as.matrix(read.csv(file.path(arguments[1], name), header = FALSE)))
y <- read("y.csv")
x <- array(0, c(3, nrow(y), nrow(y)))
for (k in 1:3) x[k, , ] <- read(paste0("x", k, ".csv"))
fit <- netlm(y, x, mode = "graph", nullhyp = "classical")
seconds <- function(reps) system.time(
  netlm(y, x, mode = "graph", nullhyp = "qapspp", reps = reps))[["elapsed"]]
one <- seconds(1)
many <- seconds(as.integer(arguments[2]) + 1)
digits <- function(v) paste(sprintf("%.17g", v), collapse = ",")
cat(sprintf('{"version": "%s", "first": %f, "added": %f, "coefficients": [%s], "t": [%s]}',
  paste(R.version.string, "sna", packageVersion("sna")), one, many - one,
  digits(fit$coefficients), digits(fit$tstat)))
"""


def simulated(n_nodes: int, seed: int) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """An outcome and three predictors that depend on the same places and sizes."""
    rng = np.random.default_rng(seed)
    place = rng.uniform(0, 200, (n_nodes, 2))
    size = rng.lognormal(10.3, 0.9, n_nodes)
    distance = np.hypot(*(place[:, None, :] - place[None, :, :]).transpose(2, 0, 1))
    size_difference = np.abs(np.log(size)[:, None] - np.log(size)[None, :])
    shared = rng.poisson(20 * np.exp(-distance / 40))
    shared = np.tril(shared, -1) + np.tril(shared, -1).T
    spending = 0.4 * np.log(size) + rng.normal(size=n_nodes)
    alike = -np.abs(spending[:, None] - spending[None, :])
    return alike, dict(zip(NAMES, (shared, size_difference, distance), strict=True))


def peer(
    y: np.ndarray, predictors: dict[str, np.ndarray], permutations: int
) -> dict[str, object] | None:
    """What sna::netlm says and how long it takes; None when R or sna is not there."""
    program = shutil.which("Rscript")
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        for name, matrix in {
            "y": y,
            **{f"x{k}": m for k, m in enumerate(predictors.values(), 1)},
        }.items():
            np.savetxt(Path(folder, f"{name}.csv"), matrix, delimiter=",", fmt="%.17g")
        script = Path(folder, "peer.R")
        script.write_text(R_SCRIPT, encoding="utf-8")
        run = subprocess.run(
            [program, str(script), folder, str(permutations)],
            capture_output=True,
            text=True,
            check=False,
        )
    if run.returncode != 0:
        print(run.stderr.strip(), file=sys.stderr)
        return None
    return json.loads(run.stdout)


def ours(
    y: np.ndarray, predictors: dict[str, np.ndarray], permutations: int
) -> tuple[MrqapResult, float]:
    with threadpool_limits(limits=1):
        start = perf_counter()
        result = mrqap(y, predictors, permutations=permutations, seed=2016)
        return result, perf_counter() - start


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--nodes", type=int, default=390)
    parser.add_argument("--permutations", type=int, default=2000)
    parser.add_argument("--peer-permutations", type=int, default=10)
    options = parser.parse_args()

    y, predictors = simulated(options.nodes, seed=1)
    print(f"Simulated data: {options.nodes} nodes, {len(predictors)} predictors, undirected.")
    result, seconds = ours(y, predictors, options.permutations)
    print(
        f"Rode Draad, one thread: {options.permutations} permutations in {seconds:.2f} s "
        f"(goal: {GOAL_SECONDS} s)"
    )
    for term in result.terms:
        print(
            f"  {term.name:22} {term.coefficient: .6f}  t {term.t: 9.3f}  p {term.p.two_sided:.4f}"
        )

    reference = peer(y, predictors, options.peer_permutations)
    if reference is None:
        print("Peer not measured: R with the package sna is needed. On Debian:")
        print("  apt-get install r-base-core r-cran-sna")
        return 2
    per_permutation = reference["added"] / options.peer_permutations
    total = reference["first"] + per_permutation * (options.permutations - 1)
    print(
        f"{reference['version']}, netlm(nullhyp = 'qapspp'): {options.peer_permutations} "
        f"permutations in {reference['added']:.1f} s; EXTRAPOLATED to {options.permutations}: "
        f"{total:.0f} s"
    )
    print(f"Ratio: {total / seconds:.0f} times")
    coefficients = np.array([term.coefficient for term in result.terms])
    t = np.array([term.t for term in result.terms])
    difference = float(np.abs(coefficients - reference["coefficients"]).max())
    t_difference = float(np.abs(t - reference["t"]).max())
    print(f"Largest difference of coefficients: {difference:.2e}; of t: {t_difference:.2e}")
    met = difference <= LARGEST_DIFFERENCE and t_difference <= 1e-6
    print("Same coefficients" if met else f"DIFFERENT: more than {LARGEST_DIFFERENCE}")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
