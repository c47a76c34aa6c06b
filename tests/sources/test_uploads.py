"""Whether a file that is sent in pieces arrives whole, and belongs to who sends it alone."""

import hashlib
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from rodedraad.accounts.models import Person
from rodedraad.errors import Refusal
from rodedraad.home import home_folder
from rodedraad.jobs.worker import jobs_do
from rodedraad.sources import uploads
from rodedraad.sources.extraction.limits import MIB
from rodedraad.sources.models import Source, Upload
from rodedraad.sources.uploads import part_path, upload_append, upload_begin, uploads_clean
from rodedraad.studies.models import Study

TEXT = ("Een zin over de zorg. " * 60).encode()


def begin(browse: Client, study: Study, name: str = "map/nota.txt", size: int = len(TEXT)):
    address = reverse("sources:upload_begin", args=[study.slug])
    return browse.post(address, {"name": name, "size": size, "modified": 5}).json()


def send(browse: Client, address: str, offset: int, content: bytes, sha256: str = ""):
    headers = {"Upload-Offset": str(offset), "Piece-Sha256": sha256}
    return browse.post(address, content, "application/octet-stream", headers=headers)


@pytest.mark.django_db(transaction=True)
def test_a_file_goes_on_where_it_was_after_a_break_and_comes_in(
    browse: Client, study: Study
) -> None:
    begun = begin(browse, study)
    sha256 = hashlib.sha256(TEXT[:500]).hexdigest()
    assert send(browse, begun["address"], 0, TEXT[:500], sha256).json() == {"offset": 500}
    again = begin(browse, study)
    assert (again["id"], again["offset"]) == (begun["id"], 500)
    part_path(Upload.objects.get()).open("ab").write(b"half a piece that was cut off")
    assert send(browse, again["address"], 500, TEXT[500:]).json() == {"offset": len(TEXT)}
    page = browse.get(reverse("sources:add", args=[study.slug])).content.decode()
    assert "Eén bestand is aangekomen" in page
    facts = {"kind": "law", "confidentiality": "team"}
    answer = browse.post(reverse("sources:add", args=[study.slug]), facts)
    jobs_do(until_empty=True)
    assert "Toegevoegd: 1." in browse.get(answer.url).content.decode()
    source = Source.objects.get()
    assert (source.file_name, source.sha256) == ("nota.txt", hashlib.sha256(TEXT).hexdigest())


def test_a_piece_at_a_wrong_place_or_changed_on_the_way_is_not_taken(
    browse: Client, study: Study
) -> None:
    address = begin(browse, study)["address"]
    assert send(browse, address, 0, TEXT[:10]).status_code == 200
    for offset, content, sha256 in (
        (0, TEXT[:10], ""),
        (11, TEXT[11:20], ""),
        (10, TEXT[10:20], "0" * 64),
        (10, TEXT + TEXT, ""),
    ):
        answer = send(browse, address, offset, content, sha256)
        assert (answer.status_code, answer.json()) == (409, {"offset": 10})
    assert part_path(Upload.objects.get()).read_bytes() == TEXT[:10]


def test_nobody_else_can_add_to_an_upload_or_remove_it(
    client: Client, browse: Client, study: Study, team: dict[str, Person]
) -> None:
    begun = begin(browse, study)
    for role in ("researcher", "client", "other"):
        client.force_login(team[role])
        assert send(client, begun["address"], 0, TEXT).status_code == 404
        assert client.post(begun["remove"]).status_code == 404
    client.force_login(team["lead"])
    client.post(begun["remove"])
    assert not Upload.objects.exists()
    assert list((home_folder() / "uploads").iterdir()) == []


@pytest.mark.parametrize(
    ("name", "size", "words"),
    [
        ("a.exe", 10, "eindigen op ‘.exe’"),
        ("a.docm", 10, "macro"),
        ("a.zip", 10, "Archieven worden niet geopend"),
        ("a.pdf", 1024 * MIB, "groter dan 100 MB"),
        ("../../etc/passwd", 10, "worden niet gelezen"),
    ],
)
def test_what_is_not_taken_is_said_before_a_byte_is_sent(
    browse: Client, study: Study, name: str, size: int, words: str
) -> None:
    assert words in begin(browse, study, name, size)["refused"]
    assert not Upload.objects.exists()


def test_a_name_never_becomes_a_path(study: Study, lead: Person) -> None:
    upload = upload_begin(study, lead, "../../../tmp/x.txt", 3, 0)
    upload_append(upload, 0, b"abc")
    assert part_path(upload).parent == home_folder() / "uploads"
    assert part_path(upload).stem == upload.uuid.hex


def test_a_person_cannot_fill_the_disk(
    study: Study, lead: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "PERSON_BYTES", 100)
    upload_begin(study, lead, "a.txt", 60, 0)
    with pytest.raises(Refusal) as refused:
        upload_begin(study, lead, "b.txt", 60, 0)
    assert refused.value.code == "uploads_too_many"


def test_what_nobody_goes_on_with_is_removed_with_its_bytes(study: Study, lead: Person) -> None:
    old = upload_begin(study, lead, "oud.txt", 3, 0)
    upload_append(old, 0, b"ab")
    Upload.objects.filter(pk=old.pk).update(touched_at=timezone.now() - timedelta(days=3))
    new = upload_begin(study, lead, "nieuw.txt", 3, 0)
    assert not part_path(old).exists()
    assert list(Upload.objects.all()) == [new]
    assert uploads_clean() == 0


def test_an_upload_that_is_not_there_is_not_found(browse: Client, study: Study) -> None:
    address = reverse("sources:upload", args=[study.slug, uuid4()])
    assert send(browse, address, 0, TEXT).status_code == 404
