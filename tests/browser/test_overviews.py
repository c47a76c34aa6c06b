"""Are the pages about what codes show right in a browser, also on a telephone?"""

from datetime import date
from pathlib import Path

import pytest
from live_pages import LiveSite
from page_checks import NARROW, faults_everywhere
from playwright.sync_api import expect

from rodedraad.accounts.models import Person
from rodedraad.coding.actions.codes import CodeFacts, code_add
from rodedraad.coding.actions.codings import coding_add
from rodedraad.coding.rounds import coder_for
from rodedraad.sources.actions import SourceFacts, source_add
from rodedraad.studies.actions import study_create
from rodedraad.studies.models import Case, Study
from rodedraad.studies.template import template_load


@pytest.fixture
def study(transactional_db: None, home: Path, administrator: Person) -> Study:
    made = study_create(
        template=template_load("living-labs"), slug="labs", person=administrator, origin="test"
    )
    coder = coder_for(made, administrator)
    learn = code_add(coder, CodeFacts(name="Leren"))
    code_add(coder, CodeFacts(name="Van inwoners"), parent=learn)
    money = code_add(coder, CodeFacts(name="Geld"))
    for at, name in enumerate(("Noord", "Zuid", "Oost")):
        case = Case.objects.create(
            study=made, unit_kind=made.unit_kind, unit_code=name, name=name, role=Case.Role.MAIN
        )
        if name != "Oost":
            facts = SourceFacts(title=f"Stuk {name}", case=case, date=date(2020 + at, 3, 1))
            text = f"In {name} leert men van geld.\n".encode()
            source = source_add(made, text, f"{name}.txt", facts, person=None, origin="test")
            version = source.versions.get()
            coding_add(coder, version.pk, learn, place=(0, 12))
            coding_add(coder, version.pk, money, place=(8, 20))
    return made


@pytest.mark.parametrize(
    "page",
    ["", "matrix/", "samen/", "tijd/", "verzadiging/", "citaten/?vermelding=volledig"],
)
def test_the_page_has_no_faults(
    live_site: LiveSite, study: Study, administrator: Person, page: str
) -> None:
    shown = live_site.open(f"/studies/labs/themas/{page}", person=administrator)
    assert shown.locator("svg[role=img], table").count() > 0
    assert faults_everywhere(shown) == []


def test_on_a_telephone_one_looks_at_one_case_at_a_time(
    live_site: LiveSite, study: Study, administrator: Person
) -> None:
    page = live_site.open("/studies/labs/themas/matrix/", person=administrator)
    page.set_viewport_size(NARROW)
    expect(page.locator("svg[role=img]")).to_be_hidden()
    page.locator(".ovw-narrow").get_by_role("link", name="Zuid").click()
    expect(page.locator("thead th")).to_have_text(["Code", "Zuid"])
    expect(page.locator("svg[role=img]")).to_be_visible()
