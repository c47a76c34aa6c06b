"""Which setting keeps a process from giving memory back to the system after each array?

The memory manager of Linux (glibc) asks the system for each array beyond 128 kB and gives it back
at once, and Dask lowers that bound. Work on arrays of about a megabyte then spends most of its
time there: a chunk of benchmarks/parallel.py took a Dask process 0.18 s of CPU without these
variables and 0.025 s with them. Set before a process starts, they let it keep up to 128 MB.
Other systems ignore them.
"""

from collections.abc import Mapping

MEMORY_KEPT: Mapping[str, str] = {
    "MALLOC_MMAP_THRESHOLD_": str(32 * 2**20),
    "MALLOC_TRIM_THRESHOLD_": str(128 * 2**20),
}
