"""How fast are the pages about codes in a large study, and how many queries do they do?

Run: RODEDRAAD_HOME=... python benchmarks/overview_pages.py [--sources 5000] [--codings 200000]
     [--codes 200] [--cases 120] [--rounds 20] [--page matrix] [--profile]

In a database of its own, which is dropped afterwards: a study with so many sources over cases,
waves of talk and years, a tree of codes, and codings with strengths, laid in as an import would.
Asks every page about codes through Django's own client in this process; prints per page the wall
time and the time of the processor (this process and its database connection), and the number of
queries of a page that was asked before. The goals are 200 ms for the 95th percentile of the
processor and 15 queries. ``--page`` measures only addresses with these words in them;
``--profile`` prints where a page spends its time too. ``--keep`` leaves the database, and takes
the one that was left.
"""

import argparse
import cProfile
import os
import pstats
import random
import sys
from datetime import date, timedelta
from time import perf_counter

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rodedraad.settings")
django.setup()

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import connection, connections, transaction
from django.test import Client
from django.test.utils import (
    CaptureQueriesContext,
    setup_databases,
    setup_test_environment,
    teardown_databases,
)

from processor import told, took
from rodedraad.accounts.models import Person
from rodedraad.coding.actions.codes import CodeFacts, code_add
from rodedraad.coding.codebook import codebook_current
from rodedraad.coding.models import Coding
from rodedraad.coding.rounds import coder_for
from rodedraad.later import later_load
from rodedraad.memory import loaded_keep
from rodedraad.sources.models import Paragraph, Source, SourceVersion
from rodedraad.studies.actions import study_create
from rodedraad.studies.models import Case, Study
from rodedraad.studies.template import template_load

GOAL_MS, GOAL_QUERIES = 200, 15
STUDY = "/studies/meting/"
THEMES = f"{STUDY}themas/"
PAGES = (
    STUDY,
    f"{STUDY}bronnen/",
    THEMES,
    f"{THEMES}matrix/",
    f"{THEMES}matrix/?maat=sterkte&tel=optellen",
    f"{THEMES}samen/",
    f"{THEMES}samen/?waar=alinea",
    f"{THEMES}samen/?waar=tekens",
    f"{THEMES}tijd/",
    f"{THEMES}tijd/?per=maand",
    f"{THEMES}verzadiging/",
    f"{THEMES}citaten/",
    f"{THEMES}citaten/?vermelding=volledig",
)
ROLES = ("resident", "professional", "policy_officer", "councillor")
PARAGRAPHS, LONG = 20, 400


