"""How many respondents, items, coded passages or municipalities does a figure need?"""

import numpy as np
import numpy.typing as npt

from rodedraad.methods.aggregation import intraclass
from rodedraad.methods.agreement import krippendorff_alpha, ratings_of
from rodedraad.methods.planning.refusals import check_between
from rodedraad.methods.planning.simulation import Plan, simulated
from rodedraad.methods.scales.coefficients import alpha_of

Floats = npt.NDArray[np.float64]

ENOUGH_RELIABILITY = 0.70
FIRM_ALPHA = 0.80
TENTATIVE_ALPHA = 0.667
TWO_SIDED_95 = 1.959964


def plan_scale(
    *,
    n_respondents: int,
    n_items: int,
    alpha: float,
    runs: int = 2000,
    seed: int,
    workers: int = 1,
) -> Plan:
    """How precisely is the reliability of a scale known from ``n_respondents``?

    The world: ``n_items`` normal items that hang together equally, with Cronbach's ``alpha``.

    Returns
    -------
    Plan with ``at_least_70`` (how often the estimate is 0.70 or more) and the estimate ``alpha``.
    """
    check_between("n_respondents", n_respondents, 5, 100_000)
    check_between("n_items", n_items, 2, 100)
    check_between("alpha", alpha, 0, 0.999)
    shared = alpha / (n_items - (n_items - 1) * alpha)

    def study(rng: np.random.Generator) -> dict[str, float]:
        person = rng.normal(size=(n_respondents, 1))
        own = rng.normal(size=(n_respondents, n_items))
        items = np.sqrt(shared) * person + np.sqrt(1 - shared) * own
        centred = items - items.mean(axis=0)
        covariances = centred.T @ centred / (n_respondents - 1)
        found = float(alpha_of(covariances))
        return {"alpha": found, "at_least_70": float(found >= ENOUGH_RELIABILITY)}

    return simulated(
        "scale",
        {"n_respondents": n_respondents, "n_items": n_items, "alpha": alpha},
        study,
        shares=("at_least_70",),
        estimates=("alpha",),
        runs=runs,
        seed=seed,
        workers=workers,
    )


def plan_case_means(
    *,
    n_cases: int,
    per_case: int,
    icc: float,
    runs: int = 1000,
    seed: int,
    workers: int = 1,
) -> Plan:
    """How well do ``per_case`` answers tell one municipality from another?

    The world: normal answers of which ``icc`` (0-1) of the variance lies between cases. The
    study: ICC(1), ICC(2) and the mean of every case.

    Returns
    -------
    Plan with ``icc2_at_least_70`` and the estimates ``icc1``, ``icc2``, ``half_width`` (of the 95%
    interval of the mean of a case, in standard deviations of an answer) and ``order_kept`` (the
    correlation of the means found with the true ones).
    """
    check_between("n_cases", n_cases, 3, 10_000)
    check_between("per_case", per_case, 2, 10_000)
    check_between("icc", icc, 0, 0.99)
    cases = np.repeat(np.arange(n_cases), per_case)

    def study(rng: np.random.Generator) -> dict[str, float]:
        true = np.sqrt(icc) * rng.normal(size=n_cases)
        answers = true[cases] + np.sqrt(1 - icc) * rng.normal(size=cases.size)
        (found,) = intraclass(answers[:, None], cases)
        table = answers.reshape(n_cases, per_case)
        within = float(np.sqrt(table.var(axis=1, ddof=1).mean()))
        kept = float(np.corrcoef(true, table.mean(axis=1))[0, 1]) if icc > 0 else 0.0
        return {
            "icc1": _known(found.icc1),
            "icc2": _known(found.icc2),
            "half_width": TWO_SIDED_95 * within / np.sqrt(per_case),
            "order_kept": kept,
            "icc2_at_least_70": float(_known(found.icc2) >= ENOUGH_RELIABILITY),
        }

    return simulated(
        "case_means",
        {"n_cases": n_cases, "per_case": per_case, "icc": icc},
        study,
        shares=("icc2_at_least_70",),
        estimates=("icc1", "icc2", "half_width", "order_kept"),
        runs=runs,
        seed=seed,
        workers=workers,
    )


