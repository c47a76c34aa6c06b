"""How long does it take to bring in a folder of texts, index included, on one worker and on two?

Run: python benchmarks/sources.py FOLDER [--seconds 60] [--goal 1.7]

FOLDER holds the files, such as the 511 law texts. A study of its own is made in the database of
RODEDRAAD_HOME (a temporary one when not set) for each run: threads of this process, one Dask worker
and two. Each place does some files first, unmeasured: a cluster starts then, and each of its
workers loads our code. Exit code 1 when the threads need more than ``--seconds``, two workers miss
the goal, or what came in differs. Where other programs work at the same time the ratio is lower.
"""

import argparse
import hashlib
import os
import sys
import tempfile
from pathlib import Path
from time import perf_counter

os.environ.setdefault("RODEDRAAD_HOME", tempfile.mkdtemp(prefix="rd-bench-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rodedraad.settings")

from rodedraad.cli.setup import prepared

PLACES = {"threads here": "", "Dask, 1 worker": "local:1", "Dask, 2 workers": "local:2"}
WARMED = 128


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("folder", type=Path)
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--goal", type=float, default=1.7)
    asked = options.parse_args()

    folder = prepared("rodedraad.sources.folder")
    actions = prepared("rodedraad.sources.actions")
    models = prepared("rodedraad.sources.models")
    studies = prepared("rodedraad.studies.models")
    files = folder.files_under([asked.folder])
    facts = actions.SourceFacts(kind="law")

    def bring_in(name: str, paths: list[Path]) -> tuple[float, str]:
        study = studies.Study.objects.create(slug=f"meting-{os.urandom(4).hex()}", template={})
        started = perf_counter()
        told = folder.files_add(study, paths, facts, person=None, origin="benchmark")
        took = perf_counter() - started
        versions = models.SourceVersion.objects.filter(source__study=study)
        texts = sorted(versions.values_list("sha256", flat=True))
        refused = [answer for answer in told if answer["state"] == "refused"]
        paragraphs = models.Paragraph.objects.filter(version__source__study=study).count()
        print(f"{name}: {took:.1f} s, {len(texts)} texts, {paragraphs} paragraphs")
        for answer in refused:
            print(f"  {answer['file']}: {answer['message']}")
        study.delete()
        return took, hashlib.sha256(f"{texts}{paragraphs}".encode()).hexdigest()

    took: dict[str, float] = {}
    outcomes = set()
    for name, setting in PLACES.items():
        os.environ["RODEDRAAD_DASK"] = setting
        bring_in(f"{name}, to begin with", files[:WARMED])
        took[name], outcome = bring_in(name, files)
        outcomes.add(outcome)
    ratio = took["Dask, 1 worker"] / took["Dask, 2 workers"]
    print(f"two workers are {ratio:.2f} times as fast as one; the same texts: {len(outcomes) == 1}")
    quick = took["threads here"] <= asked.seconds
    return 0 if quick and ratio >= asked.goal and len(outcomes) == 1 else 1


if __name__ == "__main__":
    sys.exit(main())
