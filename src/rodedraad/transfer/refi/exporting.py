"""How does a study leave as a REFI-QDA project, and what of it has no place there?"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from django.db.models import F, OuterRef, QuerySet, Subquery

from rodedraad.accounts.audit import audit_record
from rodedraad.coding.codebook_exchange import code_words
from rodedraad.coding.models import Code, Coder, Coding, Memo
from rodedraad.coding.visible import codings_now, codings_visible, memos_visible
from rodedraad.exchange.refi_qda import model
from rodedraad.exchange.refi_qda.codebook_file import codebook_of, codebook_write
from rodedraad.exchange.refi_qda.project_write import project_write
from rodedraad.memory import collector_paused
from rodedraad.sources.access import reading_record, sources_for
from rodedraad.sources.models import Source, SourceVersion
from rodedraad.studies.access import StudyAccess
from rodedraad.studies.models import Case, Study
from rodedraad.transfer.copying import one_moment
from rodedraad.transfer.refi.cases_in import case_guid
from rodedraad.transfer.refi.codings_in import passage_guid
from rodedraad.transfer.refi.incoming import NOBODY
from rodedraad.transfer.refi.left_out import left_out_of
from rodedraad.transfer.refi.variables import VARIABLES, values_of

ORIGIN = f"Rode Draad {version('rodedraad')}"
NAME_AT_MOST = 60


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks for a project and for what: without ``access`` it is the command line."""

    study: Study
    access: StudyAccess | None = None
    personal: bool = False

    def sources(self) -> QuerySet[Source]:
        """Return the sources that go along."""
        if self.access is None:
            every = Source.objects.filter(study=self.study, removed_at=None)
        else:
            every = sources_for(self.access)
        if not self.personal:
            every = every.exclude(confidentiality=Source.Confidentiality.PERSONAL)
        return every

    def coder(self) -> Coder | None:
        """Return the coder who asks, when it is one."""
        if self.access is None:
            return None
        return Coder.objects.filter(study=self.study, person=self.access.person).first()

    def codings(self) -> list[Coding]:
        """Return the codings that go along: those that count, and that all may see."""
        visible = [codings_visible(None, self.study)]
        if (coder := self.coder()) is not None:
            visible.append(codings_visible(coder, self.study))
        seen = set.intersection(*(set(one.values_list("pk", flat=True)) for one in visible))
        texts = set(self.sources().values_list("pk", flat=True))
        rows = (
            codings_now(self.study)
            .order_by()
            .annotate(source_id=F("version__source"))
            .defer("before", "after")
        )
        return [one for one in rows if one.pk in seen and one.source_id in texts]

    def memos(self) -> QuerySet[Memo]:
        """Return the memos that go along, but for those on what does not."""
        everyone = memos_visible(None, self.study)
        return memos_visible(self.coder(), self.study).filter(pk__in=everyone.values("pk"))


@dataclass(frozen=True, slots=True)
class Exported:
    """What is in a file that was written, and what of the study is not: reason and number."""

    counts: Mapping[str, int]
    left_out: Mapping[str, int]


@collector_paused()
def refi_export(asked: Asked, path: Path, *, origin: str) -> Exported:
    """Write a study as a project (.qdpx), or its codes as a codebook (.qdc), always valid.

    Raises
    ------
    Refusal
        ``refi-not-writable`` when the standard does not allow it, as a codebook without codes.
    """
    with one_moment():
        gathered = _gathered(asked)
        project = _project(asked.study, gathered)
        left_out = left_out_of(asked.study, asked.sources())
    if path.suffix.lower() == ".qdc":
        losses = codebook_write(codebook_of(project), path).losses
    else:
        losses = project_write(project, path).losses
    for loss in losses:
        left_out[loss.reason] = left_out.get(loss.reason, 0) + loss.count
    person = asked.access.person if asked.access else None
    audit_record(
        person=person, action="refi_export", object=f"study:{asked.study.slug}", origin=origin
    )
    if asked.personal and asked.access is not None:
        for source in asked.sources().filter(confidentiality=Source.Confidentiality.PERSONAL):
            source.study = asked.study
            reading_record(asked.access, source, origin=origin)
    codings = sum(
        len(one.codings) + sum(len(place.codings) for place in one.selections)
        for one in project.sources
    )
    counts = {"codes": Code.objects.filter(study=asked.study, retired_at=None).count(),
              "codings": codings, "sources": len(project.sources),
              "coders": len(project.users), "notes": len(project.notes)}  # fmt: skip
    return Exported(counts, left_out)


