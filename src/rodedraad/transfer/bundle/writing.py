"""How is everything of a study written to one file?"""

import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.db import connection

from rodedraad.accounts.audit import audit_record
from rodedraad.accounts.models import Person
from rodedraad.errors import Refusal
from rodedraad.files import file_replace
from rodedraad.jobs.kinds import Progress
from rodedraad.sources.models import Source
from rodedraad.sources.store import original_path
from rodedraad.studies.models import Study
from rodedraad.transfer.bundle.plan import Carried, carried
from rodedraad.transfer.bundle.pointers import row_turned
from rodedraad.transfer.bundle.steps import Steps, untold
from rodedraad.transfer.copying import one_moment

FORMAT = 1
MANIFEST = "manifest.json"
TABLES = "tables/"
ORIGINALS = "originals/"
LEVEL = 1
ROWS_AT_ONCE = 5_000
CHUNK = 1024 * 1024


def bundle_write(
    study: Study,
    path: Path,
    *,
    person: Person | None,
    origin: str,
    tell: Progress = untold,
) -> Mapping[str, int]:
    """Write a study as a bundle, whole or not at all, and return how much is in it.

    The same study gives the same bytes. It holds the raw texts, so writing it is an event.
    ``tell`` is told of every table and file and some thousand rows; what it raises leaves nothing.
    """
    with (
        file_replace(path) as temporary,
        zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as archive,
    ):
        with one_moment():
            manifest = _write(study, archive, tell)
        audit_record(
            person=person, action="study_bundle", object=f"study:{study.slug}", origin=origin
        )
    rows = sum(one["rows"] for one in manifest["tables"].values())
    return {"rows": rows, "files": len(manifest["files"]), "missing": len(manifest["missing"])}


def _write(study: Study, archive: zipfile.ZipFile, tell: Progress) -> dict[str, Any]:
    plan = carried()
    numbers: dict[str, dict[int, int]] = {
        one.label: {
            pk: number
            for number, pk in enumerate(one.rows(study).values_list("pk", flat=True), start=1)
        }
        for one in plan
    }

    def turn(label: str, key: Any) -> Any:
        return None if key is None else numbers[label].get(key)

    named = list(
        Source.objects.filter(study=study).order_by("sha256").values_list("sha256", flat=True)
        .distinct()
    )  # fmt: skip
    step = Steps(tell, sum(map(len, numbers.values())) + len(named))
    tables: dict[str, Any] = {}
    for one in plan:
        if not numbers[one.label]:
            continue
        digest = hashlib.sha256()
        with archive.open(f"{TABLES}{one.label}.jsonl", "w", force_zip64=True) as part:
            for row in step.each(_rows(one, study)):
                line = json.dumps(row_turned(one, row, turn), ensure_ascii=False).encode() + b"\n"
                digest.update(line)
                part.write(line)
        tables[one.label] = {
            "rows": len(numbers[one.label]),
            "fields": [field.attname for field in one.fields()],
            "sha256": digest.hexdigest(),
        }
    files, missing = _originals(step.each(named), archive)
    manifest = {
        "format": FORMAT,
        "product": version("rodedraad"),
        "study": study.slug,
        "tables": tables,
        "files": files,
        "missing": missing,
    }
    with archive.open(MANIFEST, "w") as part:
        part.write(json.dumps(manifest, indent=1, sort_keys=True).encode())
    return manifest


def _rows(one: Carried, study: Study) -> Iterator[dict[str, Any]]:
    """Give the rows of a table as the database writes them in JSON: exactly, and in order."""
    names = [field.attname for field in one.fields()]
    sql, values = one.rows(study).values(*names).query.sql_with_params()
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"select row_to_json(part)::text from ({sql}) as part", values)  # noqa: S608
        while lines := cursor.fetchmany(ROWS_AT_ONCE):
            for (line,) in lines:
                yield json.loads(line)


def _originals(named: Iterable[str], archive: zipfile.ZipFile) -> tuple[dict[str, int], list[str]]:
    """Write the files of a study as they came; return their sizes, and those that are gone."""
    files: dict[str, int] = {}
    missing: list[str] = []
    for sha256 in named:
        path = original_path(sha256)
        if not path.exists():
            missing.append(sha256)
            continue
        digest, size = hashlib.sha256(), 0
        with (
            path.open("rb") as source,
            archive.open(f"{ORIGINALS}{sha256}", "w", force_zip64=True) as part,
        ):
            while chunk := source.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
                part.write(chunk)
        if digest.hexdigest() != sha256:
            raise Refusal(
                "An original file was changed in the data folder. Restore the folder 'originals' "
                "from a backup.",
                code="original_lost",
            )
        files[sha256] = size
    return files, missing
