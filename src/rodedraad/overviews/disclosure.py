"""Which numbers may a client see, so that none of them points to one person?"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

LEAST = 5
"""Least people or documents behind a number that leaves the team: that of scores too."""


def cells_hidden(
    voices: npt.NDArray[np.int64], base: npt.NDArray[np.int64]
) -> npt.NDArray[np.bool_]:
    """Tell which counts of a table a client does not see.

    ``voices``: (n_rows, n_columns), how many people or documents stand behind each count; ``base``:
    (n_columns,), how many there are in the column. Hidden are columns with fewer than five voices,
    counts with fewer than five voices, and counts of all voices (what all said, each one said).
    Where a row would hide one count only, or counts of fewer than five voices together, the
    smallest other one is hidden too: a total minus what is seen would give it away.

    >>> cells_hidden(np.array([[9, 1, 6, 8]]), np.array([10, 10, 10, 10])).tolist()
    [[False, True, True, False]]
    """
    hidden = (voices < LEAST) | (voices >= base[None, :]) | (base < LEAST)[None, :]
    for row, of in zip(hidden, voices, strict=True):
        _cover(row, of)
    return hidden


def columns_hidden(base: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Tell of which columns a client does not see how much material there is, by the same rule."""
    hidden = base < LEAST
    _cover(hidden, base)
    return hidden


def _cover(hidden: npt.NDArray[np.bool_], voices: npt.NDArray[np.int64]) -> None:
    """Hide the smallest that are seen until what is hidden cannot be worked out."""
    while hidden.any() and not hidden.all():
        if hidden.sum() > 1 and voices[hidden].sum() >= LEAST:
            return
        seen = np.flatnonzero(~hidden)
        hidden[seen[np.argmin(voices[seen])]] = True


def voices_of(respondents: Sequence[tuple[str, int]]) -> npt.NDArray[np.int64]:
    """Number whoever speaks: sources of one respondent are one voice, other sources one each.

    ``respondents``: pseudonym (or empty) and key of each source.

    >>> voices_of([("R1", 10), ("", 11), ("R1", 12)]).tolist()
    [0, 1, 0]
    """
    known: dict[str | int, int] = {}
    return np.array(
        [known.setdefault(name or key, len(known)) for name, key in respondents], dtype=np.int64
    )
