"""How does the site answer soon after its start: the code of a page is imported when asked for?"""

import sys
import time
from importlib import import_module
from importlib.abc import MetaPathFinder
from threading import get_ident
from types import ModuleType
from typing import Any

from django.db.transaction import non_atomic_requests

BUSY_SECONDS = 1.0
"""So long after something that must not wait, imports ahead of time go slowly."""
REST_SHARE = 4.0
"""Then they rest so many times what they took of the processor."""


class Later:
    """A module of views that is imported when one of its pages is asked for first.

    The pages draw on libraries that take seconds to import, and the site has several processes:
    none of them waits for pages that nobody asked for yet. ``later_load`` imports them all.

    ``atomic`` false says that its pages need no transaction: they do not ask the database. (What a
    view itself says about that is not known before it is imported.)

    >>> later = Later("rodedraad.errors")
    >>> later.Refusal("No.", code="no")
    Refusal('No.')
    """

    _known: list["Later"] = []

    def __init__(self, module: str, *, atomic: bool = True) -> None:
        self._module = module
        self._atomic = atomic
        Later._known.append(self)

    def __getattr__(self, name: str) -> Any:
        def view(*args: Any, **kwargs: Any) -> Any:
            return getattr(self._asked(), name)(*args, **kwargs)

        view.__name__ = view.__qualname__ = name
        view.__module__ = self._module
        view.__doc__ = f"See ``{self._module}.{name}``."
        return view if self._atomic else non_atomic_requests(view)

    def load(self) -> ModuleType:
        """Import the module, once, and return it."""
        return import_module(self._module)

    def _asked(self) -> ModuleType:
        """Import the module for somebody who waits for its page."""
        loaded = sys.modules.get(self._module)
        if loaded is not None and not getattr(loaded.__spec__, "_initializing", False):
            return loaded
        RESTS.awaited += 1
        try:
            return self.load()
        finally:
            RESTS.awaited -= 1


def later_load() -> list[ModuleType]:
    """Import all that was put off, in the order in which it was named, and return it."""
    return [later.load() for later in Later._known]


class Rests(MetaPathFinder):
    """Finds no module, but lets the thread that imports ahead of time rest before each of them.

    An import holds the interpreter, so what other threads answer waits for it. It rests only while
    something was answered that must not wait, and never while somebody waits for what it imports.
    """

    def __init__(self) -> None:
        self.thread = 0
        self.awaited = 0
        self.busy_at = -BUSY_SECONDS
        self.spent = 0.0

    def busy(self) -> None:
        """Say that something was answered that must not wait."""
        self.busy_at = time.monotonic()

    def find_spec(self, *_asked: object) -> None:
        """Rest, when this is the thread that should and there is a reason to."""
        if get_ident() != self.thread:
            return
        spent, self.spent = time.thread_time() - self.spent, time.thread_time()
        if self.awaited == 0 and time.monotonic() - self.busy_at < BUSY_SECONDS:
            time.sleep(spent * REST_SHARE)

    def load(self) -> None:
        """Import all that was put off, ahead of time, in this thread."""
        self.thread, self.spent = get_ident(), time.thread_time()
        sys.meta_path.insert(0, self)
        try:
            later_load()
        finally:
            sys.meta_path.remove(self)


RESTS = Rests()
