"""From an empty questionnaire to the evidence: thirty people are invited, and ten answer.

Everything goes through the pages; the database is only read, to see what became of it. The mails
go through a real mail server, and people follow the links that they find in them.
"""

import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from answering_pages import NO_CONNECTION, REFUSED_STYLE, begin, usable
from django.utils import timezone
from live_pages import LiveSite
from page_checks import NARROW, faults_everywhere
from playwright.sync_api import Page, expect
from story_people import (
    OWN_MANNER,
    PLACES,
    all_of_it,
    elsewhere,
    first_page,
    half_way,
    into_the_tunnel,
    keyboard_alone,
    link_of,
    links_in,
    mail_of,
    mails_to,
    out_of_the_tunnel,
    people_file,
    rest,
    stops_half_way,
)

from fieldwork.mail_server import Postbox, mail_server
from rodedraad.accounts.models import Person
from rodedraad.assessment.models import Evidence
from rodedraad.fieldwork import mail_jobs
from rodedraad.fieldwork.models import Contact, ContactLink, Participation
from rodedraad.fieldwork.sending import mailing_send
from rodedraad.jobs.worker import jobs_do
from rodedraad.later import later_load
from rodedraad.sources.models import Paragraph, Source
from rodedraad.studies.actions import frame_fill, study_create
from rodedraad.studies.models import Case, Study
from rodedraad.studies.template import template_load
from rodedraad.surveys.answering.asked import asked_forget
from rodedraad.surveys.engine.pool import engine_close
from rodedraad.surveys.models import Response

HERE = "/studies/factoren/"
SURVEY = f"{HERE}vragenlijsten/samen-veranderen/"
FIELD = f"{HERE}veldwerk/"
SECONDS_OFFLINE = 30
PATIENCE = 30_000
WEDNESDAY = 2
TRAIN, ELSEWHERE, KEYBOARD, TELEPHONE = 1, 2, 3, 4
QUICK = {5: "vijf", 6: "zes", 7: "zeven", 8: "acht"}
AFTER_REMINDER = {9: "negen", 10: "tien"}
STOPS = (9, 11, 12)
REFUSES, NOT_RIGHT, OPTS_OUT, BOUNCES = 14, 15, 16, 17
FIRST_DONE = {TRAIN, ELSEWHERE, KEYBOARD, TELEPHONE, *QUICK}
EVERYONE = set(range(1, 31))
STANDS = {
    "gepland": "0", "uitgenodigd": "16", "bereikt": "0", "begonnen": "2", "klaar": "10",
    "weigert": "1", "niet bereikt": "0", "niet de juiste persoon": "1", "gestopt": "0",
}  # fmt: skip
RATES = {
    "RR1": "34%",  # 10 of 29: all but the one who was not the right person
    "RR2": "41%",  # 12 of 29
    "RR3": "36%",  # 10 of 13 + 16 x 13/14
    "RR4": "43%",
    "RR5": "77%",  # 10 of 13
    "RR6": "92%",
    "REF1": "3%",
    "COOP1": "77%",
}
NOT_REMINDED = FIRST_DONE | {REFUSES, NOT_RIGHT, OPTS_OUT, BOUNCES}


@dataclass
class Clock:
    """The moment at which mail leaves: noon of a working day, which the story moves on."""

    now: datetime = field(default_factory=lambda: _last(WEDNESDAY))

    def tomorrow(self) -> None:
        """Go to noon of the next day."""
        self.now += timedelta(days=1)


def _last(weekday: int) -> datetime:
    noon = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
    return noon - timedelta(days=(noon.weekday() - weekday) % 7 or 7)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    sent = partial(mailing_send, now=lambda: made.now)
    monkeypatch.setattr(mail_jobs, "mailing_send", sent)
    return made


@pytest.fixture
def postbox(settings, live_server) -> Iterator[Postbox]:
    with mail_server() as (taken, port):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        settings.DEFAULT_FROM_EMAIL = "Onderzoek <post@voorbeeld.test>"
        settings.BASE_URL = live_server.url
        yield taken


@pytest.fixture
def study(transactional_db: None, home: Path, administrator: Person) -> Iterator[Study]:
    later_load()  # here, so that no page waits for it
    expect.set_options(timeout=PATIENCE)
    asked_forget()
    made = study_create(
        template=template_load("change-factors"), slug="factoren", person=administrator,
        origin="test",
    )  # fmt: skip
    frame_fill(made, PLACES)
    made.cases.update(role=Case.Role.MAIN)
    yield made
    expect.set_options(timeout=5_000)
    ContactLink.objects.all().delete()  # no test empties the vault by itself
    Contact.objects.all().delete()
    engine_close()


