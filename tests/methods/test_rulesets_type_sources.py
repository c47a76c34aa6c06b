"""Do many sources give one status and one attitude, and how sure is the type that follows?"""

from statistics import median_low

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rodedraad.methods.aggregation import case_means, combine_sources
from rodedraad.methods.rulesets import RuleRefusal
from rodedraad.methods.rulesets.change_types import TYPE_LABELS, change_types
from rodedraad.methods.rulesets.type_resampling import type_counts
from rodedraad.methods.rulesets.type_sources import (
    SOURCE_KINDS,
    sources_apart,
    type_inputs,
    type_units,
)

CHANGER = TYPE_LABELS.index("veranderaar")
BLANK = [-1] * 20
NOTHING = [np.nan] * 4


def units_of(rows, n_cases=1):
    """Units from (case, kind, role, statuses, attitudes); every role is a group of its own."""
    cases, kinds, roles, statuses, attitudes = zip(*rows, strict=True)
    roles = np.array(roles)
    places = np.array([SOURCE_KINDS.index(kind) for kind in kinds])
    pools = np.repeat(roles[:, None], 4, axis=1)
    return type_units(np.array(cases), places, roles, pools, statuses, attitudes, n_cases=n_cases)


def status_of(*per_source, measure=0):
    rows = []
    for kind, statuses in per_source:
        for status in statuses:
            row = list(BLANK)
            row[measure] = status
            rows.append((0, kind, 0, row, NOTHING))
    return int(type_inputs(units_of(rows)).statuses[0, measure])


@pytest.mark.parametrize(
    ("sources", "status"),
    [
        ([("document", [3])], 3),
        ([("document", [4]), ("interview", [1])], 1),
        ([("document", [4]), ("interview", [1]), ("survey", [3])], 3),
        ([("document", [4, 4, 4, 4]), ("interview", [1]), ("survey", [2])], 2),
        ([("document", [4, 2]), ("interview", [-1])], 2),
        ([("document", [-2]), ("interview", [2])], 2),
        ([("document", [-2]), ("interview", [-1])], -2),
        ([("document", [-1])], -1),
    ],
)
def test_the_status_of_a_measure_is_the_lower_median_of_the_kinds_of_source(sources, status):
    assert status_of(*sources) == status


STATUS = st.integers(-2, 4)
SOURCES = st.lists(st.tuples(st.sampled_from(SOURCE_KINDS), STATUS), min_size=1, max_size=12)


@given(SOURCES)
def test_the_status_is_what_the_standard_library_says(said):
    per_kind = [
        median_low(known)
        for kind in SOURCE_KINDS
        if (known := [s for k, s in said if k == kind and s >= 0])
    ]
    expected = median_low(per_kind) if per_kind else (-2 if -2 in [s for _, s in said] else -1)
    assert status_of(*((kind, [status]) for kind, status in said)) == expected


@given(SOURCES, st.data())
def test_raising_what_one_source_says_never_lowers_the_status(said, data):
    at = data.draw(st.sampled_from([i for i, (_, s) in enumerate(said) if s >= 0] or [0]))
    kind, status = said[at]
    raised = [*said[:at], (kind, min(4, status + 1) if status >= 0 else status), *said[at + 1 :]]
    before = status_of(*((k, [s]) for k, s in said))
    assert status_of(*((k, [s]) for k, s in raised)) >= before


def test_two_statuses_apart_is_told_and_one_is_not():
    def apart(a, b):
        rows = [(0, "document", 0, [a, *BLANK[1:]], NOTHING)]
        rows += [(0, "interview", 0, [b, *BLANK[1:]], NOTHING)]
        return bool(sources_apart(type_inputs(units_of(rows)))[0, 0])

    assert apart(4, 2)
    assert not apart(3, 2)
    assert not apart(4, -1)


def simulated(rng, n_cases=6):
    """Documents, interviews and respondents in three roles, some of whom did not answer."""
    rows = []
    for case in range(n_cases):
        for kind, role, n in (
            ("document", 0, int(rng.integers(1, 4))),
            ("interview", 0, int(rng.integers(1, 4))),
            *(("survey", role, int(rng.integers(1, 9))) for role in range(3)),
        ):
            for _ in range(n):
                statuses = BLANK if kind == "survey" else rng.integers(-1, 5, 20).tolist()
                values = np.where(rng.random(4) < 0.8, rng.random(4), np.nan)
                rows.append((case, kind, role, statuses, values.tolist()))
    return rows


