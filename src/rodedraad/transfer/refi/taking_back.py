"""How is a whole import taken back, but for what somebody worked on since?"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from rodedraad.accounts.audit import audit_record
from rodedraad.accounts.models import Person
from rodedraad.coding.changes import codebook_lock
from rodedraad.coding.models import Code, Coding, Memo
from rodedraad.errors import Refusal
from rodedraad.sources.models import Source
from rodedraad.transfer.models import Import


@transaction.atomic
def import_take_back(of: Import, *, person: Person | None, origin: str) -> Mapping[str, int]:
    """Take away what an import added, and return how much of each stays.

    What somebody changed since stays, with what it stands on: its text, its code, the codes above
    that. Nothing is deleted; the same file brought in again brings it back.

    Raises
    ------
    Refusal
        ``import_taken_back`` when it was taken back already.
    """
    now = Import.objects.select_for_update(of=("self",)).select_related("study").get(pk=of.pk)
    if now.taken_back_at is not None:
        raise Refusal("This import was taken back already.", code="import_taken_back")
    codebook_lock(now.study)
    at = timezone.now()
    removed = {"removed_at": at, "row_version": F("row_version") + 1}
    added = now.added

    memos = _unchanged(Memo, added).filter(removed_at=None)
    memos.update(**removed)
    live_memos = Memo.objects.filter(study=now.study, removed_at=None)
    codings = _unchanged(Coding, added).filter(removed_at=None)
    in_closed = Q(round__closed_at__isnull=False)
    codings.exclude(pk__in=live_memos.exclude(coding=None).values("coding")).exclude(
        in_closed
    ).update(**removed)
    live = Coding.objects.filter(study=now.study, removed_at=None)
    _added(Source, added).filter(removed_at=None).exclude(
        pk__in=live.values("version__source")
    ).exclude(pk__in=live_memos.exclude(source=None).values("source")).exclude(
        versions__number__gt=1
    ).update(removed_at=at)
    _codes(now, removed["removed_at"], live, live_memos)

    now.taken_back_at, now.taken_back_by = at, person
    now.save(update_fields=["taken_back_at", "taken_back_by"])
    audit_record(
        person=person, action="import_take_back", object=f"study:{now.study.slug} import:{now.pk}",
        origin=origin,
    )  # fmt: skip
    return {
        "memo": _added(Memo, added).filter(removed_at=None).count(),
        "coding": _added(Coding, added).filter(removed_at=None).count(),
        "source": _added(Source, added).filter(removed_at=None).count(),
        "code": _added(Code, added).filter(retired_at=None).count(),
    }


def _added(model: Any, added: Mapping[str, list[list[int]]]) -> Any:
    """Return what an import added of a model."""
    return model.objects.filter(pk__in=[pk for pk, _ in added.get(model._meta.model_name, ())])


def _unchanged(model: Any, added: Mapping[str, list[list[int]]]) -> Any:
    """Return what an import added of a model and nobody changed since."""
    then = {(pk, row_version) for pk, row_version in added.get(model._meta.model_name, ())}
    now = set(_added(model, added).values_list("pk", "row_version"))
    return model.objects.filter(pk__in=[pk for pk, _ in then & now])


def _codes(of: Import, at: Any, live: Any, live_memos: Any) -> None:
    """Retire the codes that nothing stands on, those lowest in the tree first."""
    used = set(live.values_list("code", flat=True).distinct())
    used |= set(live_memos.exclude(code=None).values_list("code", flat=True))
    parents = dict(
        Code.objects.filter(study=of.study, retired_at=None).values_list("pk", "parent_id")
    )
    mine = set(_unchanged(Code, of.added).values_list("pk", flat=True))
    stays = {pk for pk in parents if pk not in mine or pk in used}
    for pk in tuple(stays):
        above = parents[pk]
        while above is not None:
            stays.add(above)
            above = parents.get(above)
    going = mine - stays
    Code.objects.filter(pk__in=going, retired_at=None).update(
        retired_at=at, row_version=F("row_version") + 1
    )
