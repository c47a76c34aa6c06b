"""How do figures of the municipalities of one date become figures of those of another date?

Counts are added up, and their sum is kept. Rates and means need the counts they are based on.
Types, scores and answers of a municipality are not converted at all: it has predecessors instead.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import isclose

import networkx as nx
import polars as pl

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


class FrameUnsound(Refusal):
    """Figures that cannot be converted as they are given."""

    code = "figures-unsound"


class RatesNeedWeights(Refusal):
    """A rate or mean without the count that it is a rate or mean of."""

    code = "rates-need-weights"


class ScoresNotConvertible(Refusal):
    """Types, scores and answers belong to the municipality that was studied."""

    code = "scores-not-convertible"


@dataclass(frozen=True)
class Flow:
    """From one municipality of the first date to one of the second.

    ``share`` is the share of the first that goes to the second: 1 when it goes there wholly,
    None when it is divided and nobody published how.
    """

    from_code: str
    to_code: str
    share: float | None


@dataclass(frozen=True)
class Conversion:
    """Converted figures with what was assumed to get them.

    ``frame`` has ``code`` (municipality of the second date, or several joined with ``+``), the
    ``by`` columns and the values. ``incomplete`` names codes that got null because a figure of
    one of the municipalities they come from is missing; ``assumptions`` are sentences to print
    beside the figures.
    """

    frame: pl.DataFrame
    assumptions: tuple[str, ...]
    incomplete: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Crosswalk:
    """The flows between the municipalities of two dates. Works in both directions of time."""

    country: Country
    from_date: date
    to_date: date
    flows: tuple[Flow, ...]

    @cached_property
    def divided(self) -> tuple[str, ...]:
        """Municipalities of the first date of which the shares are unknown."""
        return tuple(sorted({flow.from_code for flow in self.flows if flow.share is None}))

    def convert_counts(
        self,
        frame: pl.DataFrame,
        values: Sequence[str],
        *,
        by: Sequence[str] = (),
        shares: Shares | None = None,
        join_divided: bool = False,
    ) -> Conversion:
        """Add up counts; per ``by`` group, their sum is the same before and after.

        Parameters: ``frame`` with ``code``, the ``by`` columns and numeric ``values``; null is
        missing, and makes the result of its successors null. Where municipalities are divided
        without published shares, give ``shares`` (from-code to to-code to share, adding up to
        1), or set ``join_divided`` to report all successors of a divided municipality together
        as one unit; with neither, ``SplitWithoutShares`` is raised.

        Whole numbers stay whole unless given shares divide them.
        """
        checked = self._checked(frame, values, by)
        flows, assumptions = self._resolved(shares, join_divided=join_divided)
        return self._summed(checked, flows, values, by, assumptions)

    def convert_rates(
        self,
        frame: pl.DataFrame,
        values: Sequence[str],
        *,
        weights: str | None = None,
        by: Sequence[str] = (),
        shares: Shares | None = None,
        join_divided: bool = False,
    ) -> Conversion:
        """Average rates or means with the count they are based on, such as inhabitants.

        ``weights`` is the column of ``frame`` with that count; without it, or when it is
        negative, the conversion is refused. Other parameters as for counts.
        """
        if weights is None:
            message = (
                "Rates and means cannot be averaged over municipalities without weights. Give "
                "weights='...', the column with the count they are based on, such as inhabitants."
            )
            raise RatesNeedWeights(message, values=tuple(values))
        checked = self._checked(frame, [*values, weights], by)
        if checked.filter(pl.col(weights) < 0).height:
            message = f"Column '{weights}' has a negative weight. Give counts of 0 or more."
            raise FrameUnsound(message, column=weights)
        flows, assumptions = self._resolved(shares, join_divided=join_divided)
        totals = checked.with_columns(pl.col(value) * pl.col(weights) for value in values)
        summed = self._summed(totals, flows, [*values, weights], by, assumptions)
        averaged = pl.when(pl.col(weights) > 0).then(pl.col(list(values)) / pl.col(weights))
        note = f"Averages weighted by {weights}."
        return Conversion(
            summed.frame.with_columns(averaged),
            (*summed.assumptions, note),
            summed.incomplete,
        )

    def convert_scores(self, *_figures: object, **_choices: object) -> Conversion:
        """Always refused: a type, score or answer is of the municipality that was studied."""
        message = (
            "Types, scores and answers are not converted between dates: a merged municipality "
            "has no single past type. Show those of its predecessors, see Country.predecessors."
        )
        raise ScoresNotConvertible(message, from_date=self.from_date, to_date=self.to_date)

    def _checked(
        self, frame: pl.DataFrame, values: Sequence[str], by: Sequence[str]
    ) -> pl.DataFrame:
        missing = [name for name in ("code", *by, *values) if name not in frame.columns]
        if missing:
            message = f"The figures have no column {', '.join(map(repr, missing))}. Add it."
            raise FrameUnsound(message, columns=tuple(missing))
        for value in values:
            if not frame.schema[value].is_numeric():
                message = f"Column '{value}' is {frame.schema[value]}, not numbers. Cast it first."
                raise FrameUnsound(message, column=value)
        codes = [municipality_code(code) for code in frame["code"]]
        for code in sorted(set(codes)):
            self.country.municipality_on(code, self.from_date)
        clean = frame.select("code", *by, *values).with_columns(code=pl.Series(codes, dtype=str))
        twice = clean.filter(clean.select("code", *by).is_duplicated())
        if twice.height:
            message = (
                f"{twice['code'][0]} has several rows. Give one row per municipality, or name "
                f"the columns that tell the rows apart in by=[...]."
            )
            raise FrameUnsound(message, municipality=twice["code"][0])
        whole = [value for value in values if frame.schema[value].is_integer()]
        return clean.with_columns(pl.col(whole).cast(pl.Int64))

    def _resolved(
        self, shares: Shares | None, *, join_divided: bool
    ) -> tuple[list[Flow], tuple[str, ...]]:
        """Flows that all have a share, and what was assumed for that."""
        if not self.divided:
            return list(self.flows), ()
        given = _given(shares or {})
        unsettled = [code for code in self.divided if code not in given]
        if unsettled and not join_divided:
            raise self._split(unsettled)
        self._shares_check(given)
        flows = [
            Flow(flow.from_code, flow.to_code, given[flow.from_code].get(flow.to_code, 0.0))
            if flow.share is None and flow.from_code in given
            else flow
            for flow in self.flows
        ]
        assumed = [
            f"{self._named(code)} was divided by shares given by the user: "
            + ", ".join(f"{self._named(to)} {share:g}" for to, share in sorted(to_shares.items()))
            + "."
            for code, to_shares in sorted(given.items())
        ]
        return self._joined(flows, assumed)

    def _split(self, codes: Sequence[str]) -> SplitWithoutShares:
        named = "; ".join(
            f"{self._named(code)} over "
            + ", ".join(self._named(flow.to_code) for flow in self.flows if flow.from_code == code)
            for code in codes
        )
        message = (
            f"Between {self.from_date} and {self.to_date} municipalities are divided and no "
            f"source gives the shares: {named}. Give shares={{...}} for each, or "
            f"join_divided=True to report the municipalities that received a part together."
        )
        return SplitWithoutShares(message, municipalities=tuple(codes))

    def _shares_check(self, given: Shares) -> None:
        for code, to_shares in given.items():
            possible = {flow.to_code for flow in self.flows if flow.from_code == code}
            if code not in self.divided or not set(to_shares) <= possible:
                message = (
                    f"Shares are given for {code} to {', '.join(sorted(to_shares))}, but in this "
                    f"crosswalk it goes to {', '.join(sorted(possible)) or 'none'}, and divided "
                    f"are {', '.join(self.divided)}. Correct the codes."
                )
                raise SharesUnsound(message, municipality=code)
            total = sum(to_shares.values())
            if min(to_shares.values()) < 0 or not isclose(total, 1, abs_tol=1e-9):
                message = (
                    f"The shares of {code} add up to {total:g}, or one is negative. "
                    f"Give shares from 0 to 1 that add up to 1."
                )
                raise SharesUnsound(message, municipality=code, total=total)

    def _joined(self, flows: list[Flow], assumed: list[str]) -> tuple[list[Flow], tuple[str, ...]]:
        """Take the successors of each municipality that is still divided together as one."""
        together = nx.Graph()
        for flow in flows:
            if flow.share is None:
                together.add_edge(f"from {flow.from_code}", flow.to_code)
        unit: dict[str, str] = {}
        for part in sorted(map(sorted, nx.connected_components(together))):
            codes = [code for code in part if not code.startswith("from ")]
            unit.update(dict.fromkeys(codes, JOINED.join(codes)))
            assumed.append(f"Reported together: {', '.join(map(self._named, codes))}.")
        joined: dict[tuple[str, str], float] = {}
        for flow in flows:
            pair = flow.from_code, unit.get(flow.to_code, flow.to_code)
            joined[pair] = 1.0 if flow.share is None else joined.get(pair, 0.0) + flow.share
        return [Flow(*pair, share) for pair, share in joined.items()], tuple(assumed)

    def _summed(
        self,
        frame: pl.DataFrame,
        flows: list[Flow],
        values: Sequence[str],
        by: Sequence[str],
        assumptions: tuple[str, ...],
    ) -> Conversion:
        rows = [(flow.from_code, flow.to_code, flow.share) for flow in flows]
        links = pl.DataFrame(rows, schema=["code", "to_code", "share"], orient="row")
        groups = frame.select(by).unique(maintain_order=True) if by else None
        expected = links.join(groups, how="cross") if groups is not None else links
        joined = expected.join(
            frame.with_columns(_present=True), on=["code", *by], how="left", nulls_equal=True
        )
        if not (links["share"] == 1).all():
            shared = joined.with_columns(pl.col(value) * pl.col("share") for value in values)
        else:
            shared = joined
        total = [
            pl.when(pl.col(value).is_not_null().all()).then(pl.col(value).sum()).alias(value)
            for value in values
        ]
        summed = (
            shared.group_by("to_code", *by)
            .agg(*total, pl.col("_present").any())
            .filter("_present")
            .drop("_present")
            .rename({"to_code": "code"})
            .sort("code", *by)
        )
        gaps = summed.filter(pl.any_horizontal(pl.col(value).is_null() for value in values))
        return Conversion(summed, assumptions, tuple(gaps["code"].unique().sort()))

    def _named(self, code: str) -> str:
        return f"{self.country.municipality(code).name} ({code})"


def crosswalk(country: Country, from_date: date, to_date: date) -> Crosswalk:
    """The crosswalk from the municipalities of one date to those of another, earlier or later.

    Back in time every merged municipality is divided over its predecessors, in unknown shares.
    """
    if from_date <= to_date:
        routes = [
            (each.code, relative.municipality.code, relative.share)
            for each in country.municipalities_on(from_date)
            for relative in country.successors(each.code, to_date)
        ]
    else:
        routes = [
            (each.code, relative.municipality.code, None)
            for each in country.municipalities_on(from_date)
            for relative in country.origins(each.code, from_date, to_date)
        ]
    targets: dict[str, dict[str, float | None]] = {}
    for from_code, to_code, share in routes:
        shares = targets.setdefault(from_code, {})
        known = shares.get(to_code, 0.0)
        shares[to_code] = None if share is None or known is None else known + share
    flows = tuple(
        Flow(from_code, to_code, 1.0 if len(shares) == 1 else share)
        for from_code, shares in targets.items()
        for to_code, share in shares.items()
    )
    return Crosswalk(country, from_date, to_date, flows)


def _given(shares: Shares) -> dict[str, dict[str, float]]:
    return {
        municipality_code(code): {municipality_code(to): share for to, share in tos.items()}
        for code, tos in shares.items()
    }
