"""How long does a search take in a study of 100,000 paragraphs, for the action and for the page?

Run: RODEDRAAD_HOME=... python benchmarks/search.py [--paragraphs 100000] [--texts 500]
     [--codings 20000] [--rounds 25]

In a database of its own, which is dropped afterwards; it is tidied up after the writing, as the
server itself does within a minute. The words of the paragraphs come from real
texts (``RODEDRAAD_SOURCES`` names a folder with ``text`` in it) when there are any, else from a
vocabulary of our own in which words are as unequal as in a language. The questions are a mix of
what people ask: single words from frequent to rare, several words, phrases, words near each other,
beginnings of words, and each with conditions. Prints median and 95th percentile of each kind and of
all; the goal is 50 ms for the action (question read, counted, a page found and marked). What begins
with ``*`` is looked up without an index, and is told apart.
"""

import argparse
import os
import random
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rodedraad.settings")
django.setup()

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import connection
from django.test import Client
from django.test.utils import setup_databases, setup_test_environment, teardown_databases

from processor import Took, told, took
from rodedraad.accounts.models import Person
from rodedraad.coding.actions.codes import CodeFacts, code_add
from rodedraad.coding.codebook import codebook_current
from rodedraad.coding.models import Coding
from rodedraad.coding.rounds import coder_for
from rodedraad.memory import loaded_keep
from rodedraad.search.asking import Asking, asking_of
from rodedraad.search.stems import stems_of
from rodedraad.sources.models import Source, SourceVersion
from rodedraad.sources.paragraphs import COPY
from rodedraad.studies.access import access_for
from rodedraad.studies.actions import study_create
from rodedraad.studies.models import Case, Study
from rodedraad.studies.template import template_load

GOAL_MS = 50
CHARACTERS = 580
CASES = 12
SYLLABLES = (
    "wij",
    "raad",
    "leer",
    "zorg",
    "ge",
    "ver",
    "ing",
    "en",
    "team",
    "loket",
    "buurt",
    "jeu",
)


def sentences_real() -> list[str]:
    """Return pieces of twelve words of real texts; none when there are none."""
    named = os.environ.get("RODEDRAAD_SOURCES")
    if not named:
        return []
    found: list[str] = []
    for path in sorted(Path(named).glob("text/**/*.*")):
        if path.suffix in {".md", ".txt", ".xml"}:
            text = re.sub(r"<[^>]+>", " ", path.read_text(encoding="utf-8", errors="ignore"))
            words = text.split()
            found += (" ".join(words[at : at + 12]) for at in range(0, len(words) - 12, 12))
    return found


def sentences_made(lot: random.Random) -> list[str]:
    """Return pieces of twelve made words, the n-th word n times rarer than the first."""
    words = ["".join(lot.choices(SYLLABLES, k=lot.randint(1, 4))) for _ in range(30_000)]
    weights = [1 / rank for rank in range(1, len(words) + 1)]
    drawn = lot.choices(words, weights, k=12 * 60_000)
    return [" ".join(drawn[at : at + 12]) for at in range(0, len(drawn), 12)]


