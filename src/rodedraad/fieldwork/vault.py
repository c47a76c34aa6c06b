"""Who is behind a participation, and how are contact data kept locked?

Every function that opens contact data for a person writes so in the audit log. What a study was
given about somebody is locked with that participation; over studies one ``Contact`` knows only
the mail address, to count mails and to keep a wish for no mail.
"""

import datetime
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from rodedraad import sealing
from rodedraad.accounts.audit import audit_record
from rodedraad.accounts.models import Person
from rodedraad.fieldwork.models import Contact, ContactLink, Participation
from rodedraad.studies.models import Study

VAULT = sealing.Purpose(
    info="rodedraad vault",
    variable="RODEDRAAD_VAULT_KEY",
    file="vault_key",
    code="vault",
    what="Contact data",
)
REASONS = ("calling", "checking", "question", "changing", "letters", "mail")


@dataclass(frozen=True, slots=True, repr=False)
class ContactData:
    """How one person is called and reached; empty where it is not known."""

    name: str = ""
    mail: str = ""
    telephone: str = ""
    organisation: str = ""
    address: str = ""


def contact_keep(participation: Participation, data: ContactData) -> Contact:
    """Keep the contact data of a participation, new or in place of what there was.

    The contact is that of the mail address, over all studies. The caller holds the transaction
    and has seen that the person may.
    """
    link = ContactLink.objects.filter(participation=participation.uuid).first()
    before = link.contact if link else None
    same = before is not None and before.mark in _marks(data.mail)
    contact = before if before is not None and same else _contact_of(data.mail)
    key = sealing.key_current(VAULT)
    told = json.dumps(asdict(data), ensure_ascii=False).encode()
    ContactLink.objects.update_or_create(
        participation=participation.uuid,
        defaults={
            "contact": contact,
            "sealed": sealing.seal(key, told, _about(participation.uuid)),
            "key": key.code,
        },
    )
    if before is not None and before.pk != contact.pk:
        _contacts_clean(Contact.objects.filter(pk=before.pk))
    return contact


def contacts_keep(kept: Sequence[tuple[Participation, ContactData]]) -> None:
    """Keep the contact data of many new participations; see ``contact_keep``."""
    key = sealing.key_current(VAULT)
    mails = {_plain(data.mail) for _participation, data in kept if data.mail}
    contacts = contacts_by_mail(mails)
    new = {
        mail: Contact(**_contact_fields(mail))  # type: ignore[arg-type]
        for mail in sorted(mails - contacts.keys())
    }
    Contact.objects.bulk_create(new.values(), ignore_conflicts=True)
    if new:  # another may have brought in the same address meanwhile
        contacts |= contacts_by_mail(new)
    unnamed = [Contact(**_contact_fields("")) for _p, data in kept if not data.mail]  # type: ignore[arg-type]
    Contact.objects.bulk_create(unnamed)
    spare = iter(unnamed)
    ContactLink.objects.bulk_create(
        ContactLink(
            participation=participation.uuid,
            contact=contacts[_plain(data.mail)] if data.mail else next(spare),
            sealed=sealing.seal(
                key,
                json.dumps(asdict(data), ensure_ascii=False).encode(),
                _about(participation.uuid),
            ),
            key=key.code,
        )
        for participation, data in kept
    )


def contacts_open(
    study: Study,
    participations: Iterable[Participation],
    *,
    reason: str,
    person: Person | None,
    origin: str,
) -> dict[UUID, ContactData]:
    """Return the contact data of participations of a study, after writing down who asked and why.

    The caller has seen that the person may; ``reason`` is one of ``REASONS``. One without contact
    data is left out.
    """
    if reason not in REASONS:
        raise ValueError(f"'{reason}' is no reason to open contact data; see REASONS.")
    asked = [each.uuid for each in participations if each.study_id == study.pk]
    links = ContactLink.objects.filter(participation__in=asked)
    opened = {link.participation: _opened(link) for link in links}
    audit_record(
        person=person,
        action="contacts_read",
        object=f"study:{study.slug} contacts:{len(opened)} reason:{reason}",
        origin=origin,
    )
    return opened


def contact_opened_for_mail(participation: Participation) -> tuple[ContactLink, ContactData] | None:
    """Return the contact of one participation for the machine that mails; its run is logged."""
    found = ContactLink.objects.filter(participation=participation.uuid)
    link = found.select_related("contact").first()
    return None if link is None else (link, _opened(link))


