"""Can a researcher make a questionnaire in a browser, and can everyone see what to fill in?"""

import re
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from live_pages import LiveSite
from page_checks import NARROW, WIDE, axe_violations, faint_borders, faults_everywhere
from playwright.sync_api import expect
from tests.surveys.questionnaires import (
    ANSWERS,
    OTHER_KINDS,
    SIMPLE,
    study_made,
    survey_made,
)

from rodedraad.later import later_load
from rodedraad.surveys.engine.pool import engine_close
from rodedraad.surveys.models import Survey
from rodedraad.surveys.questionnaire.editing import element_remove
from rodedraad.surveys.questionnaire.freezing import version_freeze, version_next
from rodedraad.surveys.questionnaire.saving import version_save

REFUSED_STYLE = "Applying inline style violates"
"""SurveyJS sets one style that the security policy drops; nothing of it can be seen."""


@pytest.fixture
def made(transactional_db: None) -> Any:
    later_load()  # here, so that no page waits for it
    wave, person = study_made()
    TOTP.activate(person, generate_totp_secret())
    yield survey_made(wave, person), person
    engine_close()


def test_a_researcher_makes_a_survey_from_the_framework_and_lets_it_go_out(
    live_site: LiveSite, made: Any
) -> None:
    _survey, person = made
    live_site.expected = (REFUSED_STYLE,)
    page = live_site.open("/studies/proef/vragenlijsten/", person=person)
    assert faults_everywhere(page) == []
    page.get_by_role("link", name="Make a survey").or_(
        page.get_by_role("link", name="Vragenlijst maken")
    ).click()
    assert faults_everywhere(page) == []
    page.locator("[name=title_nl]").fill("Wijkteams")
    page.locator("[name=roles][value=U]").check()
    page.locator("main form button[type=submit]").click()
    expect(page).to_have_url(re.compile("/vragenlijsten/wijkteams/"))
    assert faults_everywhere(page) == []
    survey = Survey.objects.get(slug="wijkteams")
    here = "/studies/proef/vragenlijsten/wijkteams/"

    page.goto(f"{here}v1/")
    assert faults_everywhere(page) == []
    page.goto(f"{here}v1/vraag/open/")
    live = page.locator("#sv-live")
    expect(live.locator("textarea")).to_be_visible()
    page.locator("[name=title_nl]").fill("Wat wilt u ons nog zeggen?")
    expect(live).to_contain_text("Wat wilt u ons nog zeggen?")
    assert faults_everywhere(page) == []
    page.locator("#sv-question button[type=submit]").click()
    expect(page.locator("main")).to_contain_text("Engels")
    page.locator("[name=soort]").select_option("radiogroup")
    page.locator("button[value='erbij:slot']").click()
    page.locator("[name=name]").fill("waarom")
    page.locator("[name=title_nl]").fill("Waarom?")
    page.locator("[name=choices_0_nl]").fill("Tijd")
    page.locator("[name=choices_1_nl]").fill("Geld")
    page.locator("[name=dk]").check()
    page.locator("fieldset details summary").click()
    page.locator("[name=if_question]").select_option("F1.F1.1")
    page.locator("[name=if_how]").select_option("<=")
    page.locator("[name=if_value]").fill("2")
    expect(live.locator("input[type=radio]")).to_have_count(3)
    page.locator("#sv-question button[type=submit]").click()
    expect(page.locator(".sv-question[data-name=waarom]")).to_be_visible()
    before = page.locator(".sv-question").all_inner_texts()
    page.set_viewport_size(WIDE)
    page.locator(".sv-page").first.evaluate("one => one.scrollIntoView({block: 'start'})")
    box = page.locator(".sv-question[data-name=F2]").bounding_box()
    to = page.locator(".sv-question[data-name=F1]").bounding_box()
    assert box
    assert to
    page.mouse.move(box["x"] + 300, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(to["x"] + 300, to["y"] + 10, steps=5)
    with page.expect_navigation():
        page.mouse.up()
    expect(page.locator(".sv-question")).not_to_have_text(before)

    page.goto(f"{here}v1/voorbeeld/?rol=U")
    preview = page.locator("#sv-preview")
    expect(preview).to_contain_text("Stelling F1.1")
    preview.get_by_role("button", name="Volgende").click()
    expect(preview).to_contain_text("Wat wilt u ons nog zeggen?")
    expect(preview).not_to_contain_text("Waarom?")
    preview.get_by_role("button", name="Vorige").click()
    preview.get_by_role("radio", name="Oneens", exact=True).nth(0).or_(
        preview.locator("input[type=radio]").nth(1)
    ).first.check(force=True)

    page.goto(here)
    page.locator("button[value=vastzetten]").click()
    page.locator("button[value=open]").click()
    expect(page.locator("button[value=paused]")).to_be_visible()
    survey.refresh_from_db()
    assert survey.state == "open"
    assert survey.versions.get().frozen_at is not None


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_kind_of_question_has_borders_one_can_see_and_no_faults_of_axe(
    live_site: LiveSite, made: Any, dark: bool
) -> None:
    survey, person = made
    live_site.expected = (REFUSED_STYLE,)
    version = survey.versions.get()
    kinds = [*SIMPLE, *OTHER_KINDS]
    required = [{**one, "isRequired": True} for one in kinds if one["type"] != "html"]
    pages = [
        {"name": f"p{at}", "elements": required[at : at + 7]} for at in range(0, len(required), 7)
    ]
    version_save(version, {"pages": pages}, "", row_version=version.row_version)
    there = f"/studies/proef/vragenlijsten/{survey.slug}/v1/voorbeeld/?rol=U"
    page = live_site.open(there, person=person, dark=dark, viewport=WIDE)
    problems = {}
    for state in ("empty", "faulty", "filled"):
        for number in range(len(pages)):
            page.evaluate(
                """([state, number, answers]) => {
                    const survey = document.getElementById('sv-preview').survey;
                    survey.data = state === 'filled' ? answers : {};
                    survey.currentPageNo = number;
                    if (state === 'faulty') survey.currentPage.validate(true, false);
                }""",
                [state, number, ANSWERS],
            )
            page.wait_for_timeout(250)
            where = f"{state} {number}"
            if faults := faint_borders(page):
                problems[f"{where} borders"] = faults
            if faults := axe_violations(page):
                problems[f"{where} axe"] = faults
    page.set_viewport_size(NARROW)
    page.wait_for_timeout(300)
    assert problems == {}


def test_other_pages_of_a_questionnaire_have_no_faults(live_site: LiveSite, made: Any) -> None:
    survey, person = made
    live_site.expected = (REFUSED_STYLE,)
    version = survey.versions.get()
    version_freeze(version, row_version=version.row_version, person=person, origin="test")
    second = version_next(survey, note="Na de proef", comparable="partly")
    shorter = element_remove(second.definition, "F2")
    version_save(second, shorter, "", row_version=second.row_version)
    page = live_site.open("/studies/proef/vragenlijsten/", person=person)
    here = f"/studies/proef/vragenlijsten/{survey.slug}/"
    for name in ("instellen/", "ingangen/", "v2/uit-het-kader/", "v1/afdrukken/", "v2/pagina/p1/",
                 "v2/vraag/F1/", "v2/vraag/open/?json", "eigen-vragen/",
                 "verschil/1/2/"):  # fmt: skip
        page.goto(here + name)
        assert faults_everywhere(page) == [], name
