"""What the browser tests of answering share: a survey that went out, and how one answers it."""

from datetime import date
from typing import Any

from django.utils import timezone
from playwright.sync_api import Locator, Page

from rodedraad.fieldwork.models import Participation
from rodedraad.studies.models import Case, Framework, Study, Wave
from rodedraad.surveys.answering.asked import asked_forget
from rodedraad.surveys.answering.standing import standing_of
from rodedraad.surveys.engine.pool import guard_derive
from rodedraad.surveys.models import Response, Survey, SurveyVersion
from rodedraad.surveys.ways_in import address_of, invitation_make, stratum_link_make

# survey-js-ui hides its icons with a style in HTML: refused by the policy, with no effect.
REFUSED_STYLE = "Applying inline style violates"
# What a browser says in its console of requests that fail on purpose in these tests.
NO_CONNECTION = "ERR_INTERNET_DISCONNECTED"


def both(nl: str, en: str) -> dict[str, str]:
    return {"default": nl, "en": en}


SCALE = [
    {"value": value, "text": both(nl, en)}
    for value, nl, en in (
        (1, "Helemaal oneens", "Strongly disagree"),
        (2, "Oneens", "Disagree"),
        (3, "Neutraal", "Neutral"),
        (4, "Eens", "Agree"),
        (5, "Helemaal eens", "Strongly agree"),
        ("dk", "Weet ik niet", "I do not know"),
    )
]
DEFINITION: dict[str, Any] = {
    "locale": "nl",
    "checkErrorsMode": "onNextPage",
    "clearInvisibleValues": "onComplete",
    "showQuestionNumbers": "off",
    "pages": [
        {
            "name": "p1",
            "description": both("Denk aan uw gemeente.", "Think of your municipality."),
            "elements": [
                {
                    "type": "matrix",
                    "name": "F5",
                    "title": both("Bent u het eens?", "Do you agree?"),
                    "columns": SCALE,
                    "rows": [
                        {"value": "F5.1", "text": both("Wij werken samen", "We work together")},
                        {"value": "F5.2", "text": both("Er is tijd", "There is time")},
                    ],
                }
            ],
        },
        {
            "name": "p2",
            "elements": [
                {
                    "type": "radiogroup",
                    "name": "works",
                    "isRequired": True,
                    "title": both("Werkt u in een wijkteam?", "Do you work in a team?"),
                    "choices": [
                        {"value": "yes", "text": both("Ja", "Yes")},
                        {"value": "no", "text": both("Nee", "No")},
                    ],
                },
                {
                    "type": "text",
                    "name": "years",
                    "inputType": "number",
                    "min": 0,
                    "max": 60,
                    "visibleIf": "{works} = 'yes'",
                    "title": both("Hoeveel jaar?", "How many years?"),
                },
            ],
        },
        {
            "name": "p3",
            "elements": [
                {
                    "type": "comment",
                    "name": "open",
                    "maxLength": 4000,
                    "title": both("Wilt u nog iets kwijt?", "Anything else?"),
                }
            ],
        },
    ],
}


def survey_out(
    definition: dict[str, Any] | None = None, mode: str = "confidential", slug: str = "vragen"
) -> Survey:
    """Make a study with an open survey of one frozen version."""
    study, _new = Study.objects.get_or_create(
        slug="proef",
        defaults={
            "title_nl": "Proef", "title_en": "Trial", "template_key": "change-factors",
            "template_version": "1.0", "template": {},
        },
    )  # fmt: skip
    framework, _new = Framework.objects.get_or_create(study=study, version=1)
    wave, _new = Wave.objects.get_or_create(
        study=study,
        label="2026",
        defaults={"reference_date": date(2026, 1, 1), "framework": framework},
    )
    survey = Survey.objects.create(
        study=study, wave=wave, slug=slug, title_nl="Samen veranderen",
        title_en="Changing together", roles=["U"], mode=mode, state="open",
    )  # fmt: skip
    definition = definition or DEFINITION
    SurveyVersion.objects.create(
        survey=survey,
        number=1,
        definition=definition,
        guard=guard_derive(definition),
        sha256="0" * 64,
        frozen_at=timezone.now(),
    )
    asked_forget()
    return survey


def invited(survey: Survey, number: int = 1) -> str:
    """Return the address of the invitation of a new participation."""
    case, _new = Case.objects.get_or_create(
        study=survey.study, unit_code="GM0001", name="Proefstad"
    )
    if survey.mode == Survey.Mode.ANONYMOUS:
        return address_of(stratum_link_make(survey, case, "U"))
    who = Participation.objects.create(
        study=survey.study, wave=survey.wave, case=case, role="U", pseudonym=f"U-{number:03}"
    )
    return address_of(invitation_make(survey, who))


def begin(page: Page) -> None:
    """Agree on the welcome page and wait until one can answer."""
    page.locator("form[method=post] button.utrecht-button").first.click()
    usable(page)


def usable(page: Page) -> None:
    page.locator("#rd-fill").wait_for(state="visible", timeout=20_000)


def cell(page: Page, row: str, column: str) -> Locator:
    """Return the radio button of a row of the matrix."""
    return page.get_by_role("radio", name=f"rij {row}, kolom {column}", exact=True)


def choose(page: Page, row: str, column: str) -> None:
    cell(page, row, column).check(force=True)


def next_page(page: Page, heading: str) -> None:
    page.locator("#rd-next").click()
    on(page, heading)


def answer_all(page: Page, words: str, works: str = "Nee") -> None:
    """Answer from the first page to the last, and hand in."""
    choose(page, "Wij werken samen", "Eens")
    choose(page, "Er is tijd", "Weet ik niet")
    next_page(page, "Pagina 2 van 3")
    page.get_by_role("radio", name=works, exact=True).check(force=True)
    next_page(page, "Pagina 3 van 3")
    page.get_by_label("Wilt u nog iets kwijt?").fill(words)
    hand_in(page)


def on(page: Page, heading: str) -> None:
    page.locator("#rd-heading", has_text=heading).wait_for()


def saved(page: Page) -> None:
    page.locator("#rd-saved", has_text="Bewaard om").wait_for(timeout=20_000)


def hand_in(page: Page) -> None:
    page.locator("#rd-next", has_text="Insturen").click()
    page.get_by_role("heading", name="Dank u wel, uw antwoorden zijn binnen").wait_for(
        timeout=30_000
    )


def answers_of(survey: Survey) -> dict[str, dict[str, Any]]:
    """Return the answers of every complete response, by what stands in its open answer."""
    rows = Response.objects.filter(survey=survey, state=Response.State.COMPLETE)
    found = [dict(standing_of(row).data) for row in rows]
    return {one.get("open", ""): one for one in found}
