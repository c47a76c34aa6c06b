"""Does everything that a respondent's first visit fetches stay under 450 kB, compressed?"""

import gzip
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
BLOCKING = re.compile(r'<(?:link rel="stylesheet"|script)[^>]*/static/([^"]+)"')


def test_the_first_visit_is_at_most_450_kb(wave):
    pages = _pages(wave)
    names = {name for text in map(_text, pages) for name in FILE.findall(text)}
    assert "survey/survey-core.js" in names
    packed = {name: len(brotli.compress(_read(name))) for name in names}
    total = sum(packed.values()) + sum(len(page.content) for page in pages)
    assert total <= BYTES_AT_MOST, sorted(packed.items(), key=lambda one: -one[1])


def test_the_welcome_page_fetches_all_that_the_next_page_waits_for(wave):
    welcome, fill = map(_text, _pages(wave))
    waits = set(BLOCKING.findall(fill))
    waits |= {f"surveys/{name}" for name in IMPORT.findall(_read("surveys/respondent.js").decode())}
    assert waits - set(FILE.findall(welcome)) == set()


def _pages(wave):
    client = Client(headers={"accept-encoding": "gzip"})
    survey = survey_open(wave, Survey.Mode.CONFIDENTIAL)
    link = invited(survey, participation_of(wave, case_of(wave)))
    pages = [client.get(link), client.post(link, follow=True)]
    assert 'id="rd-definition"' in _text(pages[1])
    return pages


def _text(page) -> str:
    return gzip.decompress(page.content).decode()


def _read(name: str) -> bytes:
    path = find(name)
    assert path, name
    with open(path, "rb") as file:
        return file.read()