def looked(page: Page, where: str = "") -> None:
    """Go to a page, if one is named, and find no fault in it."""
    if where:
        page.goto(where)
    assert faults_everywhere(page) == [], page.url


def test_a_survey_goes_from_the_framework_through_thirty_people_into_the_evidence(
    live_site: LiveSite, study: Study, administrator: Person, postbox: Postbox, clock: Clock
) -> None:
    live_site.expected = (REFUSED_STYLE, NO_CONNECTION)
    live_site.patience = PATIENCE
    page = live_site.open(HERE, person=administrator)
    survey_is_made(page)
    survey_goes_out(page)
    people_come_in(page)
    postbox.refused = {mail_of(BOUNCES)}
    mailing_goes(page, "Uitnodiging", 30)
    assert set(postbox.addresses) == {mail_of(n) for n in EVERYONE - {BOUNCES}}
    scanner_opens_everything(live_site, postbox)

    links = {n: link_of(mails_to(postbox, n)[0]) for n in EVERYONE - {BOUNCES}}
    first_answers(live_site, links)
    opts_out(live_site, link_of(mails_to(postbox, OPTS_OUT)[0], "/afmelden/"))
    for number, state, why in (
        (REFUSES, "weigert", "geen tijd"), (NOT_RIGHT, "niet de juiste persoon", "andere baan"),
    ):  # fmt: skip
        written_down(page, number, state, why)

    clock.tomorrow()
    before = len(postbox.mails)
    mailing_goes(page, "Herinnering", 19)
    reminded = {address for address, _mail in postbox.mails[before:]}
    assert reminded == {mail_of(n) for n in EVERYONE - NOT_REMINDED}
    after_the_reminder(live_site, postbox)

    clock.tomorrow()
    before = len(postbox.mails)
    mailing_goes(page, "Bedankje", 10)
    thanked = {address for address, _mail in postbox.mails[before:]}
    assert thanked == {mail_of(n) for n in FIRST_DONE | set(AFTER_REMINDER)}

    monitor_shows_it(page)
    survey_closes(page, live_site, links[20])
    answers_become_evidence(page)
    open_answers_become_a_source(page)


def survey_is_made(page: Page) -> None:
    """In the editor, from statements of the framework and one open question."""
    page.get_by_role("link", name="Vragenlijsten").first.click()
    looked(page)
    page.get_by_role("link", name="Vragenlijst maken").click()
    page.get_by_label("Titel in het Nederlands").fill("Samen veranderen")
    page.get_by_label("Titel in het Engels").fill("Changing together")
    page.get_by_label("uitvoerder", exact=True).check()
    page.get_by_label("directeur of manager").check()
    page.get_by_label("Begin met").select_option(label="een lege vragenlijst")
    looked(page)
    page.get_by_role("button", name="Vragenlijst maken").click()
    looked(page)
    page.get_by_role("link", name="Vragenlijst veranderen").click()
    looked(page)
    from_the_framework(page, "F1.1", "F1.2", "F1.4")
    page.get_by_role("button", name="Pagina toevoegen").click()
    from_the_framework(page, "F2.1", "F2.3")
    page.get_by_role("button", name="Pagina toevoegen").click()
    page.get_by_label("Nieuwe vraag").select_option("comment")
    page.get_by_label("Op pagina").select_option(label="3")
    page.get_by_role("button", name="Vraag toevoegen").click()
    page.locator("[name=name]").fill("helpt")
    page.locator("[name=title_nl]").fill("Wat zou helpen?")
    page.locator("[name=title_en]").fill("What would help?")
    expect(page.locator("#sv-live")).to_contain_text("Wat zou helpen?", timeout=20_000)
    looked(page)
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_text("Geen fouten gevonden.")).to_be_visible()
    looked(page)


def from_the_framework(page: Page, *codes: str) -> None:
    page.get_by_role("link", name="Toevoegen uit het raamwerk").click()
    for code in codes:
        page.get_by_label(code, exact=True).check()
    looked(page)
    page.get_by_role("button", name="Deze stellingen toevoegen").click()
    expect(page.get_by_text(f"{len(codes)} stellingen toegevoegd.")).to_be_visible()


def survey_goes_out(page: Page) -> None:
    page.get_by_role("link", name="Laten uitgaan").click()
    page.get_by_role("button", name="Versie 1 vastzetten").click()
    looked(page)
    page.get_by_role("button", name="Vragenlijst openen").click()
    expect(page.get_by_text("De vragenlijst is open")).to_be_visible()
    looked(page)


