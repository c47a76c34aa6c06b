"""Did the last sources still bring new codes, and would another order have done as well?"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from rodedraad.methods.distinct import distinct
from rodedraad.methods.saturation import Saturation, saturation
from rodedraad.overviews.codes import Rows
from rodedraad.overviews.counted import Material, SourceRow
from rodedraad.overviews.disclosure import LEAST

SEED = 20
LAST = 5
KEPT = 16


@dataclass(frozen=True)
class Saturating:
    """The curve of a study; none without sources, or with too few to show to a client.

    ``n_last``: new codes in the last ``last`` sources.
    """

    curve: Saturation | None
    sources: list[SourceRow]
    last: int
    n_last: int
    public: bool


def saturating(found: Material, rows: Rows) -> Saturating:
    """Work out the curve in the order in which the sources were added."""
    codings, row = rows.spread(found.codings)
    n = len(found.sources)
    n_voices = int(found.voices.max(initial=-1)) + 1
    if not n or (found.public and n_voices < LEAST):
        return Saturating(None, [], 0, 0, found.public)
    pairs = distinct(row * n + codings.source)
    curve = _curve((pairs // n).tobytes(), (pairs % n).tobytes(), n)
    last = min(LAST, n)
    sources = [] if found.public else found.sources
    return Saturating(curve, sources, last, int(curve.new[-last:].sum()), found.public)


@lru_cache(KEPT)
def _curve(codes: bytes, sources: bytes, n_sources: int) -> Saturation:
    """The curve of these pairs; what was worked out lately is kept, for its pictures and files."""
    return saturation(
        np.frombuffer(codes, dtype=np.int64), np.frombuffer(sources, dtype=np.int64),
        n_sources=n_sources, seed=SEED,
    )  # fmt: skip
