"""How long does the assessment of the whole country take: 342 cases, 60 constructs, 2M rows?

Run: RODEDRAAD_HOME=... python benchmarks/national.py [--invited 92]

Makes a simulated study of all municipalities of 1 January 2025 in RODEDRAAD_HOME when it is not
there yet (that takes some minutes), with every construct of the framework that has items, and as
many copies as make sixty. Then measures, each once and in this order: the fingerprints of all
constructs, reading one construct, reading the whole table; then the assessment: the scores of all
constructs, relations, change types without resamples, steering; and the scores again when nothing
changed. Prints seconds of the clock, and of CPU of this process and of PostgreSQL, as the
clock says little on a machine that does more. The goal for the assessment is 15 seconds.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable
from datetime import date

import django
import psutil

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rodedraad.settings")
django.setup()

from django.db import connection

from rodedraad.assessment.filters import RowFilter
from rodedraad.assessment.models import Evidence, Run, TypeDecision
from rodedraad.assessment.queries import _state, _study_sums, evidence_table, rows_state
from rodedraad.assessment.relation_runs import relations_draw
from rodedraad.assessment.score_runs import scores_make
from rodedraad.assessment.type_runs import steering_make, types_make
from rodedraad.country.current import current_country
from rodedraad.schema import schema_update
from rodedraad.simulation.study import evidence_simulate, study_with_cases
from rodedraad.studies.models import Construct, Item, Study, Wave
from rodedraad.studies.template import StudyTemplate, framework, template_load

SLUG = "landelijk"
DAY = date(2025, 1, 1)
N_CONSTRUCTS = 60
GOAL_SECONDS = 15
SEED = 1


def national_template() -> StudyTemplate:
    """Return the template on change factors with every construct that asks something."""
    codes = tuple(each.code for each in framework().constructs if each.items)
    return template_load("change-factors").model_copy(update={"framework": codes})


def constructs_fill(wave: Wave) -> None:
    """Copy constructs with their items under codes of their own until there are sixty."""
    own = list(wave.framework.constructs.prefetch_related("items"))
    for number, construct in enumerate(own[: N_CONSTRUCTS - len(own)], start=len(own) + 1):
        items = list(construct.items.all())
        code = f"Z{number}"
        copy = Construct.objects.create(
            framework=wave.framework, code=code, order=number, kind=construct.kind,
            name_nl=construct.name_nl, name_en=construct.name_en, details=construct.details,
        )  # fmt: skip
        Item.objects.bulk_create(
            Item(construct=copy, code=f"{code}.{item.order}", order=item.order,
                 text_nl=item.text_nl, text_en=item.text_en, reversed=item.reversed,
                 roles=item.roles)
            for item in items
        )  # fmt: skip


def study_get(invited: int) -> Study:
    """Return the study, made when it is not there."""
    found = Study.objects.filter(slug=SLUG).first()
    if found is not None:
        return found
    study, cases = study_with_cases(
        template=national_template(), slug=SLUG, country=current_country(), seed=SEED,
        everyone=True, reference_date=DAY,
    )  # fmt: skip
    wave = study.waves.get()
    constructs_fill(wave)
    timed("making and writing", lambda: evidence_simulate(wave, cases, invited=invited, seed=SEED))
    with connection.cursor() as cursor:
        cursor.execute("vacuum analyze assessment_evidence")
    return study


def timed(name: str, work: Callable[[], object]) -> float:
    """Do the work once, print what it took, and return the seconds of the clock."""
    clock, own, server = time.perf_counter(), time.process_time(), server_seconds()
    work()
    seconds = time.perf_counter() - clock
    own, server = time.process_time() - own, server_seconds() - server
    print(f"{name:<40} {seconds:7.2f} s, CPU {own:6.2f} + {server:5.2f} s", flush=True)
    return seconds


def server_seconds() -> float:
    """CPU of the PostgreSQL of this machine so far: all its processes, also those that ended."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        (backend,) = cursor.fetchone() or (0,)
    main = psutil.Process(backend).parent()
    if main is None:
        return 0.0
    times = [main.cpu_times(), *(child.cpu_times() for child in main.children())]
    ended = times[0].children_user + times[0].children_system
    return ended + sum(each.user + each.system for each in times)


def main() -> int:
    """Make what is missing, measure and print; exit code 1 when the goal is not met."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--invited", type=int, default=92, help="people asked in every case")
    options = parser.parse_args()
    schema_update()
    study = study_get(options.invited)
    wave = study.waves.get()
    codes = list(wave.framework.constructs.values_list("code", flat=True))
    n_cases = Evidence.objects.filter(study=study).values("case").distinct().count()
    n_rows = rows_state(study, (RowFilter(),)).n_rows
    print(f"{n_cases} cases, {len(codes)} constructs, {n_rows} rows")

    def fingerprints() -> None:
        _state.cache_clear()
        _study_sums.cache_clear()
        for code in codes:
            rows_state(study, (RowFilter(wave=wave.label, construct=code),))

    timed("fingerprints of all constructs", fingerprints)
    one = (RowFilter(wave=wave.label, construct=codes[0]),)
    timed("reading one construct", lambda: evidence_table(study, *one))
    timed("reading the whole table", lambda: evidence_table(study))
    TypeDecision.objects.filter(study=study).delete()
    Run.objects.filter(study=study).delete()
    _state.cache_clear()
    _study_sums.cache_clear()
    parts: dict[str, Callable[[], object]] = {
        "scores of all constructs": lambda: scores_make(study, wave),
        "relations": lambda: relations_draw(study, wave),
        "types without resamples": lambda: types_make(study, wave, resamples=0),
        "steering": lambda: steering_make(study, wave),
    }
    seconds = sum(timed(name, work) for name, work in parts.items())
    print(f"{'the assessment':<40} {seconds:7.2f} s")
    timed("scores when nothing changed", lambda: scores_make(study, wave))
    return int(seconds > GOAL_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
