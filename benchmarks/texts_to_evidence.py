"""How long does it take to turn 200,000 codings into evidence, and do withdrawals slow reading?

Run: RODEDRAAD_HOME=... python benchmarks/texts_to_evidence.py [--codings 200000] [--rows 2000000]

Makes a study of 5,000 documents with codings and scores, anew at every run, in RODEDRAAD_HOME, and
measures: taking over, taking over when nothing changed, after 1,000 codings were removed, and the
pages (median of five, and the number of queries; the first time of the page with the counts apart,
as these are kept until something changes). Then makes a study of 2,000,000 answers, and reads
these as a frame and as a fingerprint, with the condition that leaves out what was taken back and
without it; and again after a tenth was taken back. Prints seconds.
"""

import argparse
import datetime
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rodedraad.settings")
django.setup()

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from rodedraad.accounts.models import Person
from rodedraad.assessment.evidence.withdrawing import import_withdraw
from rodedraad.assessment.models import Evidence
from rodedraad.assessment.queries import GROUPED_BY, _hash_sums, rows_frame
from rodedraad.coding.actions.codes import CodeFacts, code_add
from rodedraad.coding.codebook import codebook_current
from rodedraad.coding.models import Coding
from rodedraad.coding.rounds import coder_for
from rodedraad.schema import schema_update
from rodedraad.scoring.actions import texts_to_evidence
from rodedraad.scoring.models import Score
from rodedraad.scoring.preview import _preview
from rodedraad.sources.models import Paragraph, Source, SourceVersion
from rodedraad.studies.actions import frame_fill, study_create
from rodedraad.studies.models import Study, Wave
from rodedraad.studies.template import template_load

WORDS = "De gemeente leert van haar fouten en bespreekt elk kwartaal wat werkt en wat niet. "
N_DOCUMENTS = 5_000
CONSTRUCTS = [f"F{n}" for n in range(1, 8)]
CASES = [(f"GM{n:04}", f"Gemeente {n}") for n in range(1, 343)]
REPEATS = 5


def timed(name: str, work: Callable[[], object], repeats: int = 1) -> None:
    """Do the work, and print the median of what it took."""
    taken = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    print(f"{name:<58} {statistics.median(taken):7.3f} s", flush=True)


def study_make(slug: str, person: Person) -> tuple[Study, Wave]:
    """Return a study on change factors of 342 cases, named by the time so that each is new."""
    study = study_create(
        template=template_load("change-factors"), slug=f"{slug}-{int(time.time())}",
        person=person, origin="benchmark",
    )  # fmt: skip
    frame_fill(study, CASES)
    return study, study.waves.get()


