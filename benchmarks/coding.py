"""How long does it take to add a coding in a long text, at the server?

Run: RODEDRAAD_HOME=... python benchmarks/coding.py [--characters 1000000] [--codes 200]
     [--codings 2000] [--elsewhere 0] [--rounds 200] [--peer]

In a database of its own, which is dropped afterwards: a text of so many characters with an emoji
in each paragraph, a codebook, and codings that are there already. Prints the median and the 95th
percentile of the whole request (session, access, check of the quote, write, commit), of the action
alone, of showing the page, and of asking whether others changed something. ``--elsewhere`` puts so
many codings in another text of the study first. The goals are 30 ms for the request that adds, and
200 ms and 15 statements for a window. Prints the load of the machine too: on a busy one, every
figure is larger.

``--peer`` measures Taguette adding a highlight in a text of 1,000,000 characters, over HTTP, in the
same run, in an environment apart (``taguette_peer.py``), and prints how many times ours it takes.
Needs the internet.
"""

import argparse
import os
import random
from collections.abc import Callable

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rodedraad.settings")
django.setup()

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import connection
from django.test import Client
from django.test.utils import (
    CaptureQueriesContext,
    setup_databases,
    setup_test_environment,
    teardown_databases,
)

from processor import Took, told, took
from rodedraad.accounts.models import Person
from rodedraad.coding.actions.codes import CodeFacts, code_add
from rodedraad.coding.actions.codings import coding_add
from rodedraad.coding.codebook import codebook_current
from rodedraad.coding.models import Coder, Coding
from rodedraad.coding.rounds import coder_for
from rodedraad.memory import loaded_keep
from rodedraad.sources.actions import SourceFacts, source_add
from rodedraad.sources.models import SourceVersion
from rodedraad.studies.actions import study_create
from rodedraad.studies.template import template_load
from taguette_peer import peer_measured

GOAL_MS = 30
WINDOW_MS = 200
STATEMENTS = 15
WORDS = ("de", "raad", "besluit", "wijkteam", "leert", "van", "inwoners", "\U0001f600", "buurt")


def text_make(n: int, lot: random.Random) -> str:
    """Return a text of exactly ``n`` characters, in paragraphs of some five hundred."""
    parts: list[str] = []
    length = 0
    while length < n:
        part = " ".join(lot.choices(WORDS, k=90)) + "\n\n"
        parts.append(part)
        length += len(part)
    return "".join(parts)[: n - 1].rstrip() + "\n"


def timed(name: str, work: Callable[[int], object], rounds: int) -> Took:
    """Print what ``work`` takes and return the 95th percentiles."""
    work(-1)
    loaded_keep()  # as a web process does
    return told(name, [took(lambda n=number: work(n)) for number in range(rounds)])


def fill(version: SourceVersion, coder: Coder, codes: list, n: int, lot: random.Random) -> None:
    """Put codings in the text at once, as an import would."""
    book = codebook_current(coder.study, person=None)
    starts = [lot.randrange(version.n_characters - 200) for _ in range(n)]
    Coding.objects.bulk_create(
        Coding(
            study=coder.study, version=version, start=start, end=start + 100, coder=coder,
            code=lot.choice(codes), codebook_version=book, made_at=book.made_at,
            quote=version.text[start : start + 100],
        )
        for start in starts
    )  # fmt: skip


def statements_of(work: Callable[[], object]) -> int:
    """Return how many statements reach the database, those of the transaction too."""
    with CaptureQueriesContext(connection) as asked:
        work()
    return len(asked)


