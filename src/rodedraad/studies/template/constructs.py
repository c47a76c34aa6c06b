"""What can a study say something about: constructs with their items, measures and scales."""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from rodedraad.studies.template.shapes import Code, Key, Shape, Text, UnitKind, Version

ConstructKind = Literal["factor", "subgoal", "theme", "network", "attitude", "context"]
EvidenceKind = Literal["answer", "passage", "document", "figure", "vote", "tie"]
ValueRule = Literal["item_mean", "percent_rank", "presence", "computed"]
ItemId = Annotated[str, StringConstraints(pattern=r"^[A-Z]\d+\.\d+$", max_length=8)]


class Option(Shape):
    """One answer, level or status; no ``value`` means that it is missing or has no order."""

    key: Key
    name: Text
    value: int | None = None


class Role(Shape):
    """A role in which somebody answers, such as U, worker."""

    code: Code
    name: Text


class Block(Shape):
    """A family of constructs, such as F, the change factors."""

    code: Code
    name: Text


class Item(Shape):
    """One statement that people agree or disagree with; ``reversed`` means 6 minus the answer."""

    id: ItemId
    nl: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
    en: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
    roles: Annotated[tuple[Code, ...], Field(min_length=1)]
    reversed: bool = False


class Part(Shape):
    """A named share of the items of a construct that is not one scale."""

    key: Key
    name: Text
    items: tuple[ItemId, ...]


class Figure(Shape):
    """A register figure; its rows are ``about`` the key, a slash and the year, and maybe more."""

    key: Key
    name: Text
    unit: Text


class Construct(Shape):
    """Something a study says something about, with all that is needed to measure it.

    ``obstacle``: high is worse, and every chart says so. ``is_scale``: the items have one score;
    if not, use ``parts`` or ``figures`` one by one. ``descriptive_only``: never in a rule.
    ``rule_name``: the name under which rulesets know this construct.
    """

    code: Code
    block: Code
    kind: ConstructKind
    unit_kind: UnitKind = "municipality"
    name: Text
    definition: Text
    evidence: tuple[EvidenceKind, ...]
    value_rule: ValueRule
    observables: tuple[Text, ...] = ()
    items: tuple[Item, ...] = ()
    parts: tuple[Part, ...] = ()
    figures: tuple[Figure, ...] = ()
    obstacle: bool = False
    is_scale: bool = True
    descriptive_only: bool = False
    rule_name: Key | None = None
    direction: Text | None = None


class View(Shape):
    """A theme that shows existing constructs together and measures nothing of its own."""

    key: Key
    name: Text
    constructs: tuple[Code, ...]


class MeasureCell(Shape):
    """A cell of the measures inventory: an arena (field, municipality) times an object."""

    code: Code
    arena: Literal["field", "municipality"]
    object: Literal["structure", "practice"]
    arena_name: Text
    object_name: Text


class Measure(Shape):
    """Something a municipality can do, such as A1, integrated social teams."""

    code: Code
    cell: Code
    name: Text

    @property
    def evidence_code(self) -> str:
        """The code in the evidence table: measure B1 is not construct B1."""
        return f"measure:{self.code}"


class Milestone(Shape):
    """A step in the development of a network, reached with dated evidence."""

    code: Code
    name: Text
    definition: Text

    @property
    def evidence_code(self) -> str:
        """The code in the evidence table: milestone M1 is not construct M1."""
        return f"milestone:{self.code}"


class TieQuestion(Shape):
    """A question asked for every partner; ``multiple`` means more than one answer is allowed."""

    key: Key
    text: Text
    options: tuple[Option, ...]
    multiple: bool = False


class Record(Shape):
    """A fact about a municipality that enters no rule, such as the year of the first team."""

    key: Key
    name: Text


class FrameworkParts(Shape):
    """What the files of a framework hold, each some of it."""

    roles: tuple[Role, ...] = ()
    answer_scale: tuple[Option, ...] = ()
    rubric: tuple[Option, ...] = ()
    blocks: tuple[Block, ...] = ()
    constructs: tuple[Construct, ...] = ()
    views: tuple[View, ...] = ()
    measure_cells: tuple[MeasureCell, ...] = ()
    measures: tuple[Measure, ...] = ()
    measure_status: tuple[Option, ...] = ()
    records: tuple[Record, ...] = ()
    ladder: tuple[Option, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    scale_levels: tuple[Option, ...] = ()
    tie_questions: tuple[TieQuestion, ...] = ()


class FrameworkFile(FrameworkParts):
    """What one YAML file of the framework may hold; all files together make the framework."""

    version: Version | None = None
    note: Text | None = None
    introduction: Text | None = None


class Framework(FrameworkParts):
    """Everything that studies can measure, in one version."""

    version: Version
    note: Text
    introduction: Text

    @cached_property
    def by_code(self) -> Mapping[str, Construct]:
        """Every construct under its code."""
        return {construct.code: construct for construct in self.constructs}

    @property
    def items(self) -> tuple[Item, ...]:
        """Every item, in the order of the constructs."""
        return tuple(item for construct in self.constructs for item in construct.items)

    @property
    def evidence_codes(self) -> tuple[str, ...]:
        """Every code that the column ``construct`` of the evidence table may hold."""
        return (
            *self.by_code,
            *(measure.evidence_code for measure in self.measures),
            *(milestone.evidence_code for milestone in self.milestones),
        )
