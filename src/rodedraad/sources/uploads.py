"""How does a large file arrive in pieces, and go on where it was after the connection broke?

The bytes grow in ``uploads/`` of the data folder, one part file for each upload. An upload is of
one person in one study: nobody else can add to it, use it or see that it is there.
"""

import hashlib
import hmac
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F, QuerySet, Sum
from django.utils import timezone

from rodedraad.accounts.models import Person
from rodedraad.errors import Refusal
from rodedraad.home import SPACE_NEEDED_BYTES, home_folder, require_disk_space
from rodedraad.sources.extraction.extracting import too_large_refusal
from rodedraad.sources.extraction.forms import name_require
from rodedraad.sources.extraction.limits import LIMITS, MIB
from rodedraad.sources.models import Upload
from rodedraad.studies.models import Study

FOLDER = "uploads"
PIECE_BYTES = 4 * MIB
PERSON_BYTES = 4096 * MIB
PERSON_FILES = 2_000
KEPT = timedelta(days=2)
KEPT_IN_BATCH = timedelta(days=14)
NAME_AT_MOST = 500


class UploadElsewhere(Exception):
    """A piece does not begin where the upload is; ``offset`` says where it is."""

    def __init__(self, offset: int) -> None:
        super().__init__(offset)
        self.offset = offset


def upload_begin(study: Study, person: Person, name: str, size: int, modified: int) -> Upload:
    """Return an upload for a file; the one that stopped halfway when it is the same file.

    The same: its name, size and time of change, by the same person in the same study.

    Raises
    ------
    Refusal
        When the file is too large or of a form that is not read, when the person has too much
        waiting, or the disk is nearly full.
    """
    uploads_clean()
    shown = name[-NAME_AT_MOST:]
    own = uploads_open(study, person)
    same = own.filter(name=shown, size=size, modified=modified).first()
    if same is not None:
        same.touched_at = timezone.now()
        same.save(update_fields=["touched_at"])
        return same
    name_require(name)
    if size > LIMITS.file_bytes:
        raise too_large_refusal(size)
    _room_require(person, size)
    upload = Upload.objects.create(
        study=study, person=person, name=shown, size=size, modified=modified
    )
    path = part_path(upload)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600)
    return upload


@transaction.atomic
def upload_append(upload: Upload, offset: int, piece: bytes, sha256: str = "") -> int:
    """Add a piece of the file at ``offset`` and return where the next begins.

    Raises
    ------
    UploadElsewhere
        When the upload is not at ``offset``, or the piece is not what the browser sent.
    """
    held = Upload.objects.select_for_update().get(pk=upload.pk)
    if held.batch_id is not None or offset != held.received:
        raise UploadElsewhere(held.received)
    if sha256 and not hmac.compare_digest(hashlib.sha256(piece).hexdigest(), sha256):
        raise UploadElsewhere(held.received)
    if len(piece) > PIECE_BYTES or offset + len(piece) > held.size:
        raise UploadElsewhere(held.received)
    with part_path(held).open("r+b") as file:
        file.truncate(offset)
        file.seek(offset)
        file.write(piece)
    held.received = offset + len(piece)
    held.touched_at = timezone.now()
    held.save(update_fields=["received", "touched_at"])
    return held.received


def upload_whole(study: Study, person: Person, file: UploadedFile) -> Upload:
    """Keep a file that a form sent at once as an upload that is whole.

    Raises
    ------
    Refusal
        As ``upload_begin``.
    """
    upload = upload_begin(study, person, str(file.name), file.size or 0, 0)
    upload.received = 0
    upload.save(update_fields=["received"])
    at = 0
    for piece in file.chunks(PIECE_BYTES):
        at = upload_append(upload, at, piece)
    upload.received = at
    return upload


def uploads_open(study: Study, person: Person) -> QuerySet[Upload]:
    """Return the uploads of a person in a study that are not being added yet."""
    return Upload.objects.filter(study=study, person=person, batch=None)


def upload_for(study: Study, person: Person, uuid: UUID) -> Upload | None:
    """Return one upload of this person in this study that is not being added yet."""
    return uploads_open(study, person).filter(uuid=uuid).first()


def uploads_remove(uploads: Iterable[Upload]) -> None:
    """Remove uploads and their bytes."""
    gone = list(uploads)
    for upload in gone:
        part_path(upload).unlink(missing_ok=True)
    Upload.objects.filter(pk__in=[upload.pk for upload in gone]).delete()


def uploads_clean() -> int:
    """Remove what nobody went on with for two days (two weeks when it was being added)."""
    now = timezone.now()
    old = Upload.objects.filter(batch=None, touched_at__lt=now - KEPT)
    older = Upload.objects.filter(touched_at__lt=now - KEPT_IN_BATCH)
    found = list(old | older)
    uploads_remove(found)
    return len(found)


def part_path(upload: Upload) -> Path:
    """Return where the bytes of an upload lie: named by us, never by the sender."""
    return home_folder() / FOLDER / f"{upload.uuid.hex}.part"


def _room_require(person: Person, size: int) -> None:
    own = Upload.objects.filter(person=person)
    waiting = own.aggregate(bytes=Sum(F("size")))["bytes"] or 0
    if own.count() >= PERSON_FILES or waiting + size > PERSON_BYTES:
        raise Refusal(
            f"You have files waiting already: {PERSON_FILES:,} files and {PERSON_BYTES // MIB:,} "
            "MB together are the most. Add those first, or remove them, and send the rest then.",
            code="uploads_too_many",
            files=PERSON_FILES,
            most=PERSON_BYTES // MIB,
        )
    require_disk_space(home_folder(), SPACE_NEEDED_BYTES + size)
