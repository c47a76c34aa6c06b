"""How fast are ICC(1), ICC(2) and rwg for 100,000 respondents, and does R give the same?

Run: python benchmarks/aggregation.py [--respondents 100000]

The data are SIMULATED: 8 items of 1-5 in 342 groups. Ours is the best of ten runs in one thread,
as CPU time and as wall time. The peer (package multilevel) runs in the same minute on the same
numbers: rwg.j of the eight items, and ICC from aov of ONE item; for eight items the latter is
EXTRAPOLATED.
Exit code 1 when a number differs or the goal is missed, 2 when the peer could not be measured.
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

from rodedraad.methods.aggregation import (
    Agreement,
    Intraclass,
    intraclass,
    null_distribution,
    within_case_agreement,
)

GOAL_SECONDS = 0.02
N_GROUPS = 342
N_ITEMS = 8
RUNS = 10
LARGEST_DIFFERENCE = 1e-8

R_SCRIPT = """
suppressMessages(library(multilevel))
arguments <- commandArgs(TRUE)
d <- read.csv(arguments[1])
items <- d[, -1]
seconds <- function(expression) system.time(expression)[["user.self"]]
time_rwg <- seconds(rwg <- rwg.j(items, d$group, ranvar = 2))
time_aov <- seconds(fit <- aov(items[, 1] ~ as.factor(d$group)))
digits <- function(v) paste(sprintf("%.17g", v), collapse = ",")
order <- order(as.integer(rwg$grpid))
cat(sprintf('{"version": "%s", "rwg": %f, "aov": %f, "rwg_j": [%s], "icc": [%s]}',
  paste(R.version.string, "multilevel", packageVersion("multilevel")), time_rwg, time_aov,
  digits(rwg$rwg.j[order]), digits(c(ICC1(fit), ICC2(fit)))))
"""


def simulated(n: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Answers of 1-5 to eight items that differ somewhat between groups."""
    rng = np.random.default_rng(seed)
    groups = rng.permutation(np.arange(n) % N_GROUPS)
    latent = 0.4 * rng.normal(size=N_GROUPS)[groups][:, None] + rng.normal(size=(n, N_ITEMS))
    return np.clip(np.rint(3 + latent), 1, 5), groups


def ours(
    answers: np.ndarray, groups: np.ndarray
) -> tuple[tuple[Intraclass, ...], Agreement, float, float]:
    best_cpu = best_wall = np.inf
    uniform = [null_distribution("uniform", 5)]
    with threadpool_limits(limits=1):
        for _ in range(RUNS):
            cpu, wall = process_time(), perf_counter()
            icc = intraclass(answers, groups, mean_size=True)
            agreement = within_case_agreement(answers, groups, nulls=uniform)
            best_cpu = min(best_cpu, process_time() - cpu)
            best_wall = min(best_wall, perf_counter() - wall)
    return icc, agreement, best_cpu, best_wall


def peer(answers: np.ndarray, groups: np.ndarray) -> dict | None:
    """What multilevel says and its CPU seconds; None when R or the package is not there."""
    program = shutil.which("Rscript")
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        data, script = Path(folder, "data.csv"), Path(folder, "peer.R")
        header = ",".join(["group", *(f"i{j}" for j in range(N_ITEMS))])
        np.savetxt(
            data, np.column_stack([groups, answers]), delimiter=",", fmt="%d", header=header,
            comments="",
        )  # fmt: skip
        script.write_text(R_SCRIPT, encoding="utf-8")
        run = subprocess.run(
            [program, str(script), str(data)], capture_output=True, text=True, check=False
        )
    if run.returncode != 0:
        print(run.stderr.strip(), file=sys.stderr)
        return None
    return json.loads(run.stdout)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--respondents", type=int, default=100_000)
    options = parser.parse_args()
    answers, groups = simulated(options.respondents, seed=1)
    print(f"Simulated data: {options.respondents} respondents, {N_GROUPS} groups, {N_ITEMS} items.")
    icc, agreement, cpu, wall = ours(answers, groups)
    print(
        f"Rode Draad, ICC(1), ICC(2), rwg and rwg(J) of {N_ITEMS} items: {cpu:.4f} s CPU, "
        f"{wall:.4f} s wall (goal: {GOAL_SECONDS} s)"
    )
    reference = peer(answers, groups)
    if reference is None:
        print("Peer not measured: R with the package multilevel is needed. On Debian:")
        print("  apt-get install r-base-core r-cran-multilevel")
        return 2
    total = reference["rwg"] + N_ITEMS * reference["aov"]
    print(
        f"{reference['version']}: rwg.j {reference['rwg']:.2f} s, aov of one item "
        f"{reference['aov']:.2f} s CPU; EXTRAPOLATED to {N_ITEMS} items: {total:.0f} s"
    )
    print(f"Ratio: {reference['rwg'] / cpu:.0f} times rwg.j alone, {total / cpu:.0f} times all")
    rwg_j = [case.by_null[0].rwg_j for case in agreement.cases]
    order = np.argsort([int(case.case) for case in agreement.cases])
    difference = max(
        float(np.abs(np.array(rwg_j)[order] - reference["rwg_j"]).max()),
        float(np.abs(np.array([icc[0].icc1, icc[0].icc2]) - reference["icc"]).max()),
    )
    print(f"Largest difference: {difference:.1e}")
    return 0 if difference <= LARGEST_DIFFERENCE and cpu <= GOAL_SECONDS else 1


if __name__ == "__main__":
    sys.exit(main())
