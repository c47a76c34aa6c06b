"""How fast is the agreement of a whole round of coding, from the database to every interval?

Run: RODEDRAAD_HOME=... python benchmarks/coding_agreement.py [--codes 200] [--codings 20000]
     [--sources 100] [--characters 3000000] [--peers]

In a database of its own, which is dropped afterwards: texts, two coders, and SIMULATED codings of
which the second coder repeats about half. Times reading from the database, the coefficients with
1,000 draws, and closing the round whole (places and result written). The goal is 2 seconds for the
agreement. With --peers, `krippendorff` and `irrCAC` are installed in an environment apart and a
smaller table of characters is held against theirs; without internet it says so. Exit code 1 when
the goal is missed or figures differ, 2 when the peers could not be measured.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter, process_time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rodedraad.settings")
django.setup()

import numpy as np
from django.test.utils import setup_databases, setup_test_environment, teardown_databases
from django.utils import timezone

from rodedraad.accounts.models import Person
from rodedraad.agreement.models import Finished
from rodedraad.agreement.reading import round_read
from rodedraad.agreement.results import read_agreement, result_of
from rodedraad.agreement.rounds import RoundFacts, coding_round_close, coding_round_open
from rodedraad.coding.codebook import codebook_current
from rodedraad.coding.models import Code, Coder, Coding, Round
from rodedraad.methods.agreement.passage_agreement import passage_agreement
from rodedraad.methods.agreement.passages import passages_of
from rodedraad.sources.models import Paragraph, Source, SourceVersion
from rodedraad.studies.actions import study_create
from rodedraad.studies.template import template_load

GOAL_SECONDS = 2.0
PARAGRAPH = 500
NAN = float("nan")
PEER = """
import json, sys
import krippendorff, numpy as np, pandas as pd
from irrCAC.raw import CAC
out = []
for table in np.load(sys.argv[1]):
    rows = CAC(pd.DataFrame(table).replace({np.nan: None}).dropna(how="all"))
    out.append({
        "krippendorff": float(krippendorff.alpha(table.T, level_of_measurement="nominal")),
        "gwet": rows.gwet()["est"]["coefficient_value"],
        "conger": rows.conger()["est"]["coefficient_value"],
        "fleiss": rows.fleiss()["est"]["coefficient_value"],
    })
