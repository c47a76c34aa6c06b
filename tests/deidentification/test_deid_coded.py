"""Do codings that were made on a raw talk find their place in the text in which people are unknown,
and do their raw words stay with who may read them?"""

from collections.abc import Callable
from importlib import import_module

import pytest
from deid_texts import FIRST, NAMES
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from rodedraad.accounts.models import AuditEvent, Person
from rodedraad.coding.actions.codes import CodeFacts, code_add
from rodedraad.coding.actions.codings import coding_add
from rodedraad.coding.models import Coder, Coding
from rodedraad.coding.rounds import coder_for
from rodedraad.deidentification.making import text_make
from rodedraad.deidentification.models import Review
from rodedraad.errors import Refusal
from rodedraad.sources.actions import SourceFacts, source_add, version_add, version_extract
from rodedraad.sources.extraction import Options
from rodedraad.sources.extraction.model import Extracted, Passage
from rodedraad.sources.models import Source
from rodedraad.studies.models import Study

Team = dict[str, Person]
SAID = ("Ik ben Jan de Vries en ik werk", "Vries", "Haar nummer is 06-12345678", "BSN 111222333.")
RAW = 404
BLANKING = "0006_raw_words_stay_with_the_raw_text"


@pytest.fixture
def coder(team: Team, source: Source) -> Coder:
    """Give the named researcher, who coded the raw talk."""
    return coder_for(source.study, team["named"])


@pytest.fixture
def coded(coder: Coder, source: Source) -> list[Coding]:
    code = code_add(coder, CodeFacts(name="Samenwerking"))
    version = source.versions.get()
    places = [(FIRST.index(words), FIRST.index(words) + len(words)) for words in SAID]
    return [coding_add(coder, version.pk, code, place=place) for place in places]


def test_codings_go_along_to_exactly_the_words_that_took_the_place(
    coded: list[Coding], review: Review, lead: Person
) -> None:
    review.marks.update(decision="accepted")
    made = text_make(review, person=lead, origin="test")
    copies = list(made.codings.order_by("carried_from"))
    assert [one.carried_from for one in copies] == coded
    assert {one.anchor for one in copies} == {"exact"}
    assert [made.text[one.start : one.end] for one in copies] == [one.quote for one in copies]
    assert copies[0].quote.startswith("Ik ben [persoon ")
    assert copies[0].quote.endswith("] en ik werk")
    assert copies[1].quote == copies[0].quote.removeprefix("Ik ben ").removesuffix(" en ik werk")
    kept = " ".join(f"{one.before}{one.quote}{one.after}" for one in copies)
    assert not any(name in kept for name in NAMES), kept


def test_the_page_of_a_coding_on_the_raw_talk_is_for_who_may_read_it(
    coded: list[Coding], review: Review, team: Team, client: Client
) -> None:
    review.marks.update(decision="accepted")
    text_make(review, person=team["lead"], origin="test")
    source = review.version.source
    address = f"/studies/proeftuinen/bronnen/{source.uuid}/coderen/{coded[0].uuid}/"
    client.force_login(team["researcher"])
    assert client.get(address).status_code == RAW
    client.force_login(team["named"])
    assert "Jan de Vries" in client.get(address).content.decode()
    read = AuditEvent.objects.get(action="source_read", person=team["named"])
    assert read.object.endswith(f"source:{source.uuid} v1")


def test_words_that_are_lost_on_the_way_do_not_come_along(
    coded: list[Coding], source: Source, team: Team, client: Client
) -> None:
    words = "Zzz.\n"
    found = Extracted(
        words, (Passage(0, 4),), form="text", media_type="text/plain", extractor="test"
    )
    version_add(source, found, person=None, origin="test", deidentified=True)
    page = f"/studies/proeftuinen/bronnen/{source.uuid}/coderen/nakijken/"
    client.force_login(team["researcher"])
    client.post(page.replace("nakijken", "meenemen"))
    lost = Coding.objects.filter(anchor="lost")
    assert lost.count() == len(coded)
    assert not any(one.quote or one.before or one.after for one in lost)
    shown = client.get(page).content.decode()
    assert not any(name in shown for name in NAMES)
    assert shown.count("Alleen wie het gesprek mag lezen zoals het gevoerd is") == len(coded)
    client.force_login(team["named"])
    assert "Jan de Vries" in client.get(page).content.decode()


def test_lost_copies_of_before_this_rule_lose_their_raw_words_too(
    coded: list[Coding], review: Review, lead: Person
) -> None:
    review.marks.update(decision="accepted")
    made = text_make(review, person=lead, origin="test")
    copy = made.codings.get(carried_from=coded[1])
    raw = {"start": None, "end": None, "quote": "Vries", "before": "Jan de ", "after": " en"}
    Coding.objects.filter(pk=copy.pk).update(anchor="lost", **raw)
    with connection.cursor() as cursor:
        cursor.execute(import_module("rodedraad.coding.migrations." + BLANKING).BLANK)
    copy.refresh_from_db()
    assert (copy.quote, copy.before, copy.after) == ("", "", "")
    assert Coding.objects.filter(quote="").count() == 1
    assert Coding.objects.get(pk=coded[1].pk).quote == "Vries"


def test_a_correction_takes_codings_along_and_says_so(
    talk: Callable[..., Source], coder: Coder, client: Client, team: Team
) -> None:
    source = talk("De raad besluit. Het wijkteam leert van fouten.\n", "Nota")
    version = source.versions.get()
    code = code_add(coder, CodeFacts(name="Leren"))
    coding_add(coder, version.pk, code, place=(17, 29))
    client.force_login(team["lead"])
    text = b"De gemeenteraad besluit. Het wijkteam leert van fouten.\n"
    address = f"/studies/proeftuinen/bronnen/{source.uuid}/tekst/"
    answer = client.post(address, {"text": SimpleUploadedFile("nota.txt", text)}, follow=True)
    assert "gaan mee" in answer.content.decode()
    copy = Coding.objects.get(version__number=2)
    assert (copy.quote, copy.anchor, copy.coder) == ("Het wijkteam", "moved", coder)


def test_who_may_not_read_raw_puts_no_raw_text_over_the_anonymised_one(
    review: Review, team: Team, client: Client
) -> None:
    review.marks.update(decision="accepted")
    text_make(review, person=team["lead"], origin="test")
    source = review.version.source
    address = f"/studies/proeftuinen/bronnen/{source.uuid}/tekst/"
    numbers = []
    for who in ("researcher", "named"):
        client.force_login(team[who])
        answer = client.post(address, {"text": SimpleUploadedFile("a.txt", b"Nieuw.")}, follow=True)
        assert ("Deze tekst is geanonimiseerd" in answer.content.decode()) == (who == "researcher")
        numbers.append(source.versions.count())
    assert numbers == [2, 3]


@pytest.mark.django_db
def test_a_chosen_column_is_not_swapped_and_what_people_said_begins_personal(study: Study) -> None:
    table = b"id;Goed;Slecht\n1;Kort.;Een veel langer antwoord.\n"
    facts = SourceFacts(kind=Source.Kind.OPEN_ANSWERS)
    assert (facts.confidentiality, SourceFacts().confidentiality) == ("personal", "team")
    chosen = {"options": Options("Goed", "id"), "person": None, "origin": "test"}
    source = source_add(study, table, "a.csv", facts, **chosen)
    with pytest.raises(Refusal) as caught:
        version_extract(source, person=None, origin="test")
    assert caught.value.code == "columns_not_kept"
    assert source.versions.get().text.strip() == "Kort."
