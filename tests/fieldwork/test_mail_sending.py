"""Does a mail leave once, over a real mail server, and never to who must not get it?"""

import logging
from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.db import IntegrityError, transaction
from django.urls import reverse

from fieldwork.people_world import DAY, NOON, about_of, invitation_of, people_make, wave_make
from rodedraad.accounts.models import AuditEvent
from rodedraad.errors import Refusal
from rodedraad.fieldwork import sending
from rodedraad.fieldwork.consents import consent_record, consent_text_for
from rodedraad.fieldwork.links import subjects_of
from rodedraad.fieldwork.mailing_list import fitting_of
from rodedraad.fieldwork.models import Contact, ContactLink, MailDay, Message, Participation
from rodedraad.fieldwork.people import contact_change
from rodedraad.fieldwork.sending import mailing_send, message_again
from rodedraad.fieldwork.states import state_reached
from rodedraad.fieldwork.vault import ContactData
from rodedraad.surveys.models import Survey

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
TOMORROW = NOON + timedelta(days=1)


def sent(mailing, at=NOON):
    return dict(mailing_send(mailing, now=lambda: at))


def ends(mailing) -> list[tuple[str, str]]:
    return sorted(mailing.messages.values_list("state", "reason"))


def test_a_mail_reaches_the_server_with_its_words_link_and_way_out(postbox):
    wave = wave_make()
    people = people_make(wave)
    mailing = invitation_of(wave)
    assert sent(mailing)["sent"] == 2
    assert postbox.addresses == ["wolkbreuk1@post.test", "zandkasteel0@post.test"]
    mail = dict(postbox.mails)["zandkasteel0@post.test"]
    plain = mail.get_body(("plain",)).get_content()
    page = mail.get_body(("html",)).get_content()
    assert "Beste Qwertina Zandkasteel," in plain
    assert "Proefstad" in plain
    assert "4 maart 2026" in plain
    assert "/vragenlijst/" in plain
    assert "De onderzoekers" in plain
    off = mail["List-Unsubscribe"].strip(" <>")
    assert off in plain
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "<img" not in page
    assert "{" not in plain + mail["Subject"]
    for person in people:
        person.refresh_from_db()
        assert person.state == "invited"
        assert person.events.get().about == about_of(wave)
    event = AuditEvent.objects.get(action="mailing_send")
    assert event.object == f"study:proef mailing:{mailing.pk} sent:2"


def test_sending_again_sends_nothing(postbox):
    wave = wave_make()
    people_make(wave)
    mailing = invitation_of(wave)
    for at in (NOON, NOON, TOMORROW):
        sent(mailing, at)
    assert len(postbox.mails) == 2
    with pytest.raises(Refusal) as refused:
        invitation_of(wave)
    assert refused.value.code == "mail_nobody"


def test_who_comes_in_later_is_added_to_the_same_invitation(postbox):
    wave = wave_make()
    people_make(wave)
    sent(invitation_of(wave))
    people_make(wave, 1, domain="later.test")
    mailing = invitation_of(wave)
    sent(mailing)
    assert len(postbox.mails) == 3
    assert mailing.number == 1


def test_a_refused_address_bounces_and_gets_no_mail_of_any_study(postbox, caplog):
    postbox.refused.add("zandkasteel0@post.test")
    wave, other = wave_make(), wave_make("ander")
    for each in (wave, other):
        people_make(each)
    with caplog.at_level(logging.DEBUG):
        mailing = invitation_of(wave)
        sent(mailing)
    assert ends(mailing) == [("bounced", "no_mailbox"), ("sent", "")]
    assert Contact.objects.exclude(bounced_on=None).count() == 1
    states = Participation.objects.filter(study=wave.study).values_list("state", flat=True)
    assert set(states) == {"invited"}  # who was asked in vain was asked, and counts as such
    later = invitation_of(other)
    sent(later, TOMORROW)
    assert ends(later) == [("sent", ""), ("skipped", "bounced")]
    ours = [each.getMessage() for each in caplog.records if each.name != "mail.log"]
    assert ours
    assert "zandkasteel" not in " ".join(ours).lower()


