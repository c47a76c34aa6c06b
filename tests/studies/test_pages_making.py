"""Whether an administrator makes a study in a minute, and a bad template leaves nothing behind."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from rodedraad.accounts.models import Person
from rodedraad.studies.models import Case, Study
from rodedraad.studies.template import template_keys, template_load
from rodedraad.studies.template.framework_files import TEMPLATES_FOLDER

OWN = reverse("studies:new_from_file")


@pytest.fixture
def maker(client: Client, lead: Person) -> Client:
    """Give a client signed in as an administrator."""
    lead.is_administrator = True
    lead.save()
    client.force_login(lead)
    return client


def upload(maker: Client, content: bytes, name: str = "mijn sjabloon (1).yaml", **form: str):
    file = SimpleUploadedFile(name, content)
    return maker.post(OWN, {"file": file, "slug": "eigen", **form})


def test_each_template_has_a_card_with_what_it_asks_and_about_what(maker: Client) -> None:
    page = maker.get(reverse("studies:new")).content.decode()
    for key in template_keys():
        template = template_load(key)
        assert reverse("studies:new_from", args=[key]) in page
        assert template.title.nl in page
        assert template.questions[0].text.nl in page
    assert "proeftuinen" in page


def test_a_study_of_municipalities_comes_with_its_frame(maker: Client, lead: Person) -> None:
    url = reverse("studies:new_from", args=["network-development"])
    assert 'value="network-development"' in maker.get(url).content.decode()
    form = {"slug": "netwerken", "title_nl": "Netwerken", "title_en": "Networks", "client": "SZW"}
    answer = maker.post(url, form)
    assert answer.url == reverse("studies:study", args=["netwerken"])
    study = Study.objects.get()
    assert (study.title_nl, study.client, study.created_by) == ("Netwerken", "SZW", lead)
    assert study.team.get().role == "lead"
    assert Case.objects.filter(study=study).count() == 414
    assert study.waves.count() == 2


def test_the_short_name_offered_is_free(maker: Client, study: Study) -> None:
    Study.objects.filter(pk=study.pk).update(slug="scan")
    page = maker.get(reverse("studies:new_from", args=["scan"])).content.decode()
    assert 'value="scan-2"' in page


@pytest.mark.parametrize(
    "slug", ["nieuw", "Hoofd", "a b", "a--b", "-a", "é", "proef", "", "x" * 51]
)
def test_a_short_name_that_cannot_be_is_told_beside_its_field(
    maker: Client, study: Study, slug: str
) -> None:
    url = reverse("studies:new_from", args=["scan"])
    answer = maker.post(url, {"slug": slug, "title_nl": "A", "title_en": "B"})
    assert answer.status_code == 200
    assert answer.context["form"].errors.keys() == {"slug"}
    assert Study.objects.count() == 1


def test_an_unknown_template_is_not_there(maker: Client) -> None:
    assert maker.get(reverse("studies:new_from", args=["raar"])).status_code == 404


def test_an_own_template_makes_a_study_whatever_its_file_is_called(maker: Client) -> None:
    content = (TEMPLATES_FOLDER / "living-labs.yaml").read_bytes()
    answer = upload(maker, content, name="../../etc/pas<b>.yaml", title_nl="Onze tuinen")
    assert answer.url == reverse("studies:study", args=["eigen"])
    study = Study.objects.get()
    assert study.title_nl == "Onze tuinen"
    assert study.title_en == template_load("living-labs").title.en
    assert not study.cases.exists()


def test_every_fault_of_an_own_template_stands_on_the_page_with_line_and_cure(
    maker: Client,
) -> None:
    text = (TEMPLATES_FOLDER / "scan.yaml").read_text(encoding="utf-8")
    text = text.replace("n: 20", "n: twintig").replace("framework: [", "framework: [F99, ")
    text = text.replace('version: "1.0"', "version: 1.0")
    page = upload(maker, text.encode(), name="<script>alert(1)</script>.yaml")
    assert page.status_code == 200
    fields = [fault.field for fault in page.context["faults"]]
    assert {"version", "cases.n"} <= set(fields)
    shown = page.content.decode()
    assert "<script>alert(1)" not in shown
    assert "<title>Fout:" in page.content.decode()
    for fault in page.context["faults"]:
        assert f"<code>{fault.field}</code>" in shown
    assert not Study.objects.exists()


@pytest.mark.parametrize(
    "content",
    [
        b"\x00\x01\x02",
        b"",
        b"a: &a [*a]",
        b"a: &a ['x','x']\nb: [*a,*a]",
        b"!!python/object/apply:os.system ['true']",
        b"[" * 10_000,
        b"key: [1,2",
        "sleutel: \ud800".encode("utf-8", "surrogatepass"),
        b"- just\n- a list",
        b"title: {nl: \x07}",
    ],
)
def test_a_hostile_file_is_refused_on_the_page(maker: Client, content: bytes) -> None:
    answer = upload(maker, content)
    assert answer.status_code == 200
    assert answer.context["form"].errors or answer.context["faults"]
    assert not Study.objects.exists()


def test_a_file_that_is_too_large_is_refused_before_it_is_read(maker: Client) -> None:
    answer = upload(maker, b"# " + b"x" * 500_000)
    assert "file" in answer.context["form"].errors
    assert not Study.objects.exists()


def test_a_short_name_is_checked_with_an_own_template_too(maker: Client, study: Study) -> None:
    content = Path(TEMPLATES_FOLDER / "scan.yaml").read_bytes()
    answer = upload(maker, content, slug="proef")
    assert "slug" in answer.context["form"].errors
    assert Study.objects.count() == 1
