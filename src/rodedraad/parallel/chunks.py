"""How is work cut so that its outcome does not depend on who does which part?"""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Chunk:
    """A part of the work: the items from ``start`` up to ``stop``, and their random numbers."""

    index: int
    start: int
    stop: int
    seed: np.random.SeedSequence

    @property
    def size(self) -> int:
        """Number of items."""
        return self.stop - self.start

    def rng(self) -> np.random.Generator:
        """Return the random numbers of this chunk, from their beginning."""
        return np.random.default_rng(self.seed)


def chunks_of(n_items: int, *, chunk_size: int, seed: int) -> list[Chunk]:
    """Cut ``n_items`` items into chunks; the last one may be smaller.

    Raises
    ------
    ValueError
        When there are fewer than 0 items, or fewer than 1 in a chunk.
    """
    if n_items < 0 or chunk_size < 1:
        raise ValueError(f"{n_items} items cannot be cut into chunks of {chunk_size}.")
    starts = range(0, n_items, chunk_size)
    seeds = np.random.SeedSequence(seed).spawn(len(starts))
    return [
        Chunk(index, start, min(start + chunk_size, n_items), own)
        for index, (start, own) in enumerate(zip(starts, seeds, strict=True))
    ]
