"""What a person sees when a page cannot be shown."""

import logging
import re

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from rodedraad.errors import Refusal
from rodedraad.web import urls
from rodedraad.web.refusals import SENTENCES


def refuse_known(request: HttpRequest) -> HttpResponse:
    raise Refusal("English for the log.", code="own_account")


def refuse_unknown(request: HttpRequest) -> HttpResponse:
    raise Refusal("The year 1999 is not known. Choose 2000 or later.", code="no_sentence_yet")


def break_down(request: HttpRequest) -> HttpResponse:
    raise ValueError("the inside of the program")


handler403, handler404, handler500 = urls.handler403, urls.handler404, urls.handler500
urlpatterns = [
    path("", include("rodedraad.web.urls")),
    path("bekend", refuse_known),
    path("onbekend", refuse_unknown),
    path("stuk", break_down),
]
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


def test_a_refusal_becomes_a_page_with_its_dutch_sentence() -> None:
    response = Client().get("/bekend")
    assert response.status_code == 400
    assert "Dit kan niet bij uw eigen account." in response.content.decode()


def test_a_refusal_speaks_english_to_who_chose_english() -> None:
    client = Client()
    client.cookies["django_language"] = "en"
    assert "You cannot do this to your own account." in client.get("/bekend").content.decode()


def test_a_refusal_without_a_sentence_shows_its_message_marked_as_english() -> None:
    text = Client().get("/onbekend").content.decode()
    assert '<p lang="en">The year 1999 is not known. Choose 2000 or later.</p>' in text


def test_a_fault_shows_a_number_that_is_in_the_log_and_nothing_of_the_inside(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.ERROR):
        response = Client(raise_request_exception=False).get("/stuk")
    text = response.content.decode()
    assert response.status_code == 500
    assert "inside of the program" not in text
    number = re.search(r"<strong>([0-9A-F]{8})</strong>", text).group(1)
    assert any(number in record.getMessage() for record in caplog.records)
    assert any("inside of the program" in str(record.exc_info) for record in caplog.records)


def test_a_form_without_a_token_is_refused_with_a_page() -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post("/account/inloggen", {"login": "x", "password": "y"})
    assert response.status_code == 403
    assert "Dit formulier is te oud" in response.content.decode()


def test_a_strange_host_gets_a_page_without_its_name() -> None:
    response = Client().get("/", headers={"host": "vreemd.example"})
    assert response.status_code == 400
    assert "vreemd.example" not in response.content.decode()


@pytest.mark.parametrize("code", SENTENCES)
def test_sentences_are_sentences(code: str) -> None:
    assert str(SENTENCES[code]).endswith(".")


def test_the_health_check_answers_when_the_database_does() -> None:
    assert Client().get("/gezondheid").content == b"ok\n"


@pytest.mark.parametrize("accepted", ["en", "de", "nl"])
def test_a_first_visit_is_dutch_whatever_the_browser_prefers(accepted: str) -> None:
    response = Client().get("/", headers={"accept-language": accepted})
    assert response.headers["Content-Language"] == "nl"
    assert '<html lang="nl"' in response.content.decode()
