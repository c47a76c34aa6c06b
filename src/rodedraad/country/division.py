"""How is a municipality that went to several others divided over them?

Nobody publishes the shares. So a person gives them, or the successors are reported together, or
the conversion is refused.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isclose

import networkx as nx

from rodedraad.country.codes import municipality_code
from rodedraad.country.history import Country
from rodedraad.errors import Refusal

Shares = Mapping[str, Mapping[str, float]]
JOINED = "+"


class SplitWithoutShares(Refusal):
    """A municipality goes to several others, and nobody has published in which shares."""

    code = "split-without-shares"


class SharesUnsound(Refusal):
    """Given shares name other municipalities than the crosswalk, or do not add up to 1."""

    code = "shares-unsound"


@dataclass(frozen=True)
class Flow:
    """From one municipality of the first date to one of the second.

    ``share`` is the share of the first that goes to the second: 1 when it goes there wholly,
    None when it is divided and nobody published how.
    """

    from_code: str
    to_code: str
    share: float | None


def divided(flows: Sequence[Flow]) -> tuple[str, ...]:
    """The municipalities of which the shares are unknown."""
    return tuple(sorted({flow.from_code for flow in flows if flow.share is None}))


def flows_settled(
    country: Country, flows: Sequence[Flow], shares: Shares | None, *, join_divided: bool
) -> tuple[list[Flow], tuple[str, ...]]:
    """Flows that all have a share, and sentences that say what was assumed for that.

    ``shares`` (from-code to to-code to share) settles municipalities; ``join_divided`` joins the
    successors of those still unsettled into one unit, its code theirs with ``+`` between.

    Raises ``SplitWithoutShares`` when neither settles all, ``SharesUnsound`` for wrong shares.
    """
    given = {
        municipality_code(code): {municipality_code(to): share for to, share in tos.items()}
        for code, tos in (shares or {}).items()
    }
    _shares_check(flows, given)
    unsettled = [code for code in divided(flows) if code not in given]
    if unsettled and not join_divided:
        raise _split(country, flows, unsettled)
    settled = [
        Flow(flow.from_code, flow.to_code, given[flow.from_code].get(flow.to_code, 0.0))
        if flow.from_code in given
        else flow
        for flow in flows
    ]
    assumed = [
        f"{_named(country, code)} was divided by shares given by the user: "
        + ", ".join(f"{_named(country, to)} {share:g}" for to, share in sorted(tos.items()))
        + "."
        for code, tos in sorted(given.items())
    ]
    units = _units(settled)
    assumed += [
        f"Reported together: {', '.join(_named(country, code) for code in unit.split(JOINED))}."
        for unit in sorted(set(units.values()))
    ]
    return _joined(settled, units), tuple(assumed)


def _split(country: Country, flows: Sequence[Flow], codes: Sequence[str]) -> SplitWithoutShares:
    named = "; ".join(
        f"{_named(country, code)} over "
        + ", ".join(_named(country, flow.to_code) for flow in flows if flow.from_code == code)
        for code in codes
    )
    message = (
        f"Municipalities are divided between the two dates and no source gives the shares: "
        f"{named}. Give shares={{...}} for each, or join_divided=True to report the "
        f"municipalities that received a part together."
    )
    return SplitWithoutShares(message, municipalities=tuple(codes))


def _shares_check(flows: Sequence[Flow], given: Shares) -> None:
    unknown = divided(flows)
    for code, tos in given.items():
        possible = sorted(flow.to_code for flow in flows if flow.from_code == code)
        if code not in unknown or not set(tos) <= set(possible):
            message = (
                f"Shares are given for {code} to {', '.join(sorted(tos))}. In this crosswalk it "
                f"goes to {', '.join(possible) or 'none'}, and divided are "
                f"{', '.join(unknown) or 'none'}. Correct the codes."
            )
            raise SharesUnsound(message, municipality=code)
        total = sum(tos.values())
        if min(tos.values(), default=-1) < 0 or not isclose(total, 1, abs_tol=1e-9):
            message = (
                f"The shares of {code} add up to {total:g}, or one is negative. "
                f"Give shares from 0 to 1 that add up to 1."
            )
            raise SharesUnsound(message, municipality=code, total=total)


def _units(flows: Sequence[Flow]) -> dict[str, str]:
    """The unit of each municipality that gets an unknown share."""
    together = nx.Graph()
    for flow in flows:
        if flow.share is None:
            together.add_edge(("from", flow.from_code), ("to", flow.to_code))
    units: dict[str, str] = {}
    for part in nx.connected_components(together):
        codes = sorted(code for side, code in part if side == "to")
        units.update(dict.fromkeys(codes, JOINED.join(codes)))
    return units


def _joined(flows: Sequence[Flow], units: Mapping[str, str]) -> list[Flow]:
    joined: dict[tuple[str, str], float] = {}
    for flow in flows:
        pair = flow.from_code, units.get(flow.to_code, flow.to_code)
        joined[pair] = 1.0 if flow.share is None else joined.get(pair, 0.0) + flow.share
    return [Flow(*pair, share) for pair, share in joined.items() if share > 0]


def _named(country: Country, code: str) -> str:
    return f"{country.municipality(code).name} ({code})"
