"""Do the pages show contact data only to who may see them, and write down that they did?"""

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fieldwork.people_world import NAMES, SECRETS, about_of, invitation_of, people_make, wave_make
from rodedraad.accounts.models import AuditEvent, Person
from rodedraad.fieldwork.models import ConsentText, Contact, Mailing, MailText, Participation
from rodedraad.jobs.models import Job
from rodedraad.studies.models import TeamMember

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
ROLES = ["lead", "named", "researcher", "client", "privacy_officer", "other"]
WORKS, READS = {"lead", "named", "researcher"}, {"lead", "named"}
NEW = {
    "case": "",
    "role": "U",
    "wave": "",
    "language": "nl",
    "name": "Nieuw",
    "mail": "n@post.test",
}


def test_somebody_is_found_by_mail_address_without_opening_the_vault(client):
    wave, other = wave_make(), wave_make("ander")
    first, _second = people_make(wave)
    people_make(other, 1, domain="elders.test")
    signed_in(client, wave, "lead")
    answer = client.post(at("people_find"), {"mail": " ZANDKASTEEL0@post.test "})
    assert answer.url == at("person", first.uuid)
    for nobody in ("zandkasteel0@elders.test", "niemand@post.test", ""):
        answer = client.post(at("people_find"), {"mail": nobody}, follow=True)
        assert "Niemand met dit mailadres" in answer.content.decode()
    told = AuditEvent.objects.filter(action="contacts_read").values_list("object", flat=True)
    assert sorted(told) == [
        *["study:proef contacts:0 reason:question"] * 3, "study:proef contacts:1 reason:question"
    ]  # fmt: skip


def signed_in(client, wave, role: str) -> Person:
    person = Person.objects.create_user(f"{role}@voorbeeld.test", name=role.capitalize())
    TOTP.activate(person, generate_totp_secret())
    if role != "other":
        TeamMember.objects.create(
            study=wave.study,
            person=person,
            role="researcher" if role == "named" else role,
            reads_contacts=role == "named",
        )
    client.force_login(person)
    return person


def at(name: str, *more: object) -> str:
    return reverse(f"fieldwork:{name}", args=["proef", *more])


@pytest.mark.parametrize("role", ROLES)
def test_each_role_reaches_what_it_may_and_no_more(client, role):
    wave = wave_make()
    person = people_make(wave)[0]
    mailing = invitation_of(wave)
    signed_in(client, wave, role)
    works, reads = role in WORKS, role in READS
    uuid = person.uuid
    for where in (
        at("people"), at("person", uuid), at("consent_texts"), at("consent_text", "quotes"),
        at("mailings"), at("mailing", mailing.uuid), at("mail_text", "reminder"),
    ):  # fmt: skip
        answer = client.get(where)
        assert answer.status_code == (200 if works else 404)
        assert not [secret for secret in SECRETS if secret in answer.content.decode()]
    for where in (at("person_new"), at("people_file"), at("letters")):
        assert client.get(where).status_code == (200 if reads else 404)
    for name, more, fields in (
        ("people_open", [], {"reason": "calling"}),
        ("people_find", [], {"mail": "Zandkasteel0@post.test"}),
        ("contact", [uuid], {"reason": "calling"}),
        ("contact", [uuid], {"name": "", "mail": "x"}),
        ("mail_stop", [uuid], {"why": "bounced"}),
        ("mailing_send", [mailing.uuid], {}),
        ("mailing_stop", [mailing.uuid], {}),
        ("mailings", [], {}),
        ("contact_forget", [uuid], {}),
    ):
        answer = client.post(at(name, *more), fields)
        assert (answer.status_code in (200, 302)) == reads, name
    assert AuditEvent.objects.filter(action="contacts_read").count() == 3 * reads
    member = TeamMember.objects.filter(person__email="researcher@voorbeeld.test").first()
    if member:
        assert client.post(at("reader_set", member.pk), {"allowed": "1"}).status_code == 404


def test_the_names_are_shown_after_a_reason_and_no_earlier(client):
    wave = wave_make()
    people_make(wave)
    signed_in(client, wave, "lead")
    assert client.post(at("people_open"), {}).status_code == 400
    assert not AuditEvent.objects.filter(action="contacts_read").exists()
    answer = client.post(at("people_open") + "?role=U", {"reason": "calling"})
    page = answer.content.decode()
    assert all(name in page for name in NAMES)
    assert "no-store" in answer["Cache-Control"]
    event = AuditEvent.objects.get(action="contacts_read")
    assert event.object == "study:proef contacts:2 reason:calling"


