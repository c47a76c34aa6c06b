"""What does a request ask to search: by whom, in which texts, with which conditions?"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from rodedraad.accounts.audit import audit_record
from rodedraad.coding.models import Coder
from rodedraad.coding.tree import Line, code_lines
from rodedraad.errors import Refusal
from rodedraad.search.forms import MEMOS, PASSAGES, SearchForm
from rodedraad.search.hits import (
    COUNTED_FOR_A_PAGE,
    LOOKED_FOR_A_PAGE,
    SIEVED_FOR_A_PAGE,
    Found,
)
from rodedraad.search.passages import (
    Answers,
    codings_that_count,
    memos_found,
    memos_seen,
    passages_found,
)
from rodedraad.search.scope import Text, texts_of, texts_ordered
from rodedraad.search.settled import Question, question_read
from rodedraad.sources.access import sources_for
from rodedraad.sources.models import Source
from rodedraad.studies.access import StudyAccess


@dataclass(frozen=True)
class Asking:
    """A person, the texts they may see, and the form they filled in."""

    access: StudyAccess
    coder: Coder | None
    sources: QuerySet[Source]
    texts: list[Text]
    lines: list[Line]
    form: SearchForm

    @property
    def is_asked(self) -> bool:
        """Whether there is a question, and its conditions can be read."""
        return self.form.is_valid() and bool(self.form.line)

    def question(self) -> Question:
        """Return the question, or refuse it."""
        if not self.form.is_valid():
            raise Refusal(
                "A condition of this search is not known. Open the search page and choose again.",
                code="search_condition",
            )
        return question_read(self.form.line)

    def limited(self) -> list[Text]:
        """Return the texts that meet the conditions, in the order asked."""
        limits = self.form.limits()
        return texts_ordered(filter(limits.meets, self.texts), self.form.order)

    def found(self, question: Question, *, for_a_page: bool = False) -> Found:
        """Search the texts; for one page, fewer are counted."""
        code = self.form.chosen_code
        coded = None if code is None else codings_that_count(self.coder, self.access.study, code)
        if for_a_page:
            most = COUNTED_FOR_A_PAGE, LOOKED_FOR_A_PAGE, SIEVED_FOR_A_PAGE
            return Found(question.query, self.limited(), coded, *most)
        return Found(question.query, self.limited(), coded)

    def answers(self, question: Question, enough: int | None = None) -> Answers:  # type: ignore[type-arg]
        """Search the coded passages until there are ``enough``, or the memos."""
        study, code = self.access.study, self.form.chosen_code
        if self.form.place == PASSAGES:
            codings = codings_that_count(self.coder, study, code)
            return passages_found(question.query, self.limited(), codings, enough)
        memos = memos_seen(self.coder, study, self.sources, code)
        every = not self.form.limits().any
        return memos_found(question.query, self.limited(), memos, all_texts=every)

    @property
    def is_in_texts(self) -> bool:
        """Whether the texts themselves are searched."""
        return self.form.place not in {PASSAGES, MEMOS}


def asking_of(access: StudyAccess, given: Mapping[str, str]) -> Asking:
    """Return what a person asks with what they filled in."""
    sources = sources_for(access)
    texts, lines = texts_of(sources), code_lines(access.study)
    coder = Coder.objects.filter(study=access.study, person=access.person).first()
    return Asking(access, coder, sources, texts, lines, SearchForm(texts, lines, given))


def personal_record(access: StudyAccess, *, is_personal: bool, origin: str) -> None:
    """Write in the audit log that words of talks with people were shown among the answers."""
    if is_personal:
        audit_record(
            person=access.person,
            action="search_read",
            object=f"study:{access.study.slug}",
            origin=origin,
        )
