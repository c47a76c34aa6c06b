"""How many municipalities, and how many people in each, does a model need?"""

from typing import Literal

import numpy as np
import numpy.typing as npt

from rodedraad.methods.models import linear_mixed_model, model_data, ordinal_mixed_model
from rodedraad.methods.planning.refusals import PlanningRefusal, check_between
from rodedraad.methods.planning.simulation import Plan, simulated

Floats = npt.NDArray[np.float64]
Level = Literal["within", "between"]

WHY = "planning: shows what the rule of thumb guards against"


def plan_multilevel(
    *,
    n_groups: int,
    per_group: int,
    effect: float,
    shared: float = 0.1,
    level: Level = "within",
    alpha: float = 0.05,
    runs: int = 300,
    seed: int,
    workers: int = 1,
) -> Plan:
    """How often does a linear mixed model find an effect of people or of municipalities?

    The world: outcome with variance 1 besides the effect, ``shared`` of it between groups;
    ``effect`` is the rise per standard deviation of the predictor, which differs between people
    ("within") or only between groups ("between").

    Returns
    -------
    Plan with ``power`` and the estimates ``effect`` and ``shared``.
    """
    _check(n_groups, per_group, alpha, level)
    check_between("shared", shared, 0, 0.99)
    check_between("effect", effect, -10, 10)

    def study(rng: np.random.Generator) -> dict[str, float]:
        x, groups = _predictor(rng, n_groups, per_group, level)
        y = effect * x + np.sqrt(shared) * rng.normal(size=n_groups)[groups]
        y = y + np.sqrt(1 - shared) * rng.normal(size=x.size)
        data = model_data(
            {"y": y, "x": x, "group": groups}, outcome="y", predictors=["x"], group="group"
        )
        model = linear_mixed_model(data, override=WHY)
        term = model.coefficient("x")
        return {
            "power": float(term.p < alpha),
            "effect": term.estimate,
            "shared": model.shared if model.shared is not None else np.nan,
        }

    return simulated(
        "multilevel",
        {
            "n_groups": n_groups,
            "per_group": per_group,
            "effect": effect,
            "shared": shared,
            "level": level,
            "alpha": alpha,
        },
        study,
        shares=("power",),
        estimates=("effect", "shared"),
        runs=runs,
        seed=seed,
        workers=workers,
    )


def plan_ordinal(
    *,
    n_groups: int,
    per_group: int,
    log_odds: float,
    sd: float = 0.6,
    levels: int = 5,
    level: Level = "within",
    alpha: float = 0.05,
    runs: int = 100,
    seed: int,
    workers: int = 1,
) -> Plan:
    """How often does an ordinal model with a random intercept find an effect?

    The world: ``levels`` answers, about equally frequent without the effect; ``log_odds`` of a
    higher answer per standard deviation of the predictor, and groups that differ by ``sd`` on
    the same scale.

    Returns
    -------
    Plan with ``power`` and the estimates ``log_odds`` and ``sd``.
    """
    _check(n_groups, per_group, alpha, level)
    check_between("log_odds", log_odds, -10, 10)
    check_between("sd", sd, 0, 10)
    check_between("levels", levels, 2, 20)
    shares = np.arange(1, levels) / levels
    cuts = np.log(shares / (1 - shares))

    def study(rng: np.random.Generator) -> dict[str, float]:
        x, groups = _predictor(rng, n_groups, per_group, level)
        latent = log_odds * x + sd * rng.normal(size=n_groups)[groups]
        answer = np.digitize(latent + rng.logistic(size=x.size), cuts)
        data = model_data(
            {"y": answer, "x": x, "group": groups},
            outcome="y",
            predictors=["x"],
            group="group",
            ordered=True,
        )
        model = ordinal_mixed_model(data, override=WHY, with_sd_interval=False)
        term = model.coefficient("x")
        return {"power": float(term.p < alpha), "log_odds": term.estimate, "sd": model.sd}

    return simulated(
        "ordinal",
        {
            "n_groups": n_groups,
            "per_group": per_group,
            "log_odds": log_odds,
            "sd": sd,
            "levels": levels,
            "level": level,
            "alpha": alpha,
        },
        study,
        shares=("power",),
        estimates=("log_odds", "sd"),
        runs=runs,
        seed=seed,
        workers=workers,
    )


def _check(n_groups: int, per_group: int, alpha: float, level: str) -> None:
    check_between("n_groups", n_groups, 4, 10_000)
    check_between("per_group", per_group, 2, 10_000)
    check_between("alpha", alpha, 1e-6, 0.5)
    if level not in ("within", "between"):
        raise PlanningRefusal(
            f"level is within (people differ) or between (groups differ). Got {level!r}.",
            code="planning_setting",
            setting="level",
        )


def _predictor(
    rng: np.random.Generator, n_groups: int, per_group: int, level: Level
) -> tuple[Floats, npt.NDArray[np.intp]]:
    groups = np.repeat(np.arange(n_groups), per_group)
    if level == "between":
        return rng.normal(size=n_groups)[groups], groups
    return rng.normal(size=groups.size), groups
