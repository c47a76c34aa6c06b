"""Does a worker run beside the site, start again when it dies, and end with the site?"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable

import psutil
import pytest

from rodedraad.cli import worker_beside
from rodedraad.cli.worker_beside import WorkerBeside

COMMAND = [sys.executable, "-m", "rodedraad.cli"]


def wait_for(found: Callable[[], object], seconds: float = 60.0) -> object:
    """Wait until something is found, return it, and fail when it is not."""
    until = time.monotonic() + seconds
    while not (it := found()):
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.1)
    return it


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def workers_of(process: subprocess.Popen[bytes]) -> list[psutil.Process]:
    return [
        child
        for child in psutil.Process(process.pid).children()
        if child.status() != psutil.STATUS_ZOMBIE and "--with-parent" in child.cmdline()
    ]


def test_the_worker_of_a_site_starts_again_when_it_is_killed_and_ends_with_the_site() -> None:
    site = subprocess.Popen(
        [*COMMAND, "serve", "--port", str(free_port())], stdout=subprocess.DEVNULL, env=os.environ
    )
    try:
        first = wait_for(lambda: workers_of(site))[0]
        first.kill()
        wait_for(lambda: [each for each in workers_of(site) if each.pid != first.pid])
        processes = psutil.Process(site.pid).children(recursive=True)
        for _ in range(200):  # `make` and a terminal each tell it, so it may come twice at once
            site.send_signal(signal.SIGTERM)
        site.wait(20)
    finally:
        site.kill()
    assert not any(each.is_running() for each in processes)


def test_all_processes_of_a_site_end_when_its_command_is_killed() -> None:
    site = subprocess.Popen(
        [*COMMAND, "serve", "--port", str(free_port())], stdout=subprocess.DEVNULL, env=os.environ
    )
    try:
        wait_for(lambda: workers_of(site))
        processes = psutil.Process(site.pid).children(recursive=True)
    finally:
        site.kill()
        site.wait()
    assert len(processes) > 2
    wait_for(lambda: not any(each.is_running() for each in processes), seconds=30)


def test_a_worker_without_work_ends_when_told_to(db: None) -> None:
    done = subprocess.run([*COMMAND, "worker", "--until-empty"], check=False, timeout=60)
    assert done.returncode == 0


class Dead:
    """A process that ended at once."""

    def __init__(self, command: list[str], env: dict[str, str]) -> None:
        STARTED.append(command)

    def poll(self) -> int:
        return 1


STARTED: list[list[str]] = []


def test_a_worker_that_keeps_dying_is_given_up_with_a_word(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    STARTED.clear()
    monkeypatch.setattr(worker_beside.subprocess, "Popen", Dead)
    monkeypatch.setattr(WorkerBeside, "_site_answers", lambda self: True)
    beside = WorkerBeside("127.0.0.1", 1)
    for _ in range(20):
        beside.look()
    beside.end()
    assert len(STARTED) == 3
    assert capsys.readouterr().err.count("rodedraad worker") == 1


def test_no_worker_is_started_before_the_site_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    STARTED.clear()
    monkeypatch.setattr(worker_beside.subprocess, "Popen", Dead)
    WorkerBeside("127.0.0.1", free_port()).look()
    assert STARTED == []
