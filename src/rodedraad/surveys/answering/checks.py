"""Who checks what was received? A thread of the web process that received it, at once.

It begins with the process and looks in the database twice a minute, so what a process left behind
when it died is found. The same thread writes responses anew in random order when that is due.
"""

import logging
import queue
import threading
import time
from collections.abc import Callable
from uuid import UUID

from django.db import DatabaseError, connection
from django.utils.module_loading import import_string

from rodedraad.surveys.engine.pool import engine_start
from rodedraad.surveys.models import Response, Survey

log = logging.getLogger(__name__)
SETTLE = "rodedraad.surveys.answering.settling.received_settle"
SCATTER = "rodedraad.surveys.answering.scattering.surveys_scatter"
SCATTER_EVERY = 600.0
LOOK_EVERY = 30.0
AT_MOST = 200


class Checks:
    """The queue of this process."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.waiting: queue.SimpleQueue[UUID | None] = queue.SimpleQueue()
        self.asked: set[UUID] = set()
        self.thread: threading.Thread | None = None
        self.warmed = False

    def ask(self, response: UUID) -> None:
        """Let a received response be checked; it is in the queue once."""
        self.awake()
        with self.lock:
            if response in self.asked:
                return
            self.asked.add(response)
        self.waiting.put(response)

    def warm(self) -> None:
        """Let survey-core be loaded, once, while somebody fills in the questionnaire."""
        with self.lock:
            is_first, self.warmed = not self.warmed, True
        if is_first:
            threading.Thread(target=engine_start, daemon=True, name="engine").start()

    def warm_when_open(self) -> None:
        """Let survey-core be loaded when a survey is open: somebody may just be answering."""
        try:
            is_open = Survey.objects.filter(state=Survey.State.OPEN).exists()
        except DatabaseError:  # it is away; the page of a questionnaire asks again
            is_open = False
        finally:
            connection.close()
        if is_open:
            self.warm()

    def awake(self) -> None:
        """Start the thread when it does not run."""
        with self.lock:
            if self.thread is None or not self.thread.is_alive():
                self.thread = threading.Thread(target=self._work, daemon=True, name="checks")
                self.thread.start()

    def stop(self) -> None:
        """Wait until the thread did what is in its queue and ended; ``awake`` starts another."""
        if self.thread is not None and self.thread.is_alive():
            self.waiting.put(None)
            self.thread.join()

    def _work(self) -> None:
        settle: Callable[[UUID], None] = import_string(SETTLE)
        scatter: Callable[[], int] = import_string(SCATTER)
        self._done(self._look)
        scattered = time.monotonic()
        while True:
            try:
                response = self.waiting.get(timeout=LOOK_EVERY)
            except queue.Empty:
                self._done(self._look)
                if time.monotonic() - scattered > SCATTER_EVERY:
                    self._done(scatter)
                    scattered = time.monotonic()
                continue
            if response is None:
                connection.close()
                return
            with self.lock:
                self.asked.discard(response)
            self._done(lambda key=response: settle(key))

    def _look(self) -> None:
        """Put what waits in the database in the queue."""
        rows = Response.objects.filter(state=Response.State.RECEIVED).order_by("uuid")
        for key in rows.values_list("pk", flat=True)[:AT_MOST]:
            with self.lock:
                if key in self.asked:
                    continue
                self.asked.add(key)
            self.waiting.put(key)

    def _done(self, work: Callable[[], object]) -> None:
        """Do work; a fault is noted without its data; what waits in the database stays."""
        try:
            work()
        except Exception as fault:  # the thread goes on: the row is still there
            log.error("Checking or shuffling responses failed: %s", type(fault).__name__)
        finally:
            if self.waiting.empty():
                connection.close()


CHECKS = Checks()
