"""Did what a coder sees in a text change since they got the page, and can they undo or redo?

One short mark tells: when it is the same, nothing that this coder may see changed. It is made of
what they may see only, so in a blind round it tells nothing of others.
"""

import hashlib
from dataclasses import dataclass

from django.db.models import Count, Exists, Max, Q, QuerySet, Subquery, Sum
from django.db.models.functions import JSONObject

from rodedraad.coding.changes import redo_steps, undo_steps
from rodedraad.coding.models import Code, Coder, Round
from rodedraad.coding.visible import codings_visible, memos_visible
from rodedraad.sources.models import SourceVersion


@dataclass(frozen=True, slots=True)
class Standing:
    """A mark of what a coder sees at a text now, and whether they can undo and redo."""

    mark: str
    can_undo: bool
    can_redo: bool


def standing(coder: Coder, version: SourceVersion, in_round: Round | None) -> Standing:
    """Return a mark of the codings, memos and codes that a coder sees at a text; one query."""
    study = coder.study
    about = Q(source=version.source_id) | Q(coding__version=version)
    asked = Coder.objects.filter(pk=coder.pk).annotate(
        of_codings=_told(codings_visible(coder, study).filter(version=version)),
        of_memos=_told(memos_visible(coder, study).filter(about)),
        of_codes=_told(Code.objects.filter(study=study)),
        can_undo=Exists(undo_steps(coder)),
        can_redo=Exists(redo_steps(coder)),
    )
    codings, memos, codes, can_undo, can_redo = asked.values_list(
        "of_codings", "of_memos", "of_codes", "can_undo", "can_redo"
    ).get()
    told = [version.pk, in_round.pk if in_round else 0, codings, memos, codes]
    mark = hashlib.sha256(repr(told).encode()).hexdigest()[:16]
    return Standing(mark, can_undo, can_redo)


def _told(things: QuerySet) -> Subquery:
    """Ask how many things there are, which is the newest, and the sum of their row versions."""
    counted = JSONObject(n=Count("pk"), clock=Sum("row_version"), top=Max("pk"))
    return Subquery(things.order_by().values("study").annotate(told=counted).values("told"))