def people_come_in(page: Page) -> None:
    """From a file; who stands in it is nowhere on the page."""
    looked(page, FIELD)
    page.get_by_role("link", name="Mensen", exact=True).first.click()
    looked(page)
    page.get_by_role("link", name="Lees mensen in uit een bestand").click()
    looked(page)
    page.get_by_label("Bestand met mensen").set_input_files(
        {"name": "mensen.csv", "mimeType": "text/csv", "buffer": people_file()}
    )
    page.get_by_role("button", name="Controleer en lees in").click()
    expect(page.get_by_text("30 mensen zijn toegevoegd.")).to_be_visible()
    looked(page)
    assert "Persoon 0" not in page.content()
    assert "post.test" not in page.content()


def mailing_goes(page: Page, step: str, n: int) -> None:
    """Make a mail, look at it, and let the worker send it; the pages are the same for each mail."""
    look = looked if step == "Uitnodiging" else _glanced
    page.goto(f"{FIELD}mail/")
    page.get_by_label(step).check()
    page.get_by_label("Laatste dag").fill((timezone.localdate() + timedelta(days=14)).isoformat())
    looked(page)
    page.get_by_role("button", name="Maak deze mail").click()
    expect(page.get_by_text(f"{n} mails wachten.")).to_be_visible()
    look(page)
    page.get_by_role("button", name="Verstuur wat wacht").click()
    look(page)
    jobs_do(until_empty=True)
    page.get_by_role("link", name="Bekijk de uitkomst").click()
    expect(page.get_by_text("Er wacht niets.")).to_be_visible()
    look(page)


