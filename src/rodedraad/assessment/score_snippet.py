"""How does someone work out the same scores in a notebook, from the evidence file alone?"""

from rodedraad.assessment.models import Run
from rodedraad.assessment.run_snippet import evidence_name

SNIPPET = """\
import numpy as np
import polars as pl

from rodedraad.methods.aggregation import (
    case_means, combine_sources, intraclass, within_case_agreement,
)
from rodedraad.methods.scales import item_answers, scale_reliability, score_items

ITEMS = {items}
WAVE, CONSTRUCT = {wave!r}, {construct!r}

# With a CSV file: pl.read_csv({csv!r}, infer_schema=False), then value as a number.
rows = pl.read_parquet({file!r}).filter(wave=WAVE, construct=CONSTRUCT)

# One row per person, one column per item; 9 = "weet niet", -1 = not asked, NaN = no answer.
said = (
    rows.filter(pl.col("kind") == "answer", pl.col("about").is_in(ITEMS))
    .sort("id")
    .unique(["case", "respondent", "about"], keep="last")
    .with_columns(
        pl.col("role").replace("", "?"),
        answer=pl.when(missing="dont_know").then(9.0).otherwise(1 + 4 * pl.col("value"))
        .fill_null(float("nan"))
    )
    .pivot("about", index=["case", "respondent", "role"], values="answer")
    .fill_null(-1)
    .sort("case", "respondent")
)
asked = [item for item in ITEMS if item in said.columns]
answers = item_answers(said, names=asked, dont_know=[9], not_asked=[-1])

scored = score_items(answers)
survey = case_means(
    scored.scores, said["case"], said["role"],
    min_per_role={min_per_role}, min_published={min_published},
)

# Documents and interviews: one score each, then their mean per case.
rubric = (
    rows.filter(kind="rubric")
    .group_by("case", "about", "source", "source_id").agg(pl.col("value").mean())
    .group_by("case", "about").agg(pl.col("value").mean())
)
{rubric_note}known = {{(case, about): value for case, about, value in rubric.iter_rows()}}
known |= {{(case.case, "survey"): case.value for case in survey.cases if case.value is not None}}
cases = sorted({{case for case, _ in known}})
combined = combine_sources(
    cases,
    {{
        source: np.array([known.get((case, source), np.nan) for case in cases])
        for source in ("survey", "document", "interview")
    }},
    maximum={{"survey": 1.0, "document": 1.0, "interview": 1.0}},
    max_gap={max_gap},
)
scores = {{case.case: case.value for case in combined.cases}}
print(scores)

agreement = within_case_agreement(answers.values, said["case"])
rwg = {{case.case: case.against("uniform").rwg_j for case in agreement.cases if case.by_null}}

# These two need more than one item, and more than one case.
reliability = scale_reliability(
    answers, seed={seed}, bootstraps={bootstraps},
    clusters=said["case"].to_numpy() if said["case"].n_unique() >= 10 else None,
)
(icc,) = intraclass(scored.scores, said["case"])
print(reliability.alpha, reliability.omega, icc.icc1, icc.icc2)
"""
ONLY_ANSWERS = "rubric = rubric.clear()  # a part of a construct rests on answers only\n"


def score_snippet(run: Run, wave: str, slug: str) -> str:
    """Return Python that gives the numbers of a run of scores from the evidence file."""
    return SNIPPET.format(
        file=evidence_name(slug),
        csv=evidence_name(slug, "csv"),
        wave=wave,
        construct=run.result["construct"],
        rubric_note=ONLY_ANSWERS if run.result["part"] else "",
        seed=run.seed,
        **run.parameters,
    )
