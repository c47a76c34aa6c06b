"""How do open answers become sources that can be read, searched and coded?

One source for each open question, or for each question and case; one paragraph for each answer,
with the pseudonym as its label. It is about people until someone looked at it.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO

import polars as pl
from django.db import transaction
from django.db.models import Max

from rodedraad.accounts.audit import audit_record
from rodedraad.accounts.models import Person
from rodedraad.jobs.kinds import Progress
from rodedraad.sources.actions import SourceFacts, source_add, version_add
from rodedraad.sources.extraction import Extracted
from rodedraad.sources.extraction.cleaning import pieces_join
from rodedraad.sources.extraction.model import Piece
from rodedraad.sources.models import Paragraph, Source, SourceVersion
from rodedraad.studies.models import Case, Study
from rodedraad.surveys.models import AnswersSource, Survey
from rodedraad.surveys.results.answers_now import answers_now
from rodedraad.surveys.results.columns import Column
from rodedraad.surveys.results.evidence import LEAST_AT_ONCE

EXTRACTOR = "survey"
STATES: tuple[str, ...] = ("new", "changed", "kept", "waiting", "removed", "empty")
Place = tuple[str, str]
"""The name of a column, and the code of a case or nothing."""


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """One source that there is or would be: of which question, how much, and what would happen.

    ``state``: new, changed (a new version), kept, waiting (too few new answers to an anonymous
    survey), removed (a person took the source out of the study) or empty.
    """

    column: Column
    case: str
    answers: tuple[tuple[str, str], ...]
    state: str
    source: Source | None

    @property
    def n(self) -> int:
        """How many answers there are."""
        return len(self.answers)


def open_questions(survey: Survey, *, by_case: bool) -> list[OpenQuestion]:
    """Return what taking over the open answers would do, by question and perhaps by case."""
    answers_there = answers_now(survey)
    known = {
        (one.question, one.case_code): one.source
        for one in AnswersSource.objects.filter(survey=survey).select_related("source__study")
    }
    newest = _newest({source.pk for source in known.values()})
    found: list[OpenQuestion] = []
    for column, case, answers in _answers(
        answers_there.frame, answers_there.columns, by_case=by_case
    ):
        source = known.get((column.name, case))
        before = newest.get(source.pk) if source is not None else None
        state = _state(survey, answers, source, before)
        found.append(OpenQuestion(column, case, answers, state, source))
    return found


@transaction.atomic
def open_answers_to_sources(
    survey: Survey,
    *,
    by_case: bool,
    person: Person | None,
    origin: str,
    tell: Progress | None = None,
) -> dict[str, int]:
    """Make the open answers of complete responses sources; return how many of each state.

    What is a source already gets a new version when there are other answers now; codings then
    find their words again. Lead and researchers may.
    """
    Study.objects.select_for_update().only("pk").get(pk=survey.study_id)
    counts: dict[str, int] = dict.fromkeys(STATES, 0)
    cases = {one.unit_code: one for one in Case.objects.filter(study=survey.study_id)}
    found = open_questions(survey, by_case=by_case)
    for done, one in enumerate(found, start=1):
        counts[one.state] += 1
        if one.state == "changed" and one.source is not None:
            version_add(one.source, _extracted(one), person=person, origin=origin)
        elif one.state == "new":
            facts = SourceFacts(
                title=_title(survey, one, cases.get(one.case)),
                kind=Source.Kind.OPEN_ANSWERS,
                case=cases.get(one.case),
                wave=survey.wave,
                origin=f"{survey.slug}: {one.column.name}",
                confidentiality=Source.Confidentiality.PERSONAL,
            )
            source = source_add(
                survey.study, _csv(one), f"{survey.slug}-{one.column.name}{one.case}.csv", facts,
                person=person, origin=origin, again=True, extracted=_extracted(one),
            )  # fmt: skip
            AnswersSource.objects.create(
                survey=survey, question=one.column.name, case_code=one.case, source=source
            )
        if tell is not None:
            tell(done, len(found), one.column.name)
    if counts["new"] or counts["changed"]:
        audit_record(
            person=person, action="answers_to_sources", origin=origin,
            object=f"study:{survey.study.slug} survey:{survey.slug}",
        )  # fmt: skip
    return counts


def _answers(
    frame: pl.DataFrame, columns: Sequence[Column], *, by_case: bool
) -> Iterator[tuple[Column, str, tuple[tuple[str, str], ...]]]:
    for column in columns:
        if column.shape != "open":
            continue
        given = frame.filter(pl.col(column.name).str.strip_chars() != "")
        rows = given.select("case", "pseudonym", column.name).rows()
        if not by_case and not column.case:
            yield column, "", tuple((who, words) for _case, who, words in rows)
            continue
        grouped: dict[str, list[tuple[str, str]]] = {}
        for case, who, words in rows:
            grouped.setdefault(case, []).append((who, words))
        for case in sorted(grouped):
            yield column, case, tuple(grouped[case])


def _newest(sources: set[int]) -> dict[int, dict[str, str]]:
    """The answers in the newest version that this room wrote of each source, by pseudonym.

    A version that a person corrected or made unknown comes after it, and changes no answer.
    """
    written = SourceVersion.objects.filter(source__in=sources, extractor=EXTRACTOR)
    newest = written.values("source").annotate(newest=Max("pk")).values_list("newest", flat=True)
    found: dict[int, dict[str, str]] = {pk: {} for pk in sources}
    paragraphs = Paragraph.objects.filter(version__in=list(newest)).exclude(label="")  # erased
    paragraphs = paragraphs.order_by("version", "number")
    for source, label, text in paragraphs.values_list("version__source", "label", "text"):
        answers = found[source]
        answers[label] = answers.get(label, "") + text
    return found


def _state(
    survey: Survey,
    answers: tuple[tuple[str, str], ...],
    source: Source | None,
    before: dict[str, str] | None,
) -> str:
    if source is not None and source.removed_at is not None:
        return "removed"
    if not answers:
        return "empty"
    now = _by_label(answers)
    if before is not None and _flat(now) == _flat(before):
        return "kept"
    fresh = len(now.keys() - (before or {}).keys())
    is_open = survey.mode == Survey.Mode.ANONYMOUS and survey.state != Survey.State.CLOSED
    if is_open and 0 < fresh < LEAST_AT_ONCE:
        return "waiting"
    return "new" if source is None else "changed"


def _by_label(answers: tuple[tuple[str, str], ...]) -> dict[str, str]:
    text, passages, _notices = pieces_join(_pieces(answers))
    found: dict[str, str] = {}
    for passage in passages:
        words = text[passage.start : passage.end]
        found[passage.label] = found.get(passage.label, "") + words
    return found


def _flat(answers: dict[str, str]) -> dict[str, str]:
    return {who: "".join(words.split()) for who, words in answers.items()}


def _pieces(answers: tuple[tuple[str, str], ...]) -> list[Piece]:
    return [Piece(words, Paragraph.Kind.ANSWER, who) for who, words in answers]


def _extracted(one: OpenQuestion) -> Extracted:
    text, passages, notices = pieces_join(_pieces(one.answers))
    return Extracted(
        text, tuple(passages), form="answers", media_type="text/csv", extractor=EXTRACTOR,
        notices=tuple(notices),
    )  # fmt: skip


def _csv(one: OpenQuestion) -> bytes:
    out = StringIO()
    rows = csv.writer(out)
    rows.writerow(["respondent", "antwoord"])
    rows.writerows(one.answers)
    return out.getvalue().encode()


def _title(survey: Survey, one: OpenQuestion, case: Case | None) -> str:
    about = one.column.title.get("nl", one.column.name)
    return f"{survey.title_nl}: {about}" + (f" ({case.name})" if case else "")
