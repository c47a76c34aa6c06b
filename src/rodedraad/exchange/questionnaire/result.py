"""What came out of a file with a questionnaire, and what did not come along and why?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

REASONS = {
    "kind": "There is no such kind of question here.",
    "device": "It records something about the telephone or the moment, which is not kept here.",
    "row": "The row is not a valid row of an XLSForm.",
    "form": "The form as a whole is not valid.",
    "calculation": "The calculation uses something that cannot be carried over.",
    "no-place": "It stands in a part of the form that has no counterpart here.",
    "relevance": "The condition cannot be carried over; the question is always asked.",
    "constraint": "The check on the answer cannot be carried over.",
    "choice-filter": "The filter of choices cannot be carried over; all choices are shown.",
    "required": "When it is required cannot be carried over; it is optional.",
    "default": "The answer that is filled in beforehand cannot be carried over.",
    "repeat-count": "How often it repeats cannot be carried over; people add as many as they need.",
    "text-expression": "A calculation inside a text was left out.",
    "markup": "Pictures, scripts or styles in a text were left out.",
    "media": "A picture, sound or film is not carried over.",
    "appearance": "How it looks is decided here.",
    "renamed": "The name occurs more than once, or holds signs that cannot be used.",
    "comment": "One field for comments takes the place of one for each choice.",
    "array-filter": "A filter by the answers to another question is not carried over.",
    "quota": "Quotas are set with the survey, by case and role.",
    "attribute": "This setting has no counterpart here.",
    "layout": "Rows and columns have changed places.",
    "choices": "A list of choices, or a choice in it, is missing or there twice.",
    "no-choices": "There are no choices or statements, so there is nothing to answer.",
    "read-only": "Nobody can fill it in, so it is text here.",
    "heading": "A heading occurs twice; the first column is read.",
    "pyxform": "A remark about the form.",
}


@dataclass(frozen=True, slots=True)
class Reported:
    """Something that did not come along: of which question, which reason, and what it says.

    ``is_question`` says that the question itself is lost, not just something of it.
    """

    name: str
    reason: str
    told: str = ""
    is_question: bool = False

    @property
    def sentence(self) -> str:
        """Why it did not come along."""
        return REASONS[self.reason]


@dataclass(frozen=True, slots=True)
class ReadSurvey:
    """A questionnaire as read: SurveyJS JSON, and the account of what came along.

    ``questions`` of the file are either ``carried`` or among ``lost``; nothing else happens.
    """

    format: str
    definition: Mapping[str, Any]
    questions: int
    carried: int
    remarks: tuple[Reported, ...]

    @property
    def lost(self) -> tuple[Reported, ...]:
        """The questions that did not come along."""
        return tuple(one for one in self.remarks if one.is_question)

    @property
    def reported(self) -> int:
        """How many questions did not come along."""
        return len(self.lost)


@dataclass(slots=True)
class Account:
    """What is carried and lost so far."""

    carried: int = 0
    remarks: list[Reported] = field(default_factory=list)

    def carry(self) -> None:
        """Count one question that came along."""
        self.carried += 1

    def lose(self, name: str, reason: str, told: str = "") -> None:
        """Note a question that did not come along."""
        self.remarks.append(Reported(name, reason, told[:300], is_question=True))

    def note(self, name: str, reason: str, told: str = "") -> None:
        """Note something of a question that did not come along."""
        one = Reported(name, reason, told[:300])
        if one not in self.remarks:
            self.remarks.append(one)

    def read(self, format: str, definition: Mapping[str, Any]) -> ReadSurvey:
        """Return the whole."""
        lost = sum(1 for one in self.remarks if one.is_question)
        return ReadSurvey(
            format, definition, self.carried + lost, self.carried, tuple(self.remarks)
        )
