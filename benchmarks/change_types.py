"""How fast are change types over all municipalities, with stability and with 1,000 resamples?

Run: python benchmarks/change_types.py [--cases N] [--resamples N] [--spread N] [--times N]

The data are SIMULATED: per case four documents, four interviews and about forty respondents, with
some silence. Types: from the units to labels, stability over 27 variants, cells and conflicts, the
best of five. Bootstrap: on one thread, on one Dask worker and on two, each the best of three,
after the workers were started; the shares must be equal to the last bit. Reaching the workers and
handing them the data takes some tenths of a second whatever the work, so beside 1,000 resamples
the workers also do ten times as many (``--spread``); the goal for two workers is held against
those. Exit code 1 when a goal is missed or shares differ. A machine on which others work gives
other figures: its load is printed beside.
"""

import argparse
import os
import sys
from time import perf_counter

import numpy as np

from rodedraad.assessment.conclusions.change_type import RESAMPLES_PER_CHUNK, type_bootstrap
from rodedraad.methods.rulesets.change_types import TYPE_LABELS, change_types
from rodedraad.methods.rulesets.type_sources import (
    TypeUnits,
    sources_apart,
    type_inputs,
    type_units,
)
from rodedraad.parallel.mapping import SETTING

GOAL_TYPES_SECONDS = 0.2
GOAL_BOOTSTRAP_SECONDS = 20.0
GOAL_TIMES_AS_FAST = 1.7
DOCUMENT, INTERVIEW, SURVEY = 0, 1, 2


def simulated(n_cases: int, seed: int = 1) -> TypeUnits:
    """Cases of every degree of change; sources scatter around the truth, some do not know."""
    rng = np.random.default_rng(seed)
    cases, kinds, strata, statuses, attitudes = [], [], [], [], []
    for case in range(n_cases):
        level, attitude = np.clip(rng.normal(rng.random(), 0.25, 20), 0, 1), rng.random(4)
        for kind, stratum, n in (
            (DOCUMENT, 0, 4),
            (INTERVIEW, 0, 4),
            (SURVEY, 0, 2),
            (SURVEY, 1, int(rng.integers(4, 9))),
            (SURVEY, 2, int(rng.integers(20, 41))),
        ):
            seen = np.clip(np.rint(rng.normal(4 * level, 0.8, (n, 20))), 0, 4)
            seen[rng.random((n, 20)) < 0.15] = -1
            said = np.clip(rng.normal(attitude, 0.2, (n, 4)), 0, 1)
            said[rng.random((n, 4)) < 0.1] = np.nan
            cases += [case] * n
            kinds += [kind] * n
            strata += [stratum] * n
            statuses.append(seen if kind != SURVEY else np.full((n, 20), -1))
            attitudes.append(said)
    strata_of = np.array(strata)
    return type_units(
        np.array(cases),
        np.array(kinds),
        strata_of,
        np.repeat(strata_of[:, None], 4, axis=1),
        np.concatenate(statuses),
        np.concatenate(attitudes),
        n_cases=n_cases,
    )


def types_seconds(units: TypeUnits) -> float:
    times = []
    for _ in range(5):
        start = perf_counter()
        found = type_inputs(units)
        change_types(found.statuses, found.attitudes, found.n_source_types)
        sources_apart(found)
        times.append(perf_counter() - start)
    return min(times)


def bootstrap_seconds(
    units: TypeUnits, resamples: int, address: str, times: int
) -> tuple[float, np.ndarray]:
    """Best seconds, and shares; on a cluster after its workers were started and have imported."""
    os.environ[SETTING] = address
    if address:
        type_bootstrap(units, resamples=4 * RESAMPLES_PER_CHUNK, seed=2)
    seconds: list[float] = []
    shares = np.empty(0)
    for _ in range(times):
        start = perf_counter()
        shares = type_bootstrap(units, resamples=resamples, seed=1, threads=1)
        seconds.append(perf_counter() - start)
    return min(seconds), shares


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=342)
    parser.add_argument("--resamples", type=int, default=1000)
    parser.add_argument("--spread", type=int, default=10_000)
    parser.add_argument("--times", type=int, default=3)
    asked = parser.parse_args()
    units = simulated(asked.cases)
    print(f"SIMULATED: {asked.cases} cases, {len(units.statuses)} respondents and sources")
    print(f"load of this machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    seconds = types_seconds(units)
    print(f"types with stability: {seconds:.4f} s (goal {GOAL_TYPES_SECONDS})")
    missed = seconds > GOAL_TYPES_SECONDS
    plain, shares = bootstrap_seconds(units, asked.resamples, "", asked.times)
    print(f"{asked.resamples} resamples, one thread: {plain:.1f} s (goal {GOAL_BOOTSTRAP_SECONDS})")
    missed |= plain > GOAL_BOOTSTRAP_SECONDS
    same = True
    for n in (asked.resamples, asked.spread):
        one, first = bootstrap_seconds(units, n, "local:1", asked.times)
        two, second = bootstrap_seconds(units, n, "local:2", asked.times)
        print(f"{n} resamples, one Dask worker {one:.2f} s, two {two:.2f} s:", end=" ")
        print(f"{one / two:.2f} times as fast, load now {os.getloadavg()[0]:.1f}")
        same &= np.array_equal(first, second)
        if n == asked.resamples:
            same &= np.array_equal(shares, first)
    print(f"goal for {asked.spread} resamples: {GOAL_TIMES_AS_FAST} times as fast")
    missed |= one / two < GOAL_TIMES_AS_FAST
    print(f"same shares everywhere: {'yes' if same else 'NO'}")
    spread = dict(zip(TYPE_LABELS, shares.mean(axis=0).round(2).tolist(), strict=True))
    print(f"mean share per label: {spread}")
    return int(bool(missed) or not same)


if __name__ == "__main__":
    sys.exit(main())