def test_the_lead_names_who_sees_contact_data(client):
    wave = wave_make()
    signed_in(client, wave, "researcher")
    assert client.get(at("person_new")).status_code == 404
    member = TeamMember.objects.get()
    signed_in(client, wave, "lead")
    assert client.post(at("reader_set", member.pk), {"allowed": "1"}).status_code == 302
    client.force_login(member.person)
    assert client.get(at("person_new")).status_code == 200
    assert AuditEvent.objects.filter(action="contact_reading_given").count() == 1


def test_a_file_comes_in_whole_or_shows_every_fault(client):
    wave = wave_make()
    signed_in(client, wave, "lead")

    def sent(text: str):
        file = SimpleUploadedFile("mensen.csv", text.encode())
        return client.post(at("people_file"), {"wave": wave.pk, "file": file})

    page = sent("gemeente,rol,naam,mail\nProefstad,U,A,a@post.test\nNergens,X,,b\n")
    text = page.content.decode()
    assert "4 plekken om te verbeteren" in text
    assert "Het onderzoek heeft geen casus ‘Nergens’." in text
    assert Participation.objects.count() == 0
    assert sent("gemeente,rol,naam,mail\nProefstad,U,A,a@post.test\n").status_code == 302
    assert Participation.objects.count() == Contact.objects.count() == 1


def test_one_person_comes_in_changes_and_goes(client):
    wave = wave_make()
    signed_in(client, wave, "lead")
    new = NEW | {"case": wave.study.cases.get().pk, "wave": wave.pk}
    assert client.post(at("person_new"), new).status_code == 302
    assert "al mee" in client.post(at("person_new"), new).content.decode()
    uuid = Participation.objects.get().uuid
    shown = client.post(at("contact", uuid), {"reason": "checking"}).content.decode()
    assert "n@post.test" in shown
    changed = {"name": "Anders", "mail": "m@post.test"}
    assert client.post(at("contact", uuid), changed).status_code == 302
    shown = client.post(at("contact", uuid), {"reason": "checking"}).content.decode()
    assert "m@post.test" in shown
    assert client.post(at("state_set", uuid), {"state": "refused", "reason": "geen tijd"})
    consent = {"purpose": "quotes", "given": "1", "day": "2026-03-02", "how": "paper"}
    assert client.post(at("consent_record", uuid), consent).status_code == 302
    page = client.get(at("person", uuid)).content.decode()
    assert "geen tijd" in page
    assert "op papier" in page
    assert client.post(at("contact_forget", uuid)).status_code == 302
    assert not Contact.objects.exists()
    assert "geen contactgegevens" in client.get(at("person", uuid)).content.decode()


def test_texts_get_versions_and_a_mail_is_made_seen_and_asked_for(client):
    wave = wave_make()
    people_make(wave)
    signed_in(client, wave, "lead")
    client.post(at("consent_text", "quotes"), {"nl": "Ja, dat mag.", "en": ""})
    assert ConsentText.objects.get(version=2).text_nl == "Ja, dat mag."
    page = client.get(at("mail_text", "invitation")).content.decode()
    assert "verzonnen" in page
    assert "Beste A. Voorbeeld" in page
    wrong = client.post(at("mail_text", "invitation"), {"subject_nl": "x", "body_nl": "{naam}"})
    assert "ontbreekt {link}" in wrong.content.decode()
    text = {"subject_nl": "Doe mee", "body_nl": "{link} {afmelden} tot {einddatum}"}
    assert (
        "Doe mee"
        in client.post(at("mail_text", "invitation"), text | {"look": "1"}).content.decode()
    )
    assert not MailText.objects.exists()
    assert client.post(at("mail_text", "invitation"), text).status_code == 302
    given = {"about": about_of(wave), "step": "invitation", "signed_by": "Wij"}
    assert "laatste dag" in client.post(at("mailings"), given).content.decode()
    made = client.post(at("mailings"), given | {"ends_on": "2026-03-04"})
    assert made.status_code == 302
    assert "2 mails wachten" in client.get(made.url).content.decode()
    assert client.post(at("mailing_send", Mailing.objects.get().uuid)).status_code == 302
    assert Job.objects.get().kind == "mail_send"
    letter = {"about": about_of(wave), "signed_by": "Wij", "text_nl": "Beste {naam}", "role": "U"}
    pdf = client.post(at("letters"), letter)
    assert pdf.content.startswith(b"%PDF")


@pytest.mark.parametrize("name", ["people", "person", "mailings", "mailing"])
def test_a_page_asks_as_many_questions_for_many_people_as_for_few(client, name):
    wave = wave_make()
    people = people_make(wave, 2)
    mailing = invitation_of(wave)
    signed_in(client, wave, "lead")
    more = {"person": [people[0].uuid], "mailing": [mailing.uuid]}.get(name, [])

    def asked() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get(at(name, *more)).status_code == 200
        return len(caught)

    asked()
    few = asked()
    people_make(wave, 80, domain="meer.test")
    invitation_of(wave)
    assert asked() == few <= 17
