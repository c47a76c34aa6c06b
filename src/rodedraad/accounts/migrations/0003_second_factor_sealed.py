"""Seals the secrets of authenticator apps that were kept as they are."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from rodedraad.accounts.second_factor import SEALED, AuthenticatorApp

KEPT = ("secret", "seed")


def secrets_seal(apps: Apps, _: BaseDatabaseSchemaEditor) -> None:
    """Seal every secret that is not sealed yet."""
    app = AuthenticatorApp()
    for one in apps.get_model("mfa", "Authenticator").objects.all():
        open_yet = {
            name: one.data[name]
            for name in KEPT
            if name in one.data and not one.data[name].startswith(SEALED)
        }
        if open_yet:
            one.data |= {name: app.encrypt(secret) for name, secret in open_yet.items()}
            one.save(update_fields=["data"])


class Migration(migrations.Migration):
    """What an authenticator app is made from is no longer readable with the database alone."""

    dependencies = [("accounts", "0002_cache"), ("mfa", "0003_authenticator_type_uniq")]

    operations = [migrations.RunPython(secrets_seal)]
