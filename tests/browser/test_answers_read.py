"""Are the pages about answers right for everyone, and are answers taken over by hand?"""

from pathlib import Path

import pytest
from live_pages import LiveSite
from page_checks import NARROWEST, WIDE, faults_everywhere, tables_cut_off
from playwright.sync_api import expect
from tests.surveys.answered import answered, version_out

from rodedraad.accounts.models import Person
from rodedraad.assessment.models import Evidence
from rodedraad.country.current import current_country
from rodedraad.studies.actions import frame_fill_from_country, study_create
from rodedraad.studies.template import template_load
from rodedraad.surveys.models import Survey
from rodedraad.surveys.results.columns import columns_of
from rodedraad.surveys.results.item_figures import item_figures_make
from rodedraad.surveys.results.weighting import WeightsAsked, weights_make

SCROLLING = """() => [...document.querySelectorAll('.rd-figure__picture')].map((picture) => [
    picture.scrollWidth > picture.clientWidth,
    picture.matches('[tabindex="0"][role=group][aria-label]'),
    picture.matches('[tabindex], [role], [aria-label]'),
])"""
PAGES = ("", "stellingen/", "opvallend/", "wie-niet/", "wegen/", "bewijs/", "open-antwoorden/")


@pytest.fixture
def survey(transactional_db: None, home: Path, administrator: Person) -> Survey:
    study = study_create(
        template=template_load("change-factors"), slug="factoren", person=administrator,
        origin="test",
    )  # fmt: skip
    frame_fill_from_country(study, current_country())
    wave = study.waves.get()
    made = Survey.objects.create(study=study, wave=wave, slug="team", title_nl="Teams")
    version = version_out(made, ["U"])
    items = [one for one in columns_of(version.definition) if one.is_scale]
    there = {one.code for one in current_country().municipalities_on(wave.reference_date)}
    for i, case in enumerate(study.cases.filter(unit_code__in=there).order_by("unit_code")[::8]):
        data: dict[str, object] = {"open": f"Meer tijd {i}."}
        for k, item in enumerate(items):
            data.setdefault(item.question, {})[item.row] = 1 + (i * 7 + k * (i % 3 + 1)) % 5
        answered(version, case, "U", f"U-{i}", data)
    weights_make(made, WeightsAsked(), person=administrator, origin="test")
    item_figures_make(made, person=administrator, origin="test")
    return made


def test_a_picture_is_a_stop_of_the_tab_key_only_while_it_scrolls(
    live_site: LiveSite, survey: Survey, administrator: Person
) -> None:
    first = "/studies/factoren/vragenlijsten/team/resultaten/"
    page = live_site.open(f"{first}wie-niet/", person=administrator)
    for width, scrolls in ((WIDE, False), (NARROWEST, True), (WIDE, False)):
        page.set_viewport_size(width)
        page.wait_for_function(
            f"() => ({SCROLLING})().some((one) => one[0] === {str(scrolls).lower()})"
        )
        page.wait_for_timeout(100)
        found = page.evaluate(SCROLLING)
        assert found
        assert all(one == [scrolls] * 3 for one in found), found


def test_every_page_about_answers_is_right_and_answers_are_taken_over(
    live_site: LiveSite, survey: Survey, administrator: Person
) -> None:
    first = "/studies/factoren/vragenlijsten/team/resultaten/"
    page = live_site.open(first, person=administrator)
    for address in PAGES:
        page.goto(first + address)
        assert faults_everywhere(page) == [], address
        assert tables_cut_off(page) == [], address
    page.goto(f"{first}bewijs/")
    page.get_by_role("button", name="Neem over in het bewijs").press("Enter")
    expect(page.get_by_text("Er is niets over te nemen.")).to_be_visible()
    assert Evidence.objects.filter(source="team").exists()
    page.goto(first)
    page.get_by_label("Gewichten").select_option(index=1)
    page.get_by_role("button", name="Tonen").press("Enter")
    expect(page.get_by_role("heading", name="(gewogen)")).to_be_visible()


def test_the_pages_about_files_are_right(
    live_site: LiveSite, survey: Survey, administrator: Person
) -> None:
    live_site.expected = ("422",)  # a file that cannot be read is refused
    here = "/studies/factoren/vragenlijsten/"
    page = live_site.open(here, person=administrator)
    for address in ("inlezen/", "team/bestanden/", "team/bestanden/codeboek/"):
        page.goto(here + address)
        assert faults_everywhere(page) == [], address
        assert tables_cut_off(page) == [], address
    page.goto(f"{here}inlezen/")
    page.get_by_label("Bestand").set_input_files(
        {"name": "niets.lss", "mimeType": "text/xml", "buffer": b"<geen"}
    )
    page.get_by_label("uitvoerder").check()
    page.get_by_role("button", name="Inlezen").press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    assert faults_everywhere(page) == []
