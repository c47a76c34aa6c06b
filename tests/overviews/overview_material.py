"""Sources and codings made by hand, quickly: what a test counts it can see in a few lines."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.utils import timezone

from rodedraad.accounts.models import Person
from rodedraad.coding.codebook import codebook_current
from rodedraad.coding.models import Code, Coder, Coding, Round
from rodedraad.sources.models import Paragraph, Source, SourceVersion
from rodedraad.studies.access import StudyAccess, access_for
from rodedraad.studies.models import Case, Study


@dataclass
class Small:
    """A study that is counted by hand."""

    study: Study
    north: Case
    south: Case
    learn: Code
    learn_team: Code
    money: Code
    sources: list[Source]
    coder: Coder
    team: dict[str, Person]

    def access(self, role: str) -> StudyAccess:
        return access_for(self.team[role], self.study.slug)


def case_make(study: Study, name: str, stratum: str = "") -> Case:
    return Case.objects.create(
        study=study, unit_kind=study.unit_kind, unit_code=name, name=name, stratum=stratum,
        role=Case.Role.MAIN,
    )  # fmt: skip


def code_make(study: Study, name: str, parent: Code | None = None, order: int = 0) -> Code:
    return Code.objects.create(study=study, name=name, parent=parent, order=order)


def source_make(
    study: Study,
    title: str,
    case: Case | None = None,
    *,
    text: str = "Een zin.\n\nEen tweede zin.\n",
    day: date | None = None,
    role: str = "",
    respondent: str = "",
    kind: str = Source.Kind.POLICY_DOCUMENT,
    level: str = Source.Confidentiality.TEAM,
) -> Source:
    source = Source.objects.create(
        study=study, title=title, case=case, kind=kind, date=day, role=role,
        respondent=respondent, confidentiality=level,
    )  # fmt: skip
    version_make(source, text)
    return source


def version_make(source: Source, text: str, number: int = 1) -> SourceVersion:
    version = SourceVersion.objects.create(
        source=source, number=number, text=text, n_characters=len(text), extractor="test"
    )
    bounds = [0, *(at + 2 for at in range(len(text)) if text.startswith("\n\n", at)), len(text)]
    Paragraph.objects.bulk_create(
        Paragraph(version=version, number=at, start=start, end=end, text=text[start:end])
        for at, (start, end) in enumerate(pairwise(bounds), start=1)
        if end > start
    )
    return version


def coding_make(
    coder: Coder,
    source: Source,
    code: Code,
    place: tuple[int, int] | None = (0, 3),
    *,
    strength: int | None = None,
    in_round: Round | None = None,
    version: SourceVersion | None = None,
    **more: object,
) -> Coding:
    on = version or source.versions.order_by("-number").first()
    start, end = place or (None, None)
    return Coding.objects.create(
        study=source.study, version=on, start=start, end=end, coder=coder, code=code,
        quote=on.text[start:end] if place else "", strength=strength, round=in_round,
        codebook_version=codebook_current(source.study, person=None), made_at=timezone.now(),
        **more,
    )  # fmt: skip