def _glanced(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def scanner_opens_everything(live_site: LiveSite, postbox: Postbox) -> None:
    """A scanner of mail follows every link, once as a program and once in a browser."""
    links = {link for _address, mail in postbox.mails for link in links_in(mail)}
    assert len(links) == 2 * 29
    for link in links:
        for method in ("HEAD", "GET"):
            request = urllib.request.Request(link, method=method)
            with urllib.request.urlopen(request, timeout=20) as answer:
                assert answer.status == 200
    for link in sorted(links)[:: len(links) // 4]:
        page = live_site.open(link)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.context.close()
    assert Response.objects.count() == 0
    ours = ContactLink.objects.filter(participation__in=Participation.objects.values("uuid"))
    assert ours.count() == 30
    assert not ours.exclude(contact__opted_out_on=None).exists()
    assert set(Participation.objects.values_list("state", flat=True)) == {"invited"}


def first_answers(live_site: LiveSite, links: dict[int, str]) -> None:
    """Eight answer, each in a manner of their own, and three stop half-way."""
    in_train = live_site.open(links[TRAIN], viewport=NARROW)
    into_the_tunnel(in_train)
    since = time.monotonic()
    code = half_way(live_site.open(links[ELSEWHERE]))
    page = live_site.open("/vragenlijst/verder/")
    looked(page)
    elsewhere(page, code)
    page.context.close()
    page = live_site.open(links[KEYBOARD])
    keyboard_alone(page)
    page.context.close()
    on_a_telephone(live_site, links[TELEPHONE])
    for number, words in QUICK.items():
        page = live_site.open(links[number])
        all_of_it(page, words)
        page.context.close()
    for number in STOPS:
        stops_half_way(live_site.open(links[number]))
    in_train.wait_for_timeout(max(0, SECONDS_OFFLINE - (time.monotonic() - since)) * 1000)
    out_of_the_tunnel(in_train)
    in_train.context.close()


def on_a_telephone(live_site: LiveSite, link: str) -> None:
    """Answer with a finger on a small screen; every page on the way is looked at."""
    page = live_site.open(link, viewport=NARROW, has_touch=True, is_mobile=True)
    looked(page)
    page.set_viewport_size(NARROW)
    begin(page)
    first_page(page)
    looked(page)
    page.set_viewport_size(NARROW)
    page.locator("#rd-next").tap()
    page.locator("#rd-heading", has_text="Pagina 2 van 3").wait_for()
    rest(page, "telefoon")
    looked(page)
    page.context.close()


def opts_out(live_site: LiveSite, link: str) -> None:
    page = live_site.open(link)
    looked(page)
    page.get_by_role("button", name="Stuur mij geen mail meer").click()
    expect(page.get_by_role("status")).to_contain_text("geen mail meer")
    page.context.close()


def written_down(page: Page, number: int, state: str, why: str) -> None:
    """A researcher finds somebody who mailed, and writes down what they said."""
    page.goto(f"{FIELD}mensen/")
    page.get_by_label("Mailadres").fill(mail_of(number))
    page.get_by_role("button", name="Zoek", exact=True).click()
    page.get_by_label("Hoe ver").select_option(label=state)
    page.get_by_label("Waarom (niet verplicht)").fill(why)
    looked(page)
    page.get_by_role("button", name="Leg dit vast").click()
    expect(page.get_by_role("cell", name=why)).to_be_visible()


def after_the_reminder(live_site: LiveSite, postbox: Postbox) -> None:
    """One goes on where they stopped, one begins; both by the link in the reminder."""
    goes_on = live_site.open(link_of(mails_to(postbox, 9)[-1]))
    begin(goes_on)
    usable(goes_on)
    goes_on.locator("#rd-heading", has_text="Pagina 2 van 3").wait_for()
    rest(goes_on, AFTER_REMINDER[9])
    goes_on.context.close()
    begins = live_site.open(link_of(mails_to(postbox, 10)[-1]))
    all_of_it(begins, AFTER_REMINDER[10])
    begins.context.close()


def monitor_shows_it(page: Page) -> None:
    """Thirty people: ten finished, two began, one refused, one was not the right person."""
    looked(page, FIELD)
    expect(page.get_by_role("link", name="1 persoon is niet klaar")).to_be_visible()
    table = page.get_by_role("table", name="Waar mensen staan, per casus")
    heads = table.get_by_role("columnheader").all_inner_texts()
    last = table.get_by_role("row").last.get_by_role("cell").all_inner_texts()
    shown = dict(zip(heads[1:], last, strict=True))
    assert {head: shown[head] for head in ("mensen", "mails")} == {"mensen": "30", "mails": "57"}
    assert {head: n for head, n in shown.items() if head in STANDS} == STANDS
    rates = page.get_by_role("table", name="Maten")
    for name, share in RATES.items():
        row = rates.get_by_role("row").filter(has=page.get_by_role("rowheader", name=name))
        expect(row.get_by_role("cell").first).to_have_text(share)
    expect(page.get_by_role("row").filter(has_text="geen tijd")).to_contain_text("1")


def survey_closes(page: Page, live_site: LiveSite, link: str) -> None:
    """Who comes too late is told so, and the page of the survey says what comes next."""
    page.goto(SURVEY)
    page.get_by_role("button", name="Sluiten", exact=True).click()
    expect(page.get_by_text("De vragenlijst is gesloten.")).to_be_visible()
    looked(page)
    late = live_site.open(link)
    expect(late.get_by_role("heading", name="Deze vragenlijst is gesloten")).to_be_visible()
    looked(late)
    late.context.close()


def answers_become_evidence(page: Page) -> None:
    """Each answer is a row, and a row leads back to who answered what."""
    page.goto(SURVEY)
    page.get_by_role("link", name="Resultaten").click()
    looked(page)
    page.get_by_role("link", name="Naar het bewijs").click()
    looked(page)
    page.get_by_role("button", name="Neem over in het bewijs").click()
    expect(page.get_by_text("Er is niets over te nemen.")).to_be_visible()
    looked(page)
    rows = Evidence.objects.filter(source="samen-veranderen")
    assert rows.count() == 8 * 5 + 2 * 4  # directors are not asked F1.4
    assert rows.values("respondent").distinct().count() == 10
    turned = rows.filter(about="F1.4", raw=2)
    assert turned.count() == 7
    assert {row.value for row in turned} == {0.75}
    in_train = rows.get(about="F2.1", raw=4)
    looked(page, f"{HERE}bewijs/?soort=answer&over=F2.1")
    row = page.get_by_role("row").filter(has_text=in_train.respondent)
    expect(row).to_contain_text("0,75")
    row.get_by_role("link", name="Lees de antwoorden").click()
    expect(page.get_by_text(f"{OWN_MANNER.removesuffix('.')}: Eens")).to_be_visible()
    expect(page.get_by_text("trein", exact=True)).to_be_visible()
    looked(page)


def open_answers_become_a_source(page: Page) -> None:
    """What people wrote can be read and coded."""
    looked(page, f"{SURVEY}resultaten/open-antwoorden/")
    page.get_by_role("button", name="Maak deze bronnen").click()
    looked(page)
    page.get_by_role("link", name="Wat zou helpen?").click()
    looked(page)
    source = Source.objects.get()
    said = Paragraph.objects.filter(version__source=source).values_list("text", flat=True)
    assert {words.strip() for words in said} == {
        "trein", "elders", "toetsen", "telefoon", *QUICK.values(), *AFTER_REMINDER.values()
    }  # fmt: skip
