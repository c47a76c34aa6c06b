"""How do people come into a study: a participation with a pseudonym, and the rest in the vault?"""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from rodedraad.accounts.audit import audit_record
from rodedraad.accounts.models import Person
from rodedraad.errors import Refusal
from rodedraad.fieldwork.models import ContactLink, Participation
from rodedraad.fieldwork.states import state_reached
from rodedraad.fieldwork.vault import (
    ContactData,
    contact_keep,
    contact_remove,
    contacts_by_mail,
    contacts_keep,
)
from rodedraad.studies.models import Case, Study, Wave

FEWEST_NUMBERS = 1000
ROOM = 4


@dataclass(frozen=True, slots=True)
class PersonGiven:
    """One person as a form or a row of a file gives them."""

    case: Case
    role: str
    language: str = "nl"
    contact: ContactData = field(default_factory=ContactData)


@transaction.atomic
def people_add(
    wave: Wave, people: Sequence[PersonGiven], *, person: Person | None, origin: str
) -> list[Participation]:
    """Bring people into a wave, all or none, each with a pseudonym that tells nothing of order.

    Who may is decided where it is asked; see ``fieldwork.access``.

    Raises
    ------
    Refusal
        ``contact_twice`` when somebody with the same mail address is in this wave already.
    """
    study = Study.objects.select_for_update().get(pk=wave.study_id)
    mails = [each.contact.mail.lower() for each in people if each.contact.mail]
    if len(set(mails)) < len(mails) or mails_taken(wave, mails):
        raise Refusal(
            "Somebody with this mail address takes part in this wave already. Look them up in the "
            "list, or give another address.",
            code="contact_twice",
        )
    drawn = pseudonyms_draw(study, [each.role for each in people])
    made = Participation.objects.bulk_create(
        Participation(
            study=study,
            wave=wave,
            case=each.case,
            role=each.role,
            language=each.language,
            pseudonym=pseudonym,
        )
        for each, pseudonym in sorted(zip(people, drawn, strict=True), key=lambda pair: pair[1])
    )
    by_pseudonym = {each.pseudonym: each for each in made}
    kept = [
        (by_pseudonym[pseudonym], each.contact)
        for each, pseudonym in zip(people, drawn, strict=True)
    ]
    contacts_keep(kept)
    audit_record(
        person=person,
        action="contacts_add",
        object=f"study:{study.slug} contacts:{len(kept)}",
        origin=origin,
    )
    return [participation for participation, _data in kept]


def mails_taken(wave: Wave, mails: Collection[str]) -> set[str]:
    """Return which mail addresses somebody in this wave has already, in lower case."""
    contacts = contacts_by_mail(mails)
    ours = Participation.objects.filter(wave=wave).values("uuid")
    linked = ContactLink.objects.filter(contact__in=contacts.values(), participation__in=ours)
    taken = set(linked.values_list("contact", flat=True))
    return {mail for mail, contact in contacts.items() if contact.pk in taken}


def pseudonyms_draw(study: Study, roles: Sequence[str]) -> list[str]:
    """Draw a pseudonym for each role: its letter and a random number free in the study.

    The caller holds a lock on the study, so that two at once draw different ones.
    """
    taken = set(Participation.objects.filter(study=study).values_list("pseudonym", flat=True))
    highest = FEWEST_NUMBERS
    while highest < ROOM * (len(taken) + len(roles)):
        highest *= 10
    drawn = []
    for role in roles:
        pseudonym = ""
        while not pseudonym or pseudonym in taken:
            pseudonym = f"{role}-{secrets.randbelow(9 * highest) + highest}"
        taken.add(pseudonym)
        drawn.append(pseudonym)
    return drawn


@transaction.atomic
def contact_change(
    participation: Participation, data: ContactData, *, person: Person, origin: str
) -> None:
    """Keep other contact data for a participation, and write that down.

    Raises
    ------
    Refusal
        ``contact_twice`` when somebody else in the wave has this mail address.
    """
    others = Participation.objects.filter(wave=participation.wave_id).exclude(pk=participation.pk)
    contact = contacts_by_mail([data.mail]).get(data.mail.lower()) if data.mail else None
    if contact and ContactLink.objects.filter(
        contact=contact, participation__in=others.values("uuid")
    ):
        raise Refusal(
            "Somebody else in this wave has this mail address already. Give another one.",
            code="contact_twice",
        )
    contact_keep(participation, data)
    _recorded(participation, "contact_change", person, origin)


@transaction.atomic
def contact_forget(participation: Participation, *, person: Person, origin: str) -> None:
    """Remove the contact data of a participation for good, and write that down.

    What the person answered stays, with the pseudonym; nobody can tell any more whose it is.
    """
    if contact_remove(participation):
        _recorded(participation, "contact_remove", person, origin)


@transaction.atomic
def participation_state_set(
    participation: Participation, state: str, *, reason: str, person: Person, origin: str
) -> None:
    """Write down by hand how far a participation is: refused, not reached, and so on."""
    if state not in Participation.State.values:
        raise Refusal("There is no such state. Choose one of the list.", code="state_unknown")
    day = timezone.localdate()
    state_reached(participation, state, reason=reason, day=day, person=person)
    _recorded(participation, "participation_state", person, origin, f" {state}")


def _recorded(
    participation: Participation, action: str, person: Person, origin: str, more: str = ""
) -> None:
    name = f"study:{participation.study.slug} participation:{participation.pseudonym}{more}"
    audit_record(person=person, action=action, object=name, origin=origin)
