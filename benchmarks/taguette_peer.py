"""How fast is Taguette at the work that ours is measured at, on this machine and in this run?

Run: python benchmarks/taguette_peer.py [--codings 20000]

Installs Taguette 1.5.2 in an environment apart in a temporary folder (never in ours), serves it on
this machine with SQLite, and fills it with SIMULATED texts: 100 of 30,000 characters with 200 tags
and the highlights asked for, and one of 1,000,000 characters. Measured over HTTP: adding a
highlight in the long text (30 times after 3 to warm up), all highlights as CSV and as XLSX, and
the whole project as one file. Other benchmarks call ``peer_measured``; it gives None, with a line
that says why, when Taguette cannot be installed here.
"""

import argparse
import json
import os
import random
import shutil
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from dataclasses import asdict, dataclass
from pathlib import Path

import httpx

VERSION = "taguette==1.5.2"
WORDS = [
    "zorg",
    "team",
    "jeugd",
    "wijk",
    "gesprek",
    "huishouden",
    "plan",
    "gemeente",
    "hulp",
    "partner",
    "budget",
    "regel",
]
ADDED = 30


@dataclass(frozen=True, slots=True)
class PeerSeconds:
    """Seconds: the 95th percentile of adding one highlight, and three whole files."""

    add_p95: float
    csv: float
    xlsx: float
    project: float


def peer_measured(codings: int = 20_000) -> PeerSeconds | None:
    """Return what Taguette takes, or None when it cannot be had here."""
    folder = Path(tempfile.mkdtemp(prefix="rd-peer-"))
    try:
        program = _installed(folder)
        if program is None:
            return None
        return _measured(program, folder, codings)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _installed(folder: Path) -> Path | None:
    venv.create(folder / "env", with_pip=True)
    pip = [str(folder / "env/bin/pip"), "install", "--quiet", VERSION, "setuptools<81"]
    done = subprocess.run(pip, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"Taguette is not measured: it could not be installed ({done.stderr[-200:]!r}).")
        return None
    return folder / "env/bin/taguette"


def _measured(program: Path, folder: Path, codings: int) -> PeerSeconds:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    database = folder / "taguette.sqlite3"
    asked = [str(program), "--no-browser", "--port", str(port), "--database", str(database)]
    where = dict(os.environ, HOME=str(folder), LC_ALL="C.UTF-8")
    log = (folder / "log").open("w+")
    with subprocess.Popen(asked, env=where, stdout=log, stderr=log, text=True) as server:
        try:
            address = _address(server, folder / "log", port)
            project, long = _filled(database, codings)
            with httpx.Client(base_url=address[0], timeout=600, follow_redirects=True) as client:
                client.get(f"/?token={address[1]}" if address[1] else "/")
                return _timed(client, project, long)
        finally:
            server.terminate()


def _address(server: "subprocess.Popen[str]", log: Path, port: int) -> tuple[str, str]:
    """Return where it serves and the token it printed, once it answers."""
    for _ in range(120):
        time.sleep(0.5)
        if server.poll() is not None:
            raise SystemExit(f"Taguette ended: {log.read_text()[-500:]}")
        said = log.read_text()
        if "?token=" in said:
            return f"http://localhost:{port}", said.split("?token=")[1].split()[0]
    raise SystemExit("Taguette did not answer within a minute.")


def _text(characters: int, seed: int) -> str:
    chosen = random.Random(seed).choices(WORDS, k=characters // 6)
    return "<p>" + " ".join(chosen)[: characters - 7] + "</p>"


def _filled(database: Path, codings: int) -> tuple[int, int]:
    """Write the texts, tags and highlights; return the project and the long text."""
    draw = random.Random(1)
    now = "2026-01-01 00:00:00.000000"
    with sqlite3.connect(database) as held:
        login = held.execute("select login from users").fetchone()[0]
        project = held.execute(
            "insert into projects (name, description, created) values ('p', '', ?)", (now,)
        ).lastrowid
        held.execute(
            "insert into project_members (project_id, user_login, privileges)"
            " values (?, ?, 'ADMIN')",
            (project, login),
        )
        texts = [
            held.execute(
                "insert into documents (name, description, filename, created, project_id,"
                " text_direction, contents) values (?, '', ?, ?, ?, 'LEFT_TO_RIGHT', ?)",
                (f"d{n}", f"d{n}.html", now, project, _text(size, n)),
            ).lastrowid
            for n, size in enumerate([30_000] * 100 + [1_000_000])
        ]
        tags = [
            held.execute(
                "insert into tags (project_id, path, description) values (?, ?, '')",
                (project, f"t{n:03}"),
            ).lastrowid
            for n in range(200)
        ]
        for _ in range(codings):
            start = draw.randrange(29_000)
            made = held.execute(
                "insert into highlights (document_id, start_offset, end_offset, snippet)"
                " values (?, ?, ?, ?)",
                (draw.choice(texts[:-1]), start, start + 120, "zorg " * 24),
            ).lastrowid
            held.execute("insert into highlight_tags values (?, ?)", (made, draw.choice(tags)))
    return int(project or 0), int(texts[-1] or 0)


def _timed(client: httpx.Client, project: int, long: int) -> PeerSeconds:
    client.get(f"/project/{project}").raise_for_status()
    headers = {"X-XSRFToken": client.cookies["_xsrf"]}
    place = f"/api/project/{project}/document/{long}/highlight/new"
    seconds: list[float] = []
    for n in range(ADDED + 3):
        body = {"start_offset": 30_000 * n + 10, "end_offset": 30_000 * n + 130, "tags": []}
        started = time.perf_counter()
        client.post(place, json=body, headers=headers).raise_for_status()
        seconds.append(time.perf_counter() - started)
    files = f"/project/{project}/export"
    taken: list[float] = []
    for name in ("highlights/.csv", "highlights/.xlsx", "project.sqlite3"):
        started = time.perf_counter()
        client.get(f"{files}/{name}").raise_for_status()
        taken.append(time.perf_counter() - started)
    return PeerSeconds(statistics.quantiles(seconds[3:], n=20)[-1], *taken)


def main() -> None:
    """Measure and print it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--codings", type=int, default=20_000)
    found = peer_measured(parser.parse_args().codings)
    if found is None:
        sys.exit(1)
    print(json.dumps({name: round(value, 3) for name, value in asdict(found).items()}))


if __name__ == "__main__":
    main()
