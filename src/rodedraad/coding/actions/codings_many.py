"""How does one code come on many passages at once, as one step that can be undone?"""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from rodedraad.coding.actions.codings import Range, code_require, range_require
from rodedraad.coding.changes import round_closed, step_write
from rodedraad.coding.codebook import codebook_current
from rodedraad.coding.models import Code, Coder, Coding, Round
from rodedraad.coding.rounds import rounds_now
from rodedraad.errors import Refusal
from rodedraad.sources.anchors import context_of
from rodedraad.sources.models import SourceVersion

MANY_AT_MOST = 5_000


@transaction.atomic
def codings_add_many(
    coder: Coder,
    code: Code,
    places: Iterable[tuple[int, Range]],
    *,
    origin: str = Coding.Origin.PERSON,
) -> list[Coding]:
    """Put one code on many passages in one step, each given as primary key of a version and range.

    A passage that has this code of this coder in this round already is passed over, and so is one
    that is given twice. Each coding stands in the round in which the coder codes its source now.

    Raises
    ------
    Refusal
        As ``coding_add`` does, for the first passage that cannot be coded; then none is written.
        ``codings_many`` when there are more than 5,000.
    """
    asked = sorted(set(places))
    if len(asked) > MANY_AT_MOST:
        raise Refusal(
            f"In one step at most {MANY_AT_MOST} passages get a code, and these are {len(asked)}. "
            "Ask for less at a time.",
            code="codings_many",
            most=MANY_AT_MOST,
            n=len(asked),
        )
    if not asked:
        return []
    code_require(coder, code)
    versions = _versions(coder, {version for version, _ in asked})
    rounds = _rounds_locked(coder, [version.source_id for version in versions.values()])
    book, now = codebook_current(coder.study, person=coder.person), timezone.now()
    there = set(
        Coding.objects.filter(version__in=versions, code=code, coder=coder, removed_at=None)
        .values_list("version", "start", "end", "round")
    )  # fmt: skip
    made: list[Coding] = []
    for pk, version in versions.items():
        in_round = rounds.get(version.source_id)
        round_id = in_round.pk if in_round else None
        new = [place for of, place in asked if of == pk and (pk, *place, round_id) not in there]
        text = SourceVersion.objects.values_list("text", flat=True).get(pk=pk) if new else ""
        for place in new:
            range_require(len(text), place)
            before, after = context_of(text, *place)
            made.append(
                Coding(
                    study=coder.study, version=version, start=place[0], end=place[1],
                    quote=text[slice(*place)], before=before, after=after, code=code, coder=coder,
                    round=in_round, origin=origin, made_at=now, codebook_version=book,
                )
            )  # fmt: skip
    if made:
        step_write(coder, "codings_add_many", added=made)
    return made


def _rounds_locked(coder: Coder, source_ids: list[int]) -> dict[int, Round]:
    """Return by source the round the coder codes it in; these stay open until the transaction ends.

    A blind round comes before others, so that nothing gets outside it.
    """
    rounds = rounds_now(coder, source_ids)
    ids = {one.pk for one in rounds.values()}
    locked = Round.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")
    if any(one.closed_at is not None for one in locked):
        raise round_closed()
    return rounds


def _versions(coder: Coder, version_ids: set[int]) -> dict[int, SourceVersion]:
    """Return versions by primary key without their texts; refuse what is old or of elsewhere."""
    found = (
        SourceVersion.objects.filter(pk__in=version_ids, source__study=coder.study_id)
        .filter(source__removed_at=None)
        .select_related("source")
        .annotate(newest=Max("source__versions__number"))
        .defer("text")
        .order_by("pk")
    )
    versions = {version.pk: version for version in found}
    if len(versions) < len(version_ids):
        raise Refusal("This text is not in the study any more.", code="version_gone")
    for version in versions.values():
        if version.newest != version.number:
            raise Refusal(
                f"There is a newer version ({version.newest}) of this text. Open that one, and "
                "code there.",
                code="version_old",
                number=version.newest,
            )
    return versions
