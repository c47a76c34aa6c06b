"""How fast is every page of a study of the whole country, and how many queries does it do?

Run: RODEDRAAD_HOME=... python benchmarks/national_pages.py [--page bewijs] [--profile] [--keep]

In a database of its own, which is dropped afterwards: a simulated study of all 342 municipalities
with 20,000 respondents, 5,000 documents and 200,000 codings (see ``national_study.py``). Walks the
URL patterns below ``studies/<study>/`` and asks each that answers a GET as the lead would, through
Django's own client in this process; a pattern that needs an object gets one from ``objects_of``,
and a new pattern without one stops the walk. Prints per page the queries, and median and 95th
percentile of wall time and of the time of the processor (this process and its database connection),
slowest first. The goal is 200 ms of the processor; files have none. ``--page`` measures only
addresses with these words in them; ``--profile`` prints where a page spends its time too;
``--keep`` leaves the database, and takes the one that was left.
"""

import argparse
import cProfile
import os
import pstats
import re
import sys
from collections.abc import Iterator, Mapping
from statistics import median, quantiles
from time import perf_counter
from typing import Any, NamedTuple

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rodedraad.settings")
django.setup()

from django.db import connection, connections
from django.test import Client
from django.test.utils import (
    CaptureQueriesContext,
    setup_databases,
    teardown_databases,
)
from django.urls import URLPattern, get_resolver

from national_study import LEAD, SLUG, national_study
from processor import Took, took
from rodedraad.accounts.models import Person
from rodedraad.agreement.models import Spot
from rodedraad.assessment.models import Evidence, Run
from rodedraad.coding.models import Code, Coding
from rodedraad.fieldwork.models import Interview, Mailing, Participation
from rodedraad.jobs.models import Job
from rodedraad.later import later_load
from rodedraad.memory import loaded_keep
from rodedraad.networks.models import Arrangement
from rodedraad.reports.models import Report
from rodedraad.search.models import SavedSearch
from rodedraad.sources.models import Source
from rodedraad.studies.models import Case, Study, TeamMember
from rodedraad.surveys.models import Survey

GOAL_MS = 200
SECONDS_OF_A_PAGE = 4
STUDY = f"studies/{SLUG}/"
PART = re.compile(r"<(?:\w+:)?(\w+)>")
GROUP = re.compile(r"\(\?P<(\w+)>(.+?)\)(?=[/\\$])")
WITH_MORE = (
    "bewijs/?construct=F1",
    "bewijs/?kind=answer",
    "bewijs/?case=GM0363",
    "bewijs/?page=2000",
    "casussen/?rol=main",
    "zoeken/?q=wijkteam",
    "zoeken/?q=wijkteam+inwoners&page=20",
    "bronnen/?page=90",
    "bronnen/?q=wijkteam",
    "veldwerk/mensen/?page=100",
    "veldwerk/interviews/?page=9",
    "memos/?page=30",
    "scores/?meting=2025",
)
NO_OBJECT = (
    "bronnen/toegevoegd/<int:pk>/",  # how one transfer of files went
    "uitwisselen/inlezen/<int:pk>/",  # what one file brought
    "uitwisselen/bundel/<uuid:key>/",  # a file that a job made
    "bestanden/klaar/<int:pk>/",  # the same
    "origineel/",  # the file that somebody sent
    "anonimiseren/sleutel/<int:number>/",  # whose name it is
    "anonimiseren/namen/<int:pk>/weg/",
    "codeboek/suggesties/<uuid:uuid>/<str:decision>/",
    "bronnen/verzenden/<uuid:uuid>/",
    "anonimiseren/plek/<int:pk>/",
)


class Measured(NamedTuple):
    """What one page takes."""

    address: str
    queries: int
    wall: tuple[float, float]
    processor: tuple[float, float]
    is_file: bool

    @property
    def is_slow(self) -> bool:
        """Tell whether it misses the goal."""
        return not self.is_file and self.processor[1] > GOAL_MS


