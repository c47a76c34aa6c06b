"""Does a set hold nearly all cases, or nearly none?"""

from collections.abc import Iterator

from rodedraad.methods.notices import Notice
from rodedraad.methods.qca.table import FloatArray, SetTable

FEWEST_SHARE = 0.2


def share_inside(membership: FloatArray) -> float:
    """Share of cases that are more inside the set than outside (above 0.5).

    Checked against ``skew.check`` of R package SetMethods.
    """
    return float((membership > 0.5).mean())


def skewness_notices(table: SetTable) -> Iterator[Notice]:
    """One notice per set with fewer than 20% of the cases in it, or outside it.

    A skewed set is easily consistent with both the outcome and its absence; look at PRI, and at
    the calibration.

    Schneider, C. & Wagemann, C. (2012), section 9.2.
    """
    for position, condition in enumerate(table.alphabet.conditions):
        if condition.kind != "multi-value":
            inside = table.memberships[:, table.alphabet.first_bits[position] + 1]
            yield from _notice(condition.name, inside)
    yield from _notice(table.outcome_name, table.outcome)


def _notice(name: str, membership: FloatArray) -> Iterator[Notice]:
    share = share_inside(membership)
    if not FEWEST_SHARE <= share <= 1 - FEWEST_SHARE:
        yield Notice("skewed_set", {"column": name, "share_inside": share})
