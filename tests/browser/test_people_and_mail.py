"""Are people brought in, invited and written to in a real browser, on pages without faults?"""

import pytest
from live_pages import LiveSite
from page_checks import faults_everywhere
from playwright.sync_api import expect

from fieldwork.people_world import invitation_of, people_make, wave_make
from rodedraad.accounts.models import Person
from rodedraad.fieldwork.models import Contact, Participation
from rodedraad.fieldwork.opting_out import opt_out_token
from rodedraad.studies.models import TeamMember

HERE = "/studies/proef/veldwerk/"


@pytest.fixture
def wave(transactional_db: None, home: object, administrator: Person):
    made = wave_make()
    TeamMember.objects.create(study=made.study, person=administrator, role="lead")
    return made


def test_the_pages_about_people_and_mail_have_no_faults(
    live_site: LiveSite, wave, administrator: Person
) -> None:
    person = people_make(wave)[0]
    mailing = invitation_of(wave)
    mailing.messages.update(state="unsure", reason="broken_off")
    page = live_site.open(f"{HERE}mensen/", person=administrator)
    for path in (
        "mensen/", f"mensen/{person.uuid}/", "mensen/toevoegen/", "mensen/inlezen/",
        "toestemming/", "toestemming/quotes/", "mail/", f"mail/{mailing.uuid}/",
        "mail/tekst/reminder/", "brieven/",
    ):  # fmt: skip
        page.goto(HERE + path)
        assert faults_everywhere(page) == [], path
    page.goto(f"/veldwerk/afmelden/{opt_out_token(Contact.objects.earliest('uuid'))}/")
    assert faults_everywhere(page) == []
    page.get_by_role("button", name="Stuur mij geen mail meer").click()
    expect(page.get_by_role("status")).to_contain_text("geen mail meer")
    assert Contact.objects.exclude(opted_out_on=None).count() == 1


def test_a_file_is_mended_and_brought_in_and_the_names_are_shown_after_a_reason(
    live_site: LiveSite, wave, administrator: Person
) -> None:
    page = live_site.open(f"{HERE}mensen/inlezen/", person=administrator)

    def give(text: str) -> None:
        page.get_by_label("Bestand met mensen").set_input_files(
            {"name": "mensen.csv", "mimeType": "text/csv", "buffer": text.encode()}
        )
        page.get_by_role("button", name="Controleer en lees in").click()

    give("gemeente,rol,naam,mail\nNergens,U,Iemand,i@post.test\n")
    expect(page.get_by_text("Het onderzoek heeft geen casus ‘Nergens’.")).to_be_visible()
    assert faults_everywhere(page) == []
    give("gemeente,rol,naam,mail\nProefstad,U,Iemand,i@post.test\n")
    expect(page.get_by_text("1 persoon is toegevoegd.")).to_be_visible()
    pseudonym = Participation.objects.get().pseudonym
    expect(page.get_by_role("link", name=pseudonym)).to_be_visible()
    assert "Iemand" not in page.content().replace("Iemand heeft ons iets gevraagd", "")
    page.get_by_label("Ik ga bellen of langs").check()
    page.get_by_role("button", name="Toon de namen").click()
    expect(page.get_by_role("cell", name="i@post.test")).to_be_visible()
    assert faults_everywhere(page) == []
