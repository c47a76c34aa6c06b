"""How good are the statements: do those of a construct belong together, and who cannot answer?"""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import lru_cache
from typing import Any

import numpy as np
import polars as pl
from django.db import transaction

import rodedraad
from rodedraad.accounts.audit import audit_record
from rodedraad.accounts.models import Person
from rodedraad.methods.intervals import Interval
from rodedraad.methods.scales import ScaleRefusal, item_answers, scale_reliability
from rodedraad.surveys.models import ItemStatistics, Survey
from rodedraad.surveys.results.answers_now import Answers, answers_now
from rodedraad.surveys.results.columns import Column
from rodedraad.surveys.results.frame import NOT_ASKED, UNANSWERED

SEED = 20_260_101
BOOTSTRAPS = 500
RESPONSES_AT_ONCE = 1_000
"""With more, the intervals are worked out by a worker."""
FEW = 30


def item_figures_make(
    survey: Survey,
    *,
    person: Person | None,
    origin: str,
    tell: Callable[[int, int, str], None] | None = None,
) -> ItemStatistics:
    """Work out the figures of every construct for the responses that count now, and keep them."""
    answers = answers_now(survey)
    groups = constructs_of(answers)
    told: list[dict[str, Any]] = []
    for done, (construct, items) in enumerate(groups.items()):
        if tell is not None:
            tell(done, len(groups), construct)
        told.append(construct_figures(answers.counted, construct, items))
    with transaction.atomic():
        made = ItemStatistics.objects.create(
            survey=survey, fingerprint=figures_fingerprint(answers), person=person,
            result={"constructs": told, "n": answers.counted.height, "seed": SEED,
                    "bootstraps": BOOTSTRAPS, "version": rodedraad.__version__},
        )  # fmt: skip
        audit_record(
            person=person, action="survey_items_make", origin=origin,
            object=f"study:{survey.study.slug} survey:{survey.slug}",
        )  # fmt: skip
    return made


def constructs_of(answers: Answers) -> dict[str, list[Column]]:
    """Return the statements of each construct, in the order of the questionnaire."""
    found: dict[str, list[Column]] = {}
    for item in answers.items:
        if item.construct and not item.case:
            found.setdefault(item.construct, []).append(item)
    return found


@lru_cache(maxsize=4)
def figures_fingerprint(answers: Answers) -> str:
    """Return a digest of the answers that figures follow from."""
    names = [name for one in answers.items for name in (one.name, f"{one.name}__missing")]
    rows = answers.counted.select("pseudonym", "case", *names).sort("pseudonym")
    turned = json.dumps([(one.name, one.is_reversed) for one in answers.items])
    return hashlib.sha256(rows.write_csv().encode() + turned.encode()).hexdigest()


def construct_figures(
    frame: pl.DataFrame, construct: str, items: Sequence[Column]
) -> dict[str, Any]:
    """Return alpha and omega with intervals, and a row for each statement.

    Reversed statements are turned. The intervals draw whole cases, because colleagues answer
    alike. ``refused`` has the code of why the answers cannot bear it, then there is no
    coefficient; shares are of those who were asked.
    """
    rows = [_shares(frame, item) for item in items]
    items = [item for item, row in zip(items, rows, strict=True) if row["n"]]
    asked = frame.filter(
        pl.any_horizontal(pl.col(f"{row['item']}__missing") != NOT_ASKED for row in rows)
    )
    told: dict[str, Any] = {"construct": construct, "n": asked.height, "items": rows,
                            "refused": "", "notices": []}  # fmt: skip
    values = np.column_stack(
        [asked[item.name].fill_null(float("nan")).to_numpy() for item in items]
    ).astype(float) if asked.height else np.zeros((0, len(items)))  # fmt: skip
    low, high = _ends(items)
    try:
        found = scale_reliability(
            item_answers(
                pl.DataFrame(values, schema=[item.name for item in items], orient="row"),
                low=low, high=high,
                reversed_items=[item.name for item in items if item.is_reversed],
            ),
            seed=SEED, bootstraps=BOOTSTRAPS,
            clusters=asked["case"].to_numpy() if asked["case"].n_unique() > 1 else None,
        )  # fmt: skip
    except ScaleRefusal as fault:
        return {**told, "refused": fault.code, "item": str(fault.context.get("item", ""))}
    by_name = {one.name: one for one in found.items}
    for row in rows:
        of = by_name.get(row["item"])
        if of is not None:
            row |= {"item_rest": of.item_rest, "alpha_if_dropped": of.alpha_if_dropped,
                "loading": of.loading}  # fmt: skip
    return {
        **told,
        "alpha": found.alpha,
        "alpha_interval": _ends_of(found.alpha_interval),
        "omega": found.omega,
        "omega_interval": _ends_of(found.omega_interval),
        "n_used": found.n_used,
        "n_complete": found.n_complete,
        "n_clusters": found.n_clusters,
        "notices": [asdict(notice) for notice in found.notices],
    }


def _shares(frame: pl.DataFrame, item: Column) -> dict[str, Any]:
    why = frame[f"{item.name}__missing"].cast(pl.String)
    asked = why != NOT_ASKED
    n = int(asked.sum())
    values = frame[item.name].drop_nulls()
    turned = sum(_ends([item])) - values if item.is_reversed else values

    def share(reason: str) -> float | None:
        return float((why == reason).sum()) / n if n else None

    return {
        "item": item.name,
        "is_reversed": item.is_reversed,
        "n_asked": n,
        "n": len(values),
        "mean": turned.mean(),
        "sd": turned.std(),
        "dont_know": share("dont_know"),
        "not_applicable": share("not_applicable"),
        "unanswered": share(UNANSWERED),
        "item_rest": None,
        "alpha_if_dropped": None,
        "loading": None,
    }


def _ends(items: Sequence[Column]) -> tuple[float, float]:
    values = [
        float(choice.value) for item in items for choice in item.choices if not choice.missing
    ]
    return (min(values), max(values)) if values else (1.0, 5.0)


def _ends_of(interval: Interval | None) -> list[float] | None:
    return None if interval is None else [interval.low, interval.high]
