"""Does agreement on passages equal a table with a row for each unit, and hand-worked cases?"""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rodedraad.methods.agreement import (
    AgreementRefused,
    Segment,
    agreement_coefficients,
    code_sets,
    krippendorff_alpha,
    ratings_of,
    set_alpha,
    unitising_alpha,
)
from rodedraad.methods.agreement.passage_agreement import passage_agreement
from rodedraad.methods.agreement.passages import passages_of

NAN = float("nan")
CODERS = ("A", "B", "C")
CODES = ("x", "y", "z")


def simulated(seed: int, n_sources: int, n_coders: int, n: int = 60):
    """Passages on short texts; one coder did not finish the second source."""
    random = np.random.default_rng(seed)
    lengths = random.integers(40, 90, n_sources)
    rows = []
    for _ in range(n):
        source, coder, code = (int(random.integers(k)) for k in (n_sources, n_coders, 3))
        start = int(random.integers(0, lengths[source] - 12))
        rows.append(
            (source, coder, code, start, start + int(random.integers(1, 12)),
             float(random.integers(0, 4)), NAN)
        )  # fmt: skip
    finished = np.ones((n_sources, n_coders), dtype=bool)
    if n_coders > 2:
        finished[1, 0] = False
    return rows, lengths, finished


def laid(rows, lengths, finished, n_coders, **options):
    return passages_of(
        rows, coders=CODERS[:n_coders], codes=CODES, lengths=lengths, finished=finished,
        unit="character", universe="simulated", **options,
    )  # fmt: skip


def characters(rows, lengths, finished, code=None):
    """The same as a table with a row for each character; and the source of each."""
    table = [np.where(done, 0.0, np.nan) * np.ones((n, 1))
             for done, n in zip(finished, lengths, strict=True)]  # fmt: skip
    for source, coder, which, start, end, *_ in rows:
        if code in (None, which) and finished[source, coder]:
            table[source][start:end, coder] = 1
    return np.vstack(table), np.repeat(np.arange(len(lengths)), lengths)


@pytest.mark.parametrize("n_coders", [2, 3])
def test_each_code_is_as_in_a_table_of_characters_its_interval_too(n_coders):
    rows, lengths, finished = simulated(3, 12, n_coders)
    found = passage_agreement(laid(rows, lengths, finished, n_coders), resamples=200, seed=7)
    for number, outcome in enumerate(found.per_code):
        table, source = characters(rows, lengths, finished, number)
        ratings = ratings_of(table, unit="character", universe="all", categories=[0.0, 1.0])
        wanted = agreement_coefficients(ratings, resamples=200, seed=7, clusters=source)
        assert [one.name for one in outcome.presence.figures] == [
            one.name for one in wanted.coefficients
        ]
        for ours, theirs in zip(outcome.presence.figures, wanted.coefficients, strict=True):
            assert ours.estimate == pytest.approx(theirs.estimate, abs=1e-12)
            assert ours.interval.low == pytest.approx(theirs.bootstrap.low, abs=1e-10)
            assert ours.interval.high == pytest.approx(theirs.bootstrap.high, abs=1e-10)
        alpha = krippendorff_alpha(ratings, level="nominal", resamples=0, seed=1).alpha
        nominal = next(one for one in outcome.presence.figures if one.name == "krippendorff")
        assert nominal.estimate == pytest.approx(alpha, abs=1e-12)
        assert outcome.presence.n_any == int((np.nansum(table, axis=1) > 0).sum())
        assert outcome.presence.prevalence == pytest.approx(np.nanmean(table))
        assert outcome.presence.by_coder == tuple(np.nansum(table, axis=0).astype(int))
    any_table, source = characters(rows, lengths, finished)
    ratings = ratings_of(any_table, unit="character", universe="all")
    wanted = agreement_coefficients(ratings, resamples=0, seed=1)
    assert [one.estimate for one in found.any_code.figures] == pytest.approx(
        [one.estimate for one in wanted.coefficients]
    )


