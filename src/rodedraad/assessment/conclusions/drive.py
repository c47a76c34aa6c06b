"""How much of a municipality's cooperation does the law prescribe?"""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import numpy as np
import polars as pl

from rodedraad.assessment.conclusions.participation import five_numbers
from rodedraad.methods.rulesets.portfolio import PortfolioNetwork, municipal_portfolio


def cooperation_drive(ties: pl.DataFrame, *, class_of: Mapping[str, str]) -> dict[str, Any]:
    """Return how many arrangements and ties have each label of rule c.2, and each portfolio.

    Parameters
    ----------
    ties : tie rows of one wave
    class_of : label in two classes of every arrangement (``about``)
    """
    seats = ties.select("case", "about").unique()
    per_tie = Counter(class_of[about] for about in seats["about"])
    per_arrangement = Counter(class_of[about] for about in seats["about"].unique())
    cases: dict[str, Any] = {}
    for (case,), rows in sorted(seats.group_by("case"), key=lambda group: str(group[0])):
        portfolio = municipal_portfolio(
            [PortfolioNetwork(class_of[about]) for about in rows["about"]]
        )
        cases[str(case)] = {"share": portfolio.share, "label": portfolio.label}
    shares = [np.nan if c["share"] is None else c["share"] for c in cases.values()]
    return {
        "arrangements": dict(sorted(per_arrangement.items())),
        "ties": dict(sorted(per_tie.items())),
        "share_prescribed": five_numbers(np.array(shares, dtype=np.float64)),
        "portfolios": dict(sorted(Counter(c["label"] for c in cases.values()).items())),
        "cases": cases,
    }
