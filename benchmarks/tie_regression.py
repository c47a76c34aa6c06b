"""How fast is logistic MRQAP for all municipalities, and does R's sna::netlogit agree?

Run: python benchmarks/tie_regression.py [--permutations 1000] [--peer-permutations 2]

The data are SIMULATED as in benchmarks/mrqap.py: 342 nodes, three predictors; a tie where the
outcome is among the highest fifth. Ours runs with one thread, on all ordered pairs as the peer
does. The time of the peer for all permutations is EXTRAPOLATED from a few. Exit code 1 when
coefficients differ or the goal is missed, 2 when the peer could not be measured.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter, process_time

import numpy as np
from threadpoolctl import threadpool_limits

from mrqap import simulated
from rodedraad.methods.positions import tie_regression

GOAL_SECONDS = 140
LARGEST_DIFFERENCE = 1e-6

R_SCRIPT = """
suppressMessages(library(sna))
arguments <- commandArgs(TRUE)
read <- function(name) unname(as.matrix(read.csv(file.path(arguments[1], name), header = FALSE)))
y <- read("y.csv")
x <- array(0, c(3, nrow(y), nrow(y)))
for (k in 1:3) x[k, , ] <- read(paste0("x", k, ".csv"))
fit <- netlogit(y, x, mode = "digraph", nullhyp = "classical")
cpu <- function(reps) system.time(
  netlogit(y, x, mode = "digraph", nullhyp = "qapspp", reps = reps))[["user.self"]]
one <- cpu(1)
many <- cpu(as.integer(arguments[2]) + 1)
digits <- function(v) paste(sprintf("%.17g", v), collapse = ",")
cat(sprintf('{"version": "%s", "first": %f, "added": %f, "coefficients": [%s], "z": [%s]}',
  paste(R.version.string, "sna", packageVersion("sna")), one, many - one,
  digits(fit$coefficients), digits(fit$coefficients / fit$se)))
"""


def peer(y: np.ndarray, predictors: dict[str, np.ndarray], permutations: int) -> dict | None:
    program = shutil.which("Rscript")
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        matrices = {"y": y} | {f"x{k}": m for k, m in enumerate(predictors.values(), 1)}
        for name, matrix in matrices.items():
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


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--nodes", type=int, default=342)
    parser.add_argument("--permutations", type=int, default=1000)
    parser.add_argument("--peer-permutations", type=int, default=5)
    options = parser.parse_args()

    alike, predictors = simulated(options.nodes, seed=1)
    off = ~np.eye(options.nodes, dtype=bool)
    ties = (alike > np.quantile(alike[off], 0.8)).astype(float)
    with threadpool_limits(limits=1):
        start, cpu = perf_counter(), process_time()
        fit = tie_regression(
            ties,
            predictors,
            outcome="binary",
            permutations=options.permutations,
            directed=True,
            seed=2016,
        )
        seconds, cpu = perf_counter() - start, process_time() - cpu
    print(
        f"Simulated: {options.nodes} nodes, {len(predictors)} predictors, all ordered pairs.\n"
        f"Rode Draad, one thread: {options.permutations} permutations in {seconds:.1f} s, "
        f"{cpu:.1f} s of CPU (goal for 1,000: {GOAL_SECONDS} s)"
    )
    for term in fit.terms:
        print(
            f"  {term.name:22} {term.coefficient: .6f}  z {term.z: 9.3f}  p {term.p.two_sided:.4f}"
        )
    reference = peer(ties, predictors, options.peer_permutations)
    if reference is None:
        print("Peer not measured: R with the package sna is needed (apt: r-cran-sna).")
        return 2
    per_permutation = reference["added"] / options.peer_permutations
    total = reference["first"] + per_permutation * (options.permutations - 1)
    print(
        f"{reference['version']}, netlogit(nullhyp = 'qapspp'): {options.peer_permutations} "
        f"permutations in {reference['added']:.1f} s of CPU; EXTRAPOLATED to "
        f"{options.permutations}: {total:.0f} s\nRatio of CPU: {total / cpu:.0f} times"
    )
    ours = np.array([[term.coefficient, term.z] for term in fit.terms])
    theirs = np.array([reference["coefficients"], reference["z"]]).T
    difference = float(np.abs(ours / theirs - 1).max())
    met = difference < LARGEST_DIFFERENCE and cpu <= GOAL_SECONDS * options.permutations / 1000
    print(f"Largest relative difference of coefficients and z: {difference:.1e}")
    print("Goal met, same numbers" if met else "MISSED")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
