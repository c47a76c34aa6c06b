"""What the tests of fieldwork share: a study with a wave, a case and a participation."""

import datetime
from collections.abc import Iterator

import pytest

from fieldwork.mail_server import Postbox, mail_server
from rodedraad.fieldwork.models import Participation
from rodedraad.studies.models import Case, Framework, Study, Wave


@pytest.fixture
def wave(db) -> Wave:
    study = Study.objects.create(
        slug="proef", title_nl="Proef", title_en="Trial", template_key="change-factors",
        template_version="1.0", template={},
    )  # fmt: skip
    framework = Framework.objects.create(study=study, version=1)
    return Wave.objects.create(
        study=study, label="2026", reference_date=datetime.date(2026, 1, 1), framework=framework
    )


@pytest.fixture
def participation(wave) -> Participation:
    case = Case.objects.create(study=wave.study, unit_code="GM0001", name="Proefstad")
    return Participation.objects.create(
        study=wave.study, wave=wave, case=case, role="U", pseudonym="U-001"
    )


@pytest.fixture
def postbox(settings) -> Iterator[Postbox]:
    """Give a real mail server, and let the product send to it."""
    with mail_server() as (taken, port):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        settings.DEFAULT_FROM_EMAIL = "Onderzoek <post@voorbeeld.test>"
        yield taken