def fill(study: Study, pieces: list[str], asked: argparse.Namespace, lot: random.Random) -> None:
    """Write the texts with their paragraphs, as bringing them in would."""
    cases = [
        Case.objects.create(study=study, unit_kind=study.unit_kind, unit_code=f"{n}", name=f"C{n}")
        for n in range(CASES)
    ]
    each = -(-asked.paragraphs // asked.texts)
    for number in range(asked.texts):
        parts: list[str] = []
        for _ in range(each):
            part = ""
            while len(part) < CHARACTERS:
                part += lot.choice(pieces) + lot.choice((" ", ". "))
            parts.append(part.strip())
        text = "\n\n".join(parts)
        source = Source.objects.create(
            study=study, title=f"Stuk {number}", sha256=f"{number}", case=lot.choice(cases),
            kind=lot.choice(("policy_document", "minutes", "law")),
            date=f"{2012 + number % 12}-03-01",
        )  # fmt: skip
        version = SourceVersion.objects.create(
            source=source, number=1, text=text, sha256=f"{number}", n_characters=len(text),
            extractor="benchmark",
        )  # fmt: skip
        at = 0
        with connection.cursor() as cursor, cursor.copy(COPY) as copy:
            for n, part in enumerate(parts, 1):
                copy.write_row((version.pk, n, at, at + len(part), "text", "", part))
                at += len(part) + 2


def code_some(study: Study, person: Person, n: int, lot: random.Random) -> str:
    """Put codings in the texts at once, as an import would, and return one of the codes."""
    coder = coder_for(study, person)
    codes = [code_add(coder, CodeFacts(name=f"Code {number}")) for number in range(20)]
    book = codebook_current(study, person=None)
    versions = list(SourceVersion.objects.filter(source__study=study))
    made: list[Coding] = []
    for _ in range(n):
        version = lot.choice(versions)
        start = lot.randrange(version.n_characters - 200)
        made.append(
            Coding(
                study=study, version=version, start=start, end=start + 150, coder=coder,
                code=lot.choice(codes), codebook_version=book, made_at=book.made_at,
                quote=version.text[start : start + 150],
            )
        )  # fmt: skip
    Coding.objects.bulk_create(made, batch_size=5_000)
    return str(codes[0].uuid)


def questions(pieces: list[str], lot: random.Random, n: int) -> dict[str, list[dict[str, str]]]:
    """Return ``n`` questions of each kind, with words drawn from what stands in the texts."""
    counts = Counter(word for piece in pieces for word in re.findall(r"[a-z]{4,}", piece.lower()))
    known = [word for word, _ in counts.most_common(4_000)]
    stems = stems_of(known)
    known = [word for word in known if stems[word]]

    def word() -> str:
        return known[min(int(lot.paretovariate(0.6)) - 1 + lot.randrange(40), len(known) - 1)]

    def phrase() -> str:
        while True:
            run = re.findall(r"\w+", lot.choice(pieces))[3:6]
            if len(run) == 3 and any(stems.get(one.lower()) for one in run):
                return f'"{" ".join(run)}"'

    kinds: dict[str, Callable[[], dict[str, str]]] = {
        "single": lambda: {"q": word()},
        "two words": lambda: {"q": f"{word()} {word()}"},
        "or, minus": lambda: {"q": f"({word()} OR {word()}) -{word()}"},
        "phrase": lambda: {"q": phrase()},
        "near": lambda: {"q": f"{word()} NEAR/{lot.randint(2, 10)} {word()}"},
        "beginning*": lambda: {"q": f"{word()[:6]}*"},
        "kind and dates": lambda: {"q": word(), "soort": "minutes", "vanaf": "2015-01-01"},
    }
    return {name: [make() for _ in range(n)] for name, make in kinds.items()}


def answered(asking: Asking) -> None:
    """Do what the page does for its answer, without the page."""
    found = asking.found(asking.question(), for_a_page=True)
    found.page(1)


def measure(asked: argparse.Namespace) -> Took:
    """Make the study and time the mix; return the 95th percentile of the action."""
    lot = random.Random(5)
    person = Person.objects.create_user("meter@voorbeeld.test", name="Meter")
    TOTP.activate(person, generate_totp_secret())
    study = study_create(
        template=template_load("living-labs"), slug="meting", person=person, origin="benchmark"
    )
    real = sentences_real()
    pieces = real or sentences_made(lot)
    written = took(lambda: fill(study, pieces, asked, lot))
    print(f"{'real' if real else 'made'} words; written in {written.wall / 1000:.0f} s")
    code = code_some(study, person, asked.codings, lot)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE sources_paragraph, sources_sourceversion, coding_coding")
    mix = questions(pieces, lot, asked.rounds)
    mix["in coded passages"] = [one | {"code": code} for one in mix["single"]]
    access = access_for(person, study.slug)
    client = Client()
    client.force_login(person)
    page = f"/studies/{study.slug}/zoeken/"
    for given in mix["single"][:3]:
        answered(asking_of(access, given))
        client.get(page, given)
    loaded_keep()  # as a web process does
    action: list[Took] = []
    whole: list[Took] = []
    for name, asked_for in mix.items():
        times = [took(lambda g=given: answered(asking_of(access, g))) for given in asked_for]
        pages = [took(lambda g=given: client.get(page, g)) for given in asked_for]
        told(name, times)
        action += times
        whole += pages
    p95 = told("all: the action", action)
    told("all: the page", whole)
    slow = [{"q": f"*{one['q'][-4:]}"} for one in mix["single"][:5]]
    told("*end, without an index", [took(lambda g=g: answered(asking_of(access, g)))
                                      for g in slow])  # fmt: skip
    passages = [one | {"waar": "passages"} for one in mix["single"]]
    told("words of coded passages", [took(lambda g=g: client.get(page, g)) for g in passages])
    return p95


def main() -> None:
    """Read what is asked, and measure in a database that is dropped afterwards."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--paragraphs", type=int, default=100_000)
    parser.add_argument("--texts", type=int, default=500)
    parser.add_argument("--codings", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=25)
    asked = parser.parse_args()
    setup_test_environment()
    kept = setup_databases(verbosity=0, interactive=False)
    try:
        p95 = measure(asked)
    finally:
        teardown_databases(kept, verbosity=0)
    for name, ms in p95._asdict().items():
        print(f"goal {GOAL_MS} ms, {name}: {'reached' if ms <= GOAL_MS else 'not reached'}")


if __name__ == "__main__":
    main()
