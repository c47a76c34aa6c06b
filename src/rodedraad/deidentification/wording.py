"""In which words does a page tell what a place is, what found it, and what was decided?"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rodedraad.deidentification.models import Mark

Words = Mapping[str, str | Promise]

KINDS: Words = {
    "person": _("name of a person"),
    "bsn": _("citizen service number"),
    "iban": _("account number"),
    "email": _("e-mail address"),
    "url": _("web address"),
    "telephone": _("telephone number"),
    "birth_date": _("date of birth"),
    "kvk": _("number of the chamber of commerce"),
    "plate": _("number plate"),
    "address": _("home address"),
    "postcode": _("postcode"),
}
LOOKS: Mapping[str, str] = {
    "person": "name",
    "email": "web",
    "url": "web",
    "address": "place",
    "postcode": "place",
}
"""How a kind is underlined; all others are numbers."""

CERTAINTIES: Words = {
    "sure": pgettext_lazy("mark", "sure"),
    "likely": pgettext_lazy("mark", "likely"),
    "possible": pgettext_lazy("mark", "possible"),
}
DECISIONS: Words = {
    Mark.Decision.OPEN: pgettext_lazy("mark", "open"),
    Mark.Decision.ACCEPTED: pgettext_lazy("mark", "accepted"),
    Mark.Decision.REJECTED: pgettext_lazy("mark", "stays"),
    Mark.Decision.CHANGED: pgettext_lazy("mark", "changed"),
    Mark.Decision.ADDED: pgettext_lazy("mark", "added"),
}
DOUBTS: Words = {
    "check_failed": _("The check digit is not right: perhaps a slip, perhaps another number."),
    "allowed_name": _("This is also a name that stays. Here it looks like a person."),
}
FOUND_BY: Words = {
    "deduce": "deduce",
    "person": _("a person"),
}
FIELDS_LEFT: Words = {
    "title": _("the title of the source"),
    "file_name": _("the name of the file"),
    "origin": _("where it was got"),
    "respondent": _("the pseudonym of who speaks"),
    "label": _("who speaks in a paragraph"),
}


def found_by(rule: str) -> str:
    """Return what found a place; our own rules have one name for all."""
    return str(FOUND_BY.get(rule) or _("our own rules"))
