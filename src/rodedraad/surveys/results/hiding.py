"""Which numbers of a table of answers may be shown, so that none tells what one person said?

Numbers of fewer than five people are not shown, nor that everyone gave the same answer; and where
a total minus what is shown would give these away, more is hidden.
"""

import numpy as np
import numpy.typing as npt

from rodedraad.overviews.disclosure import LEAST

Counts = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


def groups_hidden(counts: Counts) -> Mask:
    """Tell which groups are not shown at all.

    ``counts``: (n_groups, n_answers), how many of each group chose each answer. The total over all
    groups is supposed to be shown. A group without anyone is no secret.

    >>> groups_hidden(np.array([[9, 4], [2, 1], [7, 8]])).tolist()
    [True, True, False]
    >>> groups_hidden(np.array([[9, 4], [6, 0], [0, 0]])).tolist()
    [True, True, False]
    """
    people = counts.sum(axis=1)
    there = people > 0
    hidden = there & np.array([_tells(row) for row in counts], dtype=bool)
    while hidden.any() and not hidden[there].all():
        if hidden.sum() > 1 and not _tells(counts[hidden].sum(axis=0)):
            break
        seen = np.flatnonzero(there & ~hidden)
        hidden[seen[np.argmin(people[seen])]] = True
    return hidden


def total_hidden(counts: Counts) -> bool:
    """Tell whether even all groups together are too few, or all of one answer."""
    return _tells(counts.sum(axis=0))


def cells_hidden(counts: Counts) -> Mask:
    """Tell which counts are not shown outside the team: few, none, or worked out from others.

    ``counts`` as above, with the total as one of the rows or not; both the sums of rows and those
    of columns are supposed to be known.

    >>> cells_hidden(np.array([[9, 2, 6], [8, 7, 9]])).tolist()
    [[False, True, True], [False, True, True]]
    """
    hidden = counts < LEAST
    changed = True
    while changed:
        changed = False
        for mask, of in (*zip(hidden, counts, strict=True), *zip(hidden.T, counts.T, strict=True)):
            if mask.any() and not mask.all() and (mask.sum() < 2 or of[mask].sum() < LEAST):
                seen = np.flatnonzero(~mask)
                mask[seen[np.argmin(of[seen])]] = True
                changed = True
    return hidden


def _tells(row: Counts) -> bool:
    people = int(row.sum())
    return people < LEAST or int(row.max()) == people