def objects_of(study: Study) -> dict[str, Any]:
    """Return what stands in each part of an address, by the word before it and its name."""
    source = Source.objects.filter(study=study, interviews=None).latest("pk")
    survey = Survey.objects.get(study=study)
    case = Case.objects.get(study=study, unit_code="GM0363")
    joint = Arrangement.objects.filter(study=study, wave__label="2016", is_cooperation=True)
    kinds = sorted(set(joint.values_list("kind", flat=True)))
    runs = Run.objects.filter(study=study)
    mailing = Mailing.objects.get(study=study)
    member = TeamMember.objects.filter(study=study).latest("pk").pk
    report = Report.objects.get(study=study)
    return {
        "studies/study": SLUG, "studies/slug": SLUG,
        "metingen/wave": study.waves.latest("reference_date").pk,
        "raamwerk/version": study.frameworks.latest("version").version,
        "selectie/first": 1, "naast/second": 2, "logboek/case": case.pk,
        "team/member": member, "lezers/pk": member,
        "rekenwerk/pk": Job.objects.filter(study=study).latest("pk").pk,
        "soort/kind": kinds[0], "verband/pk": joint.latest("pk").pk,
        "overeenkomst/a": kinds[0], "overeenkomst/b": kinds[1],
        "bronnen/uuid": source.uuid, "klaar/uuid": source.uuid,
        "coderen/coding": Coding.objects.filter(version__source=source).latest("pk").uuid,
        "code/uuid": Code.objects.filter(study=study).latest("pk").uuid,
        "versies/older": study.codebook_versions.earliest("number").number,
        "naast/newer": study.codebook_versions.latest("number").number,
        "memos/uuid": study.memos.latest("pk").uuid, "bewaard/pk": SavedSearch.objects.get().pk,
        "rondes/number": 1,
        "verschillen/spot": Spot.objects.filter(round__study=study).earliest("pk").pk,
        "themas/form": "csv",
        "interviews/uuid": Interview.objects.filter(study=study).latest("pk").uuid,
        "mensen/uuid": Participation.objects.filter(study=study).latest("pk").uuid,
        "toestemming/purpose": "take_part", "tekst/step": mailing.step, "mail/uuid": mailing.uuid,
        "bericht/message": mailing.messages.latest("pk").uuid,
        "samenhang/factor": "F1", "samenhang/outcome": "G2",
        "qca/pk": runs.filter(kind="qca").latest("pk").pk,
        "klassen/pk": runs.filter(kind="latent_classes").latest("pk").pk,
        "construct/subject": "F1", "eenheid/code": case.unit_code,
        "berekeningen/pk": runs.filter(kind="positions").latest("pk").pk,
        "bewijs/pk": Evidence.objects.filter(study=study).latest("pk").pk,
        "vragenlijsten/survey": survey.slug, "verschil/older": 1, "verschil/newer": 2,
        "vragenlijsten/number": 2, "pagina/name": "p1", "vraag/name": "F1", "proef/name": "F1",
        "antwoorden/respondent": survey.responses.latest("pk").pseudonym,
        "getal/key": report.numbers.latest("pk").key,
        "rapport/pk": report.pk, "beeld/key": report.pictures.latest("pk").key,
    }  # fmt: skip


def patterns(resolver: Any, before: str = "") -> Iterator[str]:
    """Yield every address of the site as Django writes it."""
    for each in resolver.url_patterns:
        address = before + str(each.pattern)
        if isinstance(each, URLPattern):
            yield address
        else:
            yield from patterns(each, address)


def addresses(objects: Mapping[str, Any]) -> list[str]:
    """Return every address of the study, each part filled in."""
    written = [plain(each) for each in patterns(get_resolver())]
    below = [each for each in written if re.match(r"studies/<slug:(study|slug)>/", each)]
    asked = [each for each in below if not any(part in each for part in NO_OBJECT)]
    return ["/" + filled(each, objects) for each in asked] + [f"/{STUDY}{m}" for m in WITH_MORE]


def plain(pattern: str) -> str:
    """Write a regular expression as a pattern of parts, each choice by its first word."""
    if not pattern.startswith("^"):
        return pattern

    def part(match: re.Match[str]) -> str:
        name, allowed = match.groups()
        is_choice = re.fullmatch(r"\w+(\|\w+)+", allowed)
        return allowed.split("|")[0] if is_choice else f"<slug:{name}>"

    return GROUP.sub(part, pattern).strip("^$").replace("\\", "")


