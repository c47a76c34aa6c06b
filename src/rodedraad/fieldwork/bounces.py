"""Which addresses does a mail server say do not work? Read from its reports (RFC 3464)."""

from collections.abc import Iterable
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from rodedraad.accounts.audit import audit_record
from rodedraad.fieldwork.models import Contact, ContactLink, Message
from rodedraad.fieldwork.sending import message_of_number
from rodedraad.fieldwork.vault import contacts_bounced, contacts_by_mail

LONGEST_STATUS = 12


def bounces_read(path: Path) -> tuple[int, int]:
    """Mark the contacts that reports in a file or folder name; return (reports, addresses)."""
    files = [path] if path.is_file() else sorted(each for each in path.rglob("*") if each.is_file())
    reports = addresses = 0
    for file in files:
        found = bounce_read(file.read_bytes())
        reports += found is not None
        addresses += found or 0
    return reports, addresses


@transaction.atomic
def bounce_read(content: bytes) -> int | None:
    """Mark the contacts that one report names and return how many; None when it is no report.

    Only what the server gave up for good counts: ``failed`` with a status that begins with 5.
    """
    mail = BytesParser(policy=policy.default).parsebytes(content)
    status = next(
        (part for part in mail.walk() if part.get_content_type() == "message/delivery-status"), None
    )
    if status is None:
        return None
    failed = dict(_failed(status))
    message = _message_named(mail)
    contacts = {found.pk for found in contacts_by_mail(failed).values()}
    if message is not None and failed:
        link = ContactLink.objects.filter(participation=message.participation.uuid).first()
        contacts |= {link.contact_id} if link else set()
        Message.objects.filter(pk=message.pk, state=Message.State.SENT).update(
            state=Message.State.BOUNCED, reason="report"
        )
    if contacts:
        day = timezone.localdate()
        code = next(iter(failed.values()))[:LONGEST_STATUS]
        contacts_bounced(Contact.objects.filter(pk__in=contacts), day=day, reason=code)
        audit_record(
            person=None,
            action="bounces_read",
            object=f"contacts:{len(contacts)}",
            origin="command",
        )
    return len(contacts)


def _failed(status: EmailMessage) -> Iterable[tuple[str, str]]:
    """Each address that was given up, with its status: one block of headers for each."""
    blocks = status.get_payload()
    for block in blocks if isinstance(blocks, list) else ():
        what = str(block.get("Action", "")).strip().lower()
        code = str(block.get("Status", "")).strip()
        told = block.get("Original-Recipient") or block.get("Final-Recipient") or ""
        address = str(told).partition(";")[2].strip().strip("<>").lower()
        if what == "failed" and code.startswith("5.") and address:
            yield address, code


def _message_named(mail: EmailMessage) -> Message | None:
    """The message of ours that the report gives back, by its number in the headers."""
    for part in mail.walk():
        number = _number_in(part)
        uuid = message_of_number(number) if number else None
        if uuid is not None:
            found = Message.objects.filter(uuid=uuid)
            return found.select_related("participation").first()
    return None


def _number_in(part: EmailMessage) -> str:
    """The Message-ID of the mail that a part gives back, whole or its headers; else empty."""
    kind = part.get_content_type()
    if kind == "text/rfc822-headers":
        told = part.get_payload(decode=True)
        content = told if isinstance(told, bytes) else b""
        given = BytesParser(policy=policy.default).parsebytes(content, headersonly=True)
        return str(given.get("Message-ID", ""))
    inside = part.get_payload() if kind == "message/rfc822" else None
    if isinstance(inside, list) and inside:
        return str(inside[0].get("Message-ID", ""))  # type: ignore[union-attr]
    return ""
