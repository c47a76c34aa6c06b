"""Does each mend of SurveyJS mend something? Without it, axe or the keyboard finds a fault.

A mend that is no longer needed after an update of SurveyJS fails here, and can go.
"""

import re
from pathlib import Path
from typing import Any

import pytest
from answering_pages import REFUSED_STYLE, begin, invited, survey_out
from django.contrib.staticfiles.finders import find
from page_checks import NARROW, WIDE, axe_violations
from playwright.sync_api import Page, Route
from question_kinds import DEFINITION, PAGES

from rodedraad.later import later_load

SCRIPT = Path(str(find("surveys/survey-mend.js")))
MENDS = re.findall(r"^  (\w+)\([\w, ]*\) \{$", SCRIPT.read_text(encoding="utf-8"), re.MULTILINE)


def _axe(rule: str) -> Any:
    return lambda page: [one for one in axe_violations(page) if one.startswith(f"{rule}:")]


def _asked(script: str) -> Any:
    return lambda page: page.evaluate(f"() => {script}")


# Of each mend: the group of kinds where it is needed, and what finds that it is missing.
NEEDED: dict[str, tuple[str, Any]] = {
    "otherNamed": ("choosing", _axe("label")),
    "ratingAsButtons": ("grading", _asked(
        "document.querySelectorAll('[data-name=cijfer] [role=combobox]').length")),
    "languageTold": ("typing", _asked("document.querySelectorAll('#rd-survey [lang=en]').length")),
    "requiredWhereItMay": ("grading", _axe("aria-allowed-attr")),
    "namedGroups": ("typing", _asked(
        "document.querySelectorAll('#rd-survey div[aria-label]:not([role])').length")),
    "fieldsNamed": ("groups", _axe("aria-prohibited-attr")),
    "tablesWhole": ("tables", _asked(
        "document.querySelectorAll('[data-name=tabel]:not(.sd-question--mobile)').length")),
    "orderWithButtons": ("grading", _asked(
        "document.querySelectorAll('.sv-ranking-item[tabindex]:not([role])').length")),
}  # fmt: skip


def test_every_mend_has_a_test() -> None:
    assert set(MENDS) == set(NEEDED)


@pytest.mark.parametrize("mend", NEEDED)
def test_without_this_mend_there_is_a_fault(
    live_site: Any, transactional_db: None, mend: str
) -> None:
    live_site.expected = (REFUSED_STYLE,)
    later_load()
    group, faults = NEEDED[mend]
    narrow = mend == "ratingAsButtons"
    page = live_site.open(invited(survey_out(DEFINITION)), viewport=NARROW if narrow else WIDE)
    begin(page)
    _turn(page, group)
    assert not faults(page)
    page.route("**/survey-mend*.js", lambda route: _without(route, mend))
    page.reload()
    page.locator("#rd-fill").wait_for(state="visible", timeout=30_000)
    _turn(page, group)
    assert faults(page)


def _without(route: Route, mend: str) -> None:
    text = SCRIPT.read_text(encoding="utf-8")
    changed = re.sub(rf"(?m)^  {mend}\([\w, ]*\) {{$", r"\g<0> return;", text)
    assert changed != text
    route.fulfill(body=changed, content_type="text/javascript")


def _turn(page: Page, group: str) -> None:
    page.evaluate(
        """number => {
            const survey = document.getElementById('rd-survey').survey;
            survey.currentPageNo = number;
            survey.getQuestionByName('keuze').value = 'other';
            survey.getQuestionByName('bestand').value = [
                {name: 'a.txt', type: 'text/plain', content: 'data:text/plain;base64,YQ=='}];
        }""",
        list(PAGES).index(group),
    )
    page.wait_for_timeout(400)
