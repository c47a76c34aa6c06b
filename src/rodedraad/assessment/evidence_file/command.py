"""What does ``rodedraad evidence add`` do: find the wave, add the file, tell what was added?"""

from pathlib import Path
from typing import Any

from rodedraad.assessment.evidence_file.adding import file_add, file_check
from rodedraad.errors import Refusal
from rodedraad.studies.models import Study, Wave

ORIGIN = "command"


def file_bring_in(file: Path, slug: str, label: str, *, source: str, check: bool) -> dict[str, Any]:
    """Add a file to the wave ``label`` of the study ``slug``, or only check it; say what is new."""
    wave, content = wave_called(slug, label), file.read_bytes()
    if check:
        added = file_check(wave, content, source=source)
    else:
        added = file_add(wave, content, source=source, person=None, origin=ORIGIN)
    return {
        "study": slug,
        "wave": label,
        "form": added.form,
        "added": not check,
        "new": added.new,
        "known": added.known,
        "kinds": added.by_kind,
        "missing": added.by_missing,
        "cases": added.n_cases,
        "respondents": added.n_respondents,
        "unused_columns": list(added.unused),
    }


def wave_called(slug: str, label: str) -> Wave:
    """Return a wave by the names that people use for it.

    Raises
    ------
    Refusal
        When there is no such study, or no such wave in it.
    """
    study = Study.objects.filter(slug=slug).first()
    if study is None:
        known = ", ".join(Study.objects.values_list("slug", flat=True)) or "none yet"
        raise Refusal(
            f"There is no study '{slug}'. Known are: {known}.", code="study_unknown", slug=slug
        )
    wave = study.waves.filter(label=label).select_related("study").first()
    if wave is None:
        known = ", ".join(study.waves.values_list("label", flat=True)) or "none yet"
        raise Refusal(
            f"The study '{slug}' has no wave '{label}'. Its waves are: {known}.",
            code="wave_unknown",
            wave=label,
        )
    return wave
