"""What was done: the functions that write lines of the audit log."""

from collections.abc import Sequence

from rodedraad.accounts.models import AuditEvent, Person


def audit_record(
    *, person: Person | None, action: str, object: str, result: str = "done", origin: str
) -> None:
    """Append one line. ``origin`` is a network address, or ``command`` for the command line.

    None of the six fields may hold study content, names of respondents or secrets.
    """
    AuditEvent.objects.create(
        person=person, action=action, object=object[:200], result=result, origin=origin
    )


def audit_record_each(
    *, person: Person | None, action: str, objects: Sequence[str], origin: str
) -> None:
    """Append one line for each object, in one statement; otherwise as ``audit_record``."""
    AuditEvent.objects.bulk_create(
        AuditEvent(person=person, action=action, object=name[:200], result="done", origin=origin)
        for name in objects
    )
