"""Are fields checked when a text is saved, are reports of bounces read, and do letters come out?"""

import pypdfium2
import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from fieldwork.people_world import NOON, about_of, invitation_of, people_make, wave_make
from rodedraad.accounts.models import AuditEvent, Person
from rodedraad.errors import Refusal
from rodedraad.fieldwork.bounces import bounces_read
from rodedraad.fieldwork.consent_defaults import CONSENT_DEFAULTS
from rodedraad.fieldwork.consents import (
    consent_holds,
    consent_record,
    consent_text_for,
    consent_text_save,
)
from rodedraad.fieldwork.hours import may_send, next_moment
from rodedraad.fieldwork.letters import letters_pdf
from rodedraad.fieldwork.letters_made import letters_for
from rodedraad.fieldwork.mail_defaults import LETTER_DEFAULTS, MAIL_DEFAULTS
from rodedraad.fieldwork.mail_words import FIELDS, html_of, text_check, text_fill, words_check
from rodedraad.fieldwork.models import ConsentText, Contact, Interview, Message
from rodedraad.fieldwork.sending import mailing_send

REPORT = """From: Mail Delivery System <MAILER-DAEMON@post.test>
To: post@voorbeeld.test
Subject: Undelivered
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

It did not arrive.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.post.test

Final-Recipient: rfc822; {address}
Action: {action}
Status: {status}

--b
Content-Type: text/rfc822-headers

Message-ID: <{number}@voorbeeld.test>
Subject: Wilt u meedoen

--b--
"""


def refused_code(text: str) -> str:
    with pytest.raises(Refusal) as refused:
        text_check(text)
    return refused.value.code


def test_our_own_words_are_right():
    for step, words in MAIL_DEFAULTS.items():
        words_check(step, words)
    for text in LETTER_DEFAULTS.values():
        text_check(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Beste {name}", "mail_field_unknown"),
        ("Beste {naam", "mail_brace_alone"),
        ("Beste naam}", "mail_brace_alone"),
        ("Beste {{naam}}", "mail_brace_alone"),
        ("Beste {na\nam}", "mail_brace_alone"),
        ("a" * 10_001, "mail_text_long"),
    ],
)
def test_a_text_with_a_wrong_field_is_refused(text, code):
    assert refused_code(text) == code


@pytest.mark.parametrize("field", ["link", "afmelden"])
def test_an_invitation_without_a_link_or_a_way_out_is_refused(field):
    words = dict(MAIL_DEFAULTS["invitation"])
    words["body_en"] = words["body_en"].replace(f"{{{field}}}", "")
    with pytest.raises(Refusal) as refused:
        words_check("invitation", words)
    assert refused.value.context["field"] == f"{{{field}}}"


@given(st.text(max_size=80), st.text(max_size=20))
def test_what_is_filled_in_is_never_read_as_a_field_or_as_html(text, name):
    values = dict.fromkeys(FIELDS, name)
    assert text_fill("{naam}", values) == name
    page = html_of(f"{text} <script>{name}", "titel", "nl")
    assert "<script>" not in page


@pytest.mark.parametrize("hour", range(24))
@pytest.mark.parametrize("day", range(1, 8))
def test_the_next_moment_for_mail_is_one_and_not_before_now(day, hour):
    now = NOON.replace(day=day, hour=hour)
    assert may_send(next_moment(now))
    assert next_moment(now) >= now


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("action", "status", "marked"),
    [("failed", "5.1.1", 1), ("delayed", "4.4.1", 0), ("failed", "4.2.2", 0)],
)
def test_a_report_marks_the_address_that_was_given_up(home, tmp_path, action, status, marked):
    wave = wave_make()
    people_make(wave)
    mailing = invitation_of(wave)
    mailing_send(mailing, now=lambda: NOON)
    first = mailing.messages.earliest("pk")
    told = REPORT.format(
        address="elders@post.test", action=action, status=status, number=first.uuid
    )
    (tmp_path / "een.eml").write_text(told)
    (tmp_path / "twee.eml").write_text("Subject: Hallo\n\nGeen melding.")
    assert bounces_read(tmp_path) == (1, marked)
    assert Contact.objects.exclude(bounced_on=None).count() == marked
    assert Message.objects.filter(state="bounced").count() == marked
    assert AuditEvent.objects.filter(action="bounces_read").count() == marked


@pytest.mark.django_db
def test_a_report_finds_an_address_by_its_mark(home, tmp_path):
    people_make(wave_make())
    (tmp_path / "r.eml").write_text(
        REPORT.format(address="ZANDKASTEEL0@post.test", action="failed", status="5.1.1", number="x")
    )
    assert bounces_read(tmp_path / "r.eml") == (1, 1)
    assert Contact.objects.get(bounced_on__isnull=False).bounce_reason == "5.1.1"


@pytest.mark.django_db
def test_letters_are_made_for_who_has_an_address_and_written_down(home):
    wave = wave_make()
    people_make(wave, 3)
    person = Person.objects.create_user("leider@voorbeeld.test", name="Leider")
    made = letters_for(
        wave.study, about=about_of(wave), case=None, role="U", unmailed=False,
        ends_on=NOON.date(), signed_by="Wij", text_nl=LETTER_DEFAULTS["nl"], text_en="",
        person=person, origin="test", site="https://onderzoek.test",
    )  # fmt: skip
    assert len(made) == 3
    assert len({letter.link for letter in made}) == 3
    assert all("{" not in letter.text for letter in made)
    assert made[0].lines[2:] == ["Kasteelweg 7", "1234 AB Proefstad"]
    pages = pypdfium2.PdfDocument(letters_pdf(made, "Proef"))
    written = [page.get_textpage().get_text_range() for page in pages]
    months = (
        "januari februari maart april mei juni juli augustus september oktober november december"
    )
    day = timezone.localdate()
    today = f"{day.day} {months.split()[day.month - 1]} {day.year}"
    assert all(today in text and made[0].lines[2] in text for text in written), written[0]
    assert AuditEvent.objects.get(action="contacts_read").object.endswith("reason:letters")


@pytest.mark.django_db
def test_consent_keeps_versions_and_every_answer_and_withdrawing_blocks(home):
    wave = wave_make()
    person = people_make(wave, 1)[0]
    lead = Person.objects.create_user("leider@voorbeeld.test", name="Leider")
    assert set(CONSENT_DEFAULTS) == set(ConsentText.Purpose.values)
    first = consent_text_for(wave.study, "take_part")
    given = {"day": NOON.date(), "how": "paper", "person": lead, "origin": "test"}
    consent_record(person, first, given=True, **given)
    assert consent_holds(person, "take_part")
    assert not consent_holds(person, "quotes")
    same = consent_text_save(
        wave.study, "take_part", nl=first.text_nl, en=first.text_en, person=lead, origin="test"
    )
    assert same == first
    second = consent_text_save(
        wave.study, "take_part", nl="Ik doe mee.", en="", person=lead, origin="test"
    )
    assert (second.version, first.version) == (2, 1)
    talk = Interview.objects.create(study=wave.study, wave=wave, case=person.case)
    talk.participants.add(person)
    consent_record(person, second, given=False, **given)
    assert not consent_holds(person, "take_part")
    assert list(person.consents.values_list("text__version", "given")) == [(1, True), (2, False)]
    person.refresh_from_db()
    talk.refresh_from_db()
    assert (person.state, talk.state) == ("withdrawn", "cancelled")
