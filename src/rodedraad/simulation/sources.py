"""How would researchers score documents, interviews and measures in a simulation?"""

import numpy as np
import numpy.typing as npt
import polars as pl

from rodedraad.simulation.assumptions import Assumptions
from rodedraad.simulation.design import Design, Floats, World, reasons_drawn

DOCUMENTS, INTERVIEWS = "simulation/documents", "simulation/interviews"
MEASURE_SOURCES = ("document", "interview", "survey")
Scores = tuple[str, Floats, npt.NDArray[np.bool_]]


def documents_drawn(
    design: Design, assumed: Assumptions, world: World, rng: np.random.Generator
) -> pl.DataFrame:
    """Return the rubric scores of some documents of every case."""
    low, high = assumed.documents
    case = np.repeat(np.arange(len(design.cases)), rng.integers(low, high + 1, len(design.cases)))
    number = pl.Series([f"d{i}" for i in range(1, case.size + 1)])
    tone = assumed.document_sd * rng.standard_normal(case.size)
    parts = [
        _scores(assumed, world.effects[case, j] + tone / 2, construct.code, rng,
                assumed.document_covers, assumed.document_sd)
        for j, construct in enumerate(design.constructs) if construct.in_documents
    ]  # fmt: skip
    about = pl.DataFrame(
        {
            "case": pl.Series(design.cases)[case],
            "role": pl.Series([""] * case.size, dtype=pl.String),
            "respondent": pl.Series([None] * case.size, dtype=pl.String),
            "source": pl.Series([DOCUMENTS] * case.size, dtype=pl.String),
            "source_id": number,
            "source_type": pl.Series(["document"] * case.size, dtype=pl.String),
        }
    )
    return _rubric(about, parts)


def interviews_drawn(
    design: Design, assumed: Assumptions, world: World, rng: np.random.Generator
) -> pl.DataFrame:
    """Return the rubric scores of interviews, spread evenly over the cases."""
    n = len(design.cases)
    total = round(n * assumed.interviews)
    case = np.sort(np.concatenate([rng.permutation(n) for _ in range(-(-total // n))])[:total])
    shares = np.array([assumed.speakers.get(role, 0.0) for role in design.roles])
    role = rng.choice(len(design.roles), size=total, p=shares / shares.sum())
    talk = pl.Series([f"i{i}" for i in range(1, total + 1)])
    parts = [
        _scores(assumed, world.effects[case, j] + (construct.direction or 1)
                * world.roles[case, role], construct.code, rng, assumed.interview_covers,
                assumed.interview_sd)
        for j, construct in enumerate(design.constructs) if construct.in_interviews
    ]  # fmt: skip
    about = pl.DataFrame(
        {
            "case": pl.Series(design.cases)[case],
            "role": pl.Series(design.roles)[role],
            "respondent": talk,
            "source": pl.Series([INTERVIEWS] * total, dtype=pl.String),
            "source_id": talk,
            "source_type": pl.Series(["interview"] * total, dtype=pl.String),
        }
    )
    return _rubric(about, parts)


def _scores(
    assumed: Assumptions,
    latent: Floats,
    construct: str,
    rng: np.random.Generator,
    covers: float,
    noise_sd: float,
) -> Scores:
    """Return the construct, a rubric score for each source, and whether the source covers it."""
    seen = latent + noise_sd * rng.standard_normal(latent.size)
    raw = np.searchsorted(assumed.rubric_cuts, seen).astype(np.float64)
    return construct, raw, rng.random(latent.size) < covers


def _rubric(about: pl.DataFrame, parts: list[Scores]) -> pl.DataFrame:
    scored = [
        about.with_columns(construct=pl.lit(code), raw=pl.Series(raw)).filter(pl.Series(covered))
        for code, raw, covered in parts
    ]
    none = about.clear().with_columns(construct=pl.lit(""), raw=pl.lit(0.0)).clear()
    return pl.concat([none, *scored])


def measures_drawn(
    design: Design, assumed: Assumptions, world: World, rng: np.random.Generator
) -> pl.DataFrame:
    """Return how far every measure is in every case, as three sources each see it."""
    n = len(design.cases)
    cells = sorted({measure[0] for measure in design.measures})
    cell = dict(zip(cells, assumed.cell_sd * rng.standard_normal((len(cells), n)), strict=True))
    parts = []
    for measure in design.measures:
        truth = assumed.measure_common * world.common + cell[measure[0]]
        truth = truth - assumed.measure_sd * rng.standard_normal()
        for source in MEASURE_SOURCES:
            seen = truth + assumed.status_sd * rng.standard_normal(n)
            status = np.searchsorted(assumed.status_cuts, seen).astype(np.float64)
            unknown = np.full(n, assumed.status_unknown)
            missing = reasons_drawn(rng.random(n), unknown, 0.0, assumed.status_not_applicable)
            parts.append(
                pl.DataFrame(
                    {
                        "case": pl.Series(design.cases),
                        "measure": [measure] * n,
                        "source_type": [source] * n,
                        "source": [f"simulation/measures-{source}"] * n,
                        "source_id": [str(i) for i in range(1, n + 1)],
                        "missing": missing,
                        "raw": pl.select(
                            pl.when(missing == "").then(pl.Series(status))
                        ).to_series(),
                    }
                )
            )
    return pl.concat(parts) if parts else pl.DataFrame()
