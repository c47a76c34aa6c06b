"""Did what a coder sees in a text change since they got the page, and can they undo or redo?

One short mark tells: when it is the same, nothing that this coder may see changed. It is made of
what they may see only, so in a blind round it tells nothing of others.
"""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, Max, Q, QuerySet, Subquery, Sum
from django.db.models.functions import JSONObject

from rodedraad.coding.changes import redo_steps, undo_steps
from rodedraad.coding.models import Code, Coder, Coding, Round
from rodedraad.coding.rounds import round_first
from rodedraad.coding.visible import codings_visible, memos_visible
from rodedraad.sources.models import SourceVersion

RECENT_AMONG = 60


@dataclass(frozen=True, slots=True)
class Standing:
    """A mark of what a coder sees at a text now, and whether they can undo and redo.

    ``in_round`` is the open round in which they code it, ``clock`` the state of the codebook, and
    ``recent`` are the codes they used last, the newest first.
    """

    mark: str
    can_undo: bool
    can_redo: bool
    in_round: Round | None
    clock: str
    recent: list[int]


def standing(coder: Coder, version: SourceVersion) -> Standing:
    """Return how a coder stands at a text now: what they see, and in which round; one query."""
    study = coder.study
    about = Q(source=version.source_id) | Q(coding__version=version)
    asked = Coder.objects.filter(pk=coder.pk).annotate(
        of_codings=_told(codings_visible(coder, study).filter(version=version)),
        of_memos=_told(memos_visible(coder, study).filter(about)),
        of_codes=_told(Code.objects.filter(study=study)),
        can_undo=Exists(undo_steps(coder)),
        can_redo=Exists(redo_steps(coder)),
        in_rounds=ArraySubquery(_rounds(coder, version)),
        used=ArraySubquery(_used(coder)),
    )
    codings, memos, codes, can_undo, can_redo, in_rounds, used = asked.values_list(
        "of_codings", "of_memos", "of_codes", "can_undo", "can_redo", "in_rounds", "used"
    ).get()
    in_round = round_first(Round(**fields) for fields in in_rounds)
    told = [version.pk, in_round.pk if in_round else 0, codings, memos, codes]
    mark = hashlib.sha256(repr(told).encode()).hexdigest()[:16]
    clock = repr(codes)
    return Standing(mark, can_undo, can_redo, in_round, clock, list(dict.fromkeys(used)))


def _rounds(coder: Coder, version: SourceVersion) -> QuerySet[Round, dict[str, Any]]:
    """Ask for the open rounds in which a coder codes a text."""
    mine = Round.objects.filter(coders=coder, sources=version.source_id, closed_at=None)
    names = ("id", "number", "label", "kind")
    return mine.order_by().values(told=JSONObject(**{name: name for name in names}))


def _used(coder: Coder) -> QuerySet[Coding, dict[str, Any]]:
    """Ask for the codes of a coder's newest codings."""
    mine = Coding.objects.filter(study=coder.study_id, coder=coder, removed_at=None)
    return mine.order_by("-pk").values("code")[:RECENT_AMONG]


def _told(things: QuerySet) -> Subquery:
    """Ask how many things there are, which is the newest, and the sum of their row versions."""
    counted = JSONObject(n=Count("pk"), clock=Sum("row_version"), top=Max("pk"))
    return Subquery(things.order_by().values("study").annotate(told=counted).values("told"))
