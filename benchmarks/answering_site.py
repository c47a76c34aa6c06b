"""A site of its own with one open survey, and people who answer it over real HTTP.

Used by ``answering.py`` and ``crashes.py``. Import it first: it gives this process, and the site
that it starts with ``rodedraad serve``, a data folder of their own with an embedded PostgreSQL.
"""

import asyncio
import atexit
import contextlib
import json
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

MADE = "BENCHMARK_HOME"
IS_FIRST = MADE not in os.environ  # processes of the engine import this again
HOME = Path(os.environ.setdefault(MADE, "") or tempfile.mkdtemp(prefix="rd-ans-"))
os.environ[MADE] = os.environ["RODEDRAAD_HOME"] = str(HOME)
os.environ.pop("DATABASE_URL", None)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rodedraad.settings")
if IS_FIRST:  # last of all that happens at the end, after PostgreSQL was stopped
    atexit.register(shutil.rmtree, HOME, ignore_errors=True)

import datetime

import django
import psutil

django.setup()

from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from rodedraad.fieldwork.models import Participation
from rodedraad.studies.models import Case, Framework, Study, Wave
from rodedraad.surveys.models import Survey, SurveyVersion
from rodedraad.surveys.ways_in import address_of, invitation_make, stratum_link_make

QUESTIONS = 20
CSRF = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
FILL = "/vragenlijst/invullen/"
QUIET_SECONDS = 60
"""On a machine where others compute, the site is busy with its pages longer than this."""
ORIGIN = "rd_antwoord"


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def survey_make(
    people: int,
    mode: str = "confidential",
    definition: dict[str, Any] | None = None,
    slug: str = "vragen",
) -> tuple[Survey, list[str]]:
    """Make a survey with one link for each person; return the paths.

    Of twenty questions, or as ``definition`` says, whose guard then allows a text in each ``q``.
    """
    call_command("migrate", verbosity=0)
    study = Study.objects.create(
        slug=f"meting-{slug}", title_nl="Meting", title_en="Benchmark",
        template_key="change-factors", template_version="1.0", template={}, simulated=True,
    )  # fmt: skip
    framework = Framework.objects.create(study=study, version=1)
    wave = Wave.objects.create(
        study=study, label="2026", reference_date=datetime.date(2026, 1, 1), framework=framework
    )
    survey = Survey.objects.create(
        study=study, wave=wave, slug=slug, title_nl="Vragen", mode=mode, state="open"
    )
    names = [f"q{number}" for number in range(1, QUESTIONS + 1)]
    elements = [{"type": "comment", "name": name, "maxLength": 4000} for name in names]
    elements[1]["visibleIf"] = "{q1} notempty"
    words = {"type": "string", "maxLength": 4000}
    SurveyVersion.objects.create(
        survey=survey, number=1, sha256="0" * 64, frozen_at=timezone.now(),
        definition=definition or {"pages": [
            {"name": f"p{at}", "elements": elements[at : at + 5]} for at in range(0, QUESTIONS, 5)
        ]},
        guard={
            "type": "object", "additionalProperties": False,
            "properties": dict.fromkeys(names, words),
        },
    )  # fmt: skip
    case = Case.objects.create(study=study, unit_code="GM0001", name="Proefstad")
    if mode == "anonymous":
        return survey, [address_of(stratum_link_make(survey, case, "U"))] * people
    paths = []
    for number in range(people):
        person = Participation.objects.create(
            study=study, wave=wave, case=case, role="U", pseudonym=f"P-{number:05}"
        )
        paths.append(address_of(invitation_make(survey, person)))
    return survey, paths


