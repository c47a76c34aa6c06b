"""Which change type has each case, why, how sure is that, and what would give another?"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
import polars as pl

from rodedraad.assessment.conclusions.scores import MIN_PER_ROLE, MIN_PUBLISHED
from rodedraad.assessment.conclusions.type_evidence import TypeEvidence, type_evidence
from rodedraad.methods.plain import plain
from rodedraad.methods.rulesets.change_type import (
    CHANGE_TYPE_RULES,
    UNDETERMINED,
    ChangeTypeRules,
    type_sentence,
)
from rodedraad.methods.rulesets.change_types import (
    ATTITUDES,
    TYPE_LABELS,
    ChangeTypes,
    Ints,
    change_types,
)
from rodedraad.methods.rulesets.measures import CELLS, MEASURES, Breadth
from rodedraad.methods.rulesets.ruling import Sentence, reaches
from rodedraad.methods.rulesets.type_changes import type_changes
from rodedraad.methods.rulesets.type_resampling import type_counts
from rodedraad.methods.rulesets.type_sources import (
    SOURCE_KINDS,
    TypeInputs,
    TypeUnits,
    sources_apart,
    type_inputs,
)
from rodedraad.methods.told_apart import places_apart
from rodedraad.parallel import Chunk, map_chunks

Tell = Callable[[int, int], None]
RESAMPLES = 1000
RESAMPLES_PER_CHUNK = 50


def change_type_of_cases(
    rows: pl.DataFrame,
    *,
    attitudes: Mapping[str, str],
    items: Mapping[str, Sequence[str]],
    seed: int,
    resamples: int = RESAMPLES,
    min_per_role: int = MIN_PER_ROLE,
    min_published: int = MIN_PUBLISHED,
    rules: ChangeTypeRules = CHANGE_TYPE_RULES,
    tell: Tell | None = None,
) -> dict[str, Any]:
    """Give every case that the rows say something about its change type (rule c.1).

    The status of a measure is the lower median within each kind of source, then over kinds.
    An attitude is what ``scores.construct_scores`` calls combined. ``bootstrap`` gives per label
    the share of ``resamples`` in which respondents were drawn again within case and role, and
    interviews and documents within case.

    Parameters
    ----------
    rows : evidence of the kinds ``measure``, ``answer`` and ``rubric`` of one wave
    attitudes : code of the construct of each attitude, such as ``{"necessity": "T1"}``
    items : codes of the items of each of these constructs
    tell : called with the number of chunks of resamples that are done, and their total
    """
    found = type_evidence(rows, attitudes=attitudes, items=items, min_per_role=min_per_role)
    if found is None:
        return {"labels": list(TYPE_LABELS), "counts": {}, "cases": {}, "notices": []}
    inputs = type_inputs(found.units)
    types = change_types(inputs.statuses, inputs.attitudes, inputs.n_source_types, rules=rules)
    drawn = type_bootstrap(found.units, resamples=resamples, seed=seed, rules=rules, tell=tell)
    labels, apart = types.labels, sources_apart(inputs)
    return plain(
        {
            "labels": list(TYPE_LABELS),
            "thresholds": {
                name: value
                for name, value in asdict(rules).items()
                if name not in ("name", "version", "note")
            },
            "attitudes": dict(attitudes),
            "min_published": min_published,
            "resamples": resamples,
            "counts": {label: labels.count(label) for label in TYPE_LABELS},
            "cases": {
                case: _case(i, case, found, inputs, apart[i], types, drawn[i])
                | {"attitudes": _attitudes(i, case, found, inputs, min_published)}
                for i, case in enumerate(found.cases)
            },
            "notices": [{"code": n.code, "context": dict(n.context)} for n in found.notices],
        }
    )


def type_bootstrap(
    units: TypeUnits,
    *,
    resamples: int,
    seed: int,
    rules: ChangeTypeRules = CHANGE_TYPE_RULES,
    threads: int | None = None,
    tell: Tell | None = None,
) -> np.ndarray:
    """Share of resamples with each label, shape (n_cases, 5); the same on any number of workers."""
    if resamples < 1:
        return np.full((units.n_cases, len(TYPE_LABELS)), np.nan)
    counts = map_chunks(
        chunk_counts,
        resamples,
        units,
        rules,
        chunk_size=RESAMPLES_PER_CHUNK,
        seed=seed,
        threads=threads,
        tell=tell,
    )
    return np.sum(counts, axis=0) / resamples


def chunk_counts(chunk: Chunk, units: TypeUnits, rules: ChangeTypeRules) -> Ints:
    """How often each case has each label in the resamples of one chunk."""
    return type_counts(units, chunk.rng(), chunk.size, rules)


def _case(
    i: int,
    case: str,
    found: TypeEvidence,
    inputs: TypeInputs,
    apart: np.ndarray,
    types: ChangeTypes,
    shares: np.ndarray,
) -> dict[str, Any]:
    cells = {cell: _known(types.cells[i, j]) for j, cell in enumerate(CELLS)}
    breadth = Breadth(
        breadth=_known(types.breadth[i]),
        cells=cells,
        external=_known(types.external[i]),
        known=float(types.known[i]),
    )
    pro, con = _known(types.pro[i]), _known(types.con[i])
    missing = tuple(cell for j, cell in enumerate(CELLS) if types.below[i, j])
    label, kinds = TYPE_LABELS[int(types.label[i])], int(inputs.n_source_types[i])
    changes = type_changes(inputs.statuses[i], inputs.attitudes[i], kinds, rules=types.rules)
    in_use = (inputs.status_by_kind[i] >= 0).any(axis=1)
    return {
        "label": label,
        "explanation": asdict(type_sentence(label, breadth, kinds, pro, con, missing, types.rules)),
        "explanation_of_measures": asdict(
            _sentence_of_measures(label, breadth, missing, types.rules)
        ),
        "breadth": breadth.breadth,
        "external": breadth.external,
        "cells": cells,
        "known": breadth.known,
        "pro": pro,
        "con": con,
        "gap": None if pro is None or con is None else pro - con,
        "missing_cells": missing,
        "unknown_cells": [cell for cell, value in cells.items() if value is None],
        "flags": [
            *(("waiting_conflict",) if types.waits[i] else ()),
            *(("sources_apart",) if apart.any() else ()),
        ],
        "stability": types.stability[i],
        "variants": types.variants[:, i],
        "uncertain": not reaches(float(types.stability[i]), types.rules.stable),
        "source_types": [kind for kind, used in zip(SOURCE_KINDS, in_use, strict=True) if used],
        "n_sources": {kind: found.n_sources.get((case, kind), 0) for kind in SOURCE_KINDS},
        "measures": {
            measure: {
                "status": inputs.statuses[i, j],
                "apart": bool(apart[j]),
                **dict(zip(SOURCE_KINDS, inputs.status_by_kind[i, :, j].tolist(), strict=True)),
            }
            for j, measure in enumerate(MEASURES)
        },
        "bootstrap": dict(zip(TYPE_LABELS, shares.tolist(), strict=True)),
        "changes": changes,
    }


def _attitudes(
    i: int, case: str, found: TypeEvidence, inputs: TypeInputs, min_published: int
) -> dict[str, Any]:
    interviews = found.n_sources.get((case, "interview"), 0)
    shown: dict[str, Any] = {}
    for j, attitude in enumerate(ATTITUDES):
        people = found.n_people.get((case, attitude), 0)
        by_kind = inputs.attitude_by_kind[i, :, j].tolist()
        heard = interviews if np.isfinite(by_kind[SOURCE_KINDS.index("interview")]) else 0
        shown[attitude] = {
            "value": inputs.attitudes[i, j],
            **dict(zip(SOURCE_KINDS, by_kind, strict=True)),
            "n_respondents": people,
            "suppressed": 0 < people < min_published or 0 < heard < min_published,
        }
    return shown


def _sentence_of_measures(
    label: str, breadth: Breadth, missing: tuple[str, ...], rules: ChangeTypeRules
) -> Sentence:
    """The explanation without what few people said of attitudes."""
    if label == UNDETERMINED or breadth.breadth is None:
        return Sentence("Er is te weinig bekend voor een type.", "Too little is known for a type.")
    cells_nl = f"ontbreekt: {', '.join(missing)}" if missing else "geen deel ontbreekt"
    cells_en = f"missing: {', '.join(missing)}" if missing else "no part is missing"
    wide = f"{breadth.breadth:.{places_apart(breadth.breadth, rules.breadth)}f}"
    return Sentence(
        f"De breedte is {wide} (grens {rules.breadth:.2f}), {cells_nl}.",
        f"Breadth is {wide} (threshold {rules.breadth:.2f}), {cells_en}.",
    )


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
