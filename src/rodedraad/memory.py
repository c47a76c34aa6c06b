"""What keeps memory from costing time: a setting for arrays, and a pause of the collector.

The memory manager of Linux (glibc) asks the system for each array beyond 128 kB and gives it back
at once, and Dask lowers that bound. Work on arrays of about a megabyte then spends most of its
time there: a chunk of benchmarks/parallel.py took a Dask process 0.18 s of CPU without these
variables and 0.025 s with them. Set before a process starts, they let it keep up to 128 MB.
Other systems ignore them.

Work that makes hundreds of thousands of small objects, and keeps them, is slowed by the collector
of cycles, which looks at them again and again: it may pause until the work is done. What a
server has loaded stays until it ends: the collector need not look at that each time.
"""

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

MEMORY_KEPT: Mapping[str, str] = {
    "MALLOC_MMAP_THRESHOLD_": str(32 * 2**20),
    "MALLOC_TRIM_THRESHOLD_": str(128 * 2**20),
}


@contextmanager
def collector_paused() -> Iterator[None]:
    """Let the collector of cycles rest within; what was running before runs again after."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def loaded_keep() -> None:
    """Take what is loaded now out of what the collector of cycles looks at, for good.

    A full look at the code of all pages held every thread of a web process for 0.2 s.
    """
    gc.freeze()
