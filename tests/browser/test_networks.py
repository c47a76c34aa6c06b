"""Do the pages about networks and evidence work in a browser: keyboard, narrow, dark, print?"""

from collections.abc import Callable
from pathlib import Path

import pytest
from live_pages import LiveSite
from page_checks import faults_everywhere
from playwright.sync_api import Page, expect

from reports.small_study import small_study, small_tables
from rodedraad.accounts.models import Person
from rodedraad.assessment.models import Evidence, Run
from rodedraad.country.current import BUILT
from rodedraad.networks.models import Arrangement
from rodedraad.studies.models import Study, TeamMember


@pytest.fixture
def study(transactional_db: None, home: Path, administrator: Person) -> Study:
    """Give a study of three provinces with all its conclusions, the administrator in its team."""
    small_tables(home / BUILT)
    made = small_study(home / BUILT)
    TeamMember.objects.create(study=made, person=administrator, role=TeamMember.Role.LEAD)
    return made


def pages_of(study: Study) -> list[str]:
    """Return the addresses of all pages about networks, runs and evidence."""
    youth = Arrangement.objects.filter(study=study, kind="jeugdregio")[0]
    run = Run.objects.filter(study=study, kind="communities").latest("pk")
    row = Evidence.objects.filter(study=study).earliest("pk")
    rest = (
        "netwerken/",
        "netwerken/?meting=2022",
        "netwerken/soort/jeugdregio/",
        "netwerken/soort/gemeenschappelijke-regeling/",
        f"netwerken/verband/{youth.pk}/",
        "netwerken/niet-gekoppeld/",
        "netwerken/overeenkomst/",
        "netwerken/overeenkomst/?domein=alle&maat=nesteling",
        "netwerken/overeenkomst/jeugdregio/wmo-regio/",
        "netwerken/netwerkbeeld/?minimaal=6&gemeente=GM0014",
        "netwerken/netwerkbeeld/?minimaal=0",
        "netwerken/complexiteit/?gemeente=GM0014",
        "netwerken/verandering/",
        "berekeningen/",
        f"berekeningen/{run.pk}/",
        f"bewijs/?berekening={run.pk}",
        "bewijs/?gemeente=Atlantis",
        f"bewijs/{row.pk}/",
    )
    return [f"/studies/{study.slug}/{path}" for path in rest]


def test_every_page_is_right_wide_and_narrow_light_and_dark(
    live_site: LiveSite, study: Study, administrator: Person
) -> None:
    page = live_site.open(person=administrator)
    found = {}
    for path in pages_of(study):
        page.goto(path)
        # Areas and points of a picture may be small (WCAG 2.5.8): the table does the same.
        faults = [each for each in faults_everywhere(page) if 'tabindex="-1"' not in each]
        if faults:
            found[path] = faults
    assert found == {}


def press_until(page: Page, wanted: Callable[[], bool], most: int = 90) -> None:
    """Press Tab until the focus is where it is wanted."""
    for _ in range(most):
        if wanted():
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"not reached with {most} times Tab")


def follow(page: Page, text: str) -> None:
    """Go to the link with this text by keyboard, and follow it."""
    here = "(document.activeElement.textContent || '').trim()"
    press_until(page, lambda: page.evaluate(here).startswith(text))
    assert page.evaluate("document.activeElement.tagName") == "A"
    assert page.evaluate("document.activeElement.closest('svg')") is None
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_by_keyboard_from_the_overview_to_the_source_record_of_a_member(
    live_site: LiveSite, study: Study, administrator: Person
) -> None:
    page = live_site.open(f"/studies/{study.slug}/netwerken/", person=administrator)
    follow(page, "Jeugdregio's")
    expect(page.locator("h1")).to_have_text("Jeugdregio's")
    follow(page, "Groningen")
    expect(page.locator("h1")).to_have_text("Groningen")
    follow(page, "regioatlas_2016/")
    expect(page.locator("h1")).to_have_text("Bronrij")
    expect(page.locator("main")).to_contain_text("Jeugdregio's")


def test_from_a_conclusion_to_its_rows_and_their_record(
    live_site: LiveSite, study: Study, administrator: Person
) -> None:
    page = live_site.open(f"/studies/{study.slug}/netwerken/overeenkomst/", person=administrator)
    page.get_by_role("link", name="Arbeidsmarktregio's – GGD-regio's").click()
    expect(page.locator("h1")).to_have_text("Arbeidsmarktregio's en GGD-regio's")
    page.get_by_role("link", name="rijen waarop het rust").click()
    expect(page.locator("h1")).to_have_text("Bewijs")
    page.locator("input[name=gemeente]").fill("Groningen")
    page.get_by_role("button", name="Tonen").click()
    expect(page.locator("tbody tr").first).to_contain_text("Groningen")
    page.locator("tbody a[href*='/land/bron/']").first.click()
    expect(page.locator("h1")).to_have_text("Bronrij")
    expect(page.locator("main")).to_contain_text("Groningen")


def test_a_point_of_the_network_leads_to_its_partners(
    live_site: LiveSite, study: Study, administrator: Person
) -> None:
    path = f"/studies/{study.slug}/netwerken/netwerkbeeld/?minimaal=6"
    page = live_site.open(path, person=administrator)
    page.locator("svg.net a", has_text="Emmen").locator("path").click(force=True)
    expect(page.get_by_role("heading", name="Partners van Emmen")).to_be_visible()
    expect(page.locator("select[name=gemeente]")).to_have_value("GM0114")


def test_on_paper_pictures_stay_and_menus_go(
    live_site: LiveSite, study: Study, administrator: Person
) -> None:
    path = f"/studies/{study.slug}/netwerken/netwerkbeeld/"
    page = live_site.open(path, person=administrator)
    page.emulate_media(media="print")
    expect(page.locator("svg.net")).to_be_visible()
    expect(page.locator(".net-menu")).to_be_hidden()


def test_a_download_gives_a_file(
    live_site: LiveSite, study: Study, administrator: Person, tmp_path: Path
) -> None:
    page = live_site.open(f"/studies/{study.slug}/bewijs/?gemeente=GM0014", person=administrator)
    with page.expect_download() as started:
        page.get_by_role("link", name="CSV").click()
    file = tmp_path / "bewijs.csv"
    started.value.save_as(file)
    lines = file.read_text(encoding="utf-8").splitlines()
    n_rows = Evidence.objects.filter(study=study, case__unit_code="GM0014").count()
    assert len(lines) == n_rows + 1
