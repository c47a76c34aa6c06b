"""How long do 20,000 quotes take as CSV and XLSX, and do others wait meanwhile?

Run: RODEDRAAD_HOME=... python benchmarks/quotes.py [--quotes 20000] [--rounds 3] [--peer]

In a database of its own, which is dropped afterwards: a study with so many quotes, served by the
real server as ``rodedraad serve`` starts it (two processes of four threads), which another process
asks for both files; meanwhile this one asks for pages and notes how long these take. The goals are
1 s for CSV, 3 s for XLSX, and 100 ms for the 95th percentile of the pages.

``--peer`` measures Taguette at the same work in the same run, in an environment apart
(``taguette_peer.py``), and prints how many times ours it takes. Needs the internet.
"""

import argparse
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from statistics import median, quantiles

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rodedraad.settings")
django.setup()

import httpx
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.db import connection, connections
from django.test import Client
from django.test.utils import setup_databases, setup_test_environment, teardown_databases

from processor import took
from rodedraad.accounts.models import Person
from rodedraad.coding.actions.codes import CodeFacts, code_add
from rodedraad.coding.codebook import codebook_current
from rodedraad.coding.models import Coding
from rodedraad.coding.rounds import coder_for
from rodedraad.sources.actions import SourceFacts, source_add
from rodedraad.studies.actions import study_create
from rodedraad.studies.template import template_load
from taguette_peer import peer_measured

GOALS = {"csv": 1.0, "xlsx": 3.0}
GOAL_MS = 100
ALONE_SECONDS = 8
PAGES = ("/studies/meting/", "/studies/meting/themas/", "/studies/meting/bronnen/")
WORDS = ("de", "wethouder", "en", "het", "wijkteam", "sprak", "met", "inwoners", "over", "geld")


