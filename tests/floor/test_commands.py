"""Commands: what they refuse before they start any work."""

import socket

import pytest

from rodedraad.cli.site import require_free_port
from rodedraad.errors import Refusal


def test_a_port_in_use_is_refused_and_a_free_one_named() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Refusal, match=rf"Port {port} .*make run PORT=\d+"):
            require_free_port("127.0.0.1", port)


def test_a_free_port_is_accepted() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    require_free_port("127.0.0.1", port)
