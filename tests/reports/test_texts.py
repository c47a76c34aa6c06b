"""Are the texts complete in both languages, plain, and free of numbers that someone typed?"""

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from reports.reading import Reader, read, sentences
from rodedraad.reports.models import Report
from rodedraad.reports.network_development.sections.selection import SIZES
from rodedraad.reports.number_text import number_text

LANGUAGES = ("nl", "en")
YEAR_OR_DAY = re.compile(r"\b(1 (januari|January)|(19|20)\d\d)\b")
LONGEST, MEAN = 20, 12
CAUSAL = ("leidt tot", "veroorza", "komt door", "waardoor", "het gevolg", "leads to", "causes ",
          "because of this", "effect of", "results in")  # fmt: skip
STIFF = ("betreffende", "middels", "teneinde", "dient te", "conform", "inzake", "desbetreffende")


@pytest.fixture
def readers(report: Report) -> dict[str, Reader]:
    return {text.language: read(text.body) for text in report.texts.all()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_number_is_typed_in(readers: dict[str, Reader], language: str) -> None:
    """Every digit is in a number of the book, a year or date, a name, an article or a code."""
    typed = [
        node.text
        for node in readers[language].nodes
        if not node.inside("a", "rd-number")
        and not any(node.inside(tag) for tag in ("time", "cite", "code"))
        and not node.inside("span", "rd-name")
        and re.search(r"\d", YEAR_OR_DAY.sub("", node.text))
    ]
    assert typed == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_marked_as_a_name_is_one(report: Report, language: str) -> None:
    """A typed number cannot hide in a name: every marked name is one of the sources."""
    marked = {n.text for n in read(report.texts.get(language=language).body).nodes
              if n.inside("span", "rd-name")}  # fmt: skip
    sizes = {words[language] for words in SIZES.values()}
    unknown = {
        text
        for text in marked
        if not any(size in text for size in sizes)
        and not re.search(
            r"NUTS|VPT|Bron: |CC BY|ODC|EUPL|\b(19|20)\d\d\b|TOOI|jaar of ouder|dan 15|under 15|65",
            text,
        )
    }
    assert unknown == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_is_shown_as_it_is_in_the_book(report: Report, language: str) -> None:
    book = {number.key: number for number in report.numbers.all()}
    shown = re.findall(r'href="number:([^"]+)">([^<]+)<', report.texts.get(language=language).body)
    assert len(shown) > 500
    for key, text in shown:
        number = book[key]
        assert text == number_text(number.value, number.decimals, number.unit, language), key


def test_both_languages_show_the_same_numbers_and_pictures(readers: dict[str, Reader]) -> None:
    dutch, english = readers["nl"], readers["en"]
    assert sorted(dutch.numbers) == sorted(english.numbers)
    assert [key for key, _ in dutch.pictures] == [key for key, _ in english.pictures]
    headings = {
        language: [tag for node in reader.nodes for tag, _ in node.around if tag in {"h1", "h2"}]
        for language, reader in readers.items()
    }
    assert headings["nl"] == headings["en"]


def test_no_number_of_the_book_is_left_unused(report: Report, readers: dict[str, Reader]) -> None:
    assert set(report.numbers.values_list("key", flat=True)) == set(readers["nl"].numbers)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_picture_says_what_one_sees_and_was_drawn(report: Report, language: str) -> None:
    reader = read(report.texts.get(language=language).body)
    drawn = set(report.pictures.filter(language=language).values_list("key", flat=True))
    assert {key for key, _ in reader.pictures} == drawn
    assert all(len(alt) > 80 and "&" not in alt for _, alt in reader.pictures)


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_short(readers: dict[str, Reader], language: str) -> None:
    lengths = {
        sentence: len(sentence.split())
        for paragraph in readers[language].prose
        for sentence in sentences(paragraph.words)
        if "," not in sentence or sentence.count(",") < 4  # a list of names is no sentence
    }
    assert {s: n for s, n in lengths.items() if n > LONGEST} == {}
    assert sum(lengths.values()) / len(lengths) <= MEAN


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_said_to_cause_anything_and_words_are_plain(
    report: Report, language: str
) -> None:
    body = report.texts.get(language=language).body.lower()
    assert [word for word in CAUSAL if word in body] == []
    assert re.findall(rf"\b({'|'.join(STIFF)})\b", body) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_is_well_formed_with_one_title_and_no_skipped_heading(
    report: Report, language: str
) -> None:
    tree = ElementTree.fromstring(f"<body>{report.texts.get(language=language).body}</body>")
    levels = [int(e.tag[1]) for e in tree.iter() if re.fullmatch(r"h[1-6]", e.tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    ids = [e.get("id") for e in tree.iter() if e.get("id")]
    assert len(ids) == len(set(ids))
    assert not any("style" in e.attrib for e in tree.iter())


def test_numbers_are_written_the_dutch_and_the_english_way() -> None:
    assert number_text(1234.5, 1, "", "nl") == "1.234,5"
    assert number_text(1234.5, 1, "", "en") == "1,234.5"
    assert number_text(-0.034, 2, "", "nl") == "−0,03"
    assert number_text(-0.001, 2, "", "nl") == "0,00"
    assert number_text(46.4, 0, "%", "en") == "46%"
    assert number_text(3, 0, "km", "en") == "3\N{NO-BREAK SPACE}km"
