"""How does the site answer soon after its start: the code of a page is imported when asked for?"""

from importlib import import_module
from types import ModuleType
from typing import Any

from django.db.transaction import non_atomic_requests


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
            return getattr(self.load(), name)(*args, **kwargs)

        view.__name__ = view.__qualname__ = name
        view.__module__ = self._module
        view.__doc__ = f"See ``{self._module}.{name}``."
        return view if self._atomic else non_atomic_requests(view)

    def load(self) -> ModuleType:
        """Import the module, once, and return it."""
        return import_module(self._module)


def later_load() -> list[ModuleType]:
    """Import all that was put off, in the order in which it was named, and return it."""
    return [later.load() for later in Later._known]
