"""By which way does this installation send mail? It follows from two environment variables."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from rodedraad.errors import Refusal

SECONDS = 10
PORTS: Mapping[str, int] = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
ANYMAIL = "anymail"


def mail_settings(home: Path, host: str) -> dict[str, Any]:
    """Return Django's settings for mail.

    ``RODEDRAAD_MAIL`` is ``file`` (the default: one file for each mail in the data folder),
    ``console``, ``smtp://``, ``smtp+starttls://`` or ``smtps://`` with user, password, host and
    port, or ``anymail://`` with the name of a service, whose settings are JSON in
    ``RODEDRAAD_ANYMAIL``. ``RODEDRAAD_MAIL_FROM`` is the sender.

    Raises
    ------
    Refusal
        When it is none of these.
    """
    given = os.environ.get("RODEDRAAD_MAIL", "file")
    made: dict[str, Any] = {
        "DEFAULT_FROM_EMAIL": os.environ.get("RODEDRAAD_MAIL_FROM", f"Rode Draad <noreply@{host}>"),
        "EMAIL_TIMEOUT": SECONDS,
    }
    if given in ("file", "console"):
        backend = {"file": "filebased", "console": "console"}[given]
        made["EMAIL_BACKEND"] = f"django.core.mail.backends.{backend}.EmailBackend"
        made["EMAIL_FILE_PATH"] = str(home / "mail")
        return made
    parts = urlsplit(given)
    if parts.scheme in PORTS and parts.hostname:
        return made | {
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": parts.hostname,
            "EMAIL_PORT": parts.port or PORTS[parts.scheme],
            "EMAIL_HOST_USER": unquote(parts.username or ""),
            "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
            "EMAIL_USE_TLS": parts.scheme == "smtp+starttls",
            "EMAIL_USE_SSL": parts.scheme == "smtps",
        }
    if parts.scheme == ANYMAIL and parts.hostname:
        return made | {
            "EMAIL_BACKEND": f"anymail.backends.{parts.hostname}.EmailBackend",
            "ANYMAIL": _services(),
        }
    raise Refusal(
        "RODEDRAAD_MAIL is not understood. Make it file, console, smtp://…, smtp+starttls://…, "
        "smtps://… or anymail://service.",
        code="mail_setting_unknown",
    )


def _services() -> dict[str, Any]:
    try:
        told = json.loads(os.environ.get("RODEDRAAD_ANYMAIL", "{}"))
    except ValueError as fault:
        told = fault
    if not isinstance(told, dict):
        raise Refusal(
            'RODEDRAAD_ANYMAIL is no JSON object. Write it as {"POSTMARK_SERVER_TOKEN": "…"}.',
            code="mail_setting_unknown",
        )
    return told
