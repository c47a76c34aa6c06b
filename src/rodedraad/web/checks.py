"""Which settings must be right before a site is open to the internet."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register


@register("rodedraad")
def contact_is_set(**_: Any) -> list[CheckMessage]:
    """Refuse to start a site on https that tells nobody how to report a security problem."""
    if settings.CONTACT or not settings.HTTPS:
        return []
    return [
        Error(
            "RODEDRAAD_CONTACT is empty, so /.well-known/security.txt cannot be made.",
            hint="Set it to an e-mail address or web address for security reports.",
            id="rodedraad.E001",
        )
    ]
