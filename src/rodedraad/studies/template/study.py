"""What does a template fix for a new study: questions, constructs, rulesets, waves, cases, team."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from rodedraad.studies.template.constructs import Construct
from rodedraad.studies.template.framework_files import framework
from rodedraad.studies.template.shapes import Code, Key, Line, Shape, Text, UnitKind, Version

SelectionMethod = Literal["all", "random", "most_diverse", "typical", "extreme", "matched_pairs"]
Stratum = Literal["size", "part_of_country", "forerunner"]
TeamRoleKey = Literal["lead", "researcher", "client", "privacy_officer"]


class Question(Shape):
    """A question that the study is to answer."""

    key: Key
    text: Text


class SubStudy(Shape):
    """A part of a study with its own object, over the same cases."""

    key: Key
    name: Text


class RulesetRef(Shape):
    """A decision rule and its version, as ``rodedraad.methods.rulesets`` knows it."""

    name: Key
    version: Line


class WavePlan(Shape):
    """A moment of measurement."""

    label: Annotated[str, Field(min_length=1, max_length=40)]
    reference_date: date


class CasePlan(Shape):
    """How many units are chosen, from which frame and how."""

    n: Annotated[int, Field(ge=1, le=2000)]
    frame_date: date
    method: SelectionMethod
    strata: tuple[Stratum, ...] = ()
    indicators: tuple[Key, ...] = ()
    reserves: Annotated[int, Field(ge=0, le=10)] = 2


class TeamRole(Shape):
    """A role in the team of the study and how many people it takes at least."""

    role: TeamRoleKey
    minimum: Annotated[int, Field(ge=0, le=50)]
    task: Text


class StudyTemplate(Shape):
    """A kind of study, ready to start one from."""

    key: Key
    version: Version
    title: Text
    summary: Text
    unit_kind: UnitKind
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]
    sub_studies: tuple[SubStudy, ...] = ()
    framework: Annotated[tuple[Code, ...], Field(min_length=1)]
    measures: tuple[Code, ...] = ()
    views: tuple[Key, ...] = ()
    rulesets: tuple[RulesetRef, ...]
    waves: Annotated[tuple[WavePlan, ...], Field(min_length=1)]
    cases: CasePlan
    respondents: tuple[Code, ...] = ()
    team: Annotated[tuple[TeamRole, ...], Field(min_length=1)]
    notes: Annotated[tuple[Text, ...], Field(min_length=1)]

    def constructs(self) -> tuple[Construct, ...]:
        """The constructs of this study, in the order of the template."""
        known = framework().by_code
        return tuple(known[code] for code in self.framework)
