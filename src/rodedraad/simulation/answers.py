"""Who responds in a simulation, and what do they answer?"""

import numpy as np
import polars as pl

from rodedraad.simulation.assumptions import Assumptions
from rodedraad.simulation.design import Design, World, reasons_drawn

SURVEYS = {"simulation/survey-1": "DBR", "simulation/survey-2": "CUPI"}
LOWEST, HIGHEST = 1, 5


def people_drawn(design: Design, assumed: Assumptions, rng: np.random.Generator) -> pl.DataFrame:
    """Return who responds: case and role as places in the design, pseudonym, survey and record."""
    shares = np.array([assumed.people.get(role, 0.0) for role in design.roles])
    shares = shares / shares.sum()
    invited = np.floor(design.invited * shares + 0.5).astype(np.int64)
    rates = np.array([assumed.response.get(role, 0.0) for role in design.roles])
    counts = rng.binomial(invited, rates, size=(len(design.cases), len(design.roles)))
    case, role = (np.repeat(place.ravel(), counts.ravel()) for place in np.indices(counts.shape))
    survey = {role: name for name, roles in SURVEYS.items() for role in roles}
    numbers = pl.int_range(1, case.size + 1, eager=True)
    return pl.DataFrame(
        {
            "case_place": case,
            "role_place": role,
            "case": pl.Series(design.cases)[case],
            "role": pl.Series(design.roles)[role],
            "respondent": pl.select(pl.format("s{}", numbers)).to_series(),
            "source": pl.Series([survey[each] for each in design.roles])[role],
            "source_id": numbers.cast(pl.String),
        }
    )


def answers_drawn(
    design: Design,
    assumed: Assumptions,
    world: World,
    people: pl.DataFrame,
    rng: np.random.Generator,
) -> pl.DataFrame:
    """Return what everyone answers to the items that their role is asked, item by item."""
    case, role = (people[name].to_numpy() for name in ("case_place", "role_place"))
    rosy = world.roles[case, role] + assumed.person_sd * rng.standard_normal(case.size)
    unknown = np.array([assumed.dont_know.get(each, 0.0) for each in design.roles])[role]
    told = people.drop("case_place", "role_place")
    parts = []
    for j, construct in enumerate(design.constructs):
        opinion = assumed.opinion_sd * rng.standard_normal(case.size)
        opinion += world.effects[case, j] + (construct.direction or 1) * rosy
        for item in construct.items:
            difficulty = assumed.difficulty_sd * rng.standard_normal()
            noise = assumed.noise_sd * rng.standard_normal(case.size)
            chance = rng.random(case.size)
            raw = LOWEST + np.searchsorted(assumed.cuts, opinion - difficulty + noise)
            if item.is_reversed:
                raw = LOWEST + HIGHEST - raw
            missing = reasons_drawn(chance, unknown, assumed.unanswered, assumed.not_applicable)
            asked = np.isin(role, [i for i, r in enumerate(design.roles) if r in item.roles])
            parts.append(
                told.with_columns(
                    item=pl.lit(item.code),
                    missing=missing,
                    raw=pl.when(missing == "").then(pl.Series(raw.astype(np.float64))),
                ).filter(pl.Series(asked))
            )
    empty = dict.fromkeys(("case", "role", "respondent", "source", "source_id"), pl.String)
    schema = {**empty, "item": pl.String, "missing": pl.String, "raw": pl.Float64}
    return pl.concat([pl.DataFrame(schema=schema), *parts])
