"""Does everything that a respondent's first visit fetches stay under 450 kB, compressed?"""

import re

import brotli
import pytest
from django.contrib.staticfiles.finders import find
from django.test import Client

from rodedraad.surveys.models import Survey

from .answering_setup import case_of, invited, participation_of, survey_open

pytestmark = pytest.mark.django_db
BYTES_AT_MOST = 450_000
FILE = re.compile(r'(?:href|src)="/static/([^"]+)"')
IMPORT = re.compile(r'from "\./([^"]+)"')


def test_the_first_visit_is_at_most_450_kb(wave):
    client = Client()
    survey = survey_open(wave, Survey.Mode.CONFIDENTIAL)
    link = invited(survey, participation_of(wave, case_of(wave)))
    pages = [client.get(link), client.post(link, follow=True)]
    texts = [page.content.decode() for page in pages]
    assert 'id="rd-definition"' in texts[1]
    names = {name for text in texts for name in FILE.findall(text)}
    assert "survey/survey-core.js" in names
    names |= {
        f"surveys/{name}" for name in IMPORT.findall(_read("surveys/respondent.js").decode())
    } | {"surveys/respondent-outbox.js"}
    packed = {name: len(brotli.compress(_read(name))) for name in names}
    total = sum(packed.values()) + sum(len(brotli.compress(text.encode())) for text in texts)
    assert total <= BYTES_AT_MOST, sorted(packed.items(), key=lambda one: -one[1])


def _read(name: str) -> bytes:
    path = find(name)
    assert path, name
    with open(path, "rb") as file:
        return file.read()
