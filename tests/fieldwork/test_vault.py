"""Is what we know of people kept apart and locked, and is every opening written down?"""

import pytest
from django.db import connection

from fieldwork.people_world import NAMES, SECRETS, people_make, wave_make
from rodedraad.accounts.models import AuditEvent
from rodedraad.errors import Refusal
from rodedraad.fieldwork.models import Contact, ContactLink, Participation
from rodedraad.fieldwork.people import contact_change, people_add
from rodedraad.fieldwork.vault import (
    ContactData,
    contact_remove,
    contacts_by_mail,
    contacts_lock_again,
    contacts_open,
)

pytestmark = pytest.mark.django_db
ALL_TEXT = """
SELECT table_schema, table_name FROM information_schema.tables
WHERE table_schema NOT IN ('pg_catalog', 'information_schema') AND table_type = 'BASE TABLE'
"""


def everything_stored() -> str:
    """Return every row of every table of the database as one text."""
    told = []
    with connection.cursor() as cursor:
        cursor.execute(ALL_TEXT)
        for schema, table in cursor.fetchall():
            cursor.execute(f'SELECT t::text FROM "{schema}"."{table}" t')
            told += [row[0] for row in cursor.fetchall()]
    return "\n".join(told)


def opened(participation, **told):
    made = {"reason": "checking", "person": None, "origin": "test"} | told
    return contacts_open(participation.study, [participation], **made)[participation.uuid]


def test_no_table_holds_a_name_or_address_that_can_be_read(home, caplog):
    people = people_make(wave_make())
    assert opened(people[0]).name == NAMES[0]
    stored = everything_stored().lower()
    hexed = [secret.encode().hex() for secret in SECRETS]
    read = stored + caplog.text.lower()
    assert [each for each in (*SECRETS, *hexed) if each.lower() in read] == []
    assert "proefstad" in stored  # the search finds what is there


def test_opening_is_written_down_with_study_number_and_reason(home):
    people = people_make(wave_make())
    contacts_open(people[0].study, people, reason="calling", person=None, origin="10.0.0.1")
    event = AuditEvent.objects.get(action="contacts_read")
    assert event.object == "study:proef contacts:2 reason:calling"
    assert event.origin == "10.0.0.1"
    with pytest.raises(ValueError, match="no reason"):
        contacts_open(people[0].study, people, reason="zomaar", person=None, origin="test")


def test_people_of_another_study_are_not_opened(home):
    people, other = people_make(wave_make()), wave_make("ander")
    told = contacts_open(other.study, people, reason="calling", person=None, origin="test")
    assert told == {}


def test_the_same_person_in_two_studies_is_one_contact_that_each_knows_for_itself(home):
    first = people_make(wave_make())[0]
    wave = wave_make("ander")
    second = people_make(wave)[0]
    assert Contact.objects.count() == 2  # two people, not four
    contact_change(
        second, ContactData("Anders", "ZANDKASTEEL0@post.test"), person=None, origin="test"
    )  # type: ignore[arg-type]
    assert opened(second).name == "Anders"
    assert opened(first).name == NAMES[0]
    assert Contact.objects.count() == 2


def test_the_same_address_comes_into_a_wave_once(home):
    wave = wave_make()
    people_make(wave)
    with pytest.raises(Refusal) as refused:
        people_make(wave, 1)
    assert refused.value.code == "contact_twice"
    assert Participation.objects.count() == 2


def test_a_moved_or_changed_contact_cannot_be_opened(home):
    first, second = people_make(wave_make())
    one, two = (ContactLink.objects.get(participation=each.uuid) for each in (first, second))
    ContactLink.objects.filter(pk=one.pk).update(sealed=two.sealed)
    with pytest.raises(Refusal) as refused:
        opened(first)
    assert refused.value.code == "vault_damaged"


def test_after_a_change_of_key_everything_is_found_opened_and_locked_again(home, monkeypatch):
    monkeypatch.setenv("RODEDRAAD_VAULT_KEY", "o" * 40)
    wave = wave_make()
    people = people_make(wave)
    monkeypatch.setenv("RODEDRAAD_VAULT_KEY", f"{'n' * 40},{'o' * 40}")
    assert contacts_by_mail(["zandkasteel0@POST.test"])
    with pytest.raises(Refusal):
        people_make(wave, 1)  # the old mark is known
    assert contacts_lock_again() == 4
    assert contacts_lock_again() == 0
    monkeypatch.setenv("RODEDRAAD_VAULT_KEY", "n" * 40)
    assert opened(people[1]).name == NAMES[1]
    assert contacts_by_mail(["zandkasteel0@post.test"])
    monkeypatch.setenv("RODEDRAAD_VAULT_KEY", "x" * 40)
    with pytest.raises(Refusal) as refused:
        opened(people[1])
    assert refused.value.code == "vault_key_missing"


def test_removed_contact_data_are_gone_but_a_wish_for_no_mail_stays(home):
    first, second = people_make(wave_make())
    contact = ContactLink.objects.get(participation=second.uuid).contact
    Contact.objects.filter(pk=contact.pk).update(opted_out_on="2026-03-01")
    assert [contact_remove(each) for each in (first, second, first)] == [True, True, False]
    assert list(Contact.objects.values_list("pk", flat=True)) == [contact.pk]
    people_make(wave_make("later"))
    again = ContactLink.objects.filter(contact=contact)
    assert again.count() == 1
    assert again.get().contact.opted_out_on is not None


def test_a_pseudonym_tells_nothing_of_the_order_in_which_people_came(home):
    people = people_make(wave_make(), 60)
    numbers = [int(each.pseudonym.removeprefix("U-")) for each in people]
    assert len(set(numbers)) == 60
    assert numbers != sorted(numbers)
    by_key = sorted(people, key=lambda each: each.pk)
    assert [each.pseudonym for each in by_key] == sorted(each.pseudonym for each in people)


def test_adding_people_is_one_line_in_the_log_and_fixed_questions(
    home, django_assert_max_num_queries
):
    wave = wave_make()
    with django_assert_max_num_queries(16):
        people_make(wave, 120)
    assert AuditEvent.objects.get(action="contacts_add").object == "study:proef contacts:120"
    assert people_add(wave, [], person=None, origin="test") == []