def test_what_came_back_goes_once_more_only_to_another_address(postbox):
    postbox.refused.add("zandkasteel0@post.test")
    wave = wave_make()
    (person,) = people_make(wave, 1)
    mailing = invitation_of(wave)
    sent(mailing)
    with pytest.raises(Refusal) as refused:
        message_again(mailing.messages.get(), again=True, person=None, origin="test")  # type: ignore[arg-type]
    assert refused.value.code == "mail_address_broken"
    other = ContactData(name="Qwertina Zandkasteel", mail="nieuw@post.test")
    contact_change(person, other, person=None, origin="test")  # type: ignore[arg-type]
    message_again(mailing.messages.get(), again=True, person=None, origin="test")  # type: ignore[arg-type]
    sent(mailing, TOMORROW)
    assert postbox.addresses == ["nieuw@post.test"]


def test_who_was_invited_is_not_counted_for_another_invitation(postbox):
    wave = wave_make()
    people_make(wave)
    assert counts(wave) == {"invitation": 2, "reminder": 0, "thanks": 0}
    sent(invitation_of(wave))
    people_make(wave, 1, domain="later.test")
    assert counts(wave) == {"invitation": 1, "reminder": 2, "thanks": 0}


def counts(wave) -> dict[str, int]:
    (found,) = fitting_of(wave.study, subjects_of(wave.study))
    return {str(step): n for step, n in found.counts}


def test_a_temporary_failure_is_tried_again_and_then_leaves_once(postbox):
    postbox.later.add("zandkasteel0@post.test")
    wave = wave_make()
    people_make(wave)
    mailing = invitation_of(wave)
    sent(mailing)
    assert ends(mailing) == [("sent", ""), ("waiting", "later")]
    postbox.later.clear()
    sent(mailing)
    assert len(postbox.mails) == 2


def test_a_connection_that_breaks_off_leaves_it_unsure_and_nothing_goes_by_itself(postbox):
    wave = wave_make()
    people_make(wave, 1)
    mailing = invitation_of(wave)
    postbox.breaks_off = True
    sent(mailing)
    postbox.breaks_off = False
    assert ends(mailing) == [("unsure", "server")]
    sent(mailing, TOMORROW)
    assert len(postbox.mails) == 1
    message_again(mailing.messages.get(), again=True, person=None, origin="test")  # type: ignore[arg-type]
    sent(mailing, TOMORROW)
    assert len(postbox.mails) == 2


def test_a_server_that_is_not_there_stops_the_run_and_all_wait_on(settings, home):
    wave = wave_make()
    people_make(wave)
    mailing = invitation_of(wave)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with pytest.raises(Refusal) as refused:
        sent(mailing)
    assert refused.value.code == "mail_server_unreachable"
    assert {state for state, _reason in ends(mailing)} == {"waiting"}
    assert not MailDay.objects.exists()


class Killed(BaseException):
    """What a process does not survive."""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("after", [False, True])
def test_a_process_killed_around_the_sending_leaves_one_mail_at_most_and_says_unsure(
    monkeypatch, after
):
    wave = wave_make()
    people_make(wave)
    mailing = invitation_of(wave)
    deliver = sending.mail_deliver

    def killed(connection, mail):
        if after:
            deliver(connection, mail)
        raise Killed

    monkeypatch.setattr(sending, "mail_deliver", killed)
    with pytest.raises(Killed):
        sent(mailing)
    assert {state for state, _reason in ends(mailing)} == {"sending", "waiting"}
    monkeypatch.setattr(sending, "mail_deliver", deliver)
    assert sent(mailing) == {"unsure": 1, "sent": 1}
    assert ends(mailing) == [("sent", ""), ("unsure", "broken_off")]
    assert len(outbox.outbox) == 1 + after
    assert len({mail.to[0] for mail in outbox.outbox}) == 1 + after


def test_one_mail_a_day_over_two_studies():
    waves = wave_make(), wave_make("ander")
    for wave in waves:
        people_make(wave)
    first, second = (invitation_of(wave) for wave in waves)
    sent(first)
    sent(second)
    assert ends(second) == [("waiting", "mail_day")] * 2
    sent(second, TOMORROW)
    assert len(outbox.outbox) == 4
    assert MailDay.objects.count() == 4
    with pytest.raises(IntegrityError), transaction.atomic():
        MailDay.objects.create(contact=Contact.objects.earliest("uuid"), day=DAY)


