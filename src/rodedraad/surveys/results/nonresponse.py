"""Who was asked and did not answer: by size and part of the country, and on known figures?"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Sum

from rodedraad.methods.differences import StandardisedDifference, standardised_difference
from rodedraad.surveys.models import Invitation, StratumLink, Survey
from rodedraad.surveys.results.background import (
    VARIABLES,
    Population,
    category_order,
    figures_known,
)


@dataclass(frozen=True, slots=True)
class StratumResponse:
    """One category: how many cases were asked and answered, and how many people."""

    variable: str
    label: str
    n_cases: int
    n_cases_answered: int
    n_asked: int
    n_answered: int

    @property
    def share_cases(self) -> float | None:
        """The share of cases with at least one answer."""
        return self.n_cases_answered / self.n_cases if self.n_cases else None

    @property
    def share(self) -> float | None:
        """The share of people, when it is known how many were asked."""
        return self.n_answered / self.n_asked if self.n_asked >= self.n_answered > 0 else None


@dataclass(frozen=True, slots=True)
class FigureCompared:
    """One background figure of cases that answered beside those that did not."""

    key: str
    answered: tuple[float, ...]
    silent: tuple[float, ...]
    difference: StandardisedDifference
    n_unknown: int


@dataclass(frozen=True, slots=True)
class Nonresponse:
    """How response differs by what is known of all cases; ``year`` is that of the figures."""

    n_cases: int
    n_answered: int
    strata: tuple[StratumResponse, ...]
    figures: tuple[FigureCompared, ...]
    year: int | None


def asked_by_case(survey: Survey) -> dict[str, int]:
    """Return how many people of each case were asked, as far as that is known. Two queries."""
    invited = Invitation.objects.filter(survey=survey).values_list("participation__case__unit_code")
    linked = StratumLink.objects.filter(survey=survey).values_list("case__unit_code")
    found = Counter(dict(invited.order_by().annotate(n=Count("pk"))))
    for case, n in linked.order_by().annotate(n=Sum("n_asked")):
        found[case] += n or 0
    return dict(found)


def nonresponse(
    asked: Mapping[str, int], answered: Mapping[str, int], population: Population
) -> Nonresponse:
    """Compare the cases that answered with those that were asked and did not.

    ``asked``: people asked by case; a case that answered counts as asked. Nothing is tested: all
    figures that were chosen beforehand are shown, each with its difference and interval.
    """
    cases = sorted((set(asked) | set(answered)) & set(population.codes))
    given = [case for case in cases if answered.get(case, 0) > 0]
    silent = [case for case in cases if not answered.get(case, 0)]
    strata: list[StratumResponse] = []
    for variable in VARIABLES:
        label_of = population.labels[variable]
        for label in category_order({label_of[case] for case in cases}):
            inside = [case for case in cases if label_of[case] == label]
            strata.append(
                StratumResponse(
                    variable,
                    label,
                    len(inside),
                    sum(case in set(given) for case in inside),
                    sum(asked.get(case, 0) for case in inside),
                    sum(answered.get(case, 0) for case in inside),
                )
            )
    year, figures = figures_known(population.year)
    figures = {
        "inhabitants": {code: float(n) for code, n in population.inhabitants.items()},
        **{key: values for key, values in figures.items() if key != "inhabitants"},
    }
    compared = tuple(_compared(key, values, given, silent) for key, values in figures.items())
    return Nonresponse(len(cases), len(given), tuple(strata), compared, year)


def _compared(
    key: str, values: Mapping[str, float], given: list[str], silent: list[str]
) -> FigureCompared:
    one = tuple(values[case] for case in given if case in values)
    other = tuple(values[case] for case in silent if case in values)
    unknown = len(given) + len(silent) - len(one) - len(other)
    return FigureCompared(key, one, other, standardised_difference(one, other), unknown)
