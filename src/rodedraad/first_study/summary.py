"""The figures of the first study in one JSON file, for people and programs that check them."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from rodedraad.assessment.models import Evidence, Run
from rodedraad.country.history import Country
from rodedraad.studies.models import SelectionPlan, Study

YEARS = range(2010, 2027)
REGIOATLAS_YEAR = 2016
BILLION_IN_KEUR = 1_000_000


def summary(
    study: Study, country: Country, plan: SelectionPlan, runs: Mapping[str, Run]
) -> dict[str, Any]:
    """Return the counts of the country tables and the outcomes of the runs.

    Everything but ``seconds``, which the job adds.
    """
    qap = runs["alike_spending"].result
    smallest = runs["selection"].result["measures"]["smallest"]
    return {
        "study": study.slug,
        "municipalities": {
            str(year): len(country.municipalities_on(date(year, 1, 1))) for year in YEARS
        },
        "population": _population(country),
        **_regioatlas(country),
        "opengr": _opengr(country),
        "spending_bn": {
            year: found["total"] / BILLION_IN_KEUR
            for year, found in sorted(runs["spending"].result.items())
        },
        "cases": plan.result["cases"],
        "selection": {
            "measure": "smallest distance between two cases, in standard deviations",
            "spread": smallest["given"],
            "random_spread": smallest["mean"],
            "draws": runs["selection"].result["draws"],
            "draws_at_least_as_wide": smallest["n_at_least"],
        },
        "congruence": {
            f"{pair['a']} | {pair['b']}": {
                name: pair[name]
                for name in ("adjusted_rand", "nesting_ab", "nesting_ba", "whole_ab", "whole_ba")
            }
            for pair in runs["congruence"].result["pairs"]
        },
        "qap": {
            "relation": "difference in spending per inhabitant by number of shared arrangements",
            "coefficient": qap["terms"]["shared_arrangements"]["coefficient"],
            "p": qap["terms"]["shared_arrangements"]["p"],
            "permutations": qap["permutations"],
            "n_cases": qap["n_cases"],
        },
        "evidence_rows": Evidence.objects.filter(study=study).count(),
    }


def _population(country: Country) -> dict[str, int]:
    totals = country.table("population").group_by("year").agg(pl.col("inhabitants").sum())
    return {str(year): total for year, total in sorted(totals.iter_rows())}


def _regioatlas(country: Country) -> dict[str, Any]:
    """Return the rows and, per kind as published, the number of its regions."""
    regions = country.table("regions").filter(pl.col("year") == REGIOATLAS_YEAR)
    counts = regions.group_by("raw_type").agg(pl.col("region").n_unique())
    return {
        "regioatlas_rows": regions.height,
        "region_types_2016": {kind.strip(): n for kind, n in sorted(counts.iter_rows())},
    }


def _opengr(country: Country) -> dict[str, Any]:
    joint = country.table("joint_arrangements")
    unmatched = joint.filter(pl.col("code").is_null())
    return {
        "memberships": joint.height,
        "arrangements": joint["arrangement_key"].n_unique(),
        "matched": joint.height - unmatched.height,
        "unmatched": unmatched.height,
        "unmatched_by_kind": dict(sorted(Counter(unmatched["participant_kind"]).items())),
    }