print(json.dumps(out))
"""


def round_simulated(asked: argparse.Namespace) -> Round:
    """Make a study with texts, codes and an open blind round in which two coders coded."""
    lot = random.Random(20)
    person = Person.objects.create_user("meter@voorbeeld.test", name="Meter")
    study = study_create(
        template=template_load("living-labs"), slug="meting", person=person, origin="benchmark"
    )
    length = asked.characters // asked.sources
    sources = Source.objects.bulk_create(
        Source(study=study, title=f"Tekst {n:03}", kind="other", sha256=f"{n:064}")
        for n in range(asked.sources)
    )
    text = ("woord " * (length // 6 + 1))[:length]
    versions = SourceVersion.objects.bulk_create(
        SourceVersion(
            source=one, number=1, text=text, sha256=one.sha256, n_characters=length, extractor="-"
        )
        for one in sources
    )
    Paragraph.objects.bulk_create(
        Paragraph(
            version=one, number=k + 1, start=at, end=min(at + PARAGRAPH - 2, length),
            text=text[at : at + PARAGRAPH - 2],
        )
        for one in versions
        for k, at in enumerate(range(0, length, PARAGRAPH))
    )  # fmt: skip
    codes = Code.objects.bulk_create(
        Code(study=study, name=f"Code {n:03}", order=n) for n in range(asked.codes)
    )
    coders = [Coder.objects.create(study=study, name=name) for name in ("Eén", "Twee")]
    facts = RoundFacts("Meting", "blind", asked.unit, sources, coders)
    of = coding_round_open(study, facts, person=person, origin="benchmark")
    book = codebook_current(study, person=person)
    made: list[Coding] = []
    for _ in range(asked.codings // 2):
        version, code = lot.choice(versions), lot.choice(codes)
        start = lot.randrange(length - 400)
        places = [(start, start + lot.randrange(40, 300))]
        if lot.random() < 0.5:
            places.append((start, places[0][1] if lot.random() < 0.5 else start + 120))
        else:
            other = lot.randrange(length - 400)
            places.append((other, other + 150))
        made += [
            Coding(
                study=study, version=version, code=code, coder=coder, round=of, start=a, end=b,
                quote=text[a:b], made_at=timezone.now(), codebook_version=book,
                strength=lot.randrange(4),
            )
            for coder, (a, b) in zip(coders, places, strict=True)
        ]  # fmt: skip
    Coding.objects.bulk_create(made, batch_size=2_000)
    Finished.objects.bulk_create(
        Finished(round=of, coder=coder, source=one) for coder in coders for one in sources
    )
    return of


def measure(asked: argparse.Namespace) -> bool:
    """Print how long every step takes; return whether the goal was met."""
    of = round_simulated(asked)
    start = perf_counter()
    why = coding_round_close(of, person=None, origin="benchmark")
    whole = perf_counter() - start
    if why is not None:
        raise SystemExit(f"There is no agreement: {why}")
    of.refresh_from_db()
    steps: list[tuple[float, float, float]] = []
    for _ in range(3):
        start = perf_counter()
        processor = process_time()
        rows = round_read(of)
        read = perf_counter() - start
        read_agreement(rows, resamples=1_000, seed=1)
        steps.append((perf_counter() - start, read, process_time() - processor))
    total, read, processor = min(steps)
    kept = result_of(of)
    print(
        f"Simulated: {asked.codes} codes, {asked.codings} codings of 2 coders, {asked.sources} "
        f"texts, {asked.characters} characters, unit {asked.unit}; {of.spots.count()} places."
    )
    print(f"read from the database           {read:.2f} s")
    print(f"read and all figures, 1,000 draws {total:.2f} s (goal {GOAL_SECONDS} s)")
    print(f"  of which this process computed  {processor:.2f} s")
    alpha = kept.result["overall"]["unitising"]["estimate"]
    print(f"close the round, all written     {whole:.2f} s; unitising alpha {alpha:.3f}")
    return total <= GOAL_SECONDS


def peers(seed: int = 3) -> bool | None:
    """Hold ours against krippendorff and irrCAC on characters, a coder missing; None: no peer."""
    rng = np.random.default_rng(seed)
    lengths, n_coders, n_codes = np.full(8, 250), 3, 4
    finished = np.ones((8, n_coders), dtype=bool)
    finished[5:, 2] = False
    tables = np.where(np.repeat(finished, 250, axis=0), 0.0, np.nan) * np.ones((n_codes, 1, 1))
    rows = []
    for _ in range(220):
        source, coder, code = (int(rng.integers(k)) for k in (8, n_coders, n_codes))
        start = int(rng.integers(0, 220))
        end = start + int(rng.integers(5, 30))
        if finished[source, coder]:
            rows.append((source, coder, code, start, end, NAN, NAN))
            tables[code, source * 250 + start : source * 250 + end, coder] = 1.0
    laid = passages_of(
        rows, coders=["a", "b", "c"], codes=list("wxyz"), lengths=lengths, finished=finished,
        unit="character", universe="simulated",
    )  # fmt: skip
    ours = passage_agreement(laid, resamples=0, seed=1)
    with tempfile.TemporaryDirectory() as folder:
        python = Path(folder, "env/bin/python")
        made = subprocess.run([sys.executable, "-m", "venv", f"{folder}/env"], check=False)
        wanted = ["krippendorff", "irrCAC"]
        asked = [str(python), "-m", "pip", "install", "-q", *wanted]
        if made.returncode or subprocess.run(asked, check=False, capture_output=True).returncode:
            print("Peers not measured: could not install krippendorff and irrCAC here.")
            return None
        np.save(Path(folder, "t.npy"), tables)
        run = subprocess.run(
            [str(python), "-c", PEER, f"{folder}/t.npy"],
            capture_output=True,
            text=True,
            check=False,
        )
    if run.returncode:
        print(run.stderr[-600:])
        return None
    worst = 0.0
    for outcome, theirs in zip(ours.per_code, json.loads(run.stdout), strict=True):
        found = {one.name: one.estimate for one in outcome.presence.figures}
        for name, value in theirs.items():
            allowed = 1e-9 if name == "krippendorff" else 5.1e-6
            worst = max(worst, abs(found[name] - value) / allowed)
    print(f"krippendorff (exact) and irrCAC (5 places): {'equal' if worst <= 1 else 'DIFFERENT'}")
    return worst <= 1


def main() -> int:
    """Read what is asked, and measure in a database that is dropped afterwards."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--codes", type=int, default=200)
    parser.add_argument("--codings", type=int, default=20_000)
    parser.add_argument("--sources", type=int, default=100)
    parser.add_argument("--characters", type=int, default=3_000_000)
    parser.add_argument("--unit", default="character")
    parser.add_argument("--peers", action="store_true")
    asked = parser.parse_args()
    setup_test_environment()
    old = setup_databases(verbosity=0, interactive=False, parallel=0)
    try:
        met = measure(asked)
    finally:
        teardown_databases(old, verbosity=0)
    equal = peers() if asked.peers else True
    if equal is None:
        return 2
    return 0 if met and equal else 1


if __name__ == "__main__":
    sys.exit(main())
