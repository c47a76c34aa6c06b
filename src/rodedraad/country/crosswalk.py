"""How do figures of the municipalities of one date become figures of those of another date?

Counts are added up, and their sum is kept. Rates and means need the counts they are based on.
Types, scores and answers of a municipality are not converted at all: it has predecessors instead.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import polars as pl

from rodedraad.country.codes import municipality_code
from rodedraad.country.division import Flow, Shares, divided, flows_settled
from rodedraad.country.history import Country
from rodedraad.errors import Refusal


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
        return divided(self.flows)

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
        flows, assumptions = flows_settled(
            self.country, self.flows, shares, join_divided=join_divided
        )
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
        flows, assumptions = flows_settled(
            self.country, self.flows, shares, join_divided=join_divided
        )
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
        clean = frame.select("code", *by, *values).with_columns(
            code=pl.Series(codes, dtype=pl.String)
        )
        twice = clean.filter(clean.select("code", *by).is_duplicated())
        if twice.height:
            message = (
                f"{twice['code'][0]} has several rows. Give one row per municipality, or name "
                f"the columns that tell the rows apart in by=[...]."
            )
            raise FrameUnsound(message, municipality=twice["code"][0])
        whole = [value for value in values if frame.schema[value].is_integer()]
        return clean.with_columns(pl.col(whole).cast(pl.Int64))

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