def project_of(asked: Asked) -> model.Project:
    """Return what of a study goes along as a project; the same study gives the same project."""
    return _project(asked.study, _gathered(asked))


def _project(study: Study, gathered: "_Gathered") -> model.Project:
    coders = {one.pk: one for one in Coder.objects.filter(study=study)}
    users = tuple(
        model.User(guid=str(one.uuid), name=one.name)
        for one in sorted(coders.values(), key=lambda one: str(one.uuid))
        if str(one.uuid) != NOBODY
    )
    sources = tuple(_source(one, gathered) for one in gathered.versions)
    return model.Project(
        name=study.title_nl,
        origin=ORIGIN,
        created=_moment(study.created_at),
        users=users,
        codes=_codes(study, gathered),
        variables=tuple(VARIABLES.values()) if any(one.values for one in sources) else (),
        cases=_cases(gathered),
        sources=sources,
        notes=tuple(_note(one, gathered) for one in gathered.memos),
        note_references=tuple(gathered.notes["study", 0]),
    )


@dataclass(slots=True)
class _Gathered:
    """The rows that go along; ``notes`` are GUIDs of memos by what they are about."""

    versions: list[SourceVersion]
    codings: dict[int, list[Coding]]
    memos: list[Memo]
    coder_guids: dict[int, str]
    code_guids: dict[int, str]
    notes: dict[tuple[str, int], list[str]] = field(default_factory=lambda: defaultdict(list))


def _gathered(asked: Asked) -> _Gathered:
    study = asked.study
    newest_of = SourceVersion.objects.filter(source=OuterRef("source")).order_by("-number")
    versions = list(
        SourceVersion.objects.filter(
            source__in=asked.sources(), pk=Subquery(newest_of.values("pk")[:1])
        )
        .select_related("source__case")
        .order_by()
    )
    versions.sort(key=lambda one: (one.source.title, str(one.source.uuid)))
    rows = sorted(asked.codings(), key=lambda one: (one.start or 0, one.end or 0, str(one.uuid)))
    codings: dict[int, list[Coding]] = defaultdict(list)
    for one in rows:
        codings[one.version_id].append(one)
    guids = dict(Coder.objects.filter(study=study).values_list("pk", "uuid"))
    codes = dict(Code.objects.filter(study=study).values_list("pk", "uuid"))
    gathered = _Gathered(
        versions, codings, [],
        {pk: str(uuid) for pk, uuid in guids.items()},
        {pk: str(uuid) for pk, uuid in codes.items()},
    )  # fmt: skip
    there = {one.pk for group in codings.values() for one in group}
    texts = {one.source_id for one in versions}
    live = set(_codes_used(study, gathered))
    for memo in asked.memos().order_by("uuid"):
        about = _about(memo)
        is_here = {
            "coding": about[1] in there,
            "source": about[1] in texts,
            "code": about[1] in live,
            "study": True,
        }
        if is_here[about[0]]:
            gathered.memos.append(memo)
            gathered.notes[about].append(str(memo.uuid))
    return gathered


def _about(memo: Memo) -> tuple[str, int]:
    for name in ("coding", "source", "code"):
        pk = getattr(memo, f"{name}_id")
        if pk is not None:
            return name, pk
    return "study", 0


