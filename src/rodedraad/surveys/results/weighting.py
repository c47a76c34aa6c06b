"""How much does each response count so that the cases look like all municipalities?

Weights depend on the case only, so they are kept by case: everyone of a case counts the same.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
from django.db import transaction

import rodedraad
from rodedraad.accounts.audit import audit_record
from rodedraad.accounts.models import Person
from rodedraad.errors import Refusal
from rodedraad.methods.weights import Weights, kish_design_effect, post_stratify, rake
from rodedraad.surveys.models import Survey, SurveyWeights
from rodedraad.surveys.results.background import (
    VARIABLES,
    Population,
    category_order,
    population_of,
)
from rodedraad.surveys.results.flags import flags_frame
from rodedraad.surveys.results.frame import answers_frame, survey_columns
from rodedraad.surveys.results.leaving_out import counting, flags_left_out

POST, RAKE = "post_stratify", "rake"
METHODS = (POST, RAKE)
MUNICIPALITIES, INHABITANTS = "municipalities", "inhabitants"
POPULATIONS = (MUNICIPALITIES, INHABITANTS)


@dataclass(frozen=True, slots=True)
class WeightsAsked:
    """How to weight.

    ``variables``: size, part_of_country, or both; with post_stratify both are crossed.
    ``population``: what is counted. Municipalities: each case counts the same to begin with,
    however many of it answered. Inhabitants: each response does. ``highest``: the largest weight
    as a multiple of the mean, or None.
    """

    method: str = RAKE
    variables: tuple[str, ...] = VARIABLES
    population: str = MUNICIPALITIES
    highest: float | None = 5.0


@dataclass(frozen=True, slots=True)
class Cell:
    """One category: its share of the population, and of the responses before and after."""

    variable: str
    label: str
    population: float
    n: int
    n_cases: int
    share: float
    before: float
    after: float | None

    @property
    def is_empty(self) -> bool:
        """Whether there is a population and nobody to stand for it."""
        return self.n == 0 and self.population > 0


def responses_by_case(survey: Survey) -> dict[str, int]:
    """Return how many responses that count each case has."""
    frame = answers_frame(survey)
    flags = flags_frame(frame, survey_columns(survey))
    counted = counting(frame, flags, flags_left_out(survey))
    return dict(sorted(Counter(counted["case"].to_list()).items()))


def cells_of(asked: WeightsAsked, population: Population, n_of: Mapping[str, int]) -> list[Cell]:
    """Return every category that would be weighted to, as it is before."""
    return _cells(asked, population, n_of, None)


@transaction.atomic
def weights_make(
    survey: Survey, asked: WeightsAsked, *, person: Person | None, origin: str
) -> SurveyWeights:
    """Work out weights for the responses that count now, and keep them; older ones stay.

    Lead and researchers may.

    Raises
    ------
    Refusal
        ``weights_asked`` for a way that there is not, ``weights_nobody`` without responses,
        ``weights_cells_empty`` when a category has a population and no response, and what
        ``population_of`` refuses.
    """
    _asked_check(asked)
    population, n_of = population_of(survey), responses_by_case(survey)
    _responses_check(population, n_of)
    empty = [cell.label for cell in cells_of(asked, population, n_of) if cell.is_empty]
    if empty:
        raise Refusal(
            f"Nobody answered in {', '.join(empty)}. No weight can mend that. Weight on one of "
            "the two, or on both apart (raking), or leave it unweighted and say so.",
            code="weights_cells_empty",
            cells=", ".join(empty),
        )
    made = weights_worked_out(asked, population, n_of)
    kept = SurveyWeights.objects.create(
        survey=survey, parameters=_parameters(asked, population),
        fingerprint=fingerprint_of(asked, population, n_of), person=person,
        result=_result(asked, population, n_of, made),
    )  # fmt: skip
    audit_record(
        person=person, action="survey_weights_make", origin=origin,
        object=f"study:{survey.study.slug} survey:{survey.slug} weights:{kept.pk}",
    )  # fmt: skip
    return kept


def weights_worked_out(
    asked: WeightsAsked, population: Population, n_of: Mapping[str, int]
) -> Weights:
    """Return a weight for each response, case after case."""
    cases = [case for case, n in n_of.items() for _ in range(n)]
    base = None
    if asked.population == MUNICIPALITIES:
        base = np.array([1 / n_of[case] for case in cases])
    groups = [asked.variables] if asked.method == POST else [(one,) for one in asked.variables]
    margins = {
        " · ".join(group): (
            [population.label(case, group) for case in cases],
            _sizes(asked, population, group),
        )
        for group in groups
    }
    if asked.method == POST and asked.highest is None:
        ((name, (labels, sizes)),) = margins.items()
        return post_stratify(labels, sizes, name=name, base=base)
    return rake(margins, base=base, trim=None if asked.highest is None else (0.0, asked.highest))


def weights_stale(weights: SurveyWeights, n_of: Mapping[str, int] | None = None) -> bool:
    """Whether other responses count now than when the weights were made.

    ``n_of``: how many count by case now, when that is known already.
    """
    survey = weights.survey
    now = responses_by_case(survey) if n_of is None else n_of
    return fingerprint_of(asked_of(weights), population_of(survey), now) != weights.fingerprint


def asked_of(weights: SurveyWeights) -> WeightsAsked:
    """Return how weights were asked for."""
    given: Mapping[str, Any] = weights.parameters
    return WeightsAsked(
        given["method"], tuple(given["variables"]), given["population"], given["highest"]
    )


def weights_on(frame: pl.DataFrame, weights: SurveyWeights | None) -> npt.NDArray[np.float64]:
    """Return the weight of each row of the answers; 1 without weights, and NaN for a new case."""
    if weights is None:
        return np.ones(frame.height)
    by_case: Mapping[str, float] = weights.result["by_case"]
    return np.array([by_case.get(case, np.nan) for case in frame["case"]], dtype=np.float64)


def fingerprint_of(asked: WeightsAsked, population: Population, n_of: Mapping[str, int]) -> str:
    """Return a digest of all that weights follow from."""
    told = [
        asdict(asked), dict(n_of), population.year,
        [[code, population.label(code, VARIABLES), population.inhabitants[code]]
         for code in population.codes],
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def _asked_check(asked: WeightsAsked) -> None:
    fits = (
        asked.method in METHODS
        and asked.population in POPULATIONS
        and asked.variables
        and set(asked.variables) <= set(VARIABLES)
        and (asked.highest is None or asked.highest > 1)
    )
    if not fits:
        raise Refusal(
            "Choose size, part of the country or both, a way to weight, and a largest weight "
            "above 1 or none.",
            code="weights_asked",
        )


def _responses_check(population: Population, n_of: Mapping[str, int]) -> None:
    if not n_of:
        raise Refusal(
            "There are no complete responses that count, so there is nothing to weight.",
            code="weights_no_responses",
        )
    strange = sorted(set(n_of) - set(population.codes))
    if strange:
        raise Refusal(
            f"{', '.join(strange)} did not exist on the reference date of the wave, so its size "
            "is not known. Look at the cases of the study.",
            code="weights_case_unknown",
            cases=", ".join(strange),
        )


def _sizes(asked: WeightsAsked, population: Population, group: tuple[str, ...]) -> dict[str, float]:
    counted: Counter[str] = Counter()
    for code in population.codes:
        one = asked.population == MUNICIPALITIES
        counted[population.label(code, group)] += 1 if one else population.inhabitants[code]
    return {label: float(n) for label, n in counted.items()}


def _parameters(asked: WeightsAsked, population: Population) -> dict[str, Any]:
    return {
        **asdict(asked), "variables": list(asked.variables), "year": population.year,
        "version": rodedraad.__version__,
    }  # fmt: skip


def _result(
    asked: WeightsAsked, population: Population, n_of: Mapping[str, int], made: Weights
) -> dict[str, Any]:
    cases = [case for case, n in n_of.items() for _ in range(n)]
    scaled = made.values / made.values.mean()
    by_case = {case: float(value) for case, value in zip(cases, scaled, strict=True)}
    return {
        "by_case": by_case,
        "cells": [asdict(cell) for cell in _cells(asked, population, n_of, by_case)],
        "design_effect": made.design_effect,
        "design_effect_before": kish_design_effect(made.base),
        "n_effective": made.n_effective,
        "ratio": made.ratio,
        "highest": float(scaled.max()),
        "lowest": float(scaled.min()),
        "n_trimmed": made.n_trimmed,
        "converged": made.converged,
        "largest_difference": made.largest_difference,
        "n_respondents": made.n_respondents,
        "n_cases": len(n_of),
    }


def _cells(
    asked: WeightsAsked,
    population: Population,
    n_of: Mapping[str, int],
    by_case: Mapping[str, float] | None,
) -> list[Cell]:
    groups = [asked.variables] if asked.method == POST else [(one,) for one in asked.variables]
    n_all = sum(n_of.values()) or 1
    found: list[Cell] = []
    for group in groups:
        sizes = _sizes(asked, population, group)
        total = sum(sizes.values())
        of = {label: [case for case in n_of if population.label(case, group) == label]
              for label in sizes}  # fmt: skip
        for label in category_order(set(sizes)):
            n = sum(n_of[case] for case in of[label])
            after = None
            if by_case is not None:
                after = sum(n_of[case] * by_case[case] for case in of[label]) / n_all
            found.append(
                Cell(
                    variable=" · ".join(group),
                    label=label,
                    population=sizes[label],
                    n=n,
                    n_cases=len(of[label]),
                    share=sizes[label] / total,
                    before=n / n_all,
                    after=after,
                )
            )
    return found
