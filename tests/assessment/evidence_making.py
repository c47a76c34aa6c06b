"""Evidence rows for tests of relations and QCA: made by hand, so that every score is known."""

import polars as pl

from rodedraad.assessment.models import Evidence
from rodedraad.assessment.queries import EVIDENCE_SCHEMA
from rodedraad.studies.models import Study, Wave

ITEMS = {
    code: [f"{code}.{n}" for n in (1, 2, 3)]
    for code in ("F1", "F2", "F4", "F5", "G1", "G2")
}  # fmt: skip


def evidence(**given: object) -> dict[str, object]:
    """Return one row as the evidence table has it; what is not given is empty."""
    empty = {"id": 0, "study": "proef", "wave": "2024", "case": "", "construct": "", "kind": "",
             "about": "", "source": "bron", "source_id": "1", "role": "", "respondent": None,
             "value": None, "weight": 1.0, "raw": None, "unit": "", "missing": ""}  # fmt: skip
    return empty | given


def answers(
    case: str, construct: str, role: str, respondent: str, given: list[int | None]
) -> list[dict[str, object]]:
    """Return the answers (1-5, None is unanswered) of one person to the items of a construct."""
    return [
        evidence(
            case=case, construct=construct, kind="answer", about=f"{construct}.{n}", role=role,
            respondent=respondent, value=None if x is None else (x - 1) / 4, raw=x,
            missing="unanswered" if x is None else "",
        )
        for n, x in enumerate(given, start=1)
    ]  # fmt: skip


def rubric(case: str, construct: str, about: str, raw: int, role: str = "", n: int = 1) -> dict:
    """Return a researcher's score of one document or interview."""
    return evidence(case=case, construct=construct, kind="rubric", about=about, role=role,
                    source_id=f"{about}-{role}-{n}", value=raw / 3, raw=raw,
                    respondent=f"{case}-{role}-{n}" if role else None)  # fmt: skip


def measure(case: str, code: str, status: int | None, about: str = "document") -> dict:
    """Return the status of a measure in one source; None is not known."""
    weight = None if status is None else (0.0, 0.0, 0.5, 1.0, 1.0)[status]
    missing = "dont_know" if status is None else ""
    return evidence(case=case, construct=code, kind="measure", about=about, value=weight,
                    raw=status, unit="status", missing=missing)  # fmt: skip


def frame(rows: list[dict[str, object]]) -> pl.DataFrame:
    """Return rows as ``evidence_table`` gives them."""
    numbered = [row | {"id": i} for i, row in enumerate(rows, start=1)]
    return pl.DataFrame(numbered, schema=EVIDENCE_SCHEMA, orient="row")


def stored(study: Study, wave: Wave, rows: list[dict[str, object]]) -> None:
    """Put rows in the evidence table of a study."""
    cases = {case.unit_code: case for case in study.cases.all()}
    skip = {"id", "study", "wave", "case"}
    Evidence.objects.bulk_create(
        Evidence(
            study=study,
            wave=wave,
            case=cases[str(row["case"])],
            **{k: v for k, v in row.items() if k not in skip},
        )
        for row in rows
    )


def sixteen_cases(codes: list[str]) -> list[dict[str, object]]:
    """Return evidence of many cases: two factors from managers, two outcomes from workers.

    F5 and G1 rise together; F1 goes its own way; measures in the field rise with F1.
    """
    rows: list[dict[str, object]] = []
    for i, case in enumerate(codes):
        learning, strategy = i / (len(codes) - 1), (i * 7 % len(codes)) / (len(codes) - 1)
        for code, share in (("F5", learning), ("F1", strategy), ("F4", 1 - strategy)):
            rows += answers(case, code, "D", f"{case}-d", [1 + round(4 * share)] * 3)
            rows.append(rubric(case, code, "document", round(3 * share)))
            rows.append(rubric(case, code, "interview", round(3 * share), "D"))
        for code, share in (("G1", learning), ("G2", (strategy + learning) / 2)):
            for person in range(6):
                low = 1 + round(4 * share)
                rows += answers(
                    case, code, "U", f"{case}-u{person}", [min(5, low + person % 2)] * 3
                )
        for n in range(1, 6):
            rows.append(measure(case, f"A{n}", min(4, round(4 * strategy))))
            rows.append(measure(case, f"B{n}", min(4, round(4 * strategy * n / 5))))
    return rows
