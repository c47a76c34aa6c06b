"""What does ``rodedraad sources add`` do: find study and case, add the files, tell of each?"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rodedraad.errors import Refusal
from rodedraad.parallel.mapping import Tell
from rodedraad.sources.actions import SourceFacts
from rodedraad.sources.extraction import Options
from rodedraad.sources.folder import Incoming, files_add, files_under
from rodedraad.sources.models import Source
from rodedraad.studies.models import Case, Study

ORIGIN = "command"


def paths_bring_in(
    paths: Sequence[Path],
    slug: str,
    *,
    kind: str,
    case: str,
    confidentiality: str,
    options: Options,
    again: bool,
    tell: Tell | None = None,
) -> dict[str, Any]:
    """Add files and folders to the study ``slug`` and tell what became of each file.

    Raises
    ------
    Refusal
        When there is no such study, case, kind or confidentiality, or no file to add.
    """
    study = Study.objects.filter(slug=slug).first()
    if study is None:
        raise Refusal(
            f"There is no study '{slug}'. Look up its short name in its address.",
            code="study_unknown",
            slug=slug,
        )
    _one_of(kind, Source.Kind.values, "--kind")
    if confidentiality:
        _one_of(confidentiality, Source.Confidentiality.values, "--who")
    files = files_under(paths)
    if not files:
        raise Refusal(
            "There are no files in what you named. Name a file, or a folder with files in it.",
            code="no_files",
        )
    facts = SourceFacts(
        kind=kind, case=_case(study, case) if case else None, confidentiality=confidentiality
    )
    incoming = [Incoming(str(path), path) for path in files]
    told = files_add(
        study, incoming, facts, person=None, origin=ORIGIN, again=again, options=options, tell=tell
    )
    counts = {
        state: sum(answer["state"] == state for answer in told)
        for state in ("added", "known", "refused")
    }
    return {"study": slug, **counts, "files": told}


def _case(study: Study, asked: str) -> Case:
    cases = Case.objects.filter(study=study)
    found = cases.filter(unit_code=asked).first() or cases.filter(name=asked).first()
    if found is None:
        raise Refusal(
            f"The study has no case '{asked}'. Give a code or name as the study has it.",
            code="case_unknown",
            case=asked,
        )
    return found


def _one_of(asked: str, known: Sequence[str], option: str) -> None:
    if asked not in known:
        raise Refusal(
            f"{option} cannot be '{asked}'. Choose from: {', '.join(known)}.",
            code="choice_unknown",
            choice=asked,
        )
