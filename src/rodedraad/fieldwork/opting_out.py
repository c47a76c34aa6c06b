"""How does somebody say that they want no mail of any study any more?"""

import base64
import binascii
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from rodedraad import sealing
from rodedraad.accounts.audit import audit_record
from rodedraad.accounts.models import Person
from rodedraad.errors import Refusal
from rodedraad.fieldwork.models import Contact, ContactLink, Participation
from rodedraad.fieldwork.vault import VAULT, contacts_bounced

ABOUT = "opting out"
BY_HAND = "by hand"


def opt_out_token(contact: Contact) -> str:
    """Return what stands in the address to opt out: nobody can read from it whose it is."""
    sealed = sealing.seal(sealing.key_current(VAULT), contact.uuid.bytes, ABOUT)
    return base64.urlsafe_b64encode(sealed).decode().rstrip("=")


def opt_out_address(contact: Contact) -> str:
    """Return the whole address at which a contact opts out."""
    return settings.BASE_URL + reverse("fieldwork:opt_out", args=[opt_out_token(contact)])


def contact_of_token(token: str) -> Contact | None:
    """Return whose token this is; None when it is none of ours, or the contact was removed."""
    try:
        sealed = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except (binascii.Error, ValueError):
        return None
    for key in sealing.keys_all(VAULT):
        try:
            uuid = UUID(bytes=sealing.unseal(VAULT, key, sealed, ABOUT))
        except Refusal:
            continue
        return Contact.objects.filter(pk=uuid).first()
    return None


def contact_opt_out(contact: Contact) -> None:
    """Keep that somebody wants no mail of any study; once said, the first day stays."""
    Contact.objects.filter(pk=contact.pk, opted_out_on=None).update(
        opted_out_on=timezone.localdate()
    )


def mail_stop(participation: Participation, why: str, *, person: Person, origin: str) -> None:
    """Write down by hand that somebody wants no mail, or that their address does not work."""
    link = ContactLink.objects.filter(participation=participation.uuid).first()
    if link is None:
        raise Refusal("This person has no contact data.", code="contact_missing")
    contacts = Contact.objects.filter(pk=link.contact_id)
    if why == "bounced":
        contacts_bounced(contacts, day=timezone.localdate(), reason=BY_HAND)
    else:
        contact_opt_out(contacts.get())
    audit_record(
        person=person,
        action="contact_bounced" if why == "bounced" else "contact_opted_out",
        object=f"study:{participation.study.slug} participation:{participation.pseudonym}",
        origin=origin,
    )
