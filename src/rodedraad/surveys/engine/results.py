"""What the engine says of answers and of definitions."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


class EngineFault(Exception):
    """The engine could not answer: out of time, out of memory, or a script that fails."""

    def __init__(self, kind: str, told: str = "") -> None:
        super().__init__(kind, told)
        self.kind = kind
        self.told = told


@dataclass(frozen=True, slots=True)
class AnswerError:
    """What is wrong with the answer to one question, in the language of the respondent."""

    question: str
    inside: str
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What survey-core made of a whole set of answers.

    ``data`` holds the answers to questions that were asked; ``shown`` the names of these
    questions, and of rows of a matrix (``F1/F1.1``); ``rewritten`` the questions whose answer
    survey-core would have made up or changed.
    """

    data: Mapping[str, Any]
    shown: tuple[str, ...]
    errors: tuple[AnswerError, ...]
    rewritten: tuple[str, ...]

    @property
    def is_right(self) -> bool:
        """Whether the answers can be taken as they are."""
        return not self.errors and not self.rewritten


@dataclass(frozen=True, slots=True)
class DefinitionFault:
    """What the linter finds in a definition; ``severity`` is error or warning."""

    rule: str
    severity: str
    message: str
    path: str