def _codes_used(study: Study, gathered: _Gathered) -> dict[int, Code]:
    """Return the living codes, and those retired ones that stand on what goes along."""
    every = {one.pk: one for one in Code.objects.filter(study=study)}
    used = {one.code_id for group in gathered.codings.values() for one in group}
    used |= {pk for pk, one in every.items() if one.retired_at is None}
    found: dict[int, Code] = {}
    for pk in used:
        at: int | None = pk
        while at is not None and at not in found:
            found[at] = every[at]
            at = every[at].parent_id
    return found


def _codes(study: Study, gathered: _Gathered) -> tuple[model.Code, ...]:
    under: dict[int | None, list[Code]] = defaultdict(list)
    for one in _codes_used(study, gathered).values():
        under[one.parent_id].append(one)

    def of(parent: int | None) -> tuple[model.Code, ...]:
        ordered = sorted(under[parent], key=lambda one: (one.order, one.name, str(one.uuid)))
        return tuple(
            model.Code(
                guid=str(one.uuid),
                name=one.name,
                is_codable=one.is_codable,
                color=one.colour or None,
                description=code_words(vars(one)) or None,
                notes=tuple(gathered.notes["code", one.pk]),
                codes=of(one.pk),
            )
            for one in ordered
        )

    return of(None)


def _source(of: SourceVersion, gathered: _Gathered) -> model.TextSource:
    source = of.source
    whole: list[model.Coding] = []
    places: dict[tuple[int, int], list[Coding]] = defaultdict(list)
    for one in gathered.codings.get(of.pk, ()):
        if one.start is None or one.end is None:
            whole.append(_coding(one, gathered))
        else:
            places[one.start, one.end].append(one)
    return model.TextSource(
        guid=str(source.uuid),
        name=source.title,
        created=_moment(source.added_at),
        text=of.text,
        selections=tuple(
            _selection(source, place, found, gathered) for place, found in places.items()
        ),
        codings=tuple(whole),
        notes=tuple(gathered.notes["source", source.pk]),
        values=values_of(source),
    )


def _selection(
    source: Source, place: tuple[int, int], found: list[Coding], gathered: _Gathered
) -> model.PlainTextSelection:
    first = min(found, key=lambda one: (one.made_at, str(one.uuid)))
    codings = tuple(_coding(one, gathered) for one in found)
    return model.PlainTextSelection(
        guid=passage_guid(source.uuid, *place),
        name=" ".join(first.quote[: NAME_AT_MOST * 2].split())[:NAME_AT_MOST].strip() or None,
        start=place[0],
        end=place[1],
        creating_user=codings[found.index(first)].creating_user,
        created=_moment(first.made_at),
        codings=codings,
    )


def _coding(one: Coding, gathered: _Gathered) -> model.Coding:
    coder = gathered.coder_guids[one.coder_id]
    return model.Coding(
        guid=str(one.uuid),
        creating_user=None if coder == NOBODY else coder,
        created=_moment(one.made_at),
        code=gathered.code_guids[one.code_id],
        notes=tuple(gathered.notes["coding", one.pk]),
    )


def _note(one: Memo, gathered: _Gathered) -> model.TextSource:
    coder = gathered.coder_guids[one.coder_id]
    return model.TextSource(
        guid=str(one.uuid),
        creating_user=None if coder == NOBODY else coder,
        created=_moment(one.made_at),
        text=one.text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff"),
    )


def _cases(gathered: _Gathered) -> tuple[model.Case, ...]:
    of: dict[Case, list[str]] = defaultdict(list)
    for one in gathered.versions:
        if one.source.case is not None:
            of[one.source.case].append(str(one.source.uuid))
    ordered = sorted(of, key=lambda case: (case.unit_kind, case.unit_code))
    return tuple(
        model.Case(guid=case_guid(case), name=case.name, sources=tuple(of[case]))
        for case in ordered
    )


def _moment(at: datetime) -> str:
    """Return a moment as the standard writes it, in UTC."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
