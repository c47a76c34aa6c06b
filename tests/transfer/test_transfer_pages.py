"""What may who do on the pages about exchange, and what do these tell?"""

import io
import zipfile
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from rodedraad.accounts.models import AuditEvent, Person
from rodedraad.coding.actions.codings import coding_add
from rodedraad.coding.models import Code, Coder, Coding, Round
from rodedraad.coding.rounds import coder_for, round_open
from rodedraad.errors import Refusal
from rodedraad.exchange.refi_qda.project_read import project_read
from rodedraad.exchange.refi_qda.walk import codings_all
from rodedraad.home import home_folder
from rodedraad.jobs.kinds import JobStopped
from rodedraad.jobs.models import Job
from rodedraad.sources.models import Source
from rodedraad.studies.models import Study, TeamMember
from rodedraad.transfer.bundle.writing import bundle_write
from rodedraad.transfer.bundle_job import bundle_work, restore_work
from rodedraad.transfer.import_job import import_work
from rodedraad.transfer.models import Import
from rodedraad.transfer.uploads import BUNDLES
from transfer.refi_made import brought, everything, guid, written

pytestmark = pytest.mark.django_db


def asked(browse: Client, study: Study, **given: str) -> bytes:
    answer = browse.post(reverse("transfer:project", args=[study.slug]), given)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def test_a_file_comes_in_as_a_job_and_its_report_is_shown(
    browse: Client, study: Study, tmp_path: Path
) -> None:
    content = written(everything(), tmp_path).read_bytes()
    answer = browse.post(
        reverse("transfer:exchange", args=[study.slug]),
        {"file": SimpleUploadedFile("p.qdpx", content), "kind": "other", "who": "team"},
    )
    job = Job.objects.get()
    assert answer["Location"] == reverse("jobs:job", args=[study.slug, job.pk])
    result = import_work(job, lambda *_: None)
    page = browse.get(result["address"])
    assert page.status_code == 200
    made = Import.objects.get()
    assert made.person == job.person
    assert made.file_name == "p.qdpx"
    for shown in ("PdfSelection", "Buurt", "User@id", str(made.kept)):
        assert shown in page.content.decode() or shown == "Buurt"
    browse.post(reverse("transfer:take_back", args=[study.slug, made.pk]))
    assert not Coding.objects.filter(study=study, removed_at=None).exists()
    assert browse.get(reverse("transfer:exchange", args=[study.slug])).status_code == 200
    assert browse.get(result["address"]).status_code == 200


def test_an_open_blind_round_is_in_no_export_until_it_closes(
    browse: Client, study: Study, lead: Person, tmp_path: Path
) -> None:
    brought(study, written(everything(), tmp_path))
    source = Source.objects.get(study=study, uuid=guid("tekst"))
    others = [Coder.objects.get(study=study, uuid=guid(name)) for name in ("anna", "bram")]
    blind = round_open(study, label="b", kind=Round.Kind.BLIND, sources=[source], coders=others,
                       person=lead, origin="test")  # fmt: skip
    made = coding_add(others[0], source.versions.get().pk, Code.objects.filter(
        study=study, is_codable=True).first(), place=(0, 2), in_round=blind)  # fmt: skip
    guids = {one.coding.guid for one in codings_all(project_read(asked(browse, study)).project)}
    assert str(made.uuid) not in guids
    assert guid("c1") in guids
    blind.closed_at = made.made_at
    blind.save()
    again = {one.coding.guid for one in codings_all(project_read(asked(browse, study)).project)}
    assert again - guids == {str(made.uuid)}


def test_who_codes_blind_exports_nothing_of_others_in_that_text(
    browse: Client, study: Study, lead: Person, tmp_path: Path
) -> None:
    brought(study, written(everything(), tmp_path))
    source = Source.objects.get(study=study, uuid=guid("tekst"))
    coders = [coder_for(study, lead), Coder.objects.get(study=study, uuid=guid("anna"))]
    round_open(study, label="b", kind=Round.Kind.BLIND, sources=[source], coders=coders,
               person=lead, origin="test")  # fmt: skip
    guids = {one.coding.guid for one in codings_all(project_read(asked(browse, study)).project)}
    assert guid("c1") not in guids
    assert guid("c13") in guids


def test_talks_with_people_go_along_only_when_asked_and_that_is_logged(
    browse: Client, study: Study, tmp_path: Path
) -> None:
    brought(study, written(everything(), tmp_path))
    Source.objects.filter(study=study, uuid=guid("tekst")).update(confidentiality="personal")
    plain = project_read(asked(browse, study)).project
    assert guid("tekst") not in {one.guid for one in plain.sources}
    assert not AuditEvent.objects.filter(action="source_read").exists()
    whole = project_read(asked(browse, study, personal="yes")).project
    assert guid("tekst") in {one.guid for one in whole.sources}
    assert AuditEvent.objects.filter(action="source_read").count() == 1


