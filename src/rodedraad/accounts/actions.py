"""What changes an account: making it, a link to set a password, switching it off and on."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.urls import reverse

from rodedraad.accounts.audit import audit_record
from rodedraad.accounts.models import Person
from rodedraad.errors import Refusal


def account_create(
    *, name: str, email: str, is_administrator: bool, by: Person, origin: str
) -> Person:
    """Make an account without a password that works; its owner sets one with a link."""
    person = Person.objects.create_user(email, name=name, is_administrator=is_administrator)
    audit_record(person=by, action="account_created", object=f"person {person.pk}", origin=origin)
    return person


def password_link(person: Person, *, by: Person, origin: str) -> str:
    """Return the path of a page on which ``person`` sets a password; it works once.

    It stops working when the password changes, and after ``PASSWORD_RESET_TIMEOUT``.
    """
    audit_record(
        person=by, action="password_link_made", object=f"person {person.pk}", origin=origin
    )
    key = default_token_generator.make_token(person)
    return reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(person), "key": key},
    )


def account_switch(person: Person, *, by: Person, origin: str) -> None:
    """Close an account, or open a closed one again.

    Raises
    ------
    Refusal
        When someone would close their own account, and so could lock everyone out.
    """
    _refuse_own_account(person, by)
    person.is_active = not person.is_active
    person.save(update_fields=["is_active"])
    action = "account_opened" if person.is_active else "account_closed"
    audit_record(person=by, action=action, object=f"person {person.pk}", origin=origin)


def second_factor_reset(person: Person, *, by: Person, origin: str) -> None:
    """Unlink the app and recovery codes of someone else; at sign-in they link a new app.

    Raises
    ------
    Refusal
        When it is one's own: whoever took over a session could then get rid of the second key.
    """
    _refuse_own_account(person, by)
    Authenticator.objects.filter(user=person).delete()
    audit_record(
        person=by, action="second_factor_reset", object=f"person {person.pk}", origin=origin
    )


def _refuse_own_account(person: Person, by: Person) -> None:
    if person == by:
        raise Refusal(
            "You cannot do this to your own account. Ask another administrator to do it.",
            code="own_account",
        )
