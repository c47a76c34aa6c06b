"""How long do 100,000 responses of 200 variables take to .sav, .csv and .parquet, in what memory?

Run: python benchmarks/survey_files.py [--responses 100000] [--variables 200]

From the database to the file on disk, as the job does it: an embedded PostgreSQL with one survey of
scales and some open questions. The files are made in a process apart, whose highest resident memory
is taken from the system. Limits: 60 s and 500 MB for all files in one ZIP: .sav, .csv with codes
and with words, .parquet, and what describes them.
"""

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from uuid import uuid4

from answering_site import survey_make  # isort: skip  (first: it makes the data folder)
from django.db import connection
from django.db.models import Model
from django.utils import timezone

from rodedraad.studies.models import Case
from rodedraad.surveys.exchange_answers import Wanted
from rodedraad.surveys.exchange_files import file_make
from rodedraad.surveys.models import Response, ResponseState, Survey, SurveyVersion

SECONDS_AT_MOST, MEGABYTES_AT_MOST = 60, 500
FORMS = ("all",)
OPEN_ANSWERS, ROWS, DISTINCT = 5, 5, 2_000
ANSWERS = [1, 2, 3, 4, 5, 1, 2, 3, 4, 5, "dk", "na", None]


def definition_of(variables: int) -> dict[str, object]:
    """Return matrices of five statements, half of them asked for an earlier answer, and texts."""
    scales = (variables - OPEN_ANSWERS) // ROWS
    columns = [*range(1, 6), {"value": "dk", "text": "Weet niet", "missing": "dont_know"},
               {"value": "na", "text": "N.v.t.", "missing": "not_applicable"}]  # fmt: skip
    elements: list[dict[str, object]] = [
        {
            "type": "matrix", "name": f"F{number}", "title": f"Schaal {number}",
            "columns": columns,
            "rows": [{"value": f"F{number}.{row}", "text": f"Stelling {row} " * 8}
                     for row in range(ROWS)],
            **({"visibleIf": f"{{F{number - 1}.F{number - 1}.0}} notempty"} if number % 2 else {}),
        }
        for number in range(scales)
    ]  # fmt: skip
    elements += [{"type": "comment", "name": f"open{number}"} for number in range(OPEN_ANSWERS)]
    return {"pages": [{"name": "p", "elements": elements}]}


def responses_make(survey: Survey, version: SurveyVersion, responses: int) -> None:
    """Put complete responses in the database: some thousands differ, the rest are copies of them.

    Each copy has a key, a pseudonym and an open answer of its own.
    """
    random.seed(7)
    case = Case.objects.get()
    elements = version.definition["pages"][0]["elements"]
    day = timezone.localdate()
    rows, states = [], []
    for number in range(min(DISTINCT, responses)):
        data, asked = answers_made(elements)
        rows.append(
            Response(
                uuid=uuid4(), survey=survey, version=version, case=case, role="U",
                pseudonym=f"U-{number:06d}", language="nl", day=day, seconds=300,
                state=Response.State.COMPLETE, resume_digest=f"{number}",
            )
        )  # fmt: skip
        states.append(
            ResponseState(response=rows[-1], data=data, sequence=1, checked=True, asked=asked)
        )
    Response.objects.bulk_create(rows, 500)
    ResponseState.objects.bulk_create(states, 500)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE copied AS SELECT uuid AS old, gen_random_uuid() AS new, n"
            " FROM surveys_response, generate_series(1, %s) n",
            [responses // len(rows) - 1],
        )
        copies_make(Response, {"uuid": "new", "pseudonym": "pseudonym || '-' || n",
                               "resume_digest": "resume_digest || '-' || n"}, "uuid")  # fmt: skip
        open_answer = "jsonb_set(data, '{open0}', to_jsonb('Één toelichting — nummer ' || n))"
        copies_make(ResponseState, {"response_id": "new", "data": open_answer}, "response_id")


def copies_make(model: type[Model], told: dict[str, str], key: str) -> None:
    """Copy the rows of a table, with these columns as SQL says."""
    names = [str(field.column) for field in model._meta.concrete_fields]
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(names)})"
            f" SELECT {', '.join(told.get(name, name) for name in names)}"
            f" FROM {table} JOIN copied ON copied.old = {key}"
        )


def answers_made(elements: list[dict[str, object]]) -> tuple[dict[str, object], list[str]]:
    """Return answers to all questions, some left open, and which places were asked."""
    data: dict[str, object] = {}
    asked: list[str] = []
    for one in elements:
        name = str(one["name"])
        if "visibleIf" in one and random.random() < 0.2:
            continue
        asked.append(name)
        if one["type"] == "comment":
            data[name] = f"Een antwoord in woorden, {random.random()}"
            continue
        cells = {row["value"]: random.choice(ANSWERS) for row in one["rows"]}
        asked += [f"{name}/{row}" for row in cells]
        data[name] = {row: value for row, value in cells.items() if value is not None}
    return data, asked


def written(folder: Path) -> dict[str, float]:
    """Make the three files; return seconds, of the clock and of the processor, and megabytes."""
    survey = Survey.objects.select_related("study", "wave").get()
    took: dict[str, float] = {"n": Response.objects.count()}
    took["MB before"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    for form in FORMS:
        since, computed = time.perf_counter(), time.process_time()
        path = file_make(
            survey, form, Wanted(), folder, person=None, origin="command", tell=lambda *_told: None
        )
        took[form] = time.perf_counter() - since
        took[f"{form} CPU"] = time.process_time() - computed
        took[f"{form} MB"] = path.stat().st_size / 1e6
        took[f"{form} MB memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return took


def main() -> None:
    """Measure, print, and end with a fault when a limit is passed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--responses", type=int, default=100_000)
    parser.add_argument("--variables", type=int, default=200)
    parser.add_argument("--write", metavar="FOLDER")
    asked = parser.parse_args()
    if asked.write:
        print(json.dumps(written(Path(asked.write))))
        return
    survey, _paths = survey_make(1, definition=definition_of(asked.variables))
    responses_make(survey, SurveyVersion.objects.get(), asked.responses)
    connection.close()
    with tempfile.TemporaryDirectory() as folder:
        told = subprocess.run(
            [sys.executable, __file__, "--write", folder],
            check=True, stdout=subprocess.PIPE, text=True,
        ).stdout  # fmt: skip
    took = json.loads(told.splitlines()[-1])
    seconds, cpu = (sum(took[f"{form}{of}"] for form in FORMS) for of in ("", " CPU"))
    memory = took[f"{FORMS[-1]} MB memory"]
    print(f"{took['n']} responses x {asked.variables} variables; load {os.getloadavg()}")
    for form in FORMS:
        now, megabytes = took[f"{form} MB memory"], took[f"{form} MB"]
        print(
            f"  {form:<11} {took[form]:6.1f} s  CPU {took[f'{form} CPU']:6.1f} s  "
            f"{megabytes:7.1f} MB  memory so far {now:5.0f} MB"
        )
    print(
        f"  together {seconds:6.1f} s, CPU {cpu:.1f} s (at most {SECONDS_AT_MOST}), highest memory "
        f"{memory:.0f} MB (at most {MEGABYTES_AT_MOST}; {took['MB before']:.0f} before)"
    )
    print(json.dumps(took))
    if seconds > SECONDS_AT_MOST or memory > MEGABYTES_AT_MOST:
        sys.exit("over the limit")


if __name__ == "__main__":
    main()