@transaction.atomic
def fill(asked: argparse.Namespace) -> Person:
    """Make the study; return its lead."""
    lot = random.Random(20)
    person = Person.objects.create_user("meter@voorbeeld.test", name="Meter")
    TOTP.activate(person, generate_totp_secret())
    study = study_create(
        template=template_load("living-labs"), slug="meting", person=person, origin="benchmark"
    )
    coder = coder_for(study, person)
    codes = []
    for number in range(asked.codes):  # one in ten stands at the top, the others under these
        above = lot.choice(codes[: len(codes) // 10 + 1]) if number % 10 else None
        codes.append(code_add(coder, CodeFacts(name=f"Code {number}"), parent=above))
    versions = sources_fill(study, lot, asked.sources, asked.cases)
    book = codebook_current(study, person=None)
    made = []
    for number in range(asked.codings):
        start = lot.randrange(PARAGRAPHS * LONG - 200)
        made.append(
            Coding(
                study=study, version=versions[number % len(versions)], start=start,
                end=start + 150, coder=coder, code=lot.choice(codes), codebook_version=book,
                made_at=book.made_at, quote="wijkteam " * 16, strength=lot.choice([None, 1, 2, 3]),
            )
        )  # fmt: skip
    Coding.objects.bulk_create(made, batch_size=5000)
    return person


def sources_fill(study: Study, lot: random.Random, n: int, n_cases: int) -> list[SourceVersion]:
    """Lay in the sources with a version of some paragraphs each."""
    cases = Case.objects.bulk_create(
        Case(study=study, name=f"Gemeente {number}", unit_code=f"GM{number:04}",
             role=Case.Role.MAIN, stratum=f"groep {number % 4}")
        for number in range(n_cases)
    )  # fmt: skip
    sources = Source.objects.bulk_create(
        Source(
            study=study, title=f"Bron {number}", kind=lot.choice(Source.Kind.values),
            case=lot.choice(cases), date=date(2015, 1, 1) + timedelta(lot.randrange(3650)),
            role=lot.choice(ROLES) if number % 2 else "", sha256=f"{number:064x}",
            respondent=f"R{number % 900}" if number % 2 else "",
        )
        for number in range(n)
    )  # fmt: skip
    text = ("wijkteam en inwoners " * 20)[: LONG - 2] + "\n\n"
    versions = SourceVersion.objects.bulk_create(
        (
            SourceVersion(source=source, number=1, text=text * PARAGRAPHS, sha256="0" * 64,
                          n_characters=LONG * PARAGRAPHS, extractor="benchmark")
            for source in sources
        ),
        batch_size=500,
    )  # fmt: skip
    Paragraph.objects.bulk_create(
        (
            Paragraph(version=version, number=number + 1, start=number * LONG,
                      end=number * LONG + LONG - 2, text=text[:-2])
            for version in versions
            for number in range(PARAGRAPHS)
        ),
        batch_size=5000,
    )  # fmt: skip
    return versions


def measure(client: Client, address: str, asked: argparse.Namespace) -> bool:
    """Print what a page takes; tell whether it keeps to the goals."""

    def page() -> None:
        answer = client.get(address)
        if answer.status_code != 200:
            raise SystemExit(f"{address} answers {answer.status_code}.")

    begun = perf_counter()
    page()
    first = (perf_counter() - begun) * 1000
    with CaptureQueriesContext(connection) as captured:
        page()
    queries = list(captured)
    p95 = told(address, [took(page) for _ in range(asked.rounds)])
    print(f"    {len(queries)} queries; the first time {first:.0f} ms", flush=True)
    if asked.profile:
        for query in queries:
            print(f"    {float(query['time']) * 1000:6.1f} ms {query['sql'][:160]}")
        profile = cProfile.Profile()
        profile.runcall(page)
        pstats.Stats(profile).sort_stats("cumulative").print_stats("rodedraad|numpy|django", 45)
    return p95.processor <= GOAL_MS and len(queries) <= GOAL_QUERIES


def main() -> int:
    """Make the study and measure; exit code 1 when a page misses a goal."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name, n in {"sources": 5000, "codings": 200_000, "codes": 200, "cases": 120}.items():
        parser.add_argument(f"--{name}", type=int, default=n)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--page", default="")
    parser.add_argument("--profile", action="store_true")
    parser.add_argument("--keep", action="store_true")
    asked = parser.parse_args()
    setup_test_environment()
    kept = setup_databases(verbosity=0, interactive=False, keepdb=asked.keep)
    try:
        person = Person.objects.filter(email="meter@voorbeeld.test").first() or fill(asked)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
            # Its helpers are other processes, whose time would not be counted.
            cursor.execute("SET max_parallel_workers_per_gather = 0")
        client = Client()
        client.force_login(person)
        print(f"{Source.objects.count()} sources, {Coding.objects.count()} codings; load of the "
              f"machine {os.getloadavg()[0]:.1f}")  # fmt: skip
        later_load()
        loaded_keep()  # as each process of the server does once it loaded the pages
        kept_to = [measure(client, page, asked) for page in PAGES if asked.page in page]
    finally:
        connections.close_all()
        teardown_databases(kept, verbosity=0, keepdb=asked.keep)
    return int(not all(kept_to))


if __name__ == "__main__":
    sys.exit(main())
