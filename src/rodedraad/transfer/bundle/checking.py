"""Is a bundle what it says, whole and safe, before anything is done with it?"""

import hashlib
import json
import re
import stat
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db.models import NOT_PROVIDED

from rodedraad.errors import Refusal
from rodedraad.exchange.zip_faults import ZIP_FAULTS
from rodedraad.transfer.bundle.plan import Carried, carried
from rodedraad.transfer.bundle.writing import FORMAT, MANIFEST, ORIGINALS, TABLES

SHA256 = re.compile(r"[0-9a-f]{64}")
MANIFEST_AT_MOST = 64 * 1024 * 1024
LINE_AT_MOST = 512 * 1024 * 1024
MEMBERS_AT_MOST = 1_000_000
TOTAL_AT_MOST = 64 * 1024**3
RATIO, RATIO_FROM = 400, 64 * 1024 * 1024
CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle whose every part was checked against its manifest."""

    archive: zipfile.ZipFile
    manifest: dict[str, Any]
    tables: dict[str, Carried]

    def rows(self, label: str) -> Iterator[dict[str, Any]]:
        """Give the rows of a table."""
        with self.archive.open(f"{TABLES}{label}.jsonl") as part:
            while line := part.readline(LINE_AT_MOST):
                row = json.loads(line)
                if not isinstance(row, dict) or not row.keys() <= self.names(label):
                    raise refused("it has a row with other fields than its manifest says")
                yield row

    def names(self, label: str) -> set[str]:
        """Return the fields of a table that the bundle has."""
        return set(self.manifest["tables"][label]["fields"])


@contextmanager
def bundle_open(path: Path) -> Iterator[Bundle]:
    """Open a bundle and check all of it: names, sizes, hashes, tables, fields and numbers.

    Raises
    ------
    Refusal
        ``bundle_refused`` with what is wrong, or ``bundle_newer`` for another format.
    """
    with ExitStack() as opened:
        try:
            archive = opened.enter_context(zipfile.ZipFile(path))
            members = _members(archive)
            manifest = _manifest(archive, members)
            tables = {one.label: one for one in carried()}
            _names_check(members, manifest)
            bundle = Bundle(archive, manifest, tables)
            _tables_check(bundle)
            _hashes_check(bundle)
        except (*ZIP_FAULTS, OSError) as fault:
            if isinstance(fault, OSError) and not path.exists():
                raise
            raise refused("the file is damaged") from fault
        yield bundle


def refused(why: str) -> Refusal:
    """Return the refusal of a bundle."""
    return Refusal(
        f"The bundle is refused: {why}. Nothing was restored. Use the file as it was written.",
        code="bundle_refused",
        why=why,
    )


def _members(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    infos = archive.infolist()
    if len(infos) > MEMBERS_AT_MOST or sum(one.file_size for one in infos) > TOTAL_AT_MOST:
        raise refused("it is larger than a study can be")
    found = {one.filename: one for one in infos}
    if len(found) != len(infos):
        raise refused("it has a part twice")
    for one in infos:
        mode = one.external_attr >> 16
        if mode and stat.S_IFMT(mode) not in {0, stat.S_IFREG}:
            raise refused("it has a link in it")
        if one.file_size > max(RATIO_FROM, RATIO * one.compress_size):
            raise refused("a part is packed far tighter than texts can be")
    return found


def _manifest(archive: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo]) -> dict[str, Any]:
    if MANIFEST not in members or members[MANIFEST].file_size > MANIFEST_AT_MOST:
        raise refused("it has no list of its parts")
    try:
        with archive.open(MANIFEST) as part:
            manifest = json.loads(part.read(MANIFEST_AT_MOST))
        known = manifest["format"]
        if known != FORMAT:
            raise Refusal(
                f"The bundle has format {known!r}, and this version of Rode Draad reads format "
                f"{FORMAT}. Restore it with the version that wrote it, or a newer one.",
                code="bundle_newer",
                format=str(known),
            )
        for one in manifest["tables"].values():
            if not (isinstance(one["rows"], int) and SHA256.fullmatch(one["sha256"])):
                raise ValueError
            if not all(isinstance(name, str) for name in one["fields"]):
                raise ValueError
        if not all(SHA256.fullmatch(name) for name in (*manifest["files"], *manifest["missing"])):
            raise ValueError
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise refused("the list of its parts cannot be read") from fault
    return manifest


def _names_check(members: dict[str, zipfile.ZipInfo], manifest: dict[str, Any]) -> None:
    """Every part is in the list, and every part of the list is there."""
    listed = {
        MANIFEST,
        *(f"{TABLES}{label}.jsonl" for label in manifest["tables"]),
        *(f"{ORIGINALS}{sha256}" for sha256 in manifest["files"]),
    }
    if members.keys() != listed:
        raise refused("its parts are not those of its list")


def _tables_check(bundle: Bundle) -> None:
    """Every table and field is one that this version has, and none is missing that it needs."""
    if bundle.manifest["tables"].get("studies.study", {}).get("rows") != 1:
        raise refused("it does not hold one study")
    for label in bundle.manifest["tables"]:
        one = bundle.tables.get(label)
        if one is None:
            raise refused(f"it has a table that this version does not have: {label[:80]}")
        fields = {field.attname: field for field in one.fields()}
        unknown = sorted(bundle.names(label) - fields.keys())
        if unknown:
            raise refused(f"{label} has a field that this version does not have: {unknown[0][:80]}")
        for name in fields.keys() - bundle.names(label):
            if not fields[name].null and fields[name].default is NOT_PROVIDED:
                raise refused(f"{label} lacks the field {name}")


def _hashes_check(bundle: Bundle) -> None:
    """Every part has the bytes that the list says, and every table its number of rows."""
    for label, told in bundle.manifest["tables"].items():
        digest, lines = _digest(bundle.archive, f"{TABLES}{label}.jsonl")
        if digest != told["sha256"] or lines != told["rows"]:
            raise refused(f"{label} is not what its list says")
    for sha256 in bundle.manifest["files"]:
        if _digest(bundle.archive, f"{ORIGINALS}{sha256}")[0] != sha256:
            raise refused("an original file is not what its list says")


def _digest(archive: zipfile.ZipFile, name: str) -> tuple[str, int]:
    digest, lines = hashlib.sha256(), 0
    with archive.open(name) as part:
        while chunk := part.read(CHUNK):
            digest.update(chunk)
            lines += chunk.count(b"\n")
    return digest.hexdigest(), lines