@pytest.mark.parametrize("n_coders", [2, 3])
@pytest.mark.parametrize("n_sources", [4, 30])
def test_sets_of_codes_are_as_in_a_table_of_characters(n_coders, n_sources):
    rows, lengths, finished = simulated(5, n_sources, n_coders, n=150)
    found = passage_agreement(laid(rows, lengths, finished, n_coders), resamples=150, seed=7)
    sets = {}
    for source, n in enumerate(lengths):
        for coder in range(n_coders):
            if finished[source, coder]:
                sets |= {(source, at, coder): {""} for at in range(n)}
    for source, coder, code, start, end, *_ in rows:
        if finished[source, coder]:
            for at in range(start, end):
                sets[source, at, coder].add(CODES[code])
    table = pl.DataFrame(
        [(f"{source}-{at}", CODERS[coder], code)
         for (source, at, coder), codes in sorted(sets.items()) for code in codes],
        schema=["unit", "coder", "code"], orient="row",
    )  # fmt: skip
    read = code_sets(table, all_looked=False, unit="character", universe="all")
    clusters = [unit.split("-")[0] for unit in read.units]
    wanted = set_alpha(read, resamples=150, seed=7, clusters=clusters)
    assert found.sets.estimate == pytest.approx(wanted.alpha, abs=1e-12)
    assert found.sets.interval.low == pytest.approx(wanted.interval.low, abs=1e-10)
    equal = [
        one == other
        for row in read.sets
        for k, one in enumerate(row)
        for other in row[k + 1 :]
        if one is not None and other is not None
    ]
    if n_coders == 2:
        assert found.same_sets == pytest.approx(np.mean(equal))


@pytest.mark.parametrize("n_coders", [2, 3])
def test_free_passages_are_as_in_unitising_alpha(n_coders):
    rows, lengths, _ = simulated(11, 6, n_coders)
    finished = np.ones((6, n_coders), dtype=bool)
    kept = {}
    for source, coder, code, start, end, *_ in rows:
        kept.setdefault((source, coder, code), set()).update(range(start, end))
    segments = []
    apart = []
    for (source, coder, code), marked in kept.items():
        at = sorted(marked)
        first = at[0]
        for here, after in zip(at, [*at[1:], None], strict=True):
            if after != here + 1:
                segments.append(Segment(str(source), CODERS[coder], CODES[code], first, here + 1))
                apart.append((source, coder, code, first, here + 1, NAN, NAN))
                first = after
    wanted = unitising_alpha(
        segments, lengths={str(k): int(n) for k, n in enumerate(lengths)},
        coders=CODERS[:n_coders], universe="all", resamples=200, seed=4,
    )  # fmt: skip
    found = passage_agreement(laid(apart, lengths, finished, n_coders), resamples=200, seed=4)
    assert found.unitising.estimate == pytest.approx(wanted.overall.alpha, abs=1e-12)
    assert found.unitising.interval.low == pytest.approx(wanted.overall.interval.low, abs=1e-10)
    for ours, theirs in zip(found.per_code, wanted.per_code, strict=True):
        assert ours.unitising.estimate == pytest.approx(theirs.alpha, abs=1e-12)
        assert ours.unitising.interval.high == pytest.approx(theirs.interval.high, abs=1e-10)


def test_strength_is_ordinal_alpha_over_units_that_two_gave_the_code():
    rows, lengths, finished = simulated(2, 12, 3, n=200)
    found = passage_agreement(laid(rows, lengths, finished, 3), resamples=100, seed=7)
    for code in range(3):
        table = np.full((int(lengths.sum()), 3), np.nan)
        offsets = np.concatenate(([0], np.cumsum(lengths)[:-1]))
        for source, coder, which, start, end, strength, _ in rows:
            if which == code and finished[source, coder]:
                table[offsets[source] + start : offsets[source] + end, coder] = strength
        ratings = ratings_of(table, unit="character", universe="all")
        wanted = krippendorff_alpha(ratings, level="ordinal", resamples=0, seed=1)
        assert found.per_code[code].strength.figure.estimate == pytest.approx(wanted.alpha)
        assert found.per_code[code].strength.n_units == wanted.n_units_used
        assert found.per_code[code].valence is None


