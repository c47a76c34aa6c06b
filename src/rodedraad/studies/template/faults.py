"""What is wrong in a template: every fault with file, line, field and cure, told at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from rodedraad.errors import Refusal


@dataclass(frozen=True, order=True)
class TemplateFault:
    """One thing that is wrong; ``line`` counts from 1, 0 means the file as a whole."""

    file: str
    line: int
    field: str
    problem: str
    cure: str

    def __str__(self) -> str:
        place = f"{self.file}, line {self.line}" if self.line else self.file
        field = f", {self.field}" if self.field else ""
        return f"{place}{field}: {self.problem} {self.cure}"


class TemplateRefusal(Refusal):
    """A template or framework that cannot be used, with all its faults."""

    code = "template_invalid"

    def __init__(self, faults: Sequence[TemplateFault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        many = "1 fault" if len(self.faults) == 1 else f"{len(self.faults)} faults"
        lines = "\n".join(f"- {fault}" for fault in self.faults)
        super().__init__(
            f"The study template cannot be used: {many}. Mend them and load it again.\n{lines}",
            faults=[str(fault) for fault in self.faults],
        )


def nearest_cure(word: str, known: Sequence[str], otherwise: str) -> str:
    """Say which known word is nearest, or ``otherwise`` when none resembles it."""
    close = get_close_matches(word, known, n=1, cutoff=0.6)
    lower = [candidate for candidate in known if candidate.lower() == word.lower()]
    best = lower or close
    return f"Did you mean '{best[0]}'?" if best else otherwise
