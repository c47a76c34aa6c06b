"""How long does it take to bring in a folder of texts, index included, on one worker and on two?

Run: python benchmarks/sources.py FOLDER [--seconds 60] [--goal 1.7] [--repeat 3]

FOLDER holds the files, such as the 511 law texts. A study of its own is made in the database of
RODEDRAAD_HOME (a temporary one when not set) for each run: threads of this process, one Dask
worker and two, in turn, ``--repeat`` times. Each place does some files first, unmeasured: a cluster
starts then, and each of its workers loads our code. Exit code 1 when the threads need more than
``--seconds``, two workers miss the goal, or what came in differs.

The ratio is that of the best of each. Beside each time stands how many cores were busy with us
(this process, its workers, PostgreSQL) and with others: where nearly all cores are busy, more
workers cannot be quicker.
"""

import argparse
import hashlib
import os
import sys
import tempfile
from pathlib import Path
from time import perf_counter

import psutil

os.environ.setdefault("RODEDRAAD_HOME", tempfile.mkdtemp(prefix="rd-bench-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rodedraad.settings")

from django.db import connection

from rodedraad.cli.setup import prepared

PLACES = {"threads here": "", "Dask, 1 worker": "local:1", "Dask, 2 workers": "local:2"}
WARMED = 128


def seconds_ours() -> float:
    """Return the CPU seconds of this process, those it started, and PostgreSQL here."""
    us = psutil.Process()
    ours = {us, *us.children(recursive=True)}
    ours |= {one for one in psutil.process_iter() if is_ours(one)}
    return sum(map(seconds_of, ours))


def is_ours(one: psutil.Process) -> bool:
    """Tell whether this is a process of the PostgreSQL that serves this data folder."""
    try:
        parents = [one, *one.parents()]
        return one.name() == "postgres" and any(
            os.environ["RODEDRAAD_HOME"] in " ".join(above.cmdline()) for above in parents
        )
    except psutil.Error:
        return False  # it ended meanwhile


def seconds_of(process: psutil.Process) -> float:
    """Return the CPU seconds of one process and those of its that ended; 0 when it is gone."""
    try:
        return sum(process.cpu_times()[:4])
    except psutil.Error:
        return 0.0


def seconds_busy() -> float:
    """Return the CPU seconds that this machine was busy since it started."""
    times = psutil.cpu_times()
    return sum(times) - times.idle - times.iowait


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("folder", type=Path)
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--goal", type=float, default=1.7)
    options.add_argument("--repeat", type=int, default=3)
    asked = options.parse_args()

    folder = prepared("rodedraad.sources.folder")
    actions = prepared("rodedraad.sources.actions")
    models = prepared("rodedraad.sources.models")
    studies = prepared("rodedraad.studies.models")
    files = folder.files_under([asked.folder])
    facts = actions.SourceFacts(kind="law")

    def bring_in(name: str, paths: list[Path]) -> tuple[float, str]:
        study = studies.Study.objects.create(slug=f"meting-{os.urandom(4).hex()}", template={})
        given = [folder.Incoming(str(path), path) for path in paths]
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")  # after the run before, not by itself during this one
        started, ours, all_busy = perf_counter(), seconds_ours(), seconds_busy()
        told = folder.files_add(study, given, facts, person=None, origin="benchmark")
        took = perf_counter() - started
        ours, all_busy = seconds_ours() - ours, seconds_busy() - all_busy
        versions = models.SourceVersion.objects.filter(source__study=study)
        texts = sorted(versions.values_list("sha256", flat=True))
        refused = [answer for answer in told if answer["state"] == "refused"]
        paragraphs = models.Paragraph.objects.filter(version__source__study=study).count()
        print(
            f"{name}: {took:.1f} s, {len(texts)} texts, {paragraphs} paragraphs; busy cores: ours "
            f"{ours / took:.1f} ({ours:.1f} s of CPU), others {(all_busy - ours) / took:.1f}"
        )
        for answer in refused:
            print(f"  {answer['file']}: {answer['message']}")
        study.delete()
        return took, hashlib.sha256(f"{texts}{paragraphs}".encode()).hexdigest()

    took: dict[str, float] = {}
    outcomes = set()
    for turn in range(asked.repeat):
        for name, setting in PLACES.items():
            os.environ["RODEDRAAD_DASK"] = setting
            if turn == 0:
                bring_in(f"{name}, to begin with", files[:WARMED])
            seconds, outcome = bring_in(name, files)
            took[name] = min(seconds, took.get(name, seconds))
            outcomes.add(outcome)
    ratio = took["Dask, 1 worker"] / took["Dask, 2 workers"]
    print(f"two workers are {ratio:.2f} times as fast as one; the same texts: {len(outcomes) == 1}")
    quick = took["threads here"] <= asked.seconds
    return 0 if quick and ratio >= asked.goal and len(outcomes) == 1 else 1


if __name__ == "__main__":
    sys.exit(main())
