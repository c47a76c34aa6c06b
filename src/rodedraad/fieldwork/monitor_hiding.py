"""Which counts of fieldwork may somebody outside the team see, so that none tells of few people?

A group is shown whole or not at all: how many were asked, and how many of these finished. Groups of
a case and role, the totals of cases and of roles, and the whole are hidden together, so that no sum
or difference of what is shown gives a hidden one.
"""

import numpy as np
import numpy.typing as npt

LEAST = 5
"""Fewest people behind a number that leaves the team: that of answers and themes too."""

Counts = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


def with_totals(counts: Counts) -> Counts:
    """Return the table (n_cases, n_roles) with a last row and column of sums."""
    wide = np.hstack([counts, counts.sum(axis=1, keepdims=True)])
    return np.vstack([wide, wide.sum(axis=0, keepdims=True)])


def groups_hidden(asked: Counts, done: Counts) -> Mask:
    """Tell which groups are hidden; (n_cases + 1, n_roles + 1), the last of each are the totals.

    Hidden are groups in which fewer than five were asked, finished, or did not finish. Then more is
    hidden until in each row and column what is hidden cannot be worked out: not by a total minus
    the rest, and not by putting such differences together. A group of nobody is no secret.

    >>> groups_hidden(np.array([[20, 20], [20, 20]]), np.array([[10, 10], [10, 2]])).tolist()
    [[True, True, False], [True, True, False], [False, False, False]]
    """
    asked, done = with_totals(asked), with_totals(done)
    there = asked > 0
    hidden = there & (np.minimum(np.minimum(asked, done), asked - done) < LEAST)
    while _lines_covered(hidden, there, asked, done) or _bridges_covered(hidden, there, asked):
        pass
    return hidden


def _lines_covered(hidden: Mask, there: Mask, asked: Counts, done: Counts) -> bool:
    """Hide more where one row or column gives a group away; tell whether anything was hidden."""
    changed = False
    for turn in (False, True):
        tables = (hidden, there, asked, done)
        masks = [table.T if turn else table for table in tables]
        for line in zip(*masks, strict=True):
            while _line_tells(*line):
                _smallest_hide(*line[:3])
                changed = True
    return changed


def _line_tells(hidden: Mask, there: Mask, asked: Counts, done: Counts) -> bool:
    """Tell whether the parts and the total (last) of a line give a hidden one away."""
    parts = hidden[:-1]
    if hidden[-1]:
        return not parts.any() and bool(there[:-1].any())
    if not parts.any():
        return False
    n, finished = int(asked[:-1][parts].sum()), int(done[:-1][parts].sum())
    return int(parts.sum()) < 2 or min(n, finished, n - finished) < LEAST


def _smallest_hide(hidden: Mask, there: Mask, asked: Counts) -> None:
    """Hide the smallest part of a line that is still shown; without one, its total."""
    shown = np.flatnonzero(there[:-1] & ~hidden[:-1])
    hidden[shown[np.argmin(asked[shown])] if shown.size else -1] = True


def _bridges_covered(hidden: Mask, there: Mask, asked: Counts) -> bool:
    """Hide more where differences of several lines together give a group away.

    The hidden groups are the edges between rows and columns; what is on no ring of them can be
    worked out exactly.
    """
    changed = False
    for row, column in _bridges(hidden):
        for at in ((row, slice(None)), (slice(None), column)):
            if (there[at] & ~hidden[at]).any():
                shown = np.flatnonzero(there[at] & ~hidden[at])
                line = hidden[at]
                line[shown[np.argmin(asked[at][shown])]] = True
                changed = True
                break
    return changed


def _bridges(hidden: Mask) -> list[tuple[int, int]]:
    """Return the edges whose removal parts the graph of rows and columns (Tarjan, 1974)."""
    n_rows = hidden.shape[0]
    near: list[list[int]] = [[] for _ in range(sum(hidden.shape))]
    for row, column in np.argwhere(hidden).tolist():
        near[row].append(n_rows + column)
        near[n_rows + column].append(row)
    entered, lowest, found = [0] * len(near), [0] * len(near), []
    clock = 0
    for root in range(len(near)):
        if entered[root] or not near[root]:
            continue
        clock += 1
        entered[root] = lowest[root] = clock
        path = [(root, -1, iter(near[root]))]
        while path:
            at, came, rest = path[-1]
            to = next(rest, None)
            if to is None:
                path.pop()
                if came >= 0:
                    lowest[came] = min(lowest[came], lowest[at])
                    if lowest[at] > entered[came]:
                        found.append((min(at, came), max(at, came) - n_rows))
            elif to == came:
                continue
            elif entered[to]:
                lowest[at] = min(lowest[at], entered[to])
            else:
                clock += 1
                entered[to] = lowest[to] = clock
                path.append((to, at, iter(near[to])))
    return found
