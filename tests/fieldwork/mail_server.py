"""A mail server on this machine that takes, refuses, puts off, or breaks off, as told."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller


class Postbox:
    """Takes mails; addresses in ``refused`` get a 550, those in ``later`` a 451."""

    def __init__(self) -> None:
        self.mails: list[tuple[str, EmailMessage]] = []
        self.refused: set[str] = set()
        self.later: set[str] = set()
        self.breaks_off = False

    async def handle_RCPT(
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        plain = address.lower()
        if plain in self.refused:
            return "550 5.1.1 no such mailbox"
        if plain in self.later:
            return "451 4.7.1 come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:
        mail = message_from_bytes(envelope.content, policy=policy.default)
        self.mails.append((envelope.rcpt_tos[0].lower(), mail))  # type: ignore[arg-type]
        if self.breaks_off:
            server.transport.abort()
        return "250 OK"

    @property
    def addresses(self) -> list[str]:
        """To whom mails came, each as often as one came."""
        return sorted(address for address, _mail in self.mails)


@contextmanager
def mail_server() -> Iterator[tuple[Postbox, int]]:
    """Give a server on a free port, with what came in."""
    postbox = Postbox()
    controller = Controller(postbox, hostname="127.0.0.1", port=0)
    controller.port = _free_port()
    controller.start()
    try:
        yield postbox, controller.port
    finally:
        controller.stop()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
