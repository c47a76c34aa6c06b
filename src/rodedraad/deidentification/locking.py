"""How does the command lock all names with the newest key, whole or not at all?"""

from django.db import transaction

from rodedraad.accounts.audit import audit_record
from rodedraad.deidentification.pseudonyms import names_lock_again


@transaction.atomic
def names_lock_again_logged() -> int:
    """Lock every name that an older key locked with the newest one; return how many."""
    n = names_lock_again()
    if n:
        audit_record(
            person=None,
            action="pseudonyms_lock_again",
            object=f"{n} names",
            origin="command",
        )
    return n
