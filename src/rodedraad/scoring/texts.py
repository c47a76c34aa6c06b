"""What do codings and scores say as evidence now, and what of them is left out, and why?"""

from collections.abc import Iterator, Mapping

import polars as pl

from rodedraad.assessment.evidence.checking import rows_first_fault
from rodedraad.assessment.evidence.facts import (
    CODED_UNIT,
    FACT_SCHEMA,
    FROM_CODING,
    FROM_SCORE,
    PRESENCE,
    STRENGTH,
    Kind,
)
from rodedraad.assessment.evidence.known import BROUGHT_IN, known_in
from rodedraad.assessment.models import Evidence
from rodedraad.assessment.queries import values_frame
from rodedraad.coding.models import Coding, Round
from rodedraad.coding.visible import codings_now
from rodedraad.scoring.models import Score
from rodedraad.scoring.newest import scores_differing, scores_frame
from rodedraad.sources.models import Source
from rodedraad.studies.models import Study

SOURCE_TYPE: Mapping[str, str] = {
    Source.Kind.TRANSCRIPT: "interview",
    Source.Kind.OPEN_ANSWERS: "survey",
}
"""Every other kind of source is a document."""

WRITTEN = (*BROUGHT_IN, Kind.CODING)
TITLE_AT_MOST = Evidence._meta.get_field("source").max_length or 0
TEXT_SCHEMA = pl.Schema({**FACT_SCHEMA, "wave": pl.String(), "why": pl.String()})
CODINGS = pl.Schema(
    {
        "coding": pl.Int64(),
        "uuid": pl.String(),
        "up": pl.Int64(),
        "round": pl.Int64(),
        "source_pk": pl.Int64(),
        "construct": pl.String(),
        "retired": pl.String(),
        "strength": pl.Int64(),
        "valence": pl.Int64(),
    }
)


def texts_facts(study: Study) -> pl.DataFrame:
    """Return all that codings and scores say: facts with ``wave``, and ``why`` one is left out.

    ``why`` is null for what can be evidence. Else it is a code; see ``words.WHY_LEFT_OUT``.
    """
    sources = _sources(study)
    facts = pl.concat([_codings(study, sources), _scores(study, sources)])
    facts = facts.with_columns(
        why=pl.coalesce(
            "why",
            pl.when(pl.col("case") == "").then(pl.lit("no_case")),
            pl.when(pl.col("wave") == "").then(pl.lit("no_wave")),
        )
    )
    return pl.concat([facts.filter(pl.col("why").is_not_null()), *_checked(study, facts)])


def _checked(study: Study, facts: pl.DataFrame) -> Iterator[pl.DataFrame]:
    for wave in study.waves.select_related("framework", "study"):
        some = facts.filter(pl.col("why").is_null() & (pl.col("wave") == wave.label))
        yield some.with_columns(why=rows_first_fault(some, known_in(wave), WRITTEN))


def _sources(study: Study) -> pl.DataFrame:
    """Return what rows of evidence say of their source, by ``source_pk``."""
    waves = list(study.waves.values_list("label", flat=True))
    only = waves[0] if len(waves) == 1 else ""
    fields = ("pk", "uuid", "title", "kind", "role", "respondent", "confidentiality")
    rows = Source.objects.filter(study=study, removed_at=None)
    about = [
        (pk, case or "", wave or only, SOURCE_TYPE.get(kind, "document"),
         source_title(title, kind, str(uuid), level), role, respondent or None)
        for pk, uuid, title, kind, role, respondent, level, case, wave in rows.values_list(
            *fields, "case__unit_code", "wave__label"
        )
    ]  # fmt: skip
    names = ("case", "wave", "about", "source", "role", "respondent")
    schema = {"source_pk": pl.Int64(), **dict.fromkeys(names, pl.String())}
    return pl.DataFrame(about, schema=schema, orient="row")


def source_title(title: str, kind: str, uuid: str, confidentiality: str) -> str:
    """Return how the evidence calls a source; of one about people, no words of its own."""
    if confidentiality == Source.Confidentiality.PERSONAL:
        return f"{kind} {uuid[:8]}"
    return title if len(title) <= TITLE_AT_MOST else f"{title[: TITLE_AT_MOST - 1]}…"


