"""Does the saturation curve give vegan's numbers, and do chance orders agree with the formula?"""

import json
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from rodedraad.errors import Refusal
from rodedraad.methods.saturation import expected_curve, saturation, saturation_curve

REFERENCE = Path(__file__).parent.parent / "reference" / "saturation" / "specaccum.json"
tables = hnp.arrays(np.bool_, st.tuples(st.integers(1, 6), st.integers(1, 6)))


def pairs_of(table: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    sources, codes = np.nonzero(table)
    return codes, sources


def test_the_mean_curve_is_that_of_vegan():
    kept = json.loads(REFERENCE.read_text(encoding="utf-8"))
    table = np.array(kept["table"])
    codes, sources = pairs_of(table)
    curve = expected_curve(codes, sources, n_sources=len(table))
    assert curve == pytest.approx(kept["richness"], abs=1e-9)


@given(tables)
@settings(max_examples=60, deadline=None)
def test_the_mean_curve_is_the_mean_over_all_orders(table: np.ndarray):
    codes, sources = pairs_of(table)
    n = len(table)
    curves = [
        [len(set(np.nonzero(table[list(order[: k + 1])])[1].tolist())) for k in range(n)]
        for order in permutations(range(n))
    ]
    assert expected_curve(codes, sources, n_sources=n) == pytest.approx(np.mean(curves, axis=0))


@given(tables)
@settings(max_examples=60, deadline=None)
def test_the_curve_counts_different_codes_source_by_source(table: np.ndarray):
    codes, sources = pairs_of(table)
    found, new = saturation_curve(codes, sources, n_sources=len(table))
    counted = [int(table[: k + 1].any(axis=0).sum()) for k in range(len(table))]
    assert found.tolist() == counted
    assert new.cumsum().tolist() == counted


@given(tables, st.integers(0, 5))
@settings(max_examples=40, deadline=None)
def test_the_band_holds_its_mean_and_repeats_with_the_seed(table: np.ndarray, seed: int):
    codes, sources = pairs_of(table)
    made = [
        saturation(codes + 7, sources, n_sources=len(table), seed=seed, n_orders=50)
        for _ in range(2)
    ]
    assert (made[0].low <= made[0].high).all()
    assert (made[0].mean == made[1].mean).all()
    assert made[0].mean[-1] == made[0].high[-1] == made[0].n_codes


def test_a_thousand_orders_come_close_to_the_exact_mean():
    table = np.random.default_rng(4).random((40, 25)) < 0.1
    codes, sources = pairs_of(table)
    made = saturation(codes, sources, n_sources=40, seed=1)
    assert made.n_orders == 1000
    assert np.abs(made.mean - made.expected).max() < 0.3


def test_sources_without_codes_make_a_flat_curve():
    made = saturation([], [], n_sources=3, seed=1, n_orders=10)
    assert made.found.tolist() == [0, 0, 0]
    assert made.mean.tolist() == made.expected.tolist() == [0.0, 0.0, 0.0]


@pytest.mark.parametrize(
    ("codes", "sources", "n", "code"),
    [
        ([1], [1, 2], 3, "saturation_lengths"),
        ([1], [3], 3, "saturation_sources"),
        ([], [], 0, "saturation_empty"),
    ],
)
def test_what_cannot_be_counted_is_refused(codes, sources, n, code):
    with pytest.raises(Refusal) as refused:
        saturation(codes, sources, n_sources=n, seed=1)
    assert refused.value.code == code


def test_codes_in_many_and_in_few_sources_come_at_their_first_place_in_every_order() -> None:
    """Common codes are looked for among the first sources only; the slow way looks at all."""
    lot = np.random.default_rng(3)
    n, many = 400, 6000
    codes = np.concatenate([lot.integers(0, 20, many), np.arange(20, 30), np.full(33, 30)])
    sources = np.concatenate([lot.integers(0, n, many), lot.integers(0, n, 10), np.arange(33)])
    found = saturation(codes, sources, n_sources=n, seed=9, n_orders=40)
    rng = np.random.default_rng(9)
    curves = []
    for _ in range(40):
        place = rng.permutation(n)
        first = [place[sources[codes == code]].min() for code in np.unique(codes)]
        curves.append(np.bincount(first, minlength=n).cumsum())
    assert found.mean.tolist() == np.mean(curves, axis=0).tolist()
    low, high = np.percentile(curves, (5, 95), axis=0)
    assert found.low.tolist() == low.tolist()
    assert found.high.tolist() == high.tolist()
