"""How a report comes into being: once for the same conclusions, texts and pictures."""

import hashlib
import json
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from rodedraad.assessment.models import Run
from rodedraad.assessment.queries import latest_runs
from rodedraad.country.current import current_country
from rodedraad.errors import Refusal
from rodedraad.reports.export.folder import report_export
from rodedraad.reports.models import Report, ReportNumber, ReportPicture, ReportText
from rodedraad.reports.network_development.material import RUNS, Material
from rodedraad.studies.models import Study

__all__ = ["report_export", "report_make"]

KIND = "network-development"
# Imported when a report is written: the charts take a second that no other page should wait for.
COMPOSER = "rodedraad.reports.network_development.composing"
WRITTEN_IN = {".py", ".html"}


def report_make(study: Study) -> Report:
    """Return the report of the newest conclusions of ``study``; a new one only when it differs.

    Everything is kept as it is at this moment: each number with its run and rows, the texts in
    both languages, and the pictures.

    Raises
    ------
    Refusal
        When a conclusion that the report needs has not been drawn, or no cases were chosen.
    """
    material = _material(study)
    fingerprint = report_fingerprint(material)
    found = Report.objects.filter(study=study, kind=KIND, fingerprint=fingerprint).first()
    return found or _write(material, fingerprint)


@transaction.atomic
def _write(material: Material, fingerprint: str) -> Report:
    report = Report.objects.create(study=material.study, kind=KIND, fingerprint=fingerprint)
    made = import_module(COMPOSER).compose(material, timezone.localdate(report.created_at))
    ReportNumber.objects.bulk_create(
        ReportNumber(
            report=report,
            key=number.key,
            value=number.value,
            decimals=number.decimals,
            unit=number.unit,
            label_nl=number.label_nl,
            label_en=number.label_en,
            run=number.run,
            rows=[row_filter.to_json() for row_filter in number.rows],
        )
        for number in made.book
    )
    ReportText.objects.bulk_create(
        ReportText(report=report, language=language, title=made.titles[language], body=body)
        for language, body in made.texts.items()
    )
    ReportPicture.objects.bulk_create(
        ReportPicture(report=report, key=key, language=language, svg=drawing.svg, png=drawing.png)
        for key, language, drawing in made.pictures
    )
    return report


def _material(study: Study) -> Material:
    runs = latest_runs(study)
    missing = sorted(set(RUNS) - set(runs))
    if missing:
        raise Refusal(
            f"The study '{study.slug}' has no conclusion '{missing[0]}', which the report needs. "
            "Draw the conclusions first: rodedraad demo does so.",
            code="report_without_run",
            missing=missing,
        )
    plan = study.selection_plans.order_by("-number").first()
    if plan is None:
        raise Refusal(
            f"No cases were chosen in the study '{study.slug}'. Choose them first.",
            code="report_without_cases",
        )
    return Material(study, {kind: runs[kind] for kind in RUNS}, plan, current_country())


def report_fingerprint(material: Material) -> str:
    """Return a text of 64 hexadecimal digits that changes when the report would say other things.

    It covers what every run rests on, the facts that texts take from outside the runs, and the
    texts and code that write the report. The same facts in another database give the same.
    """
    told = {
        "runs": [_identity(run) for _, run in sorted(material.runs.items())],
        "facts": material.facts(),
        "code": written_version(),
    }
    return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()


def _identity(run: Run) -> list[Any]:
    return [run.kind, run.fingerprint, run.parameters, run.seed, run.ruleset, run.code_version]


@cache
def written_version() -> str:
    """Return a digest of the texts and the code of this room."""
    room = Path(__file__).parent
    files = sorted(path for path in room.rglob("*") if path.suffix in {*WRITTEN_IN, ".po"})
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
