"""How are suggestions turned on, and how does a person accept or reject one, or take that back?"""

from django.db import transaction
from django.utils import timezone

from rodedraad.accounts.audit import audit_record
from rodedraad.accounts.models import Person
from rodedraad.coding.actions.codings import coding_add, coding_remove
from rodedraad.coding.models import Coder, Coding
from rodedraad.errors import Refusal
from rodedraad.studies.models import Study
from rodedraad.suggestions.models import StudySuggestions, Suggestion
from rodedraad.suggestions.visible import suggestions_visible


@transaction.atomic
def suggestions_switch(study: Study, *, is_on: bool, person: Person | None, origin: str) -> None:
    """Turn suggestions on or off in a study; only its lead may, see the view."""
    StudySuggestions.objects.update_or_create(
        study=study, defaults={"is_on": is_on, "changed_by": person}
    )
    audit_record(
        person=person,
        action="suggestions_on" if is_on else "suggestions_off",
        object=f"study:{study.slug}",
        origin=origin,
    )


@transaction.atomic
def suggestion_accept(coder: Coder, suggestion: Suggestion) -> Coding:
    """Make a coding of a suggestion: it is the person's own from then on, and says where it began.

    Raises
    ------
    Refusal
        ``suggestion_decided`` when somebody decided already, ``suggestion_gone`` when it may not
        be shown now, and what putting a code on a passage refuses.
    """
    now = _locked(coder, suggestion)
    _open_require(now)
    made = coding_add(
        coder,
        now.version_id,
        now.code,
        place=(now.start, now.end),
        quote=now.quote,
        origin=Coding.Origin.SUGGESTION,
    )
    now.coding = made
    _decided(now, coder)
    return made


@transaction.atomic
def suggestion_reject(coder: Coder, suggestion: Suggestion) -> None:
    """Say that a suggestion is wrong; it is not made again for this passage."""
    now = _locked(coder, suggestion)
    _open_require(now)
    now.rejected_at = timezone.now()
    _decided(now, coder)


@transaction.atomic
def suggestion_reopen(coder: Coder, suggestion: Suggestion) -> None:
    """Take one's decision back: the coding that was made of it goes, by a step of its own.

    Raises
    ------
    Refusal
        ``suggestion_of_other`` when somebody else decided, ``suggestion_open`` when nobody did.
    """
    now = _locked(coder, suggestion)
    if now.decided_by_id != coder.person_id:
        raise Refusal(
            "Somebody else decided about this suggestion, and only they take that back.",
            code="suggestion_of_other",
        )
    if _is_open(now):
        raise Refusal("Nobody decided about this suggestion yet.", code="suggestion_open")
    if now.coding is not None and now.coding.removed_at is None:
        coding_remove(coder, now.coding, row_version=now.coding.row_version)
    now.coding = now.rejected_at = now.decided_at = now.decided_by = None
    now.save()


def _locked(coder: Coder, suggestion: Suggestion) -> Suggestion:
    rows = Suggestion.objects.select_for_update(of=("self",)).filter(pk=suggestion.pk)
    now = rows.select_related("code", "coding").first()
    if now is None or not suggestions_visible(coder.study).filter(pk=suggestion.pk).exists():
        raise Refusal("This suggestion is not there any more.", code="suggestion_gone")
    return now


def _is_open(now: Suggestion) -> bool:
    is_accepted = now.coding is not None and now.coding.removed_at is None
    return now.rejected_at is None and not is_accepted


def _open_require(now: Suggestion) -> None:
    if not _is_open(now):
        raise Refusal("Somebody decided about this suggestion already.", code="suggestion_decided")


def _decided(now: Suggestion, coder: Coder) -> None:
    now.decided_at, now.decided_by = timezone.now(), coder.person
    now.save()