def test_an_attitude_is_what_the_functions_of_aggregation_give():
    rows = simulated(np.random.default_rng(5))
    # A role with fewer than 3 scores counts in a group with others, so take the groups over.
    survey = [row for row in rows if row[1] == "survey"]
    table = np.array([row[4] for row in survey])
    cases, roles = (np.array([row[i] for row in survey]) for i in (0, 2))
    expected = np.empty((6, 4))
    pool_of = {}
    for k in range(4):
        found = case_means(table[:, k], pl.Series([str(c) for c in cases]), pl.Series(
            [str(r) for r in roles]))  # fmt: skip
        for case in found.cases:
            for group, members in enumerate(case.by_role):
                for role in members.roles:
                    pool_of[int(case.case), int(role), k] = group
        others = {
            kind: [
                np.nanmean([*(r[4][k] for r in rows if r[0] == c and r[1] == kind), np.nan])
                if any(np.isfinite(r[4][k]) for r in rows if r[0] == c and r[1] == kind)
                else np.nan
                for c in range(6)
            ]
            for kind in ("document", "interview")
        }
        combined = combine_sources(
            [str(c) for c in range(6)],
            {"survey": [np.nan if c.value is None else c.value for c in found.cases], **others},
            maximum={"survey": 1, "document": 1, "interview": 1},
        )
        expected[:, k] = [np.nan if c.value is None else c.value for c in combined.cases]
    pools = [
        [pool_of.get((c, role, k), 0) if kind == "survey" else 0 for k in range(4)]
        for c, kind, role, *_ in rows
    ]
    units = type_units(
        np.array([r[0] for r in rows]),
        np.array([SOURCE_KINDS.index(r[1]) for r in rows]),
        np.array([r[2] for r in rows]),
        np.array(pools),
        [r[3] for r in rows],
        [r[4] for r in rows],
        n_cases=6,
    )
    assert type_inputs(units).attitudes == pytest.approx(expected, nan_ok=True)


@settings(max_examples=20)
@given(st.integers(0, 10_000))
def test_the_order_of_the_units_does_not_matter(seed):
    rng = np.random.default_rng(seed)
    rows = simulated(rng, 3)
    one = type_inputs(units_of(rows, 3))
    other = type_inputs(units_of([rows[i] for i in rng.permutation(len(rows))], 3))
    assert np.array_equal(one.statuses, other.statuses)
    assert one.attitudes == pytest.approx(other.attitudes, nan_ok=True)
    assert np.array_equal(one.n_source_types, other.n_source_types)


def test_a_sample_gives_what_its_units_alone_would_give():
    rng = np.random.default_rng(8)
    units = units_of(simulated(rng), 6)
    sizes = np.repeat(units.sizes, units.sizes)
    drawn = np.repeat(units.starts, units.sizes) + (rng.random(len(sizes)) * sizes).astype(int)
    strata = np.repeat(np.arange(len(units.starts)), units.sizes)
    slots = units.slot_of[strata]
    alone = type_units(
        slots // 3,
        slots % 3,
        strata,
        units.pool_of[strata],
        units.statuses[drawn],
        units.attitudes[drawn],
        n_cases=6,
    )
    one, other = type_inputs(units, drawn), type_inputs(alone)
    assert np.array_equal(one.statuses, other.statuses)
    assert one.attitudes == pytest.approx(other.attitudes, nan_ok=True)


def test_without_a_second_source_of_a_kind_every_sample_gives_the_label_itself():
    rng = np.random.default_rng(2)
    rows = [
        (c, kind, 0, rng.integers(0, 5, 20).tolist(), rng.random(4).tolist())
        for c in range(8)
        for kind in SOURCE_KINDS
    ]
    units = units_of(rows, 8)
    found = type_inputs(units)
    labels = change_types(found.statuses, found.attitudes, found.n_source_types).label
    counts = type_counts(units, np.random.default_rng(1), 50)
    assert np.array_equal(counts.argmax(axis=1), labels)
    assert (counts.max(axis=1) == 50).all()


def test_the_share_of_a_label_is_the_chance_that_follows_from_the_draw():
    # Two documents: one with all measures in use, one with none. The lower of two drawn ones is
    # "in use" only when the first is drawn twice, a chance of one in four.
    rows = [
        (0, "document", 0, [3] * 20, NOTHING),
        (0, "document", 0, [0] * 20, NOTHING),
        (0, "interview", 0, [4] * 20, [0.1, 0.1, 0.9, 0.9]),
    ]
    counts = type_counts(units_of(rows), np.random.default_rng(4), 4000)
    assert counts.sum() == 4000
    # Four standard errors.
    assert counts[0, CHANGER] / 4000 == pytest.approx(0.25, abs=4 * (0.25 * 0.75 / 4000) ** 0.5)


def test_no_units_are_refused():
    with pytest.raises(RuleRefusal, match="evidence"):
        type_units(*[np.empty(0, dtype=int)] * 3, np.empty((0, 4)), [], [], n_cases=0)


def test_cases_without_any_measure_are_undetermined_in_every_sample():
    units = units_of([(0, "survey", 0, BLANK, [0.5] * 4), (0, "survey", 0, BLANK, [0.2] * 4)])
    assert type_counts(units, np.random.default_rng(1), 5)[0].tolist() == [5, 0, 0, 0, 0]
