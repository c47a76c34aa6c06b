"""What does a worker do by itself, every so often, while nobody asks for it?

In ``ready`` of an ``AppConfig``: ``regular_register("mail_due", "rodedraad....mail_due", 60)``. The
work is a function without arguments. It is named, not imported: only a worker imports it. Every
worker does it, so the work itself sees to it that two at once do no harm.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.module_loading import import_string

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Regular:
    """Work that returns: its dotted name, and how many seconds lie between two times."""

    work: str
    seconds: float


_REGULARS: dict[str, Regular] = {}


def regular_register(name: str, work: str, seconds: float) -> None:
    """Let workers do ``work`` every so many seconds."""
    _REGULARS[name] = Regular(work, seconds)


@dataclass
class RegularWork:
    """When this worker did each regular work last; the first time is as soon as it can."""

    clock: Callable[[], float] = time.monotonic
    done: dict[str, float] = field(default_factory=dict)

    def look(self) -> None:
        """Do what is due. A fault is noted without its data, and the worker goes on."""
        for name, one in _REGULARS.items():
            now = self.clock()
            if name in self.done and now - self.done[name] < one.seconds:
                continue
            self.done[name] = now
            try:
                import_string(one.work)()
            except Exception as fault:  # the next time may go well, and other work waits
                log.error("Regular work %s failed: %s", name, type(fault).__name__)
