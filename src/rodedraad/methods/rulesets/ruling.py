"""What does every outcome of a ruleset carry with it?"""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from rodedraad.errors import Refusal
from rodedraad.methods.rulesets.label_names import ENGLISH

OWN_DEFAULTS = (
    "The thresholds are defaults of Rode Draad. The original studies did not publish theirs."
)
TOLERANCE = 1e-9


class RuleRefusal(Refusal):
    """Input that a ruleset cannot take, such as a share above 1."""

    code = "rule_input"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence in both languages of the screens."""

    nl: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Thresholds of one ruleset under one version. Subclasses give name, version and values.

    A version means the published defaults of that version. Rules with other values carry the same
    version and say in ``identity`` which values differ, so that no result can pass for another.
    """

    name: str = ""
    version: str = ""
    note: str = OWN_DEFAULTS

    @property
    def changed(self) -> dict[str, object]:
        """The thresholds that differ from the defaults of this version."""
        default = type(self)()
        return {
            f.name: getattr(self, f.name)
            for f in fields(self)
            if getattr(self, f.name) != getattr(default, f.name)
        }

    @property
    def identity(self) -> str:
        """Name and version, with the changed thresholds: "network-drive 1 (extra_share=0.25)"."""
        changes = ", ".join(f"{name}={value!r}" for name, value in self.changed.items())
        return f"{self.name} {self.version}" + (f" ({changes})" if changes else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """One label that a ruleset gave, with what it was given and one sentence that explains it.

    ``rules`` names the ruleset, its version and thresholds. ``inputs`` holds plain values (text,
    numbers, lists), so that it can be stored as JSON. ``label`` is the Dutch term of the field;
    ``label_en`` translates it.
    """

    rules: Rules
    inputs: Mapping[str, object]
    label: str
    explanation: Sentence

    @property
    def ruleset(self) -> str:
        """Name of the ruleset."""
        return self.rules.name

    @property
    def version(self) -> str:
        """Version of the ruleset; ``rules.identity`` adds changed thresholds."""
        return self.rules.version

    @property
    def label_en(self) -> str:
        """The label in English."""
        return ENGLISH[self.label]


def reaches(value: float, threshold: float) -> bool:
    """Whether ``value`` is at least ``threshold``, give or take rounding of binary fractions.

    0.6 - 0.5 reaches 0.1 here, which it does not in plain floating point.
    """
    return value >= threshold - TOLERANCE


def check_share(name: str, value: float | None) -> None:
    """Refuse a known share that is not from 0 to 1 (NaN among them)."""
    if value is not None and not 0 <= value <= 1:
        raise RuleRefusal(
            f"{name} must be from 0 to 1, or unknown. Got {value} instead.",
            code="share_out_of_range",
            name=name,
            value=value,
        )


def both(items_nl: list[str], items_en: list[str]) -> Sentence:
    """The same list in both languages, joined by commas."""
    return Sentence(", ".join(items_nl), ", ".join(items_en))
