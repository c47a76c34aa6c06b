"""How fast does a REFI-QDA project come into a study and leave it, and how fast is a bundle?

Run: python benchmarks/refi_rooms.py [--large] [--peer]

The project is SIMULATED: 100 texts of 30,000 characters (3M), 200 codes, 20,000 codings by two
coders. Import: unpacking, check against the schema, and all rows (paragraphs with their index for
search too) in one transaction, until the commit. Export: reading the rows, the check against the
schema, packing; ``--large`` also 60,000 codings. Bundle: every table and file of that study, and
restoring it. An embedded PostgreSQL of its own in a temporary folder, wall time in one process,
one measurement after one small import to warm up.

Beside each wall time stands the processor time of this process and of its database connection
together: what the wall time is at most on a machine with nothing else to do.

``--peer`` measures Taguette giving a project of 100 texts of 30,000 characters, one of 1,000,000
and 20,000 highlights as one file, in the same run, in an environment apart (``taguette_peer.py``),
and prints how many times our bundle it takes. Needs the internet. It neither reads nor writes
REFI projects, so import and export have no peer.

Exit code 1 when a goal is missed.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, process_time

HOME = tempfile.mkdtemp(prefix="rd-bench-")
os.environ["RODEDRAAD_HOME"] = HOME
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rodedraad.settings")
sys.path.insert(0, str(Path(__file__).parent))

import django  # noqa: E402
import psutil  # noqa: E402

django.setup()

from django.db import connection  # noqa: E402

from refi_qda import simulated  # noqa: E402
from rodedraad.accounts.models import Person  # noqa: E402
from rodedraad.exchange.refi_qda.project_write import project_write  # noqa: E402
from rodedraad.schema import schema_update  # noqa: E402
from rodedraad.studies.actions import study_create  # noqa: E402
from rodedraad.studies.models import Study  # noqa: E402
from rodedraad.studies.template import template_load  # noqa: E402
from rodedraad.transfer.bundle.restoring import bundle_restore  # noqa: E402
from rodedraad.transfer.bundle.writing import bundle_write  # noqa: E402
from rodedraad.transfer.refi.exporting import Asked, refi_export  # noqa: E402
from rodedraad.transfer.refi.importing import refi_import  # noqa: E402
from taguette_peer import peer_measured  # noqa: E402

missed: list[str] = []
took: dict[str, float] = {}
BUNDLE = "bundle of 100 documents and 20,000 codings"


@contextmanager
def measured(what: str, goal: float | None = None) -> Iterator[None]:
    """Print the wall time and the processor time of what is done within, with its goal."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        server = psutil.Process(cursor.fetchone()[0])
    before, started = sum(server.cpu_times()[:2]) + process_time(), perf_counter()
    yield
    seconds = took[what] = perf_counter() - started
    busy = sum(server.cpu_times()[:2]) + process_time() - before
    is_met = goal is None or seconds <= goal
    aim = "" if goal is None else f"   goal {goal:.0f} s: {'met' if is_met else 'MISSED'}"
    print(f"{what:<50}{seconds:7.2f} s wall {busy:7.2f} s processor{aim}", flush=True)
    if not is_met:
        missed.append(what)


def study_new(slug: str) -> Study:
    """Make an empty study."""
    person = Person.objects.first() or Person.objects.create_user("a@voorbeeld.test", name="A")
    return study_create(
        template=template_load("living-labs"), slug=slug, person=person, origin="benchmark"
    )


def project_made(n: int, folder: Path) -> Path:
    """Write a simulated project."""
    path = folder / f"{n}.qdpx"
    project_write(simulated(n, seed=n), path)
    return path


def imported(study: Study, n: int, path: Path) -> None:
    """Bring a simulated project in, and look whether all of it came."""
    made = refi_import(study, path, person=None, origin="benchmark")
    if made.report["added"]["codings"] != n or made.kept + made.reported != made.report["found"]:
        raise SystemExit("the import is not what the file holds")


def exported(study: Study, n: int, path: Path) -> None:
    """Write a study as a project."""
    written = refi_export(Asked(study), path, origin="benchmark")
    if written.counts["codings"] != n:
        raise SystemExit("the export is not what the study holds")


def main() -> None:
    """Measure everything and print it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--peer", action="store_true")
    given = parser.parse_args()
    schema_update()
    folder = Path(HOME)
    imported(study_new("warm"), 200, project_made(200, folder))
    study, path = study_new("twenty"), project_made(20_000, folder)
    with measured("import 20,000 codings, 100 texts, 3M characters", 3):
        imported(study, 20_000, path)
    with measured("the same file once more: all recognised"):
        refi_import(study, path, person=None, origin="benchmark")
    with measured("export 20,000 codings", 3):
        exported(study, 20_000, folder / "a.qdpx")
    with measured(BUNDLE, 5):
        bundle_write(study, folder / "a.zip", person=None, origin="benchmark")
    lead = Person.objects.get()
    with measured("restoring that bundle, checked"):
        bundle_restore(folder / "a.zip", slug="back", lead=lead, person=None, origin="benchmark")
    print(f"bundle: {(folder / 'a.zip').stat().st_size / 1e6:.1f} MB")
    if given.large:
        large, path = study_new("sixty"), project_made(60_000, folder)
        with measured("import 60,000 codings"):
            imported(large, 60_000, path)
        with measured("export 60,000 codings", 9):
            exported(large, 60_000, folder / "b.qdpx")
    print(f"load of the machine in the last minute: {os.getloadavg()[0]:.1f}")
    peer = peer_measured(20_000) if given.peer else None
    if peer is not None:
        times = peer.project / took[BUNDLE]
        print(f"Taguette, the whole project: {peer.project:.2f} s, {times:.1f} times our bundle")
    sys.exit(bool(missed))


if __name__ == "__main__":
    main()
