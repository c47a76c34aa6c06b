"""How long do latent class models take, and how well do they fit, beside StepMix?

Run ``python benchmarks/latent_classes.py``. Both sides run in the same process and on the same
data; CPU seconds of all threads. Two tasks: the election data (1,311 complete rows of 12 items of
4 answers) with 10 classes and 10 starts, by several seeds since the likelihood has many tops; and
20,000 made rows of 20 items of 4 answers with 5 classes and 1 start, with classes that are clear,
less clear and hardly to be told apart: the fewer steps StepMix needs, the smaller the difference.
One thread for linear algebra on both sides: with more, StepMix spends several times the CPU time.
"""

import time
import warnings
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl
from stepmix.stepmix import StepMix
from threadpoolctl import threadpool_limits

from rodedraad.methods.latent_classes import class_data, latent_classes

Codes = npt.NDArray[np.int64]

ELECTION = Path(__file__).parent.parent / "tests" / "reference" / "latent_classes" / "election.csv"
SEEDS = (1, 2, 3)
# The higher, the more alike the answers of the classes.
ALIKE = (2.0, 5.0, 8.0)


def election() -> Codes:
    return pl.read_csv(ELECTION).drop_nulls().to_numpy().astype(np.int64) - 1


def made(alike: float, n: int = 20_000) -> Codes:
    rng = np.random.default_rng(1)
    shares = rng.dirichlet(np.full(5, 5.0))
    chances = rng.dirichlet(np.full(4, alike), size=(5, 20)).cumsum(axis=2)[:, :, :-1]
    group = rng.choice(5, n, p=shares)
    return (rng.random((n, 20, 1)) > chances[group]).sum(axis=2)


def ours(codes: Codes, n_classes: int, starts: int, seed: int, *, errors: bool = False) -> float:
    items = [f"item {j}" for j in range(codes.shape[1])]
    data = class_data(dict(zip(items, codes.T, strict=True)), categories=items)
    model = latent_classes(data, n_classes, seed=seed, starts=starts, errors=errors)
    return model.fit.log_likelihood


def stepmix(codes: Codes, n_classes: int, starts: int, seed: int, tolerance: float) -> float:
    model = StepMix(
        n_classes,
        measurement="categorical",
        n_init=starts,
        abs_tol=tolerance,
        random_state=seed,
        progress_bar=0,
    )
    model.fit(codes)
    return model.score(codes) * len(codes)


def timed(run: Callable[[], float]) -> tuple[float, float]:
    started = time.process_time()
    log_likelihood = run()
    return time.process_time() - started, log_likelihood


def told(name: str, runs: list[tuple[float, float]], peer: float | None = None) -> float:
    seconds = float(np.mean([spent for spent, _ in runs]))
    likelihoods = [value for _, value in runs]
    ratio = "" if peer is None else f"  {peer / seconds:5.1f} times as fast"
    print(
        f"  {name:<34}{seconds:8.2f} s CPU   log-likelihood mean {np.mean(likelihoods):.3f}, "
        f"lowest {min(likelihoods):.3f}{ratio}"
    )
    return seconds


def main() -> None:
    warnings.filterwarnings("ignore")
    with threadpool_limits(1):
        _election()
        for alike in ALIKE:
            _made(alike)


def _election() -> None:
    codes = election()
    print(f"election: {codes.shape}, 10 classes, mean of {len(SEEDS)} seeds")
    loose = told("StepMix, 10 starts, tolerance 1e-6", _stepmix(codes, 10, 10, 1e-6))
    exact = told("StepMix, 10 starts, as it comes", _stepmix(codes, 10, 10, 1e-10))
    for starts in (5, 10):
        spent = told(f"ours, {starts} starts", _ours(codes, 10, starts), exact)
        print(f"  {'':<34}{loose / spent:.1f} times as fast as with tolerance 1e-6")


def _made(alike: float) -> None:
    codes = made(alike)
    print(f"made, answers alike {alike:g}: {codes.shape}, 5 classes, mean of {len(SEEDS)} seeds")
    peer = told("StepMix, 1 start, as it comes", _stepmix(codes, 5, 1, 1e-10))
    told("ours, 1 start", _ours(codes, 5, 1), peer)
    told("ours, with standard errors", _ours(codes, 5, 1, errors=True), peer)


def _stepmix(
    codes: Codes, n_classes: int, starts: int, tolerance: float
) -> list[tuple[float, float]]:
    return [timed(lambda s=s: stepmix(codes, n_classes, starts, s, tolerance)) for s in SEEDS]


def _ours(
    codes: Codes, n_classes: int, starts: int, *, errors: bool = False
) -> list[tuple[float, float]]:
    return [timed(lambda s=s: ours(codes, n_classes, starts, s, errors=errors)) for s in SEEDS]


if __name__ == "__main__":
    main()
