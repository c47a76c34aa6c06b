"""Work for the tests, in a module that workers of a cluster can import."""

import os

import numpy as np
import numpy.typing as npt

from rodedraad.errors import Refusal
from rodedraad.methods.relations import association
from rodedraad.parallel import Chunk

Floats = npt.NDArray[np.float64]


def taus_drawn(chunk: Chunk, x: Floats, y: Floats) -> list[float]:
    """Draw cases with replacement and return Kendall's tau-b of each draw."""
    rng = chunk.rng()
    drawn = [rng.integers(0, x.size, x.size) for _ in range(chunk.size)]
    return [association(x[rows], y[rows], "kendall") for rows in drawn]


def place_of(chunk: Chunk) -> tuple[int, int, int]:
    return chunk.index, chunk.start, chunk.stop


def refused(chunk: Chunk) -> None:
    raise Refusal(f"Chunk {chunk.index} is empty.", code="chunk_empty", chunk=chunk.index)


def broken(chunk: Chunk) -> float:
    return 1 / chunk.index


def killed(chunk: Chunk) -> None:
    os._exit(1)
