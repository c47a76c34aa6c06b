"""How is a function applied to every chunk, with progress, and stopped between two chunks?"""

import os
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from importlib import import_module
from itertools import islice
from typing import Any, TypeVar

from rodedraad.parallel.chunks import Chunk, chunks_of

SETTING = "RODEDRAAD_DASK"
TELL_SECONDS = 0.5
CHUNKS_PER_WORKER = 2

Outcome = TypeVar("Outcome")
Tell = Callable[[int, int], None]


def map_chunks(
    work: Callable[..., Outcome],
    n_items: int,
    *data: Any,
    chunk_size: int,
    seed: int,
    tell: Tell | None = None,
    threads: int | None = None,
) -> list[Outcome]:
    """Return ``work(chunk, *data)`` of every chunk, in the order of the chunks.

    Parameters
    ----------
    work
        A pure function at the top of a module that every worker can import.
    n_items
        Number of items, such as bootstrap draws.
    data
        What every chunk needs besides; a cluster gets it once.
    chunk_size
        Items per chunk. Part of the definition of the outcome, since each chunk has its own
        random numbers. A second of work makes a good chunk.
    seed
        Of the random numbers of all chunks.
    tell
        Called in this thread with the number of chunks done and their total, after each chunk and
        at least twice a second. When it raises, no chunk is begun any more, and that rises.
    threads
        Number of threads here; as many as there are cores when left out. Not for a cluster.

    Raises
    ------
    Refusal
        When the cluster that ``RODEDRAAD_DASK`` names cannot be used.
    """
    chunks = chunks_of(n_items, chunk_size=chunk_size, seed=seed)
    address = os.environ.get(SETTING, "").strip()
    if address:
        cluster = import_module("rodedraad.parallel.cluster")  # a second of import, so not before
        with cluster.cluster_of(address, data) as (executor, n_workers, sent):
            return _mapped(executor, n_workers, work, chunks, sent, tell)
    n_threads = threads or len(os.sched_getaffinity(0))
    with ThreadPoolExecutor(n_threads) as executor:
        return _mapped(executor, n_threads, work, chunks, data, tell)


def _mapped(
    executor: Executor,
    n_workers: int,
    work: Callable[..., Outcome],
    chunks: list[Chunk],
    data: tuple[Any, ...],
    tell: Tell | None,
) -> list[Outcome]:
    """Keep every worker busy with a few chunks at a time, so that stopping is quick."""
    waiting = iter(chunks)
    running: dict[Future[Outcome], int] = {}
    outcomes: dict[int, Outcome] = {}
    try:
        while len(outcomes) < len(chunks):
            for chunk in islice(waiting, CHUNKS_PER_WORKER * n_workers - len(running)):
                running[executor.submit(work, chunk, *data)] = chunk.index
            finished, _ = wait(running, TELL_SECONDS, FIRST_COMPLETED)
            for future in finished:
                outcomes[running.pop(future)] = future.result()
            if tell is not None:
                tell(len(outcomes), len(chunks))
    finally:
        for future in running:
            future.cancel()
    return [outcomes[chunk.index] for chunk in chunks]
