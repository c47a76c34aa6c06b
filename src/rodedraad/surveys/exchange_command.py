"""What do ``rodedraad survey import`` and ``survey export`` do?"""

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rodedraad.assessment.construct_names import source_names
from rodedraad.errors import Refusal
from rodedraad.exchange.survey_file import survey_read
from rodedraad.exchange.xlsform.writing import xlsform_written
from rodedraad.files import file_replace
from rodedraad.studies.models import Study
from rodedraad.surveys.engine.pool import engine_close
from rodedraad.surveys.exchange_answers import Wanted
from rodedraad.surveys.exchange_files import file_make
from rodedraad.surveys.exchange_import import (
    definition_checked,
    import_told,
    survey_import,
    title_of,
)
from rodedraad.surveys.models import Survey

ORIGIN = "command"


def questionnaire_bring_in(file: Path, slug: str | None, out: Path | None) -> dict[str, Any]:
    """Read a questionnaire, tell what came along, and make a draft survey when a study is named.

    Raises
    ------
    Refusal
        When the file is refused, there is no such study, or survey-core does not take the result.
    """
    read = survey_read(file)
    try:
        checked = definition_checked(read.definition)
    finally:
        engine_close()
    told = import_told(read, checked)
    if out is not None:
        with file_replace(out) as path:
            path.write_text(
                json.dumps(checked.definition, ensure_ascii=False, indent=2), encoding="utf-8"
            )
    if slug is not None:
        study = _study(slug)
        wave = study.waves.order_by("-reference_date").first()
        if wave is None:
            raise Refusal("The study has no wave yet. Make one first.", code="survey_no_wave")
        survey = survey_import(
            wave, checked, title=title_of(checked.definition, file.stem),
            roles=[code for code in source_names() if len(code) == 1],
            mode=Survey.Mode.CONFIDENTIAL, person=None, origin=ORIGIN,
        )  # fmt: skip
        told |= {"study": slug, "survey": survey.slug}
    return told


def questionnaire_write_out(file: Path, slug: str, survey: str) -> dict[str, Any]:
    """Write the newest version of a questionnaire as an XLSForm, and tell what is not in it."""
    version = _survey(slug, survey).versions.order_by("-number").first()
    definition: Mapping[str, Any] = version.definition if version is not None else {}
    content, told = xlsform_written(definition, survey)
    with file_replace(file) as path:
        path.write_bytes(content)
    return {
        "questions": told.questions,
        "carried": told.carried,
        "reported": told.reported,
        "reasons": [
            {"name": one.name, "reason": one.reason, "sentence": one.sentence, "told": one.told,
             "question": one.is_question}
            for one in told.remarks
        ],
    }  # fmt: skip


def answers_write_out(
    file: Path, slug: str, survey: str, *, form: str, wanted: Mapping[str, Any]
) -> dict[str, Any]:
    """Write the answers of a survey, or what describes them, to a file."""
    one = _survey(slug, survey)
    with tempfile.TemporaryDirectory() as folder, file_replace(file) as path:
        made = file_make(one, form, Wanted(**wanted), Path(folder), person=None, origin=ORIGIN)
        path.write_bytes(made.read_bytes())
    return {"study": slug, "survey": survey, "form": form, "bytes": file.stat().st_size}


def _study(slug: str) -> Study:
    study = Study.objects.filter(slug=slug).first()
    if study is None:
        raise Refusal(
            f"There is no study '{slug}'. Look up its short name in its address.",
            code="study_unknown",
        )
    return study


def _survey(slug: str, survey: str) -> Survey:
    found = _study(slug).surveys.select_related("study", "wave").filter(slug=survey).first()
    if found is None:
        raise Refusal(
            f"There is no survey '{survey}' in a study '{slug}'. Look up the short names.",
            code="survey_unknown",
            slug=slug,
            survey=survey,
        )
    return found
