"""How does a note come on a source, a coding, a code or the study, change, and go?"""

from django.db import transaction
from django.utils import timezone

from rodedraad.coding.changes import step_write, thing_locked
from rodedraad.coding.models import Code, Coder, Coding, Memo
from rodedraad.errors import Refusal
from rodedraad.sources.models import Source


@transaction.atomic
def memo_add(coder: Coder, text: str, *, about: Source | Coding | Code | None = None) -> Memo:
    """Write a memo about a source, a coding or a code, or about the study."""
    if about is not None and about.study_id != coder.study_id:
        raise Refusal("This is not of the study any more.", code="memo_other_study")
    made = Memo(
        study=coder.study,
        source=about if isinstance(about, Source) else None,
        coding=about if isinstance(about, Coding) else None,
        code=about if isinstance(about, Code) else None,
        text=_written(text),
        coder=coder,
        made_at=timezone.now(),
    )
    step_write(coder, "memo_add", added=[made])
    return made


@transaction.atomic
def memo_change(coder: Coder, memo: Memo, text: str, *, row_version: int) -> Memo:
    """Change the words of one's memo."""
    now = _memo_locked(coder, memo, row_version)
    if now.text != _written(text):
        step_write(coder, "memo_change", changed=[(now, {"text": _written(text)})])
    return now


@transaction.atomic
def memo_remove(coder: Coder, memo: Memo, *, row_version: int) -> Memo:
    """Take one's memo away; undo brings it back."""
    now = _memo_locked(coder, memo, row_version)
    step_write(coder, "memo_remove", changed=[(now, {"removed_at": timezone.now()})])
    return now


def _written(text: str) -> str:
    words = text.replace("\r\n", "\n").strip()
    if not words:
        raise Refusal("A memo needs words. Write them, or take the memo away.", code="memo_empty")
    return words


def _memo_locked(coder: Coder, memo: Memo, row_version: int) -> Memo:
    now = thing_locked(memo, row_version)
    if now.coder_id != coder.pk:
        raise Refusal(
            "Somebody else wrote this memo, and only they change it. Write your own beside it.",
            code="memo_of_other",
        )
    if now.removed_at is not None:
        raise Refusal("This memo was taken away already.", code="memo_gone")
    return now
