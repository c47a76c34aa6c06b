"""What goes together with a higher answer when people answer inside municipalities?"""

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from rodedraad.methods.intervals import Interval
from rodedraad.methods.models.bearing import check_bearing
from rodedraad.methods.models.coefficients import Coefficient, Threshold
from rodedraad.methods.models.cumulative import Fit, Link, ordinal_design
from rodedraad.methods.models.data import ModelData
from rodedraad.methods.models.ordinal import check_ordered, checked_fit, thresholds_of
from rodedraad.methods.models.quadrature import MixedDesign, fit_mixed, mixed_design, profile_sd
from rodedraad.methods.models.refusals import ModelRefusal
from rodedraad.methods.models.solvers import chi_squared_tail
from rodedraad.methods.notices import Notice

Floats = npt.NDArray[np.float64]

VERSION = "cumulative link with random intercept 1"
LATENT_VARIANCE: Mapping[Link, float] = {"logit": np.pi**2 / 3, "probit": 1.0}
NO_SPREAD = 1e-3


@dataclass(frozen=True, slots=True)
class OrdinalMixedModel:
    """A cumulative link model with a normal intercept per group.

    P(answer <= k | group) = F(threshold_k - x @ beta - u), u normal with standard deviation
    ``sd``. Coefficients hold inside a group and are larger than those that ignore it.
    ``shared`` is the share, 0-1, of the latent variance that lies between groups. ``p_groups``
    tests whether the groups differ, halved because a spread cannot be negative.
    """

    outcome: str
    group: str
    levels: tuple[str, ...]
    link: Link
    coefficients: tuple[Coefficient, ...]
    thresholds: tuple[Threshold, ...]
    sd: float
    sd_interval: Interval | None
    shared: float
    p_groups: float
    log_likelihood: float
    nodes: int
    n: int
    n_groups: int
    n_rows: int
    missing: Mapping[str, int]
    converged: bool
    confidence: float
    notices: tuple[Notice, ...]
    version: str = VERSION

    def coefficient(self, name: str) -> Coefficient:
        """The term with this name; KeyError when there is none."""
        return {term.name: term for term in self.coefficients}[name]


def ordinal_mixed_model(
    data: ModelData,
    *,
    link: Link = "logit",
    nodes: int = 11,
    confidence: float = 0.95,
    override: str = "",
    with_sd_interval: bool = True,
) -> OrdinalMixedModel:
    """Fit a cumulative link model with a random intercept by adaptive Gauss-Hermite quadrature.

    Parameters
    ----------
    data: from :func:`rodedraad.methods.models.data.model_data`, ``ordered=True``, with a group.
    link: "logit" or "probit".
    nodes: quadrature points per group, 3 to 51; more changes the last digits only.
    confidence: of the intervals: estimate / standard error (Wald) for coefficients, profile
        likelihood for the spread between groups.
    override: the reason to fit it although groups or rows are too few; see :mod:`.bearing`.
    with_sd_interval: False saves half of the work when the interval of the spread is not wanted.

    Returns
    -------
    OrdinalMixedModel, with the notices of the data and ``no_spread_between_groups`` (the groups
    differ no more than chance: the simpler model says the same) and ``not_converged``.

    Raises
    ------
    ModelRefusal: no group; too few groups or rows; perfect separation.

    Notes
    -----
    The p of a term that is a property of the group rests on the number of groups and is somewhat
    too small when there are few. Checked against ordinal::clmm in R (tests/reference/models).

    Liu, Q. & Pierce, D. (1994). A note on Gauss-Hermite quadrature. Biometrika 81, 624-629.
    """
    check_ordered(data, confidence)
    if not data.group:
        raise ModelRefusal(
            "This model needs the group in which each row lies. Name it, or use the model "
            "without groups.",
            code="model_no_group",
        )
    if not 3 <= nodes <= 51:
        raise ModelRefusal(f"Take 3 to 51 nodes. Got {nodes}.", code="model_nodes")
    notices = [*data.notices, *check_bearing(data, override=override)]
    plain_design = ordinal_design(data.y, data.x, len(data.levels))
    plain = checked_fit(plain_design, link, data)
    design = mixed_design(data.y, data.x, data.groups, len(data.levels), nodes)
    inverse = np.zeros((plain.parameters.size + 1,) * 2)
    inverse[:-1, :-1] = np.linalg.inv(plain.information)
    inverse[-1, -1] = 1 / len(data.group_names)
    fit = fit_mixed(design, link, start=np.append(plain.parameters, 0.5), inverse=inverse)
    flat = abs(fit.parameters[-1]) < NO_SPREAD or fit.log_likelihood <= plain.log_likelihood
    if flat:
        notices.append(Notice("no_spread_between_groups", {"group": data.group}))
        fit = _without_groups(plain)
    elif not fit.converged:
        notices.append(Notice("not_converged", {}))
    parameters, sd = fit.parameters, float(abs(fit.parameters[-1]))
    log_likelihood = fit.log_likelihood
    errors = np.sqrt(np.diagonal(np.linalg.inv(fit.information)))
    skip = len(data.levels) - 1
    chi_squared = 2 * (log_likelihood - plain.log_likelihood)
    return OrdinalMixedModel(
        outcome=data.outcome,
        group=data.group,
        levels=data.levels,
        link=link,
        coefficients=tuple(
            _wald(name, float(parameters[skip + j]), float(errors[skip + j]), confidence)
            for j, name in enumerate(data.terms)
        ),
        thresholds=thresholds_of(data.levels, parameters[:skip], errors[:skip]),
        sd=sd,
        sd_interval=_sd_interval(design, link, fit, confidence) if with_sd_interval else None,
        shared=sd**2 / (sd**2 + LATENT_VARIANCE[link]),
        p_groups=chi_squared_tail(chi_squared, 1) / 2 if chi_squared > 0 else 1.0,
        log_likelihood=log_likelihood,
        nodes=nodes,
        n=data.n,
        n_groups=len(data.group_names),
        n_rows=data.n_rows,
        missing=data.missing,
        converged=fit.converged,
        confidence=confidence,
        notices=tuple(notices),
    )


def _wald(name: str, estimate: float, error: float, confidence: float) -> Coefficient:
    reach = NormalDist().inv_cdf((1 + confidence) / 2) * error
    interval = Interval(estimate - reach, estimate + reach, confidence, "Wald")
    p = chi_squared_tail((estimate / error) ** 2, 1)
    return Coefficient(name, estimate, error, interval, p, "Wald")


def _without_groups(plain: Fit) -> Fit:
    """The model without groups, with a spread of 0 of which no error is told."""
    information = np.eye(plain.parameters.size + 1)
    information[:-1, :-1] = plain.information
    parameters = np.append(plain.parameters, 0.0)
    return Fit(parameters, plain.log_likelihood, information, plain.converged, plain.steps)


def _sd_interval(design: MixedDesign, link: Link, fit: Fit, confidence: float) -> Interval | None:
    limit = NormalDist().inv_cdf((1 + confidence) / 2) ** 2
    found = profile_sd(design, link, fit, fit.log_likelihood, limit)
    return None if found is None else Interval(*found, confidence, "profile likelihood")
