"""Does the report read well in a browser: on the site, and as a folder without the site?"""

import re
from pathlib import Path

import pytest
from live_pages import LiveSite
from page_checks import NARROWEST, WIDE, axe_violations, faults_everywhere, scrolls_sideways
from playwright.sync_api import Browser, Page, expect

from reports.conftest import person_made
from reports.small_study import small_study, small_tables
from rodedraad.country.current import BUILT
from rodedraad.reports.actions import report_export, report_make
from rodedraad.reports.models import Report
from rodedraad.studies.models import TeamMember


@pytest.fixture
def report(transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Report:
    """Give the report of the study on three provinces."""
    small_tables(tmp_path / "home" / BUILT)
    monkeypatch.setenv("RODEDRAAD_HOME", str(tmp_path / "home"))
    return report_make(small_study(tmp_path / "home" / BUILT))


def test_from_a_number_to_its_rows_to_the_source_record_on_the_site(
    report: Report, live_site: LiveSite
) -> None:
    person = person_made("onderzoek@voorbeeld.test")
    TeamMember.objects.create(study=report.study, person=person, role=TeamMember.Role.LEAD)
    page = live_site.open(f"/studies/{report.study.slug}/rapport/", person=person)
    assert faults_everywhere(page) == []
    loaded = page.eval_on_selector_all("main img", "all => all.map(i => i.naturalWidth)")
    assert len(loaded) == 5
    assert all(width > 100 for width in loaded)
    number = page.locator('a.rd-number[href$="/inhabitants.2017/"]').first
    shown = number.inner_text()
    number.click()
    expect(page.locator("h1")).to_contain_text(shown)
    assert faults_everywhere(page) == []
    page.locator("tbody tr td:last-child a").first.click()
    expect(page).to_have_url(re.compile("/land/bron/population/"))


def test_the_folder_works_from_a_disk_without_network(
    report: Report, tmp_path: Path, browser: Browser
) -> None:
    out = tmp_path / "out"
    report_export(report, out)
    context = browser.new_context(offline=True)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("requestfailed", lambda request: complaints.append(request.url))
    for name in ("report.en.html", "report.html"):
        page.goto((out / name).as_uri())
        widths = page.eval_on_selector_all("main img", "all => all.map(i => i.naturalWidth)")
        assert len(widths) == 5
        assert all(width > 100 for width in widths)
    page.locator("a.rd-number").first.click()
    expect(page).to_have_url(re.compile("^" + re.escape((out / "rows").as_uri())))
    page.wait_for_load_state()
    assert page.locator("tbody tr").count() > 10
    rows = page.url
    page.locator("tbody tr td:last-child a").first.click()
    expect(page).to_have_url(re.compile("rows/sources.html#"))
    sources = page.url
    page.locator("a", has_text="Terug naar het rapport").click()
    expect(page).to_have_url((out / "report.html").as_uri())
    assert complaints == []

    checked = context.new_page()  # axe itself asks for files that a page on disk may not read
    for name in ("report.html", "report.en.html"):
        checked.goto((out / name).as_uri())
        checked.locator("details").first.evaluate("each => { each.open = true }")
        assert faults_on_disk(checked) == []
    for address in (rows, sources):
        checked.goto(address)
        assert faults_on_disk(checked) == []
    context.close()


def faults_on_disk(page: Page) -> list[str]:
    """Return what is wrong with a page on disk: light, dark and narrow."""
    page.set_viewport_size(WIDE)
    page.emulate_media(color_scheme="light")
    faults = axe_violations(page)
    page.emulate_media(color_scheme="dark")
    faults += axe_violations(page, only="color-contrast")
    page.set_viewport_size(NARROWEST)
    return [*faults, "scrolls sideways"] if scrolls_sideways(page) else faults