@pytest.mark.parametrize("at", [NOON.replace(hour=7), NOON.replace(hour=20), NOON.replace(day=7)])
def test_outside_hours_nothing_leaves_and_all_of_it_the_next_time(at):
    wave = wave_make()
    people_make(wave)
    mailing = invitation_of(wave)
    assert sent(mailing, at)["quiet"] == 2
    assert outbox.outbox == []
    assert sent(mailing, NOON)["sent"] == 2


def test_nobody_who_ended_withdrew_or_wants_no_mail_gets_one():
    wave = wave_make()
    people = people_make(wave, 6)
    mailing = invitation_of(wave)
    for person, state in zip(people, ("done", "refused", "withdrawn", "ineligible"), strict=False):
        state_reached(person, state, day=DAY, about=about_of(wave))
    link = ContactLink.objects.get(participation=people[4].uuid)
    Contact.objects.filter(pk=link.contact_id).update(opted_out_on=DAY)
    sent(mailing)
    assert len(outbox.outbox) == 1
    assert {reason for _state, reason in ends(mailing)} == {
        "done", "refused", "withdrawn", "ineligible", "opted_out", ""
    }  # fmt: skip


def test_done_with_one_survey_is_not_done_with_the_next():
    wave = wave_make()
    person = people_make(wave, 1)[0]
    state_reached(person, "done", day=DAY, about="survey:een-andere")
    sent(invitation_of(wave))
    assert len(outbox.outbox) == 1


def test_a_reminder_goes_to_who_was_invited_and_has_not_finished_three_times_at_most():
    wave = wave_make()
    people = people_make(wave)
    sent(invitation_of(wave))
    people_make(wave, 1, domain="later.test")  # not invited yet
    state_reached(people[0], "done", day=DAY, about=about_of(wave))
    for number in (1, 2, 3):
        mailing = invitation_of(wave, "reminder")
        assert mailing.number == number
        sent(mailing, NOON + timedelta(days=7 * number))
    reminders = outbox.outbox[2:]
    assert [mail.to for mail in reminders] == [["Wolkbreuk1@post.test"]] * 3
    with pytest.raises(Refusal) as refused:
        invitation_of(wave, "reminder")
    assert refused.value.code == "mail_reminders_most"
    thanks = invitation_of(wave, "thanks")
    sent(thanks, NOON + timedelta(days=28))
    assert outbox.outbox[-1].to == ["Zandkasteel0@post.test"]


def test_in_an_anonymous_survey_all_get_one_link_and_every_reminder():
    wave = wave_make()
    Survey.objects.update(mode="anonymous")
    people_make(wave, 3)
    sent(invitation_of(wave))
    sent(invitation_of(wave, "reminder"), TOMORROW)
    links = {
        line for mail in outbox.outbox for line in mail.body.splitlines() if "/vragenlijst/" in line
    }
    assert len(links) == 1
    assert len(outbox.outbox) == 6


def test_consent_that_is_taken_back_stops_what_waits():
    wave = wave_make()
    person = people_make(wave, 1)[0]
    mailing = invitation_of(wave)
    text = consent_text_for(wave.study, "take_part")
    consent_record(
        person, text, given=False, day=DAY, how="spoken", person=None, origin="test"
    )  # fmt: skip
    assert ends(mailing) == [("skipped", "withdrawn")]
    sent(mailing)
    assert outbox.outbox == []


def test_scanners_that_open_every_link_three_times_change_nothing(client):
    wave = wave_make()
    people_make(wave)
    mailing = invitation_of(wave)
    sent(mailing)
    before = _stand()
    for mail in outbox.outbox:
        links = [word for word in mail.body.split() if word.startswith("http")]
        assert len(links) == 2
        for link in links * 3:
            path = "/" + link.split("/", 3)[3]
            assert client.get(path).status_code == 200
            client.head(path)
    assert _stand() == before
    off = next(word for word in outbox.outbox[0].body.split() if "/afmelden/" in word)
    assert client.post("/" + off.split("/", 3)[3]).status_code == 200
    assert Contact.objects.exclude(opted_out_on=None).count() == 1
    wrong = client.get(reverse("fieldwork:opt_out", args=["A" * 59]))
    assert "Deze link werkt niet" in wrong.content.decode()


def _stand() -> list[object]:
    people = Message.objects.values_list("state", "participation__state", "participation__events")
    survey = Survey.objects.values_list(
        "invitations__started_on", "invitations__finished_on", "versions__responses"
    )
    return [sorted(map(str, people)), sorted(map(str, survey)), list(Contact.objects.values())]
