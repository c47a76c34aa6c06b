"""What does ``rodedraad evidence add`` do: find the wave, add the file, tell what was added?"""

from pathlib import Path
from typing import Any

from rodedraad.assessment.assess import study_wave
from rodedraad.assessment.evidence_file.adding import file_add, file_check

ORIGIN = "command"


def file_bring_in(file: Path, slug: str, label: str, *, source: str, check: bool) -> dict[str, Any]:
    """Add a file to the wave ``label`` of the study ``slug``, or only check it; say what is new."""
    (_study, wave), content = study_wave(slug, label), file.read_bytes()
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
