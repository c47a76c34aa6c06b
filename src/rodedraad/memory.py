"""Which setting keeps a process from giving memory back to the system after each array?

The memory manager of Linux (glibc) asks the system for each array beyond 128 kB and gives it back
at once, and Dask lowers that bound; work on arrays of about a megabyte then spends most of its
time there (measured: benchmarks/parallel.py). These variables, set before a process starts, let
it keep up to 128 MB. Other systems ignore them.
"""

from collections.abc import Mapping

MEMORY_KEPT: Mapping[str, str] = {
    "MALLOC_MMAP_THRESHOLD_": str(32 * 2**20),
    "MALLOC_TRIM_THRESHOLD_": str(128 * 2**20),
}