def measure(asked: argparse.Namespace) -> tuple[Took, Took, int]:
    """Make the study and time what a coder does.

    Returns the 95th percentiles of the request that adds and of a window, and how many statements
    the window takes.
    """
    lot = random.Random(20)
    person = Person.objects.create_user("meter@voorbeeld.test", name="Meter")
    TOTP.activate(person, generate_totp_secret())
    study = study_create(
        template=template_load("living-labs"), slug="meting", person=person, origin="benchmark"
    )
    text = text_make(asked.characters, lot)
    source = source_add(
        study, text.encode(), "meting.txt", SourceFacts(), person=None, origin="benchmark"
    )
    version = source.versions.get()
    text = version.text
    coder = coder_for(study, person)
    names = [f"Code {number}" for number in range(asked.codes)]
    codes = [code_add(coder, CodeFacts(name=name, definition="x" * 200)) for name in names]
    fill(version, coder, codes, asked.codings, lot)
    if asked.elsewhere:
        other = source_add(
            study, f"Ander. {text}".encode(), "ander.txt", SourceFacts(), person=None,
            origin="benchmark",
        )  # fmt: skip
        fill(other.versions.get(), coder, codes, asked.elsewhere, lot)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    client = Client()
    client.force_login(person)
    page = f"/studies/meting/bronnen/{source.uuid}/coderen/"
    print(f"{version.n_characters} characters, {asked.codes} codes, {asked.codings} codings, "
          f"{asked.elsewhere} elsewhere in the study")  # fmt: skip

    def place(number: int) -> tuple[int, int]:
        start = (number * 7919 + 11) * 977 % (version.n_characters - 400)
        return start, start + 40 + number % 200

    def request(number: int) -> None:
        start, end = place(number)
        given = {"version": version.pk, "code": names[number % asked.codes], "start": start,
                 "end": end, "quote": text[start:end]}  # fmt: skip
        answer = client.post(f"{page}toevoegen/", given)
        if answer.status_code != 302:
            raise SystemExit(f"The coding was not added: {answer.status_code}.")

    def action(number: int) -> None:
        start, end = place(number + asked.rounds + 1)
        coding_add(
            coder, version.pk, codes[number % asked.codes], place=(start, end),
            quote=text[start:end],
        )  # fmt: skip

    p95 = timed("add a coding: the whole request", request, asked.rounds)
    timed("add a coding: the action", action, asked.rounds)

    def window(number: int) -> None:
        if client.get(page, {"plek": place(number)[0]}).status_code != 200:
            raise SystemExit("The window was not shown.")

    shown = timed("show a window of the text", window, 40)
    n_window = statements_of(lambda: window(1))
    print(f"statements: {statements_of(lambda: request(-2))} to add, {n_window} for a window")
    timed("ask whether others changed something", lambda _: client.get(f"{page}stand/"), 40)
    added = Coding.objects.filter(version=version).count() - asked.codings
    if added != 2 * (asked.rounds + 1) + 1:
        raise SystemExit(f"{added} codings were written.")
    return p95, shown, n_window


def reached(what: str, found: float, goal: float) -> None:
    """Print whether a goal is reached."""
    is_reached = "reached" if found <= goal else "not reached"
    print(f"goal {goal} for {what}: {is_reached} ({found:.1f})")


def beside_taguette(ours_ms: float) -> None:
    """Print what Taguette takes to add a highlight, and how many times ours that is."""
    peer = peer_measured()
    if peer is not None:
        theirs = peer.add_p95 * 1000
        print(f"Taguette, adding one: p95 {theirs:.1f} ms, {theirs / ours_ms:.1f} times ours")


def main() -> None:
    """Read what is asked, and measure in a database that is dropped afterwards."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--characters", type=int, default=1_000_000)
    parser.add_argument("--codes", type=int, default=200)
    parser.add_argument("--codings", type=int, default=2_000)
    parser.add_argument("--elsewhere", type=int, default=0)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--peer", action="store_true")
    asked = parser.parse_args()
    setup_test_environment()
    kept = setup_databases(verbosity=0, interactive=False)
    try:
        p95, shown, n_window = measure(asked)
    finally:
        teardown_databases(kept, verbosity=0)
    print(f"load of the machine in the last minute: {os.getloadavg()[0]:.1f}")
    for name in Took._fields:
        reached(f"ms to add a coding, {name}", getattr(p95, name), GOAL_MS)
        reached(f"ms for a window, {name}", getattr(shown, name), WINDOW_MS)
    reached("statements of a window", n_window, STATEMENTS)
    if asked.peer:
        beside_taguette(p95.wall)


if __name__ == "__main__":
    main()