def filled(pattern: str, objects: Mapping[str, Any]) -> str:
    """Fill an address in; stops the walk when there is nothing for a part of it."""
    word, made = "", []

    def part(match: re.Match[str]) -> str:
        key = f"{word}/{match[1]}"
        if key not in objects:
            raise SystemExit(f"{pattern}: say in objects_of what {key} is.")
        return str(objects[key])

    for segment in pattern.split("/"):
        made.append(PART.sub(part, segment))
        word = word if PART.search(segment) else segment
    return "/".join(made)


def answer_of(client: Client, address: str) -> tuple[int, bool]:
    """Ask an address; return its status and whether it answers with a file, read to the end."""
    answer = client.get(address)
    if answer.streaming:
        for _part in answer.streaming_content:
            pass
    return answer.status_code, not answer.get("Content-Type", "").startswith("text/html")


def measure(client: Client, address: str, asked: argparse.Namespace) -> Measured | None:
    """Return what a page takes; None, told, when a lead gets none."""
    with CaptureQueriesContext(connection) as captured:
        status, is_file = answer_of(client, address)
    queries = list(captured)
    if status != 200:
        if status not in (302, 405):  # another page or a form's way back
            print(f"{status} {address}", flush=True)
        return None
    times: list[Took] = []
    begun = perf_counter()
    rounds = 2 if is_file else 20
    while len(times) < 2 or (len(times) < rounds and perf_counter() - begun < SECONDS_OF_A_PAGE):
        times.append(took(lambda: answer_of(client, address)))
    walls, busy = ((median(each), quantiles(each, n=20)[-1]) for each in zip(*times, strict=True))
    if asked.profile:
        for query in queries:
            print(f"    {float(query['time']) * 1000:6.1f} ms {query['sql'][:240]}")
        profile = cProfile.Profile()
        profile.runcall(answer_of, client, address)
        pstats.Stats(profile).sort_stats("cumulative").print_stats("rodedraad|numpy|django", 45)
    return Measured(address, len(queries), walls, busy, is_file)


def main() -> int:
    """Make the study and measure; exit code 1 when a page misses the goal."""
    parser = argparse.ArgumentParser(description=__doc__)
    numbers = {"people": 20_000, "sources": 5000, "codings": 200_000, "invited": 112}
    for name, n in numbers.items():
        parser.add_argument(f"--{name}", type=int, default=n)
    parser.add_argument("--page", default="")
    parser.add_argument("--profile", action="store_true")
    parser.add_argument("--keep", action="store_true")
    asked = parser.parse_args()
    kept = setup_databases(verbosity=0, interactive=False, keepdb=asked.keep)
    try:
        study = Study.objects.filter(slug=SLUG).first() or national_study(asked)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
            # Its helpers are other processes, whose time would not be counted.
            cursor.execute("SET max_parallel_workers_per_gather = 0")
        # Not in Django's test environment: it would keep a copy of all that each page shows.
        client = Client(raise_request_exception=False, SERVER_NAME="127.0.0.1")
        client.force_login(Person.objects.get(email=LEAD))
        later_load()
        loaded_keep()  # as each process of the server does once it loaded the pages
        pages = [each for each in addresses(objects_of(study)) if asked.page in each]
        found = filter(None, (measure(client, each, asked) for each in pages))
        told = sorted(found, key=lambda each: -each.processor[1])
        for each in told:
            print(
                f"{each.address.removeprefix('/' + STUDY):<64}"
                f"{each.queries:4} queries  wall {each.wall[0]:7.1f} p95 {each.wall[1]:7.1f}  "
                f"processor {each.processor[0]:7.1f} p95 {each.processor[1]:7.1f} ms"
                f"{'  file' * each.is_file}{'  <-- above the goal' * each.is_slow}"
            )
        slow = sum(each.is_slow for each in told)
        print(f"{len(told)} addresses, {slow} above {GOAL_MS} ms; load {os.getloadavg()[0]:.1f}")
    finally:
        connections.close_all()
        teardown_databases(kept, verbosity=0, keepdb=asked.keep)
    return int(slow > 0)


if __name__ == "__main__":
    sys.exit(main())
