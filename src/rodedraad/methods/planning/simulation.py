"""What would a study of this size find, done many times over in a world that we made?"""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from rodedraad.errors import Refusal
from rodedraad.methods.notices import Notice
from rodedraad.methods.planning.refusals import PlanningRefusal

Floats = npt.NDArray[np.float64]
Study = Callable[[np.random.Generator], Mapping[str, float]]
Setting = float | int | str

RUNS_PER_CHUNK = 25
MIDDLE = 0.95
VERSION = "planning 1"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure over all simulated studies.

    A ``share`` is how often something happened (power: how often it was found), 0-1; an
    ``estimate`` the mean of what the studies estimated. ``error`` is the standard error that the
    limited number of studies leaves; ``low`` and ``high`` hold the middle 95% of the estimates
    (None for a share): the precision of one study.
    """

    name: str
    kind: Literal["share", "estimate"]
    value: float
    error: float
    low: float | None
    high: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Plan:
    """A design, and what studies of that design find.

    ``failed`` studies could not be analysed (a column that did not vary, for one); they count as
    not having found anything, and have no estimate.
    """

    design: str
    settings: Mapping[str, Setting]
    figures: tuple[Figure, ...]
    runs: int
    failed: int
    seed: int
    notices: tuple[Notice, ...]
    version: str = VERSION

    def figure(self, name: str) -> Figure:
        """The figure with this name; KeyError when there is none."""
        return {figure.name: figure for figure in self.figures}[name]


def simulated(
    design: str,
    settings: Mapping[str, Setting],
    study: Study,
    *,
    shares: tuple[str, ...],
    estimates: tuple[str, ...],
    runs: int,
    seed: int,
    workers: int = 1,
) -> Plan:
    """Do a study many times and sum up what it found.

    Parameters
    ----------
    study: makes data from random numbers, analyses them and returns figures by name; a Refusal
        is a study that could not be analysed. NaN is an estimate that does not exist.
    shares: names of figures that are 0 or 1 in a study. estimates: names of the others.
    runs: number of studies, at least 20. seed: repeats the plan, whatever the ``workers``.
    """
    if runs < 20:
        raise PlanningRefusal(f"Take at least 20 runs. Got {runs}.", code="planning_runs")
    sizes = [min(RUNS_PER_CHUNK, runs - start) for start in range(0, runs, RUNS_PER_CHUNK)]
    seeds = np.random.SeedSequence(seed).spawn(len(sizes))

    def chunk(child: np.random.SeedSequence, size: int) -> list[Mapping[str, float] | None]:
        rng = np.random.default_rng(child)
        return [_tried(study, rng) for _ in range(size)]

    if workers == 1:
        chunks = [chunk(child, size) for child, size in zip(seeds, sizes, strict=True)]
    else:
        with ThreadPoolExecutor(workers) as pool:
            chunks = list(pool.map(chunk, seeds, sizes))
    results = [result for part in chunks for result in part]
    done = [result for result in results if result is not None]
    failed = runs - len(done)
    return Plan(
        design=design,
        settings=settings,
        figures=tuple(
            [_share(name, [result[name] for result in done], runs) for name in shares]
            + [_estimate(name, [result[name] for result in done]) for name in estimates]
        ),
        runs=runs,
        failed=failed,
        seed=seed,
        notices=(Notice("studies_failed", {"n": failed, "of": runs}),) if failed else (),
    )


def _tried(study: Study, rng: np.random.Generator) -> Mapping[str, float] | None:
    try:
        return study(rng)
    except Refusal:
        return None


def _share(name: str, values: list[float], runs: int) -> Figure:
    share = float(np.nansum(values)) / runs
    # Agresti-Coull: also a share of 0 or 1 is not certain.
    near = (share * runs + 2) / (runs + 4)
    return Figure(name, "share", share, float(np.sqrt(near * (1 - near) / runs)), None, None, runs)


def _estimate(name: str, values: list[float]) -> Figure:
    known = np.array([value for value in values if np.isfinite(value)])
    if not known.size:
        raise PlanningRefusal(
            f"None of the simulated studies has a {name}: the design is too small. Take more "
            "cases, respondents or units.",
            code="planning_nothing_found",
            figure=name,
        )
    low, high = np.quantile(known, ((1 - MIDDLE) / 2, (1 + MIDDLE) / 2))
    error = float(known.std(ddof=1) / np.sqrt(known.size)) if known.size > 1 else 0.0
    return Figure(
        name, "estimate", float(known.mean()), error, float(low), float(high), int(known.size)
    )