def fill(n_quotes: int, n_texts: int = 100, n_codes: int = 200) -> str:
    """Make the study; return the session of its lead."""
    lot = random.Random(20)
    person = Person.objects.create_user("meter@voorbeeld.test", name="Meter")
    TOTP.activate(person, generate_totp_secret())
    study = study_create(
        template=template_load("living-labs"), slug="meting", person=person, origin="benchmark"
    )
    coder = coder_for(study, person)
    codes = [code_add(coder, CodeFacts(name=f"Code {number}")) for number in range(n_codes)]
    versions = []
    for number in range(n_texts):
        text = "\n\n".join(" ".join(lot.choices(WORDS, k=90)) for _ in range(50)) + f"\n{number}\n"
        source = source_add(
            study, text.encode(), f"tekst {number}.txt", SourceFacts(), person=None,
            origin="benchmark",
        )  # fmt: skip
        versions.append(source.versions.get())
    book = codebook_current(study, person=None)
    made = []
    for number in range(n_quotes):
        version = versions[number % n_texts]
        start = lot.randrange(version.n_characters - 300)
        made.append(
            Coding(
                study=study, version=version, start=start, end=start + 150, coder=coder,
                code=lot.choice(codes), codebook_version=book, made_at=book.made_at,
                quote=version.text[start : start + 150],
            )
        )  # fmt: skip
    Coding.objects.bulk_create(made, batch_size=5000)
    client = Client()
    client.force_login(person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def serve(port: int) -> subprocess.Popen[bytes]:
    """Start the server on the database of the benchmark."""
    kept = connection.settings_dict
    url = (
        f"postgresql://{kept['USER']}:{kept['PASSWORD']}@/{kept['NAME']}?host={kept['HOST']}"
        if str(kept["HOST"]).startswith("/")
        else f"postgresql://{kept['USER']}:{kept['PASSWORD']}@{kept['HOST']}:{kept['PORT'] or 5432}"
        f"/{kept['NAME']}"
    )
    environment = os.environ | {
        "DATABASE_URL": url, "RODEDRAAD_BASE_URL": f"http://127.0.0.1:{port}",
    }  # fmt: skip
    return subprocess.Popen(
        [
            sys.executable, "-m", "gunicorn", "rodedraad.web.wsgi:application",
            "--config", "python:rodedraad.web.serving", "--bind", f"127.0.0.1:{port}",
        ],
        env=environment,
    )  # fmt: skip


def others(client: httpx.Client, stop: threading.Event, times: list[float]) -> None:
    """Ask for pages, one after the other, until told to stop."""
    number = 0
    while not stop.is_set():
        begun = time.perf_counter()
        client.get(PAGES[number % len(PAGES)]).raise_for_status()
        times.append((time.perf_counter() - begun) * 1000)
        number += 1


def timed(base: str, session: str, form: str, n_quotes: int, rounds: int) -> tuple[float, float]:
    """Return the middle time of a whole file in s, and the 95th percentile of pages in ms."""
    cookies = {settings.SESSION_COOKIE_NAME: session}
    took: list[float] = []
    times: list[float] = []
    with httpx.Client(base_url=base, cookies=cookies, timeout=60) as aside:
        for _ in range(rounds):
            stop = threading.Event()
            beside = threading.Thread(target=others, args=(aside, stop, times))
            beside.start()
            command = (
                "import httpx,sys,time; begun = time.perf_counter(); "
                "answer = httpx.get(sys.argv[1], cookies={sys.argv[2]: sys.argv[3]}, timeout=60); "
                "answer.raise_for_status(); print(time.perf_counter() - begun, len(answer.content))"
            )
            done = subprocess.run(
                [sys.executable, "-c", command,
                 f"{base}/studies/meting/themas/citaten.{form}?vermelding=volledig",
                 settings.SESSION_COOKIE_NAME, session],
                check=True, capture_output=True, text=True,
            )  # fmt: skip
            stop.set()
            beside.join()
            seconds, size = done.stdout.split()
            took.append(float(seconds))
    p95 = quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
    print(
        f"{n_quotes} quotes as {form:<4} {median(took):6.2f} s, {int(size) / 1e6:.1f} MB; goal "
        f"{GOALS[form]} s; pages meanwhile: median {median(times):.0f} ms, p95 {p95:.0f} ms of "
        f"{len(times)}; goal {GOAL_MS} ms"
    )
    return median(took), p95


def pages_alone(base: str, session: str) -> None:
    """Print what pages take while no file is made: on a busy machine, the least that counts."""
    times: list[float] = []
    stop = threading.Event()
    with httpx.Client(
        base_url=base, cookies={settings.SESSION_COOKIE_NAME: session}, timeout=60
    ) as client:
        beside = threading.Thread(target=others, args=(client, stop, times))
        beside.start()
        time.sleep(ALONE_SECONDS)
        stop.set()
        beside.join()
    p95 = quantiles(times, n=20)[-1]
    print(f"pages with no file made: median {median(times):.0f} ms, p95 {p95:.0f} ms "
          f"of {len(times)}; load of the machine {os.getloadavg()[0]:.1f}")  # fmt: skip


def processor_alone(session: str, form: str) -> float:
    """Return the seconds of processor time of one file, made in this process with nothing else."""
    client = Client(HTTP_HOST="127.0.0.1")
    client.cookies[settings.SESSION_COOKIE_NAME] = session

    def whole() -> None:
        answer = client.get(f"/studies/meting/themas/citaten.{form}?vermelding=volledig")
        if answer.status_code != 200 or not b"".join(answer.streaming_content):
            raise SystemExit(f"No file: {answer.status_code}.")

    whole()
    return median(took(whole).processor for _ in range(3)) / 1000


def beside_taguette(ours: dict[str, float], n_quotes: int) -> None:
    """Print what Taguette takes for the same number of quotes, and how many times ours that is."""
    peer = peer_measured(n_quotes)
    if peer is not None:
        for form, seconds in {"csv": peer.csv, "xlsx": peer.xlsx}.items():
            print(f"Taguette, {form}: {seconds:.2f} s, {seconds / ours[form]:.1f} times ours")


def main() -> None:
    """Make the study, serve it, and time both files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quotes", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peer", action="store_true")
    asked = parser.parse_args()
    setup_test_environment()
    kept = setup_databases(verbosity=0, interactive=False)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = None
    try:
        session = fill(asked.quotes)
        server = serve(port)
        base = f"http://127.0.0.1:{port}"
        cookies = {settings.SESSION_COOKIE_NAME: session}
        with httpx.Client(base_url=base, cookies=cookies, timeout=60) as client:
            for _ in range(100):  # until it listens, and both processes have loaded the pages
                try:
                    for page in (*PAGES, "/studies/meting/themas/citaten.csv"):
                        client.get(page).raise_for_status()
                except httpx.TransportError:
                    time.sleep(0.3)
                    continue
                if _ > 20:
                    break
        pages_alone(base, session)
        ours: dict[str, float] = {}
        for form in GOALS:
            ours[form], _p95 = timed(base, session, form, asked.quotes, asked.rounds)
            busy = processor_alone(session, form)
            print(f"    {form} made with nothing beside it: {busy:.2f} s of the processor")
    finally:
        if server is not None:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=30)
        connections.close_all()
        teardown_databases(kept, verbosity=0)
    if asked.peer:
        beside_taguette(ours, asked.quotes)


if __name__ == "__main__":
    main()