def stopped(_done: int, _total: int, _message: str = "") -> None:
    raise JobStopped


def told(_done: int, _total: int, _message: str = "") -> None:
    """Go on."""


def test_only_the_lead_has_the_bundle_written_and_fetches_it_and_that_is_logged(
    browse: Client, study: Study, lead: Person
) -> None:
    answer = browse.post(reverse("transfer:bundle", args=[study.slug]))
    job = Job.objects.get(kind="study_bundle")
    assert answer["Location"] == reverse("jobs:job", args=[study.slug, job.pk])
    job.result = dict(bundle_work(job, told))
    job.save()
    fetched = browse.get(job.result["address"])
    content = b"".join(fetched.streaming_content)
    assert "manifest.json" in zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert AuditEvent.objects.filter(action="study_bundle_fetch").count() == 1
    other = reverse("transfer:bundle_file", args=[study.slug, uuid4()])
    assert browse.get(other).status_code == 404
    TeamMember.objects.filter(study=study, person=lead).update(role="researcher")
    assert browse.get(job.result["address"]).status_code == 404
    assert browse.post(reverse("transfer:bundle", args=[study.slug])).status_code == 404
    for what in ("again", "cancel"):  # the work of a lead: no researcher has it done or undone
        at = reverse(f"jobs:{what}", args=[study.slug, job.pk])
        assert browse.post(at).status_code == 404
    TeamMember.objects.filter(study=study, person=lead).update(role="client")
    for name in ("exchange", "project"):
        at = reverse(f"transfer:{name}", args=[study.slug])
        assert (browse.get(at) if name == "exchange" else browse.post(at)).status_code == 404


def test_a_bundle_that_is_cancelled_leaves_no_file_and_no_line_in_the_log(
    browse: Client, study: Study
) -> None:
    browse.post(reverse("transfer:bundle", args=[study.slug]))
    with pytest.raises(JobStopped):
        bundle_work(Job.objects.get(kind="study_bundle"), stopped)
    assert not list((home_folder() / BUNDLES).iterdir())
    assert not AuditEvent.objects.filter(action="study_bundle").exists()


def test_an_administrator_restores_a_study_as_a_job_of_the_site(
    browse: Client, client: Client, study: Study, lead: Person, tmp_path: Path
) -> None:
    path = tmp_path / "b.zip"
    bundle_write(study, path, person=lead, origin="test")
    restore = reverse("transfer:restore")
    assert browse.get(restore).status_code == 403
    Person.objects.filter(pk=lead.pk).update(is_administrator=True)
    given = {"file": SimpleUploadedFile("b.zip", path.read_bytes()), "slug": "terug"}
    answer = browse.post(restore, given)
    job = Job.objects.get(kind="study_restore")
    assert answer["Location"] == reverse("jobs:site_job", args=[job.pk])
    page = browse.get(answer["Location"]).content.decode()
    assert reverse("jobs:site_cancel", args=[job.pk]) in page
    with pytest.raises(JobStopped):
        restore_work(job, stopped)
    assert not Study.objects.filter(slug="terug").exists()
    done = restore_work(job, told)  # what was cancelled can be asked again: the file is there
    assert done["address"] == reverse("studies:study", args=["terug"])
    assert Study.objects.get(slug="terug").team.get().person == lead
    Person.objects.filter(pk=lead.pk).update(is_administrator=False)
    for name in ("site_job", "site_progress"):
        assert browse.get(reverse(f"jobs:{name}", args=[job.pk])).status_code == 403
    for name in ("site_cancel", "site_again"):
        assert browse.post(reverse(f"jobs:{name}", args=[job.pk])).status_code == 403


def test_a_file_that_is_no_bundle_is_refused_by_the_job_and_goes(
    browse: Client, lead: Person
) -> None:
    Person.objects.filter(pk=lead.pk).update(is_administrator=True)
    given = {"file": SimpleUploadedFile("b.zip", b"PK"), "slug": "nog"}
    browse.post(reverse("transfer:restore"), given)
    job = Job.objects.get(kind="study_restore")
    with pytest.raises(Refusal):
        restore_work(job, told)
    assert not Study.objects.filter(slug="nog").exists()
    with pytest.raises(Refusal) as gone:
        restore_work(job, told)
    assert gone.value.code == "upload_gone"


def test_the_page_asks_few_queries_whatever_there_is(
    browse: Client, study: Study, tmp_path: Path, django_assert_max_num_queries: object
) -> None:
    for _ in range(3):
        brought(study, written(everything(), tmp_path))
    with django_assert_max_num_queries(14):  # type: ignore[operator]
        assert browse.get(reverse("transfer:exchange", args=[study.slug])).status_code == 200