def contacts_by_mail(mails: Iterable[str]) -> dict[str, Contact]:
    """Return the contacts with these mail addresses, found by their marks, in lower case."""
    marks = {mark: _plain(mail) for mail in mails if mail for mark in _marks(mail)}
    return {marks[found.mark]: found for found in Contact.objects.filter(mark__in=marks)}  # type: ignore[index]


def contact_remove(participation: Participation) -> bool:
    """Remove the contact data of a participation and say whether there were any.

    Of who wants no mail, or whose address does not work, the address stays locked: else the next
    study would mail them again.
    """
    link = ContactLink.objects.filter(participation=participation.uuid).first()
    if link is None:
        return False
    contact = link.contact_id
    link.delete()
    _contacts_clean(Contact.objects.filter(pk=contact))
    return True


def contacts_bounced(
    contacts: QuerySet[Contact], *, day: datetime.date, reason: str
) -> Sequence[UUID]:
    """Mark contacts as not to be reached by mail and return their participations."""
    reached = list(contacts.values_list("pk", flat=True))
    Contact.objects.filter(pk__in=reached, bounced_on=None).update(
        bounced_on=day, bounce_reason=reason[:200]
    )
    links = ContactLink.objects.filter(contact__in=reached)
    return list(links.values_list("participation", flat=True))


@transaction.atomic
def contacts_lock_again(origin: str = "command") -> int:
    """Lock all contact data that an older key locked with the newest one; return how many."""
    key = sealing.key_current(VAULT)
    n = 0
    for link in ContactLink.objects.exclude(key=key.code).select_for_update().iterator():
        opened = json.dumps(asdict(_opened(link)), ensure_ascii=False).encode()
        link.sealed = sealing.seal(key, opened, _about(link.participation))
        link.key = key.code
        link.save(update_fields=["sealed", "key"])
        n += 1
    for contact in Contact.objects.exclude(key=key.code).select_for_update().iterator():
        mail = _unsealed(contact.sealed, contact.key, f"contact {contact.uuid}").decode()
        changed = _contact_fields(mail, contact.uuid)
        Contact.objects.filter(pk=contact.pk).update(**changed)
        n += 1
    if n:
        audit_record(person=None, action="vault_lock_again", object=f"{n} contacts", origin=origin)
    return n


def _contact_of(mail: str) -> Contact:
    """Return the contact with this mail address, made when there is none."""
    found = contacts_by_mail([mail]).get(_plain(mail)) if mail else None
    if found is not None:
        return found
    made = _contact_fields(mail)
    if not mail:
        return Contact.objects.create(**made)
    return Contact.objects.get_or_create(mark=made.pop("mark"), defaults=made)[0]


def _contact_fields(mail: str, uuid: UUID | None = None) -> dict[str, object]:
    key = sealing.key_current(VAULT)
    made: dict[str, object] = {} if uuid else {"uuid": (uuid := _new())}
    return made | {
        "mark": _mark(key, mail) if mail else None,
        "sealed": sealing.seal(key, _plain(mail).encode(), f"contact {uuid}"),
        "key": key.code,
    }


def _new() -> UUID:
    return Contact().uuid


def _contacts_clean(contacts: QuerySet[Contact]) -> None:
    """Remove contacts that no study has any more and that hold no wish to keep."""
    contacts.filter(links=None, opted_out_on=None, bounced_on=None).delete()


def _marks(mail: str) -> list[str]:
    return [_mark(key, mail) for key in sealing.keys_all(VAULT)] if mail else []


def _mark(key: sealing.Key, mail: str) -> str:
    return sealing.digest(key, f"mail {_plain(mail)}")


def _plain(mail: str) -> str:
    return mail.strip().lower()


def _opened(link: ContactLink) -> ContactData:
    told: Mapping[str, str] = json.loads(
        _unsealed(link.sealed, link.key, _about(link.participation))
    )
    return ContactData(**{each.name: told.get(each.name, "") for each in fields(ContactData)})


def _unsealed(sealed: bytes, key: str, about: str) -> bytes:
    return sealing.unseal(VAULT, sealing.key_coded(VAULT, key), bytes(sealed), about)


def _about(participation: UUID) -> str:
    return f"participation {participation}"
