"""Does the database itself keep what surveys promise?"""

import pytest
from django.db import DatabaseError, connection, transaction

from rodedraad.fieldwork.models import Contact, ContactLink

pytestmark = pytest.mark.django_db


def test_people_are_in_a_schema_of_their_own_that_no_other_table_points_at():
    with connection.cursor() as cursor:
        cursor.execute(
            "select table_name from information_schema.tables where table_schema = 'vault'"
        )
        inside = {name for (name,) in cursor.fetchall()}
        cursor.execute(
            "select conrelid::regclass::text from pg_constraint c join pg_class t on"
            " t.oid = c.confrelid join pg_namespace n on n.oid = t.relnamespace"
            " where c.contype = 'f' and n.nspname = 'vault'"
        )
        pointing = {name for (name,) in cursor.fetchall()}
    assert inside == {"contact", "contact_link", "mail_day", "response_link"}
    assert all(name.startswith("vault.") for name in pointing)


def test_a_contact_is_kept_and_found_by_its_mark():
    made = Contact.objects.create(mark="a" * 64, sealed=b"x", key="k")
    ContactLink.objects.create(participation=made.uuid, contact=made)
    assert Contact.objects.get(mark="a" * 64).links.count() == 1


def test_what_people_were_promised_is_never_changed_once_a_version_went_out(survey, version):
    survey.mode = "anonymous"
    survey.save(update_fields=["mode"])
    version.sha256, version.frozen_at = "0" * 64, version.made_at
    version.save(update_fields=["sha256", "frozen_at"])
    for mode in ("identified", "confidential"):
        survey.mode = mode
        with pytest.raises(DatabaseError, match="promised"), transaction.atomic():
            survey.save(update_fields=["mode"])


def test_a_questionnaire_that_went_out_is_never_changed(version):
    version.sha256, version.frozen_at = "0" * 64, version.made_at
    version.save(update_fields=["sha256", "frozen_at"])
    version.definition = {"pages": []}
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        version.save(update_fields=["definition"])
