"""What is a refusal: something a person or their data can mend, told in one sentence."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any


class Refusal(Exception):
    """A request that cannot be carried out as asked, with a code, its data and one sentence.

    The sentence is English and says what is wrong, where, and how to mend it. Pages show the
    Dutch or English sentence that belongs to ``code``; see ``rodedraad.web.refusals``.
    """

    code: str = "refused"

    def __init__(self, message: str, *, code: str | None = None, **context: object) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or type(self).code
        self.context: Mapping[str, object] = MappingProxyType(dict(context))

    def __str__(self) -> str:
        return self.message

    def __reduce__(self) -> tuple[Any, ...]:
        """Let a refusal travel from a process that works for us, whole and of its own class."""
        told = vars(self) | {"context": dict(self.context)}
        return _arrived, (type(self), self.args, told)


def _arrived(cls: type[Refusal], args: tuple[Any, ...], told: dict[str, Any]) -> Refusal:
    refusal = cls.__new__(cls, *args)
    vars(refusal).update(told | {"context": MappingProxyType(told["context"])})
    return refusal
