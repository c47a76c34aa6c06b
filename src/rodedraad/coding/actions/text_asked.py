"""What of a text must be known before a passage gets a code? One question answers all of it."""

from dataclasses import dataclass
from typing import Any

from django.db import connection

from rodedraad.coding.models import Code, Coder, Round
from rodedraad.coding.rounds import ORDER
from rodedraad.errors import Refusal

CONTEXT = 32
QUOTE_AT_MOST = 100_000
Range = tuple[int, int]

ASKED = """
    select version.source_id, version.number, version.n_characters,
        (select max(other.number) from sources_sourceversion other
         where other.source_id = version.source_id),
        substr(version.text, %(first)s, %(length)s),
        now.id,
        (select case when book.clock = (select coalesce(sum(code.row_version), 0)
            from coding_code code where code.study_id = book.study_id) then book.id end
         from coding_codebookversion book where book.study_id = source.study_id
         order by book.number desc limit 1),
        exists (select 1 from coding_coding coding
         where coding.version_id = version.id and coding.code_id = %(code)s
           and coding.coder_id = %(coder)s and coding.removed_at is null
           and coding.round_id is not distinct from coalesce(%(round)s, now.id)
           and ((coding."start" = %(start)s and coding."end" = %(end)s)
             or (%(start)s is null and coding."start" is null)))
    from sources_sourceversion version
    join sources_source source on source.id = version.source_id
    left join lateral (
        select r.id from coding_round r
        join coding_round_coders by_coder on by_coder.round_id = r.id
        join coding_round_sources of_source on of_source.round_id = r.id
        where by_coder.coder_id = %(coder)s and of_source.source_id = version.source_id
          and r.closed_at is null
        order by array_position(%(order)s::varchar[], r.kind), r.number limit 1
    ) now on true
    where version.id = %(version)s and source.study_id = %(study)s and source.removed_at is null
"""


@dataclass(frozen=True, slots=True)
class TextAsked:
    """The newest version of a text without the text: the passage, and what else coding asks of it.

    ``around`` is the passage with up to 32 characters on either side. ``round_id`` is the
    open round in which the coder codes this source now, none when there is none. ``book_id`` is
    the codebook version that holds the codes as they are now, none when there is none yet.
    ``has_same`` says that the coder gave this passage this code already.
    """

    version_id: int
    source_id: int
    n_characters: int
    around: str
    round_id: int | None
    book_id: int | None
    has_same: bool


def text_asked(
    coder: Coder, version_id: int, place: Range | None, *, code: Code, in_round: Round | None = None
) -> TextAsked:
    """Return what a coding needs to know of a version of a text in the coder's study.

    Raises
    ------
    Refusal
        ``version_gone`` when it is not in the study any more, ``version_old`` when there is a
        newer one.
    """
    with connection.cursor() as cursor:
        cursor.execute(ASKED, _asked(coder, version_id, place, code, in_round))
        row = cursor.fetchone()
    if row is None:
        raise Refusal("This text is not in the study any more.", code="version_gone")
    source_id, number, n_characters, newest, *others = row
    if newest != number:
        raise Refusal(
            f"There is a newer version ({newest}) of this text. Open that one, and code there.",
            code="version_old",
            number=newest,
        )
    return TextAsked(version_id, source_id, n_characters, *others)


def _asked(
    coder: Coder, version_id: int, place: Range | None, code: Code, in_round: Round | None
) -> dict[str, Any]:
    start, end = place or (0, 0)
    first = max(0, start - CONTEXT)
    is_readable = 0 <= start < end <= start + QUOTE_AT_MOST
    return {
        "version": version_id,
        "study": coder.study_id,
        "coder": coder.pk,
        "code": code.pk,
        "round": in_round.pk if in_round else None,
        "order": list(ORDER),
        "first": first + 1,
        "length": end + CONTEXT - first if is_readable else 0,
        "start": place and place[0],
        "end": place and place[1],
    }