class Site:
    """``rodedraad serve`` on a free port, with what it writes in a file."""

    def __init__(self) -> None:
        self.port = free_port()
        self.log = HOME / "site.log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, *command: str) -> None:
        """Start it, and wait until it answers and has imported its pages, or nearly so."""
        self.begin(*command)
        until = time.monotonic() + 240
        while time.monotonic() < until and not self.listens():
            time.sleep(0.2)
        if time.monotonic() > until:
            raise SystemExit(f"The site did not start: {self.log.read_text()[-2000:]}")
        until = time.monotonic() + QUIET_SECONDS
        while time.monotonic() < until and not self._is_quiet():
            pass

    def begin(self, *command: str) -> None:
        """Start it, without waiting for anything."""
        command = command or (
            sys.executable, "-m", "rodedraad.cli", "serve", "--port", str(self.port), "--no-worker",
        )  # fmt: skip
        environment = os.environ | {"RODEDRAAD_BASE_URL": f"http://127.0.0.1:{self.port}"}
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, env=environment)

    def listens(self) -> bool:
        """Whether somebody takes connections."""
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port)):
            return True
        return False

    def _is_quiet(self) -> bool:
        """Whether its processes have imported all pages: they do so when they start."""
        time.sleep(1)  # the first child begins somewhat later than it listens
        before = self._cpu()
        time.sleep(2)
        return self._cpu() - before < 0.2

    def _cpu(self) -> float:
        return sum(sum(one.cpu_times()[:2]) for one in self.web_workers())

    def processes(self) -> list[psutil.Process]:
        """The process of ``serve`` (or gunicorn), and all under it, eldest first."""
        assert self.process is not None
        with contextlib.suppress(psutil.NoSuchProcess):
            eldest = psutil.Process(self.process.pid)
            return [eldest, *eldest.children(recursive=True)]
        return []

    def web_workers(self) -> list[psutil.Process]:
        """The processes of gunicorn that answer."""
        ours = [one for one in self.processes() if "gunicorn" in " ".join(one.cmdline())]
        return [one for one in ours if any(one.ppid() == other.pid for other in ours)]

    def kill(self) -> None:
        """Kill all of it at once, as a power cut would."""
        for one in self.processes():
            with contextlib.suppress(psutil.NoSuchProcess):
                one.kill()
        assert self.process is not None
        self.process.wait()

    def stop(self) -> None:
        """Stop it as Control-C does."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(30)
            self.kill()


@dataclass(slots=True)
class Answer:
    """What the server said."""

    status: int
    headers: list[tuple[str, str]]
    body: str

    def json(self) -> dict[str, object]:
        return json.loads(self.body)


@dataclass(slots=True)
class Person:
    """One respondent with a browser that keeps cookies and connects anew for each request."""

    number: int
    path: str
    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""
    saved: int = 0
    times: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    kept: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, method: str, path: str, body: bytes = b"", kind: str = "") -> Answer:
        """Send one request and read all of the answer."""
        head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n"
        head += (
            f"Cookie: {'; '.join(f'{name}={value}' for name, value in self.cookies.items())}\r\n"
        )
        if body or method == "POST":
            head += f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
            head += f"X-CSRFToken: {self.token}\r\n"
        head += "Connection: keep-alive\r\n\r\n" if self.kept else "Connection: close\r\n\r\n"
        reader, writer = self.kept or await asyncio.open_connection("127.0.0.1", self.port)
        try:
            writer.write(head.encode() + body)
            await writer.drain()
            told = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            headers = [tuple(line.split(": ", 1)) for line in told[1:] if ": " in line]
            length = next(
                (int(value) for name, value in headers if name.lower() == "content-length"), None
            )
            text = await (reader.read() if length is None else reader.readexactly(length))
        finally:
            if self.kept is None:
                writer.close()
        for name, value in headers:
            if name.lower() == "set-cookie":
                cookie, _, rest = value.partition("=")
                self.cookies[cookie] = rest.partition(";")[0]
        return Answer(int(told[0].split()[1]), headers, text.decode())

    async def begin(self) -> None:
        """Open the link, begin, and open the questionnaire."""
        self.token = self._token(await self.ask("GET", self.path))
        form = f"csrfmiddlewaretoken={self.token}".encode()
        begun = await self.ask("POST", self.path, form, "application/x-www-form-urlencoded")
        if begun.status != 302:
            raise ConnectionError(f"begin: {begun.status}")
        self.token = self._token(await self.ask("GET", FILL))

    def patch(self, sequence: int) -> dict[str, str]:
        """What this person answers in a save: no two are the same."""
        return {f"q{(sequence - 1) % QUESTIONS + 1}": f"persoon {self.number}, antwoord {sequence}"}

    async def save(self) -> Answer:
        """Send the next save once, and note how long it took when it was kept."""
        sequence = self.saved + 1
        sent = {"sequence": sequence, "patch": self.patch(sequence), "page": 0}
        begun = time.perf_counter()
        said = await self.ask(
            "POST", f"{FILL}bewaren/", json.dumps(sent).encode(), "application/json"
        )
        if said.status == 200:
            self.times.append((time.perf_counter() - begun) * 1000)
            self.saved = sequence
        return said

    async def insist(self) -> None:
        """Send the next save until it is confirmed, as the page does."""
        while True:
            try:
                said = await self.save()
            except (OSError, asyncio.IncompleteReadError):
                said = None
            if said is not None and said.status == 200:
                return
            if said is not None and said.status not in {429, 500, 502, 503}:
                self.faults.append(f"{said.status} {said.body[:80]}")
                return
            await asyncio.sleep(random.uniform(0.3, 1.3))

    async def finish(self) -> str:
        """Send the answers in, and ask until they were checked; return what they became."""
        body = json.dumps({"sequence": self.saved, "seconds": 300}).encode()
        state = "sent"
        while state in {"sent", "received"}:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError):
                if state == "sent":
                    said = await self.ask("POST", f"{FILL}klaar/", body, "application/json")
                    state = str(said.json()["state"]) if said.status == 202 else state
                else:
                    state = str((await self.ask("GET", f"{FILL}stand/")).json()["state"])
            await asyncio.sleep(0.25)
        return state

    def _token(self, page: Answer) -> str:
        found = CSRF.search(page.body)
        if page.status != 200 or found is None:
            raise ConnectionError(f"page: {page.status}")
        return found.group(1)


def database_settings_told() -> dict[str, str]:
    """What must be on for an answer to be on disk once it is confirmed."""
    with connection.cursor() as cursor:
        told = {}
        for name in ("fsync", "synchronous_commit", "full_page_writes", "track_commit_timestamp"):
            cursor.execute(f"SHOW {name}")
            told[name] = cursor.fetchone()[0]
    return told
