"""A Django site that does nothing but insert one row: what ``answering.py`` is compared with.

No middleware, no sign-in, no check of what came; a connection that is kept, and a model.
"""

import json
from uuid import uuid4

import django
from django.apps import apps
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import models
from django.http import HttpRequest, JsonResponse
from django.urls import path

from rodedraad.database import database_settings

settings.configure(
    ALLOWED_HOSTS=["*"],
    DATABASES={"default": database_settings() | {"ATOMIC_REQUESTS": False}},
    ROOT_URLCONF=__name__,
    SECRET_KEY="bare",
    USE_TZ=True,
)
if not apps.ready:
    django.setup()


class Row(models.Model):
    """One row, as wide as one save."""

    uuid = models.UUIDField(primary_key=True, default=uuid4)
    response = models.UUIDField()
    sequence = models.PositiveIntegerField()
    patch = models.JSONField()

    class Meta:
        app_label = "bare"
        db_table = "bare_row"


def insert(request: HttpRequest) -> JsonResponse:
    """Insert one row."""
    sent = json.loads(request.body)
    Row.objects.create(response=uuid4(), sequence=sent["sequence"], patch=sent["patch"])
    return JsonResponse({"sequence": sent["sequence"]})


urlpatterns = [path("vragenlijst/invullen/bewaren/", insert)]
application = get_wsgi_application()
