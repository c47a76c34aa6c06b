"""What was done: the one function that writes a line of the audit log."""

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
