"""Where a request came from, as the audit log writes it."""

from django.http import HttpRequest


def request_origin(request: HttpRequest | None) -> str:
    """Return the network address of the connection; a header is not believed."""
    if request is None:
        return "command"
    return str(request.META.get("REMOTE_ADDR") or "unknown")