def test_the_cases_of_two_coders_on_ten_thousand_characters_are_as_worked_by_hand():
    """Percent and kappa of Cohen from the shares alone: p = agreement, e = chance."""
    cases = [
        ([(0, 100)], [(0, 100)], 1.0),
        ([(0, 100)], [(50, 150)], (0.99 - (0.01**2 + 0.99**2)) / (1 - (0.01**2 + 0.99**2))),
        ([(0, 100)], [(500, 600)], (0.98 - (0.01**2 + 0.99**2)) / (1 - (0.01**2 + 0.99**2))),
        ([(0, 100), (50, 150)], [], 0.0),
    ]
    for ours, theirs, kappa in cases:
        rows = [(0, 0, 0, a, b, NAN, NAN) for a, b in ours]
        rows += [(0, 1, 0, a, b, NAN, NAN) for a, b in theirs]
        both = passages_of(
            rows, coders=["A", "B"], codes=["x"], lengths=[10_000], finished=[[True, True]],
            unit="character", universe="one text",
        )  # fmt: skip
        found = passage_agreement(both, resamples=0, seed=1).per_code[0].presence
        cohen = next(one for one in found.figures if one.name == "cohen")
        assert cohen.estimate == pytest.approx(kappa, abs=1e-12)


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_coding_the_same_twice_changes_nothing(seed):
    rows, lengths, finished = simulated(seed, 5, 2, n=20)
    again = [row for row in rows for _ in range(2)]
    inner = [(s, c, k, a, max(a + 1, b - 2), x, y) for s, c, k, a, b, x, y in rows]
    once = passage_agreement(laid(rows, lengths, finished, 2), resamples=100, seed=1)
    for more in (again, inner + rows):
        twice = passage_agreement(laid(more, lengths, finished, 2), resamples=100, seed=1)
        assert [one.presence for one in twice.per_code] == [one.presence for one in once.per_code]
        assert twice.sets.estimate == pytest.approx(once.sets.estimate, abs=1e-12, nan_ok=True)
        assert twice.unitising == once.unitising


def test_a_coder_who_did_not_finish_a_source_is_missing_there():
    rows = [(0, 0, 0, 0, 10, NAN, NAN), (0, 1, 0, 0, 10, NAN, NAN), (1, 0, 0, 0, 10, NAN, NAN)]
    both = {"coders": ["A", "B"], "codes": ["x"], "lengths": [50, 50], "unit": "character",
            "universe": "two texts"}  # fmt: skip
    finished = passages_of(rows, finished=[[True, True], [True, True]], **both)
    missing = passages_of(rows, finished=[[True, True], [True, False]], **both)
    percent = [
        passage_agreement(one, resamples=0, seed=1).per_code[0].presence.figures[0].estimate
        for one in (finished, missing)
    ]
    assert percent == [0.9, 1.0]


def test_units_that_are_given_count_when_a_character_of_them_is_marked():
    rows = [(0, 0, 0, 4, 12, NAN, NAN), (0, 1, 0, 9, 10, NAN, NAN)]
    both = passages_of(
        rows, coders=["A", "B"], codes=["x"], lengths=[30], finished=[[True, True]],
        unit="sentence", universe="three sentences", units=([0, 0, 0], [0, 10, 20], [9, 19, 30]),
    )  # fmt: skip
    found = passage_agreement(both, resamples=0, seed=1).per_code[0].presence
    assert (found.n_any, found.n_all, found.by_coder) == (2, 0, (2, 0))


def test_blocks_smaller_than_sources_can_be_drawn_and_give_the_same_estimate():
    rows, lengths, finished = simulated(8, 3, 2)
    blocks = ([0, 0, 1, 1, 2], [0, 20, 0, 17, 0])
    whole = passage_agreement(laid(rows, lengths, finished, 2), resamples=100, seed=1)
    parts = passage_agreement(
        laid(rows, lengths, finished, 2, blocks=blocks, drawn="paragraph"), resamples=100, seed=1
    )
    assert parts.resampling.n_drawn == 5
    for one, other in zip(whole.per_code, parts.per_code, strict=True):
        assert [x.estimate for x in one.presence.figures] == pytest.approx(
            [x.estimate for x in other.presence.figures]
        )
    assert parts.sets.estimate == pytest.approx(whole.sets.estimate)


def test_what_cannot_be_compared_is_refused():
    with pytest.raises(AgreementRefused) as refused:
        laid([], [10], [[True, False]], 2)
    assert refused.value.code == "agreement_no_pairs"
    with pytest.raises(AgreementRefused) as refused:
        passage_agreement(laid([], [10], [[True, True]], 2), seed=1)
    assert refused.value.code == "agreement_no_segments"
    with pytest.raises(AgreementRefused) as refused:
        laid([(0, 0, 0, 5, 11, NAN, NAN)], [10], [[True, True]], 2)
    assert refused.value.code == "agreement_segment_outside"
