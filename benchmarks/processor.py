"""How much processor time does work take: in this process and in its database connection?

On a machine with others on it, wall time tells more of them than of the work.
"""

from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, process_time_ns
from typing import NamedTuple

import psutil
from django.db import connection


class Took(NamedTuple):
    """Milliseconds that work took on the clock, and of the processor."""

    wall: float
    processor: float


def took(work: Callable[[], object]) -> Took:
    """Do the work once and return what it took."""
    server = _server()
    processor, begun = _spent(server), perf_counter()
    work()
    wall = perf_counter() - begun
    return Took(wall * 1000, (_spent(server) - processor) / 1e6)


def told(name: str, times: list[Took]) -> Took:
    """Print the middle and the 95th percentile of both clocks, and return the latter."""
    pairs = [(median(each), quantiles(each, n=20)[-1]) for each in zip(*times, strict=True)]
    (wall, wall_p95), (busy, busy_p95) = pairs
    print(
        f"{name:<38} wall: median {wall:6.1f} p95 {wall_p95:6.1f} ms   "
        f"processor: median {busy:6.1f} p95 {busy_p95:6.1f} ms   n {len(times)}",
        flush=True,
    )
    return Took(wall_p95, busy_p95)


def _server() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def _spent(server: int) -> int:
    """Return nanoseconds of this process and of the process of its connection."""
    told = Path(f"/proc/{server}/schedstat")
    if told.exists():  # Linux: to the nanosecond; elsewhere in steps of ten milliseconds
        there = int(told.read_text().split()[0])
    else:
        there = int(sum(psutil.Process(server).cpu_times()[:2]) * 1e9)
    return process_time_ns() + there
