"""Is every page there whose code is imported only when it is asked for?"""

import os
import signal
import subprocess
import sys
from importlib import import_module
from threading import Thread, get_ident

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from rodedraad import later
from rodedraad.cli.site import require_running
from rodedraad.errors import Refusal
from rodedraad.later import Later, Rests
from rodedraad.web import serving


def patterns(resolver):
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from patterns(each)
        else:
            yield each


def views() -> list[URLPattern]:
    return [
        each
        for each in patterns(get_resolver())
        if (each.callback.__doc__ or "").startswith("See ``rodedraad.")
    ]


def test_every_page_that_is_imported_later_exists():
    found = views()
    assert len(found) > 20
    for each in found:
        assert callable(getattr(import_module(each.callback.__module__), each.callback.__name__))


def test_a_module_that_does_not_exist_is_noticed_when_it_is_loaded():
    with pytest.raises(ModuleNotFoundError):
        Later("rodedraad.nowhere").load()


LOADED = """
import sys, threading
from importlib import import_module
import rodedraad.web.wsgi as wsgi
from django.db import connection
print([
    all(name in sys.modules for name in wsgi.AT_ONCE),
    [name for name in ("lxml", "polars", "scipy") if name in sys.modules],
    connection.connection is None, threading.active_count(),
])
"""


def test_answering_is_loaded_before_a_request_and_what_forks_holds_no_thread_or_connection():
    # Both would be shared by the processes that gunicorn forks: one answers with another's rows.
    told = subprocess.run(
        [sys.executable, "-c", LOADED], capture_output=True, text=True, check=True
    )
    assert told.stdout.split("\n")[0] == "[True, [], True, 1]"


def test_gunicorn_loads_the_site_before_it_forks_and_the_rest_in_each_process(monkeypatch):
    called = []
    monkeypatch.setattr("rodedraad.web.wsgi.worker_begun", lambda: called.append(True))
    serving.post_worker_init(object())
    assert serving.preload_app
    assert called == [True]


@pytest.fixture
def command(monkeypatch):
    """The end of the pipe that the command holds which started the site."""
    there, here = os.pipe()
    with os.fdopen(there) as standard_input, os.fdopen(here, "wb", buffering=0) as held:
        monkeypatch.setenv("RODEDRAAD_SERVE_WHEN_TOLD", "1")
        monkeypatch.setattr(sys, "stdin", standard_input)
        yield held


def test_what_loads_ahead_serves_when_told(command):
    command.write(b"serve\n")
    serving.on_starting(object())


def test_what_loads_ahead_ends_with_the_command_that_should_tell(command):
    command.close()
    with pytest.raises(SystemExit):
        serving.on_starting(object())


def test_gunicorn_by_itself_waits_for_nobody(monkeypatch):
    monkeypatch.delenv("RODEDRAAD_SERVE_WHEN_TOLD", raising=False)
    monkeypatch.setattr(sys, "stdin", None)
    serving.on_starting(object())


@pytest.mark.parametrize("above_is_there", [True, False])
def test_the_site_ends_when_the_command_that_started_it_is_gone(
    command, monkeypatch, above_is_there
):
    above = os.getppid()
    ended = []
    monkeypatch.setattr(os, "kill", lambda *asked: ended.append(asked))
    watching = Thread(target=serving.end_with_command, args=[sys.stdin.fileno(), above])
    watching.start()
    watching.join(timeout=0.2)
    assert (watching.is_alive(), ended) == (True, [])
    if not above_is_there:  # then the system has put another above it
        monkeypatch.setattr(os, "getppid", lambda: 1)
    command.close()
    watching.join(timeout=10)
    assert ended == ([(above, signal.SIGTERM)] if above_is_there else [])


def test_a_site_that_stopped_by_itself_is_not_announced():
    failed = subprocess.Popen([sys.executable, "-c", "raise SystemExit(3)"])
    failed.wait()
    with pytest.raises(Refusal, match="exit code 3"):
        require_running(failed)


@pytest.fixture
def rested(monkeypatch):
    """The seconds that imports ahead of time rested."""
    found: list[float] = []
    monkeypatch.setattr(later.time, "sleep", found.append)
    return found


def imported_with(rests: Rests) -> None:
    rests.thread, rests.spent = get_ident(), 0.0
    rests.find_spec("anything")


def test_imports_ahead_of_time_rest_after_a_save_and_only_then(rested):
    rests = Rests()
    imported_with(rests)
    assert rested == []
    rests.busy()
    imported_with(rests)
    assert len(rested) == 1
    assert rested[0] > 0


def test_imports_ahead_of_time_do_not_rest_while_somebody_waits_for_a_page(rested):
    rests = Rests()
    rests.busy()
    rests.awaited = 1
    imported_with(rests)
    assert rested == []


def test_whoever_imports_for_a_page_never_rests(rested):
    rests = Rests()
    rests.busy()
    rests.thread = get_ident() + 1
    rests.find_spec("anything")
    assert rested == []
