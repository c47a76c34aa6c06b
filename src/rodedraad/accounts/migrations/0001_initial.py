"""Makes the tables of people and of the audit log, which the database keeps append-only."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

AUDIT_IS_APPEND_ONLY = """
CREATE FUNCTION accounts_auditevent_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The audit log is append-only: % is refused.', TG_OP;
END $$;
CREATE TRIGGER accounts_auditevent_rows BEFORE UPDATE OR DELETE ON accounts_auditevent
    FOR EACH ROW EXECUTE FUNCTION accounts_auditevent_refuse();
CREATE TRIGGER accounts_auditevent_truncate BEFORE TRUNCATE ON accounts_auditevent
    FOR EACH STATEMENT EXECUTE FUNCTION accounts_auditevent_refuse();
"""
AUDIT_MAY_CHANGE = """
DROP TRIGGER accounts_auditevent_truncate ON accounts_auditevent;
DROP TRIGGER accounts_auditevent_rows ON accounts_auditevent;
DROP FUNCTION accounts_auditevent_refuse();
"""


class Migration(migrations.Migration):
    """The first tables of the room ``accounts``."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Person",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                ("email", models.EmailField(max_length=254, unique=True)),
                ("name", models.CharField(blank=True, max_length=200)),
                ("is_active", models.BooleanField(default=True)),
                (
                    "is_administrator",
                    models.BooleanField(
                        default=False,
                        help_text="May make studies and accounts, and read the audit log.",
                    ),
                ),
                ("date_joined", models.DateTimeField(auto_now_add=True)),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="AuditEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, db_index=True)),
                ("action", models.CharField(max_length=80)),
                ("object", models.CharField(max_length=200)),
                ("result", models.CharField(max_length=40)),
                ("origin", models.CharField(max_length=80)),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"ordering": ("-at", "-pk")},
        ),
        migrations.RunSQL(AUDIT_IS_APPEND_ONLY, AUDIT_MAY_CHANGE),
    ]
