"""Whether the pages of a study work for everyone: with the keyboard, without scripts, in print."""

from collections.abc import Callable

import pytest
from live_pages import LiveSite
from page_checks import axe_violations, faults_everywhere
from playwright.sync_api import Page, expect

from rodedraad.accounts.models import Person
from rodedraad.country.current import current_country
from rodedraad.studies.actions import frame_fill_from_country, study_create, wave_freeze
from rodedraad.studies.invitations import case_invite, case_refuse, step_undo
from rodedraad.studies.labels import forerunners_label
from rodedraad.studies.models import Case, Study
from rodedraad.studies.selection import selection_plan_make
from rodedraad.studies.template import template_load

FOCUSED = """() => {
    const element = document.activeElement;
    const label = element.labels?.length ? element.labels[0] : element;
    return (label.innerText || '').trim();
}"""
TAG = "document.activeElement.tagName"
SEEN = "getComputedStyle(document.activeElement).outlineStyle !== 'none'"


def tab_to(page: Page, text: str, tag: str = "") -> None:
    """Press Tab until what begins with ``text`` has the focus, and see that the focus shows."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED).startswith(text) and tag in page.evaluate(TAG):
            assert page.evaluate(SEEN), f"the focus on {text} cannot be seen"
            return
    pytest.fail(f"Tab never reaches {text} on {page.url}")


def press(page: Page, text: str, tag: str = "") -> None:
    """Go to a link or button with the keyboard and press Enter."""
    tab_to(page, text, tag)
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.fixture
def study(administrator: Person) -> Study:
    """Give a study with two choices, a log with an undone step, labels and a frozen wave."""
    made = study_create(
        template=template_load("network-development"),
        slug="proef",
        person=administrator,
        client="Een ministerie",
        origin="test",
    )
    country = current_country()
    frame_fill_from_country(made, country)
    forerunners_label(
        made, "Delft", label=True, source="Een lijst", person=administrator, origin="test"
    )
    for method in ("random", "most_diverse"):
        cases = made.template["cases"]
        plan = selection_plan_make(
            study=made,
            country=country,
            method=method,
            n_cases=8,
            reference_date=template_load("network-development").cases.frame_date,
            strata=("size",),
            indicators=cases["indicators"],
            seed=1,
            person=administrator,
            origin="test",
        )
    for case in made.cases.filter(role=Case.Role.MAIN).order_by("rank")[:2]:
        case_invite(plan, case, person=administrator)
        case_refuse(plan, case, reason="Geen tijd", person=administrator)
    step_undo(plan, person=administrator)
    wave_freeze(made.waves.first(), person=administrator, origin="test")
    return made


def faults_of(page: Page, paths: list[str]) -> dict[str, list[str]]:
    found = {}
    for path in paths:
        page.goto(path)
        found[path] = faults_everywhere(page)
    return {path: faults for path, faults in found.items() if faults}


def test_the_pages_of_a_study_are_accessible(
    live_site: LiveSite, administrator: Person, study: Study
) -> None:
    page = live_site.open("/studies/", person=administrator)
    case = study.cases.get(role=Case.Role.MAIN, rank=3)
    paths = [
        "/studies/",
        "/studies/proef/",
        "/studies/proef/raamwerk/",
        "/studies/proef/casussen/",
        "/studies/proef/kader/",
        "/studies/proef/kader/koplopers/",
        "/studies/proef/selectie/",
        "/studies/proef/selectie/1/naast/2/",
        "/studies/proef/logboek/",
        f"/studies/proef/logboek/{case.pk}/",
        "/studies/proef/team/",
        f"/studies/proef/metingen/{study.waves.last().pk}/",
    ]
    assert faults_of(page, paths) == {}


def test_pages_to_make_a_study_are_accessible_also_with_faults(
    live_site: LiveSite, administrator: Person
) -> None:
    study_create(
        template=template_load("living-labs"), slug="tuinen", person=administrator, origin="test"
    )
    made = study_create(
        template=template_load("network-development"), slug="m", person=administrator, origin="test"
    )
    frame_fill_from_country(made, current_country())
    page = live_site.open("/studies/", person=administrator)
    paths = [
        "/studies/nieuw/",
        "/studies/nieuw/scan/",
        "/studies/nieuw/eigen/",
        "/studies/tuinen/",
        "/studies/tuinen/kader/",
        "/studies/tuinen/kader/toevoegen/",
        "/studies/tuinen/casussen/",
        "/studies/m/selectie/?method=random&n=8&reference_date=2015-01-01&strata=size&seed=3",
        "/studies/m/selectie/?method=random&n=2&reference_date=2015-01-01&strata=size&seed=3",
        "/studies/m/selectie/?method=typical&n=&reference_date=x&seed=",
    ]
    assert faults_of(page, paths) == {}
    page.goto("/studies/nieuw/eigen/")
    template = {"name": "fout.yaml", "mimeType": "text/yaml", "buffer": b"key: x\nversie: 1\n"}
    page.get_by_label("Sjabloon").set_input_files(template)
    page.get_by_label("Korte naam").fill("fout")
    page.get_by_role("button", name="Onderzoek maken").click()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_role("table")).to_contain_text("geen bekende sleutel")
    assert faults_everywhere(page) == []
    page.goto("/studies/tuinen/kader/toevoegen/")
    rows = {"name": "x.csv", "mimeType": "text/csv", "buffer": b"code,name\n,A\nb b,B\n"}
    page.get_by_label("CSV-bestand").set_input_files(rows)
    page.get_by_role("button", name="Toevoegen uit het bestand").click()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_role("alert")).to_contain_text("Rij 3:")
    assert faults_everywhere(page) == []


def test_a_study_is_made_chosen_for_and_a_refusal_replaced_with_the_keyboard_alone(
    signed_in_page: Callable[..., Page],
) -> None:
    page = signed_in_page("/studies/")
    press(page, "Onderzoek maken")
    press(page, "Scan Sociaal Domein")
    press(page, "Onderzoek maken", "BUTTON")
    expect(page.get_by_role("status")).to_contain_text("Het onderzoek is gemaakt")
    press(page, "Casussen kiezen")
    press(page, "Verdeling tonen")
    expect(page.get_by_role("heading", name="Dit krijgt u")).to_be_visible()
    press(page, "20 casussen kiezen")
    expect(page.get_by_role("heading", level=1)).to_have_text("Casussen")
    study = Study.objects.get(slug="scan")
    first = study.cases.get(role=Case.Role.MAIN, rank=1)
    reserve = first.reserves.get(rank=1)
    press(page, "Naar het logboek")
    press(page, "Stap vastleggen")
    expect(page.get_by_role("heading", level=1)).to_have_text(first.name)
    tab_to(page, "uitgenodigd")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("weigert")).to_be_checked()
    tab_to(page, "Reden")
    page.keyboard.type("Geen tijd door een herindeling")
    press(page, "Stap bewaren")
    expect(page.get_by_role("status")).to_contain_text(f"{reserve.name} neemt de plaats in")
    expect(page.get_by_role("row", name=f"in plaats van {first.name}")).to_be_visible()
    assert study.cases.get(role=Case.Role.MAIN, rank=1) == reserve
    press(page, "Laatste stap terugdraaien")
    expect(page.get_by_role("status")).to_contain_text("teruggedraaid")
    assert study.cases.get(role=Case.Role.MAIN, rank=1) == first


def test_the_sentence_is_copied_with_a_button_and_is_plain_text_without_scripts(
    live_site: LiveSite, administrator: Person, study: Study
) -> None:
    sentence = study.selection_plans.last().result["sentence"]["nl"]
    page = live_site.open("/studies/proef/casussen/", person=administrator)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Kopiëren van de Nederlandse tekst").click()
    expect(page.get_by_role("button", name="Gekopieerd van de Nederlandse tekst")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == sentence
    assert axe_violations(page) == []
    plain = live_site.open(
        "/studies/proef/casussen/", person=administrator, java_script_enabled=False
    )
    expect(plain.locator("#sentence-nl")).to_have_text(sentence)
    expect(plain.get_by_role("button", name="Kopiëren")).to_have_count(0)


def test_a_framework_prints_without_menus(
    live_site: LiveSite, administrator: Person, study: Study
) -> None:
    page = live_site.open("/studies/proef/raamwerk/", person=administrator)
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="Dit onderzoek").get_by_role("list")).to_be_hidden()
    expect(page.get_by_role("navigation", name="Op deze pagina")).to_be_hidden()
    expect(page.get_by_text("Dit netwerk heeft een doel waar alle partijen")).to_be_visible()


def test_the_map_tells_chosen_from_reserve_without_colour(
    live_site: LiveSite, administrator: Person, study: Study
) -> None:
    page = live_site.open("/studies/proef/casussen/", person=administrator)
    assert page.locator(".rd-map-mark-chosen circle").count() == 8
    reserves = study.cases.filter(role=Case.Role.RESERVE).count()
    assert page.locator(".rd-map-mark-reserve rect").count() == reserves
    marks = [page.locator(".rd-map-mark").nth(i).bounding_box() for i in range(8 + reserves)]
    overlaps = [
        (a, b)
        for i, a in enumerate(marks)
        for b in marks[:i]
        if abs((a["x"] + a["width"] / 2) - (b["x"] + b["width"] / 2))
        < (a["width"] + b["width"]) / 2 - 2
        and abs((a["y"] + a["height"] / 2) - (b["y"] + b["height"] / 2))
        < (a["height"] + b["height"]) / 2 - 2
    ]
    assert overlaps == []