def _codings(study: Study, about: pl.DataFrame) -> pl.DataFrame:
    chosen = codings_now(study).order_by("pk")
    codings = values_frame(
        chosen.values_list(
            "pk", "uuid", "carried_from_id", "round_id", "version__source_id", "code__construct",
            "code__retired_at", "strength", "valence",
        ),
        CODINGS,
    )  # fmt: skip
    codings = _at_the_root(study, codings).join(_rounds(study), on="round", how="left")
    unit = pl.when(pl.col("strength").is_null()).then(pl.lit(PRESENCE)).otherwise(pl.lit(STRENGTH))
    turned = pl.col("valence").replace_strict(
        {key: words for key, words in CODED_UNIT.items() if key is not None},
        default="",
        return_dtype=pl.String,
    )
    facts = codings.join(about, on="source_pk", how="inner").with_columns(
        kind=pl.lit(str(Kind.CODING)),
        raw=pl.col("strength").fill_null(1).cast(pl.Float64),
        unit=unit + turned,
        missing=pl.lit(""),
        source_id=pl.lit(FROM_CODING) + pl.col("uuid"),
        why=pl.coalesce(
            pl.when(pl.col("construct") == "").then(pl.lit("no_construct")),
            pl.when(pl.col("retired").is_not_null()).then(pl.lit("code_retired")),
            pl.when(pl.col("round_kind") == Round.Kind.BLIND).then(pl.lit("blind")),
            pl.when((pl.col("round_kind") == Round.Kind.CONSENSUS) & ~pl.col("closed")).then(
                pl.lit("consensus_open")
            ),
        ),
    )
    return facts.select(pl.col(name).cast(dtype) for name, dtype in TEXT_SCHEMA.items())


def _at_the_root(study: Study, codings: pl.DataFrame) -> pl.DataFrame:
    """Give codings that were carried to a new text the uuid and round of what was carried.

    So one judgement is one fact, however often its text got a new version; and what was made in
    a blind round stays so.
    """
    if codings["up"].null_count() == codings.height:
        return codings
    fields = ("pk", "uuid", "carried_from_id", "round_id")
    schema = {name: CODINGS[name] for name in ("coding", "uuid", "up", "round")}
    older = Coding.objects.filter(study=study).order_by().values_list(*fields)
    parents = values_frame(older, schema).rename({"coding": "up", "up": "next"})
    while codings["up"].null_count() < codings.height:
        both = codings.join(parents, on="up", how="left", suffix="_up", maintain_order="left")
        is_carried = pl.col("up").is_not_null()
        codings = both.with_columns(
            uuid=pl.when(is_carried).then("uuid_up").otherwise("uuid"),
            round=pl.coalesce("round", "round_up"),
            up=pl.col("next"),
        ).select(CODINGS.names())
    return codings


def _rounds(study: Study) -> pl.DataFrame:
    rows = [
        (pk, kind, closed is not None)
        for pk, kind, closed in Round.objects.filter(study=study).values_list(
            "pk", "kind", "closed_at"
        )
    ]
    schema = {"round": pl.Int64, "round_kind": pl.String, "closed": pl.Boolean}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _scores(study: Study, about: pl.DataFrame) -> pl.DataFrame:
    rows = Score.objects.filter(study=study)
    scores = scores_frame(rows)
    differing = {} if scores["is_agreed"].all() else scores_differing(rows)
    held = [one.chosen.pk for one in differing.values() if one.chosen is not None]
    is_held = pl.col("score").is_in(held)
    settled = scores.filter(is_held).select("source_pk", "kind", "construct", is_settled=True)
    scores = scores.join(settled, on=["source_pk", "kind", "construct"], how="left").filter(
        is_held | (pl.col("is_first") & pl.col("is_settled").is_null())
    )
    facts = scores.join(about, on="source_pk", how="inner").with_columns(
        unit=pl.lit(""),
        source_id=pl.lit(FROM_SCORE) + pl.col("uuid"),
        why=pl.coalesce(
            pl.when(~pl.col("is_agreed") & pl.col("is_settled").is_null()).then(
                pl.lit("not_settled")
            ),
            pl.when(pl.col("anchor") == Score.Anchor.LOST).then(pl.lit("passage_lost")),
            pl.when(pl.col("raw").is_null() & (pl.col("kind") == Kind.RUBRIC)).then(
                pl.lit("no_score")
            ),
        ),
    )
    return facts.select(pl.col(name).cast(dtype) for name, dtype in TEXT_SCHEMA.items())
