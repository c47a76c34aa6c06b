"""Commands: what they refuse before they start any work."""

import os
import socket
from pathlib import Path

import pytest
from click.testing import CliRunner

from rodedraad.cli.site import (
    recall_base_url,
    require_free_port,
    run_command,
    serve_command,
    set_base_url,
)
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


def test_the_address_that_is_served_is_the_one_to_sign_in_at(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "environ", {"RODEDRAAD_HOME": str(home)})
    set_base_url("127.0.0.1", 8123)
    del os.environ["RODEDRAAD_BASE_URL"]
    recall_base_url()
    assert os.environ["RODEDRAAD_BASE_URL"] == "http://127.0.0.1:8123"


@pytest.mark.parametrize("port", ["0", "-1", "65536", "99999", "acht"])
@pytest.mark.parametrize("command", [run_command, serve_command])
def test_a_port_that_cannot_be_is_refused_before_any_work(command, port: str) -> None:
    told = CliRunner().invoke(command, ["--port", port])
    assert told.exit_code == 2
    assert "--port" in told.output
