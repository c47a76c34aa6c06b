"""Which answers, scores and statuses would cases give, if they differed as the model supposes?

Pure: a design and a seed go in, frames as the writers of evidence take them come out. Every
source begins with ``simulation``, so that no row can be mistaken for what people said.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from rodedraad.simulation.answers import answers_drawn, people_drawn
from rodedraad.simulation.assumptions import ASSUMPTIONS, Assumptions
from rodedraad.simulation.design import Design, world_drawn
from rodedraad.simulation.sources import documents_drawn, interviews_drawn, measures_drawn


@dataclass(frozen=True, slots=True, eq=False)
class Simulated:
    """Facts as frames: answers, rubric scores and statuses of measures; and how many gave them."""

    answers: pl.DataFrame
    rubric: pl.DataFrame
    measures: pl.DataFrame
    n_people: int
    n_interviews: int


def simulate(design: Design, seed: int, assumed: Assumptions = ASSUMPTIONS) -> Simulated:
    """Draw all facts of a design; the same seed gives the same facts."""
    streams = [np.random.default_rng(s) for s in np.random.SeedSequence(seed).spawn(6)]
    world = world_drawn(design, assumed, streams[0])
    people = people_drawn(design, assumed, streams[1])
    answers = answers_drawn(design, assumed, world, people, streams[2])
    documents = documents_drawn(design, assumed, world, streams[3])
    talks = interviews_drawn(design, assumed, world, streams[4])
    return Simulated(
        answers=answers,
        rubric=pl.concat([documents, talks]),
        measures=measures_drawn(design, assumed, world, streams[5]),
        n_people=people.height,
        n_interviews=talks["source_id"].n_unique(),
    )
