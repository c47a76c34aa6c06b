"""How does a code come on a passage or a whole source, how does that change, and how does it go?"""

from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from rodedraad.coding.actions.codes import not_codable, retired
from rodedraad.coding.actions.text_asked import (
    CONTEXT,
    QUOTE_AT_MOST,
    Range,
    TextAsked,
    text_asked,
)
from rodedraad.coding.changes import step_write, thing_locked
from rodedraad.coding.codebook import codebook_current
from rodedraad.coding.models import Code, Coder, Coding, Round
from rodedraad.coding.rounds import round_require
from rodedraad.errors import Refusal
from rodedraad.sources.models import Source

CODE_LOCKED = """
    select study_id, retired_at, is_codable from coding_code where id = %s for no key update
"""


@transaction.atomic
def coding_add(
    coder: Coder,
    version_id: int,
    code: Code,
    *,
    place: Range | None,
    quote: str | None = None,
    in_round: Round | None = None,
    valence: int | None = None,
    strength: int | None = None,
    origin: str = Coding.Origin.PERSON,
) -> Coding:
    """Put a code on ``text[start:end]`` of the newest version of a source, or on the whole of it.

    ``quote`` is what the person saw there: when the text is another one, nothing is written. Of
    the text, only the passage and 32 characters around it are read. Without ``in_round`` it
    belongs to the open round in which the coder codes this source now, if there is one.

    Raises
    ------
    Refusal
        When the range is not in the text, the quote is not what stands there, the code cannot be
        used, there is a newer version, the same coding is there, or the round does not allow it.
    """
    code_require(coder, code)
    asked = text_asked(coder, version_id, place, code=code, in_round=in_round)
    round_id = in_round.pk if in_round else asked.round_id
    if round_id is not None:
        round_require(Round(pk=round_id), coder, Source(pk=asked.source_id))
    now = timezone.now()
    book_id = asked.book_id or codebook_current(coder.study, person=coder.person).pk
    made = Coding(
        study=coder.study,
        version_id=version_id,
        code=code,
        coder=coder,
        round_id=round_id,
        origin=origin,
        made_at=now,
        accepted_at=now if origin == Coding.Origin.SUGGESTION else None,
        codebook_version_id=book_id,
        **_judged(valence, strength),
        **_passage(asked, place, quote),
    )
    if asked.has_same:
        raise Refusal("You gave this passage this code already.", code="coding_there")
    step_write(coder, "coding_add", added=[made])
    return made


@transaction.atomic
def coding_change(
    coder: Coder,
    coding: Coding,
    *,
    row_version: int,
    code: Code,
    place: Range | None,
    valence: int | None,
    strength: int | None,
    quote: str | None = None,
) -> Coding:
    """Change the code, range, valence or strength of one's coding.

    It is now made under the codebook of now, and somebody looked at where it stands.
    """
    now = _coding_locked(coder, coding, row_version)
    if place is None and now.anchor == Coding.Anchor.LOST:
        raise Refusal(
            "The words of this coding are not in the new text. Select the passage it belongs to, "
            "or take the coding away.",
            code="coding_lost",
        )
    asked = text_asked(coder, now.version_id, place, code=code)
    if code.pk != now.code_id or code.retired_at is not None:
        code_require(coder, code)
    current = codebook_current(coder.study, person=coder.person)
    changed: dict[str, Any] = {"code_id": code.pk, "codebook_version_id": current.pk}
    changed |= _judged(valence, strength)
    placed = (now.start, now.end) != (place or (None, None))
    if placed or now.anchor != Coding.Anchor.EXACT:
        changed |= _passage(asked, place, quote) | {"anchor": Coding.Anchor.EXACT}
    if any(getattr(now, name) != value for name, value in changed.items()):
        step_write(coder, "coding_change", changed=[(now, changed)])
    return now


def coding_confirm(coder: Coder, coding: Coding, *, row_version: int) -> Coding:
    """Say that a coding is right under the codebook of now, and where it stands is right."""
    place = None if coding.start is None else (coding.start, coding.end or coding.start)
    return coding_change(
        coder, coding, row_version=row_version, code=coding.code, place=place,
        valence=coding.valence, strength=coding.strength,
    )  # fmt: skip


@transaction.atomic
def coding_remove(coder: Coder, coding: Coding, *, row_version: int) -> Coding:
    """Take one's coding away; undo brings it back."""
    now = _coding_locked(coder, coding, row_version)
    step_write(coder, "coding_remove", changed=[(now, {"removed_at": timezone.now()})])
    return now


def _passage(asked: TextAsked, place: Range | None, quote: str | None) -> dict[str, Any]:
    """Return the range with its words and what stands beside them."""
    if place is None:
        return {"start": None, "end": None, "quote": "", "before": "", "after": ""}
    start, end = place
    range_require(asked.n_characters, place)
    first = max(0, start - CONTEXT)
    around = asked.around
    words = around[start - first : end - first]
    if quote is not None and quote.replace("\r\n", "\n") != words:
        raise Refusal(
            "The words you selected do not stand at that place in the text, so nothing was "
            "written. Load the page again and select them once more.",
            code="quote_differs",
        )
    return {
        "start": start,
        "end": end,
        "quote": words,
        "before": around[: start - first],
        "after": around[end - first :],
    }


def range_require(n: int, place: Range) -> None:
    """Refuse a passage that is not in a text of ``n`` characters, is empty, or is too long."""
    start, end = place
    if not 0 <= start < end <= n:
        raise Refusal(
            f"The text has {n} characters, so there is no passage from {start} to {end}. Select "
            "at least one character.",
            code="coding_range",
            n=n,
        )
    if end - start > QUOTE_AT_MOST:
        raise Refusal(
            f"A passage has at most {QUOTE_AT_MOST} characters. Select less, or code the whole "
            "source.",
            code="coding_long",
            most=QUOTE_AT_MOST,
        )


def _judged(valence: int | None, strength: int | None) -> dict[str, int | None]:
    if valence not in {None, -1, 0, 1} or strength not in {None, 0, 1, 2, 3}:
        raise Refusal(
            "Valence is -1, 0 or 1, and strength 0 to 3; leave out what you do not judge.",
            code="coding_judged",
        )
    return {"valence": valence, "strength": strength}


def code_require(coder: Coder, code: Code) -> None:
    """Refuse a code of another study, one that ended, and a heading of the tree."""
    with connection.cursor() as cursor:
        cursor.execute(CODE_LOCKED, [code.pk])
        study_id, retired_at, is_codable = cursor.fetchone()
    if study_id != coder.study_id:
        raise Refusal("Choose a code of this study.", code="code_other_study")
    if retired_at is not None:
        raise retired(code)
    if not is_codable:
        raise not_codable(code)


def _coding_locked(coder: Coder, coding: Coding, row_version: int) -> Coding:
    now = thing_locked(coding, row_version)
    is_mine = now.coder_id == coder.pk
    of_nobody = now.coder.person_id is None and now.study_id == coder.study_id
    if not is_mine and not of_nobody:
        raise Refusal(
            "Somebody else made this coding, and only they change it. Make your own beside it.",
            code="coding_of_other",
        )
    if now.removed_at is not None:
        raise Refusal("This coding was taken away already.", code="coding_gone")
    return now