def texts_fill(study: Study, person: Person, n_codings: int) -> None:
    """Fill a study with documents, codings (one in ten without a construct) and scores."""
    coder = coder_for(study, person)
    codes = [
        code_add(coder, CodeFacts(name=f"Code {n}", construct=CONSTRUCTS[n] if n < 7 else ""))
        for n in range(8)
    ]
    cases = list(study.cases.all())
    text = WORDS * 40
    sources = Source.objects.bulk_create(
        Source(study=study, case=cases[n % len(cases)], title=f"Document {n}", kind="bylaw",
               sha256=f"{n:064}")
        for n in range(N_DOCUMENTS)
    )  # fmt: skip
    versions = SourceVersion.objects.bulk_create(
        SourceVersion(source=source, number=1, text=text, sha256="0", n_characters=len(text),
                      extractor="person")
        for source in sources
    )  # fmt: skip
    Paragraph.objects.bulk_create(
        Paragraph(version=one, number=1, start=0, end=len(text), text=text) for one in versions
    )
    book = codebook_current(study, person=person)
    now = timezone.now()
    Coding.objects.bulk_create(
        (
            Coding(study=study, version=versions[n % N_DOCUMENTS], start=n % 2_000,
                   end=n % 2_000 + 30, quote=WORDS[:30], code=codes[n % 8], coder=coder,
                   codebook_version=book, strength=n % 4, made_at=now)
            for n in range(n_codings)
        ),
        batch_size=5_000,
    )  # fmt: skip
    Score.objects.bulk_create(
        Score(study=study, source=source, coder=coder, kind="rubric", construct=code, raw=n % 4,
              version=versions[n])
        for n, source in enumerate(sources)
        for code in CONSTRUCTS
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("analyze")


def pages_measure(study: Study, person: Person) -> None:
    """Measure the pages, signed in as the lead."""
    client = Client()
    client.force_login(person)
    source = Source.objects.filter(study=study).first()
    row = Evidence.objects.filter(study=study, kind="coding").first()
    assert source is not None
    assert row is not None
    pages = {
        "page, from texts": reverse("scoring:take_over", args=[study.slug]),
        "page, score a source": reverse("scoring:source", args=[study.slug, source.uuid]),
        "page, differences": reverse("scoring:differences", args=[study.slug]),
        "page, take rows back": reverse("assessment:evidence_back", args=[study.slug]),
        "page, evidence": f"{reverse('assessment:evidence', args=[study.slug])}?soort=coding",
        "page, one row": reverse("assessment:row", args=[study.slug, row.pk]),
    }
    _preview.cache_clear()
    for name, address in pages.items():
        with CaptureQueriesContext(connection) as queries:
            timed(f"{name}, first time", lambda address=address: client.get(address))
        answer = client.get(address)
        assert answer.status_code == 200, (name, answer.status_code)
        timed(f"{name}, {len(queries)} queries at first", lambda a=address: client.get(a), REPEATS)


def rows_fill(wave: Wave, n: int) -> None:
    """Write answers straight into the table, a tenth of them of another source."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            insert into assessment_evidence
                (study_id, wave_id, case_id, construct, kind, about, source, source_id,
                 role, respondent, value, weight, raw, unit, missing)
            select %s, %s, (select min(id) from studies_case where study_id = %s) + n %% 342,
                   'F' || (1 + n %% 7), 'answer', 'F' || (1 + n %% 7) || '.' || (1 + n %% 4),
                   case when n %% 10 = 0 then 'fout' else 'enquete' end, n::text, 'U',
                   'R' || (n / 60), (n %% 5) / 4.0, 1, 1 + n %% 5, '', ''
            from generate_series(1, %s) as n
            """,
            [wave.study_id, wave.pk, wave.study_id, n],
        )
        cursor.execute("vacuum analyze assessment_evidence")


def reading_measure(study: Study, when: str) -> None:
    """Read everything as a frame and as sums of hashes, with and without the condition."""
    columns = ("id", "case", "construct", "about", "respondent", "value")
    for name, manager in (("all rows", Evidence.every), ("rows that count", Evidence.objects)):
        rows = manager.filter(study=study)
        timed(f"{when}: read {name}", lambda rows=rows: rows_frame(rows, columns), 3)
        timed(f"{when}: fingerprint of {name}", lambda rows=rows: _hash_sums(rows, GROUPED_BY), 3)
        timed(f"{when}: count {name} of F5", rows.filter(construct="F5").count, 3)


def main() -> None:
    """Make the studies and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--codings", type=int, default=200_000)
    parser.add_argument("--rows", type=int, default=2_000_000)
    asked = parser.parse_args()
    settings.ALLOWED_HOSTS = ["testserver"]
    Path(os.environ["RODEDRAAD_HOME"]).mkdir(parents=True, exist_ok=True)
    schema_update()
    name = f"maat{datetime.datetime.now(tz=datetime.UTC).timestamp():.0f}@voorbeeld.test"
    person = Person.objects.create_user(name, name="Maat")
    TOTP.activate(person, generate_totp_secret())
    study, _wave = study_make("teksten", person)
    texts_fill(study, person, asked.codings)

    def over() -> None:
        counts = texts_to_evidence(study, person=person, origin="benchmark")
        print({state: counts[state] for state in ("new", "changed", "gone", "kept")})

    timed(f"take over {asked.codings} codings and 35,000 scores", over)
    timed("take over when nothing changed", over)
    some = Coding.objects.filter(study=study, code__construct="F1").values("pk")[:1_000]
    Coding.objects.filter(pk__in=list(some.values_list("pk", flat=True))).update(
        removed_at=timezone.now()
    )
    timed("take over when 1,000 codings were removed", over)
    pages_measure(study, person)
    if asked.rows:
        large, wave = study_make("rijen", person)
        rows_fill(wave, asked.rows)
        reading_measure(large, "before")
        back = {"reason": "Maat.", "person": person, "origin": "benchmark"}
        timed("take back a tenth", lambda: import_withdraw(wave, "answer", "fout", **back))
        reading_measure(large, "after")


if __name__ == "__main__":
    main()
