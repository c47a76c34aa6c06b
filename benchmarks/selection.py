"""How far apart lie 16 diverse cases, beside 1,000 random selections under the same strata?

Run: python benchmarks/selection.py [--cases 16] [--draws 1000] [--seed 2015] [--simulated]

The frame is every municipality of 1 January 2015 with the background figures and strata that the
study template network-development names. With --simulated the figures are made up, and the output
says so. The peer is chance: random draws under the same quota. Exit code 1 when a selection takes
more than two seconds or is less spread than the mean draw.
"""

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from time import perf_counter

import numpy as np
import polars as pl

from rodedraad.country.tables import table_read
from rodedraad.methods.selection import (
    Selection,
    SelectionRefusal,
    balance_table,
    method_sentence,
    random_spread,
    select_diverse,
    standardise,
    unit_distances,
)

GOAL_SECONDS = 2
YEAR = 2015
FIGURES = [
    "inhabitants",
    "address_density",
    "aged_under_15_share",
    "aged_65_plus_share",
    "single_person_share",
    "standardised_income",
    "housing_value",
    "social_assistance_per_1000",
    "disability_benefit_per_1000",
]
SKEWED = ["inhabitants"]
SIZE_LIMITS = [20_000, 50_000, 100_000]
SIZES = ["<20k", "20-50k", "50-100k", ">100k"]
PARTS = {20: "Noord", 21: "Noord", 22: "Noord", 23: "Oost", 24: "Oost", 25: "Oost"}
PARTS |= {26: "West", 27: "West", 28: "West", 29: "West", 30: "Zuid", 31: "Zuid"}


def real_frame() -> tuple[np.ndarray, list[str]]:
    """Figures of shape (n_municipalities, n_figures) and the part of the country of each."""
    figures = table_read("figures").filter((pl.col("year") == YEAR) & pl.col("key").is_in(FIGURES))
    wide = figures.pivot(on="key", index="code", values="value").sort("code")
    provinces = dict(table_read("municipalities").select("code", "province_code").iter_rows())
    parts = [PARTS[int(provinces[code][2:])] for code in wide["code"]]
    return wide.select(FIGURES).cast(pl.Float64).fill_null(np.nan).to_numpy(), parts


def simulated_frame(seed: int) -> tuple[np.ndarray, list[str]]:
    """As many municipalities with made-up, correlated figures."""
    rng = np.random.default_rng(seed)
    mixed = rng.normal(size=(393, len(FIGURES))) @ rng.normal(size=(len(FIGURES), len(FIGURES)))
    mixed[:, 0] = np.exp(10.2 + mixed[:, 0] / mixed[:, 0].std())
    return mixed, rng.choice(sorted(set(PARTS.values())), size=393).tolist()


def report(
    title: str, distances: np.ndarray, strata: Sequence[str] | None, options: argparse.Namespace
) -> tuple[Selection, bool]:
    """Print one selection beside its random draws; say whether it reached the goals."""
    began = perf_counter()
    selection = select_diverse(distances, options.cases, seed=options.seed, strata=strata)
    selected = perf_counter()
    drawn = random_spread(
        distances,
        options.cases,
        seed=options.seed,
        strata=strata,
        quota=selection.quota,
        draws=options.draws,
        against=selection.chosen,
    )
    finished = perf_counter()
    proof = "proven widest" if selection.proven else "not proven widest"
    print(
        f"\n{title}: {options.cases} of {selection.n_frame}, {len(selection.strata)} strata,"
        f" {proof}; selection {selected - began:.2f} s, {options.draws} draws"
        f" {finished - selected:.2f} s"
    )
    print(f"  {'distance':<14}{'selected':>9}{'random':>9}{'2.5%':>8}{'97.5%':>8}{'reached':>9}")
    ok = selected - began <= GOAL_SECONDS
    for name in ("smallest", "mean_nearest", "mean_pairwise"):
        m = getattr(drawn, name)
        print(
            f"  {name:<14}{m.given:>9.3f}{m.mean:>9.3f}{m.quantiles[0.025]:>8.3f}"
            f"{m.quantiles[0.975]:>8.3f}{m.n_at_least:>9}   {m.given / m.mean:.1f} x random"
        )
        ok &= m.given >= m.mean
    return selection, ok


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=int, default=16)
    parser.add_argument("--draws", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=2015)
    parser.add_argument("--simulated", action="store_true")
    options = parser.parse_args()

    figures, parts = simulated_frame(options.seed) if options.simulated else real_frame()
    print(
        "Simulated figures: no municipality looks like this."
        if options.simulated
        else f"Municipalities of 1 January {YEAR}, figures of Statistics Netherlands."
    )
    standard = standardise(figures, FIGURES, log=SKEWED)
    for notice in standard.notices:
        print(f"  {notice.message}")
    distances = unit_distances(standard.z)
    sizes = [SIZES[i] for i in np.searchsorted(SIZE_LIMITS, figures[:, 0], side="right")]
    both = [f"{size} {part}" for size, part in zip(sizes, parts, strict=True)]

    ok = True
    selection: Selection | None = None
    for title, strata in (
        ("No strata", None),
        ("By size", sizes),
        ("By size and part of the country", both),
    ):
        try:
            selection, good = report(title, distances, strata, options)
        except SelectionRefusal as refusal:
            print(f"\n{title}: {refusal}")
            continue
        ok &= good
    if selection is None:
        return 1

    print("\nBalance of the last selection (standardised difference, share of range covered)")
    for row in balance_table(figures, FIGURES, selection.chosen).rows:
        print(f"  {row.name:<30}{row.difference:>7.2f}{row.range_covered:>7.0%}")
    print(
        "\n"
        + method_sentence(
            selection,
            "en",
            frame_date=date(YEAR, 1, 1),
            strata_by="size and part of the country",
            figures=len(standard.names),
        )
    )
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
