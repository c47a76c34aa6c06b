"""What the tests of surveys share: a study with a wave, a survey and a version of it."""

import datetime

import pytest

from rodedraad.fieldwork.models import Participation
from rodedraad.studies.models import Case, Framework, Study, Wave
from rodedraad.surveys.models import Survey, SurveyVersion


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
def survey(wave) -> Survey:
    return Survey.objects.create(study=wave.study, wave=wave, slug="uitvoerders", title_nl="U")


@pytest.fixture
def version(survey) -> SurveyVersion:
    return SurveyVersion.objects.create(survey=survey, number=1, definition={})


@pytest.fixture
def participation(wave) -> Participation:
    case = Case.objects.create(study=wave.study, unit_code="GM0001", name="Proefstad")
    return Participation.objects.create(
        study=wave.study, wave=wave, case=case, role="U", pseudonym="U-001"
    )
