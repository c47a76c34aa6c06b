"""How fast are all prime implicants and all minimal models, and does setqca find the same?

Run: python benchmarks/qca.py [--peer-python PATH] [--peer-conditions 8] [--peer-seconds 120]

The data are SIMULATED crisp sets: 60 cases of which 16 with the outcome, conditions by chance; and
342 cases in 8 conditions, where the outcome follows a rule that fails in 2% of the
configurations. Ours is end to end from a table in memory: truth table, all three solutions, fit
of the listed models. The peer is setqca, in a Python that has it (pip install setqca), in the same
run on the same CSV; it keeps only the models with the fewest literals, so those are compared. Exit
code 1 when models differ or a goal is missed, 2 when the peer could not be measured.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from itertools import product
from pathlib import Path
from time import perf_counter

import numpy as np
import polars as pl

from rodedraad.methods.qca import Assumed, QcaResult, Solution, qca
from rodedraad.methods.qca.literals import Alphabet

GOALS = {10: 0.05, 14: 0.4, 16: 3.0, 20: 10.0}
GOAL_NATIONAL = 0.5

PEER_SCRIPT = """
import json, sys, time
import pandas as pd
import setqca
data = pd.read_csv(sys.argv[1])
conditions = [c for c in data.columns if c != "Y"]
start = time.perf_counter()
result = setqca.CSQCA(max_solutions=100000).fit(data, outcome="Y", conditions=conditions)
seconds = time.perf_counter() - start
models = {kind: [s.boolean.as_expression(tuple(conditions)) for s in result.solutions(kind)]
          for kind in ("conservative", "parsimonious")}
print(json.dumps({"version": setqca.__version__, "seconds": seconds, "models": models}))
"""


def small(n_conditions: int, seed: int) -> pl.DataFrame:
    """60 cases, 16 with the outcome; a configuration with both counts as negative."""
    rng = np.random.default_rng(seed)
    values = rng.integers(0, 2, (60, n_conditions))
    columns = {f"C{i + 1}": values[:, i] for i in range(n_conditions)}
    return pl.DataFrame({**columns, "Y": (np.arange(60) < 16).astype(int)})


def national(seed: int) -> pl.DataFrame:
    """342 cases in 8 conditions; two roads to the outcome, with exceptions in 2% of the rows."""
    rng = np.random.default_rng(seed)
    values = rng.integers(0, 2, (342, 8))
    exceptions = rng.random(256) < 0.02
    rule = (values[:, 0] & values[:, 1]) | (values[:, 2] & (1 - values[:, 3]) & values[:, 4])
    outcome = rule ^ exceptions[values @ (1 << np.arange(8))]
    return pl.DataFrame({**{f"C{i + 1}": values[:, i] for i in range(8)}, "Y": outcome})


def ours(
    frame: pl.DataFrame, *, expect: bool = False, listed: int = 1000
) -> tuple[QcaResult, float]:
    conditions = frame.columns[:-1]
    start = perf_counter()
    result = qca(
        frame,
        outcome="Y",
        conditions=conditions,
        assumed=Assumed(expectations=tuple(conditions) if expect else ()),
        listed=listed,
    )
    return result, perf_counter() - start


def peer(python: str, frame: pl.DataFrame, seconds: float) -> dict[str, object] | None:
    """What setqca says, or None when it is not there or not ready in time."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "data.csv")
        frame.write_csv(file)
        try:
            run = subprocess.run(
                [python, "-c", PEER_SCRIPT, str(file)],
                capture_output=True,
                text=True,
                check=False,
                timeout=seconds,
            )
        except (FileNotFoundError, subprocess.TimeoutExpired) as fault:
            print(f"  setqca: {type(fault).__name__}")
            return None
    if run.returncode:
        print("  setqca:", run.stderr.strip().splitlines()[-1])
        return None
    return json.loads(run.stdout)


def fewest_literals(solution: Solution, alphabet: Alphabet) -> set[frozenset[str]]:
    """Our models with the fewest literals, which is all that setqca keeps.

    Literals add up over slots, so the shortest terms of each slot of the shortest families do.
    """
    parts = []
    for part in solution.all[0].parts:
        shortest = [
            [
                [t for t in slot if t.bit_count() == min(map(int.bit_count, slot))]
                for slot in f.slots
            ]
            for f in part
        ]
        sizes = [sum(slot[0].bit_count() for slot in slots) for slots in shortest]
        parts.append([s for s, size in zip(shortest, sizes, strict=True) if size == min(sizes)])
    return {
        frozenset(alphabet.text(term) for term in model)
        for families in product(*parts)
        for model in product(*(slot for slots in families for slot in slots))
    }


def their_models(expressions: list[str]) -> set[frozenset[str]]:
    return {frozenset(part.strip() for part in text.split("+")) for text in expressions}


def compared(python: str, frame: pl.DataFrame, limit: float) -> bool | None:
    """Print the peer's time beside ours; whether the models are the same, None = not measured."""
    reference = peer(python, frame, limit)
    if reference is None:
        return None
    result, seconds = ours(frame)
    same = all(
        fewest_literals(getattr(result, kind), result.table.alphabet)
        == their_models(reference["models"][kind])
        for kind in ("conservative", "parsimonious")
    )
    print(
        f"  setqca {reference['version']}: {reference['seconds']:.3f} s, ours {seconds:.3f} s, "
        f"ratio {reference['seconds'] / seconds:.0f}; {'same' if same else 'DIFFERENT'} models"
    )
    return same


def line(name: str, result: QcaResult, seconds: float, goal: float) -> None:
    print(
        f"{name}: {len(result.truth.positive)} positive and {len(result.truth.negative)} negative "
        f"rows; {result.parsimonious.n_primes} prime implicants; models "
        f"{result.conservative.n_models} conservative, {result.parsimonious.n_models} "
        f"parsimonious, {result.intermediate.n_models} intermediate: {seconds:.3f} s (goal {goal})"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--peer-python", default=sys.executable)
    parser.add_argument("--peer-conditions", type=int, nargs="*", default=[8])
    parser.add_argument("--peer-seconds", type=float, default=120)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()

    met = True
    for n_conditions, goal in GOALS.items():
        frame = small(n_conditions, options.seed)
        result, seconds = min((ours(frame) for _ in range(3)), key=lambda run: run[1])
        line(f"60 cases, {n_conditions} conditions", result, seconds, goal)
        met = met and seconds <= goal
    frame = national(options.seed)
    for expect in (False, True):
        result, seconds = min(
            (ours(frame, expect=expect) for _ in range(3)), key=lambda run: run[1]
        )
        words = "with 8 expectations" if expect else "without expectations"
        line(f"342 cases, 8 conditions, {words}", result, seconds, GOAL_NATIONAL)
        met = met and seconds <= GOAL_NATIONAL

    outcomes = [compared(options.peer_python, frame, options.peer_seconds)]
    for n_conditions in options.peer_conditions:
        print(f"60 cases, {n_conditions} conditions")
        data = small(n_conditions, options.seed)
        outcomes.append(compared(options.peer_python, data, options.peer_seconds))
    if not met or False in outcomes:
        return 1
    return 2 if None in outcomes else 0


if __name__ == "__main__":
    sys.exit(main())
