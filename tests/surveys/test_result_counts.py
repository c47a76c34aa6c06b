"""Are answers counted as they were given, weighted as asked, and hidden where they tell of one?"""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as some
from hypothesis.extra.numpy import arrays

from rodedraad.surveys.results.columns import Choice, Column
from rodedraad.surveys.results.counted import distribution
from rodedraad.surveys.results.hiding import cells_hidden, groups_hidden, total_hidden

CHOICES = (
    *(Choice(n, {"nl": str(n)}) for n in range(1, 6)),
    Choice("dk", {"nl": "?"}, "dont_know"),
)
COLUMN = Column(name="F1.1", question="F1", shape="number", title={"nl": "F1"}, item="F1.1",
                construct="F1", choices=CHOICES)  # fmt: skip
TABLES = arrays(np.int64, (4, 3), elements=some.integers(0, 30))


def frame_of(values):
    return pl.DataFrame({
        "F1.1": [value if isinstance(value, int) else None for value in values],
        "F1.1__missing": ["" if isinstance(value, int) else value for value in values],
    }, schema={"F1.1": pl.Float64, "F1.1__missing": pl.String})  # fmt: skip


def counted(values, groups=None, weights=None, *, outside=False):
    groups = groups or ["a"] * len(values)
    return distribution(
        frame_of(values), COLUMN, np.ones(len(values)) if weights is None else np.array(weights),
        groups, sorted(set(groups)), outside=outside,
    )  # fmt: skip


def test_shares_are_of_those_who_chose_something_and_the_rest_is_told_apart():
    values = [1, 2, 2, 4, "dont_know", "unanswered", "not_asked"]
    found = counted(values)
    assert found.total.n == 5
    assert found.total.n_unanswered == 1
    assert [part.n for part in found.total.parts] == [1, 2, 0, 1, 0, 1]
    assert found.total.parts[1].share == pytest.approx(0.4)
    assert found.total.mean == pytest.approx(9 / 4)


def test_weights_change_shares_and_the_mean_and_never_the_numbers_of_people():
    found = counted([1, 1, 1, 5, 5], weights=[1, 1, 1, 3, 3])
    assert [part.n for part in found.total.parts][:5] == [3, 0, 0, 0, 2]
    assert found.total.parts[4].share == pytest.approx(6 / 9)
    assert found.total.mean == pytest.approx((3 + 30) / 9)


def test_a_response_without_weight_is_left_out():
    assert counted([1, 2, 3, 4, 5, 5], weights=[1, 1, 1, 1, 1, np.nan]).total.n == 5


def test_four_people_are_not_shown_and_not_worked_out_from_the_others():
    values = [1, 2, 3, 4] + [1, 2, 3, 4, 5] * 2 + [1, 2, 3, 4, 5] * 4
    found = counted(values, ["D"] * 4 + ["C"] * 10 + ["U"] * 20)
    assert {row.group: row.hidden for row in found.rows} == {"C": "few", "D": "few", "U": ""}
    assert found.total.n == 34


def test_that_everyone_gave_one_answer_is_not_shown():
    assert counted([4] * 9).total.hidden == "few"
    found = counted([4] * 9 + [1, 2, 3] * 4, ["D"] * 9 + ["U"] * 12)
    assert all(row.hidden for row in found.rows)


def test_outside_the_team_small_counts_are_hidden_and_covered():
    values = [1] * 9 + [2] * 3 + [3] * 8 + [4] * 12
    inside, outside = counted(values), counted(values, outside=True)
    assert all(part.n is not None for part in inside.total.parts)
    shown = [part.n for part in outside.total.parts]
    assert shown[1] is None
    assert sum(n is None for n in shown) >= 2
    assert outside.total.mean is None


@given(TABLES)
def test_no_hidden_group_can_be_worked_out_from_the_total(counts):
    hidden = groups_hidden(counts)
    there = counts.sum(axis=1) > 0
    if not hidden.any() or hidden[there].all():
        return
    rest = counts.sum(axis=0) - counts[there & ~hidden].sum(axis=0)
    assert hidden.sum() > 1
    assert not total_hidden(rest[None, :])


@given(TABLES)
def test_no_hidden_count_stands_alone_in_its_row_or_column(counts):
    hidden = cells_hidden(counts)
    assert hidden[counts < 5].all()
    for mask, of in (*zip(hidden, counts, strict=True), *zip(hidden.T, counts.T, strict=True)):
        assert mask.all() or not mask.any() or (mask.sum() > 1 and of[mask].sum() >= 5)
