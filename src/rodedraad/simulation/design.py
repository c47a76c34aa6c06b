"""What is asked of whom in a simulation, and what is true of the cases in it?"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from rodedraad.simulation.assumptions import Assumptions

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SimulatedItem:
    """One item: who is asked, and whether agreeing means less."""

    code: str
    roles: tuple[str, ...]
    is_reversed: bool


@dataclass(frozen=True, slots=True)
class SimulatedConstruct:
    """One construct; ``direction`` is -1 when much of it goes with little of the others."""

    code: str
    kind: str
    direction: int
    items: tuple[SimulatedItem, ...]
    in_documents: bool
    in_interviews: bool


@dataclass(frozen=True, slots=True)
class Design:
    """What is asked of whom: ``invited`` people in every case, divided over ``roles``."""

    cases: tuple[str, ...]
    constructs: tuple[SimulatedConstruct, ...]
    measures: tuple[str, ...]
    roles: tuple[str, ...]
    invited: int


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """What is true of the cases: ``common`` (n_cases,), ``effects`` (n_cases, n_constructs),
    ``roles`` (n_cases, n_roles)."""

    common: Floats
    effects: Floats
    roles: Floats


def world_drawn(design: Design, assumed: Assumptions, rng: np.random.Generator) -> World:
    """Draw how the cases differ, and how roles see them."""
    n = len(design.cases)
    common = rng.standard_normal(n)
    effects = np.empty((n, len(design.constructs)))
    for j, construct in enumerate(design.constructs):
        shared = assumed.common.get(construct.kind, 0.0) * construct.direction
        own = np.sqrt(1 - shared**2) * rng.standard_normal(n)
        effects[:, j] = assumed.case_sd * (shared * common + own)
    gaps = np.array([assumed.role_gap.get(role, 0.0) for role in design.roles])
    roles = gaps + assumed.role_sd * rng.standard_normal((n, len(design.roles)))
    return World(common, effects, roles)


def reasons_drawn(chance: Floats, unknown: Floats, unanswered: float, other: float) -> pl.Series:
    """Return why there is no answer, an empty text where there is one."""
    bounds = np.column_stack([unknown, unknown + unanswered, unknown + unanswered + other])
    which = (chance[:, None] >= bounds).sum(axis=1)
    return pl.Series("missing", ["dont_know", "unanswered", "not_applicable", ""])[which]