def plan_coding(
    *,
    n_units: int,
    alpha: float,
    n_coders: int = 2,
    n_codes: int = 2,
    rarest: float = 0.0,
    runs: int = 300,
    seed: int,
    workers: int = 1,
) -> Plan:
    """How many passages must be coded twice to know the agreement?

    The world: every unit has one of ``n_codes`` codes, the first with share ``rarest`` (0 = all
    equally frequent). A coder sees it with such a chance that Krippendorff's alpha is ``alpha``,
    and otherwise picks by the same shares. The study: nominal alpha with its bootstrap interval.

    Returns
    -------
    Plan with ``firm`` (estimate 0.80 or more), ``surely_tentative`` (lower end of the interval
    0.667 or more) and the estimate ``alpha``.
    """
    check_between("n_units", n_units, 5, 100_000)
    check_between("alpha", alpha, 0, 1)
    check_between("n_coders", n_coders, 2, 50)
    check_between("n_codes", n_codes, 2, 50)
    check_between("rarest", rarest, 0, 0.99)
    shares = np.full(n_codes, 1 / n_codes)
    if rarest:
        shares = np.append(rarest, np.full(n_codes - 1, (1 - rarest) / (n_codes - 1)))

    def study(rng: np.random.Generator) -> dict[str, float]:
        true = rng.choice(n_codes, size=(n_units, 1), p=shares)
        guess = rng.choice(n_codes, size=(n_units, n_coders), p=shares)
        seen = rng.random((n_units, n_coders)) < np.sqrt(alpha)
        found = krippendorff_alpha(
            ratings_of(
                np.where(seen, true, guess).astype(np.float64),
                unit="unit",
                universe="simulated units",
            ),
            level="nominal",
            resamples=200,
            seed=int(rng.integers(2**32)),
        )
        low = found.interval.low if found.interval is not None else np.nan
        return {
            "alpha": _known(found.alpha),
            "firm": float(_known(found.alpha) >= FIRM_ALPHA),
            "surely_tentative": float(low >= TENTATIVE_ALPHA),
        }

    return simulated(
        "coding",
        {
            "n_units": n_units,
            "alpha": alpha,
            "n_coders": n_coders,
            "n_codes": n_codes,
            "rarest": rarest,
        },
        study,
        shares=("firm", "surely_tentative"),
        estimates=("alpha",),
        runs=runs,
        seed=seed,
        workers=workers,
    )


def plan_share(
    *,
    n_frame: int,
    n_cases: int,
    share: float,
    design_effect: float = 1.0,
    runs: int = 5000,
    seed: int,
    workers: int = 1,
) -> Plan:
    """How precisely does a random sample of ``n_cases`` tell a share of the ``n_frame``?

    The world: a frame in which ``share`` of the units has something. The study: a sample without
    putting back, of n_cases / ``design_effect`` units (unequal weights and clusters cost cases).

    Returns
    -------
    Plan with ``none_seen`` (no unit with it in the sample) and the estimate ``share``.
    """
    check_between("n_frame", n_frame, 1, 10_000_000)
    check_between("n_cases", n_cases, 1, n_frame)
    check_between("share", share, 0, 1)
    check_between("design_effect", design_effect, 0.1, 100)
    having = round(share * n_frame)
    effective = min(n_frame, max(1, round(n_cases / design_effect)))

    def study(rng: np.random.Generator) -> dict[str, float]:
        seen = int(rng.hypergeometric(having, n_frame - having, effective))
        return {"share": seen / effective, "none_seen": float(seen == 0)}

    return simulated(
        "share",
        {
            "n_frame": n_frame,
            "n_cases": n_cases,
            "share": share,
            "design_effect": design_effect,
        },
        study,
        shares=("none_seen",),
        estimates=("share",),
        runs=runs,
        seed=seed,
        workers=workers,
    )


def _known(value: float | None) -> float:
    return np.nan if value is None else value
