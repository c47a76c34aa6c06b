"""Who works on which job: locks of the database that end when their process ends.

A lock belongs to a connection. When a process is killed its connection closes, and the database
gives the lock free at once; no clock and no heartbeat decides whether a worker still lives.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

NAMESPACE = 0x526F4472  # of our locks among those of other programs in the same database
PRESENT = 0
HELD_BY_ANYONE = """
SELECT EXISTS (
    SELECT 1 FROM pg_locks
    WHERE locktype = 'advisory' AND granted AND classid = %s AND objid = %s AND objsubid = 2
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))
"""


@contextmanager
def worker_present() -> Iterator[None]:
    """Let others see that a worker is at work, for as long as this lasts."""
    _asked("SELECT pg_advisory_lock_shared(%s, %s)", PRESENT)
    try:
        yield
    finally:
        _asked("SELECT pg_advisory_unlock_shared(%s, %s)", PRESENT)


def worker_is_present() -> bool:
    """Tell whether any worker is at work on this database."""
    return _asked(HELD_BY_ANYONE, PRESENT)


def job_lock(pk: int) -> bool:
    """Take the lock of a job and say whether that worked: only one connection can hold it."""
    return _asked("SELECT pg_try_advisory_lock(%s, %s)", pk)


def job_unlock(pk: int) -> None:
    """Give the lock of a job free."""
    _asked("SELECT pg_advisory_unlock(%s, %s)", pk)


def _asked(question: str, number: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(question, [NAMESPACE, number])
        row = cursor.fetchone()
    return bool(row and row[0])
