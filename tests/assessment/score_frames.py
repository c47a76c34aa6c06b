"""Evidence rows of questionnaires and rubrics, made by hand or by a seeded draw."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import polars as pl

from rodedraad.assessment.queries import EVIDENCE_SCHEMA

ITEMS = ("F5.1", "F5.2", "F5.3", "F5.4")
Said = Mapping[str, float | str | None]


def answers(
    case: str, respondent: str, role: str, said: Said, *, reversed_items: Sequence[str] = ()
) -> list[dict[str, object]]:
    """Rows of one person: per item an answer of 1 to 5, or why there is none."""
    found = []
    for item, answer in said.items():
        known = isinstance(answer, int | float)
        share = (5 - answer if item in reversed_items else answer - 1) / 4 if known else None
        found.append(
            row(case, "answer", item, role=role, respondent=respondent)
            | {"value": share, "raw": answer if known else None}
            | {"missing": "" if known else str(answer or "unanswered")}
        )
    return found


def rubric(
    case: str, about: str, source_id: str, raw: float, *, role: str = "", respondent: str = ""
) -> dict[str, object]:
    """Return the row of one researcher's score of one document or interview."""
    made = row(case, "rubric", about, role=role, respondent=respondent or None)
    return made | {"source": about, "source_id": source_id, "raw": raw, "value": raw / 3}


def row(
    case: str, kind: str, about: str, *, role: str = "", respondent: str | None = None
) -> dict[str, object]:
    """Return a row with what all rows have."""
    return {
        "study": "proef",
        "wave": "2015",
        "case": case,
        "construct": "F5",
        "kind": kind,
        "about": about,
        "source": "survey",
        "source_id": f"{respondent}/{about}",
        "role": role,
        "respondent": respondent,
        "weight": 1.0,
        "unit": "",
        "missing": "",
    }


def frame(rows: Iterable[Mapping[str, object]]) -> pl.DataFrame:
    """Return rows as the evidence table has them, numbered."""
    numbered = [{"id": i, **each} for i, each in enumerate(rows, start=1)]
    return pl.DataFrame(numbered, schema=EVIDENCE_SCHEMA, orient="row")


def drawn(n_cases: int = 12, per_case: int = 9, seed: int = 1) -> pl.DataFrame:
    """Return answers of people in cases that differ, with some gaps."""
    rng = np.random.default_rng(seed)
    rows: list[dict[str, object]] = []
    for i in range(n_cases):
        level = rng.normal()
        for j in range(per_case):
            own = 3 + 0.6 * level + 0.6 * rng.normal()
            given = np.clip(np.rint(own + 0.8 * rng.normal(size=len(ITEMS))), 1, 5)
            said: dict[str, float | str | None] = {}
            for item, answer in zip(ITEMS, given.tolist(), strict=True):
                lot = rng.random()
                said[item] = "dont_know" if lot < 0.05 else None if lot < 0.08 else answer
            rows += answers(f"GM{i:04d}", f"p{i}-{j}", "DCUUUBBPP"[j % 9], said)
    return frame(rows)
