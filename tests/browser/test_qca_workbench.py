"""Do relations and the QCA workbench work in a browser: drag, keyboard, no script, narrow, dark?"""

import re

import pytest
from live_pages import LiveSite
from page_checks import faults_everywhere
from playwright.sync_api import expect

from assessment.evidence_making import sixteen_cases, stored
from rodedraad.accounts.models import Person
from rodedraad.assessment.conclusions.qca import Anchors
from rodedraad.assessment.models import Run
from rodedraad.assessment.qca_runs import QcaPlan, qca_make
from rodedraad.assessment.relation_runs import relations_make
from rodedraad.studies.actions import frame_fill, study_create
from rodedraad.studies.models import Study
from rodedraad.studies.template import template_load

CODES = [f"GM{n:04}" for n in range(1, 17)]
NEW = "/studies/proef/qca/nieuw/?meting=2015&uitkomst=G2&voorwaarde=F1&voorwaarde=F5"


@pytest.fixture
def study(transactional_db: None, administrator: Person) -> Study:
    made = study_create(
        template=template_load("change-factors"), slug="proef", person=administrator, origin="test"
    )
    frame_fill(made, [(code, f"Stad {code}") for code in CODES])
    stored(made, made.waves.get(), sixteen_cases(CODES))
    return made


def test_every_page_is_right_wide_and_narrow_light_and_dark(
    live_site: LiveSite, study: Study, administrator: Person
) -> None:
    wave = study.waves.get()
    relations_make(study, wave)
    sets = ("F1", "F4", "F5", "G2")
    anchors = dict.fromkeys(sets, Anchors(0.2, 0.52, 0.8))
    plan = QcaPlan(name="Leren", outcome="G2", conditions=sets[:3], anchors=anchors)
    run = qca_make(study, wave, plan)
    page = live_site.open(person=administrator)
    found = {}
    for path in ("samenhang/", "samenhang/F5/G1/", "qca/", f"qca/{run.pk}/", "qca/nieuw/", NEW):
        page.goto(path if path.startswith("/") else f"/studies/proef/{path}")
        faults = [each for each in faults_everywhere(page) if 'tabindex="-1"' not in each]
        if faults:
            found[path] = faults
    assert found == {}


def cases_inside(said: str) -> int:
    """Return how many cases are more in a set than out of it, as the page says."""
    return int(said.split("/", maxsplit=1)[0])


def test_an_anchor_moves_by_keyboard_and_pointer_and_its_field_moves_with_it(
    live_site: LiveSite, study: Study, administrator: Person
) -> None:
    page = live_site.open(NEW, person=administrator)
    crossover = page.get_by_role("slider", name="F1: omslagpunt")
    before = page.locator("[data-inside]").first.inner_text()
    crossover.focus()
    for _ in range(3):
        page.keyboard.press("PageDown")
    expect(page.locator("#id_F1-om")).to_have_value("0.20")
    expect(crossover).to_have_attribute("aria-valuetext", "0,20")
    page.locator("#id_F1-uit").fill("0.1")
    expect(page.locator("[data-inside]").first).not_to_have_text(before)
    assert cases_inside(page.locator("[data-inside]").first.inner_text()) > cases_inside(before)
    box = page.locator(".qca-anchor .qca-handle").nth(2).bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 5)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2 - 34, box["y"] + 5, steps=4)
    page.mouse.up()
    expect(page.locator("#id_F1-in")).to_have_value(re.compile(r"^0\.6[3-7]"))


def test_the_memberships_on_the_plot_are_those_that_are_worked_out(
    live_site: LiveSite, study: Study, administrator: Person
) -> None:
    page = live_site.open(NEW, person=administrator)
    page.locator("#id_F1-om").fill("0.45")
    page.locator("summary").first.click()
    table = page.locator("[data-qca-set]").first.locator("[data-score]")
    by_script = table.all_inner_texts()
    page.locator("#id_naam").fill("Leren")
    with page.expect_navigation():
        page.locator("button[value=bekijk]").click()
    page.locator("summary").first.click()
    expect(table).to_have_text(by_script)


def test_without_a_script_a_person_still_calibrates_and_works_it_out(
    live_site: LiveSite, study: Study, administrator: Person
) -> None:
    page = live_site.open(NEW, person=administrator, java_script_enabled=False)
    page.locator("#id_F1-om").fill("0.45")
    page.locator("button[value=bekijk]").click()
    expect(page.locator("#id_F1-om")).to_have_value("0.45")
    page.locator("#id_naam").fill("Zonder script")
    page.locator("button[value=bereken]").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Zonder script")
    assert Run.objects.get(kind="qca").parameters["anchors"]["F1"]["crossover"] == 0.45
