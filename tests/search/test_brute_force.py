"""Does the index bring up exactly the paragraphs that one finds by reading them all?"""

import random

import pytest

from rodedraad.errors import Refusal
from rodedraad.search.hits import Found
from rodedraad.search.matching import words_of
from rodedraad.search.query import All, Any, Near, Term, Without, terms_of
from rodedraad.search.scope import texts_of
from rodedraad.search.settled import question_read
from rodedraad.search.stems import stems_of
from rodedraad.sources.actions import SourceFacts, source_add
from rodedraad.sources.models import Paragraph, Source

WORDS = (
    "wijkteam", "wijkteams", "inwoners", "inwoner", "raad", "besluit", "geld", "Zorg", "leren",
    "leert", "gesprekken", "cliënt", "de", "het", "van", "niet", "art", "2015", "art_5", "m²",
    "één", "coördinatie", "foto's", "jpg", "nl",
)  # fmt: skip
BETWEEN = (" ",) * 12 + (
    ", ",
    ". ",
    "-",
    " (",
    "\u2019 ",
    ".",
    "/",
    " <",
    "> ",
    "@",
    " -",
    ":",
    "&",
)


def text_made(lot: random.Random, n: int) -> str:
    """Return paragraphs of some thirty words; some words are bound with a hyphen."""
    return "\n\n".join(
        "".join(lot.choice(WORDS) + lot.choice(BETWEEN) for _ in range(lot.randint(5, 60))) + "."
        for _ in range(n)
    )


def lines_made(lot: random.Random, n: int) -> list[str]:
    """Return questions of every kind."""

    def word() -> str:
        return lot.choice(WORDS)

    def bound() -> str:
        return lot.choice("-./").join((word(), word()))

    def phrase() -> str:
        return '"' + " ".join(word() for _ in range(lot.randint(1, 3))) + '"'

    def one() -> str:
        return lot.choice((word, word, bound, phrase, lambda: f"{word()[:4]}*"))()

    kinds = (
        one,
        phrase,
        lambda: f"{one()} {one()}",
        lambda: f"{one()} -{one()}",
        lambda: f"({one()} OR {one()}) {one()}",
        lambda: f"{one()} NEAR/{lot.randint(1, 12)} {one()}",
        lambda: f"({word()} OR {word()}) NEAR/{lot.randint(1, 4)} {phrase()}",
        lambda: f"{word()} NEAR/{lot.randint(1, 4)} {word()} {phrase()}",
    )
    return [lot.choice(kinds)() for _ in range(n)]


def places(node, words: list[str], stems) -> list[tuple[int, int]]:
    """Return where words stand in a text, or two things near each other, tried one by one."""
    if isinstance(node, Any):
        return [place for part in node.parts for place in places(part, words, stems)]
    assert isinstance(node, Term)

    def answers(asked: str, word: str) -> bool:
        if asked.endswith("*"):
            return word.startswith(asked[:-1])
        by_stem = stems[asked] and not node.exact
        return stems[word] == stems[asked] if by_stem else word == asked

    n = len(node.words)
    return [
        (at, at + n) for at in range(len(words) - n + 1)
        if all(map(answers, node.words, words[at : at + n]))
    ]  # fmt: skip


def holds(node, words: list[str], stems) -> bool:
    """Tell whether a question holds in a text: as the how-to says it, without any haste."""
    match node:
        case Without(part):
            return not holds(part, words, stems)
        case All(parts):
            return all(holds(part, words, stems) for part in parts)
        case Any(parts):
            return any(holds(part, words, stems) for part in parts)
        case Near(left, right, distance):
            return any(
                0 < second[0] - first[1] + 1 <= distance
                for one in places(left, words, stems)
                for other in places(right, words, stems)
                for first, second in ((one, other), (other, one))
            )
    return bool(places(node, words, stems))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_random_questions_find_what_reading_everything_finds(study, seed):
    """A bug in the index, the sieve, the limits or the places of a word finds more or less."""
    lot = random.Random(seed)
    for number in range(4):
        source_add(
            study, text_made(lot, 25).encode(), f"{number}.txt",
            SourceFacts(title=f"Stuk {number}"), person=None, origin="test",
        )  # fmt: skip
    texts = texts_of(Source.objects.filter(study=study))
    rows = list(Paragraph.objects.order_by("version", "number"))
    words = [words_of(row.text) for row in rows]
    n_asked = n_found = 0
    for line in lines_made(lot, 120):
        try:
            query = question_read(line).query
        except Refusal:
            continue
        stems = stems_of({word for each in words for word in each}
                         | {word for term in terms_of(query) for word in term.words})  # fmt: skip
        read = [row.pk for row, each in zip(rows, words, strict=True)
                if holds(query, each, stems)]  # fmt: skip
        few = Found(query, texts)
        many = Found(query, texts, counted_at_most=1, looked_at_most=1)
        by_page = [hit.paragraph.pk for n in range(1, 6) for hit in many.page(n)]
        by_index = {hit.paragraph.pk for hit in few.every()}
        differ = [row.text for row in rows if row.pk in by_index ^ set(read)]
        assert not differ, f"{line}: {differ[0]}"
        assert sorted(by_page) == sorted(read), line
        n_asked += 1
        n_found += 0 < len(read) < len(rows)
    assert n_asked > 60
    assert n_found > 40
