"""Is every line that a person can type a question or a refusal, and does it mean what it says?"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rodedraad.errors import Refusal
from rodedraad.search.context import in_context, sentence_at
from rodedraad.search.matching import WORD, Matcher, places_in, words_of
from rodedraad.search.query import All, Any, Near, Term, Without, query_parse, terms_of

PIECES = st.sampled_from(
    ['"', "(", ")", "-", "OR", "OF", "NEAR", "NEAR/3", "BIJ/2", "NEAR/0", "AND", "raad", "wijk*",
     "*team", "w?jk", "*", "?", "de", "", "2.3.1", "foto's", "wijk-team", "\U0001f600", "ë"]
)  # fmt: skip


def term(word: str) -> Term:
    return Term((word,), word, exact=False)


def found(line: str, text: str) -> list[str] | None:
    """Return what a question finds in a text in which every word is its own stem."""
    words = words_of(text)
    stems = {word: (word,) for word in (*words, *(w for t in terms_of(query_parse(line))
                                                 for w in t.words))}  # fmt: skip
    places = Matcher(query_parse(line), stems).places(words)
    return None if places is None else [text[slice(*one)] for one in places_in(text, places)]


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=14).map(" ".join)))
def test_every_line_is_a_question_or_a_refusal(line):
    try:
        asked = query_parse(line)
    except Refusal as refusal:
        code = refusal.code
    else:
        code = "query_"
        assert any(terms_of(asked, asked_only=True))
        found(line, "De raad leert van het wijkteam. \U0001f600 foto's van 2.3.1")
    assert code.startswith("query_")


def test_words_phrases_and_signs_become_a_tree():
    assert query_parse("raad wijkteam") == All((term("raad"), term("wijkteam")))
    assert query_parse("raad AND wijkteam") == query_parse("raad wijkteam")
    assert query_parse("raad OF college geld") == All(
        (Any((term("raad"), term("college"))), term("geld"))
    )
    assert query_parse("raad -geld") == All((term("raad"), Without(term("geld"))))
    assert query_parse("raad NEAR/3 geld") == Near(term("raad"), term("geld"), 3)
    assert query_parse("raad BIJ geld") == Near(term("raad"), term("geld"), 10)
    assert query_parse("“De Raad”") == Term(("de", "raad"), "De Raad", exact=True)
    assert query_parse("(raad OR college) NEAR/2 geld") == Near(
        Any((term("raad"), term("college"))), term("geld"), 2
    )
    assert query_parse("- raad") == term("raad")


@pytest.mark.parametrize(
    ("line", "code"),
    [('"de raad', "query_quotes"), ("NEAR/5 raad", "query_near"), ("raad NEAR/5", "query_near"),
     ("raad NEAR", "query_near"), ("raad NEAR/5 -geld", "query_near"), ("", "query_empty"),
     ("raad NEAR/51 geld", "query_near_far"), ("raad NEAR/0 geld", "query_near_far"),
     ("-raad", "query_only_minus"), ("raad OR", "query_or"), ("raad OR -geld", "query_or"),
     ("(raad", "query_brackets"), ("raad)", "query_brackets"), ("((((((raad", "query_brackets"),
     ("*", "query_star"), ("a*", "query_star"), ("raad " * 41, "query_terms"),
     ("r" * 501, "query_long"), ("?! ...", "query_empty"), ('""', "query_empty")],
)  # fmt: skip
def test_a_fault_is_named(line, code):
    with pytest.raises(Refusal) as refused:
        query_parse(line)
    assert refused.value.code == code


@pytest.mark.parametrize("order", ["geld NEAR/{} raad", "raad NEAR/{} geld"])
def test_near_counts_steps_from_word_to_word_in_any_order(order):
    text = "Zij geeft geld aan onze, oude raad"
    assert found(order.format(3), text) is None
    assert found(order.format(4), text) == ["geld aan onze, oude raad"]
    assert found(order.format(1), "raad geld") == ["raad geld"]


def test_near_sees_phrases_and_finds_the_place_that_is_near():
    text = "geld x x x x x de raad x geld x x x x x geld"
    assert found('geld NEAR/2 "de raad"', text) == ["de raad x geld"]
    assert found("raad NEAR/3 raad", "de raad") is None


def test_a_phrase_is_the_words_as_written_whatever_stands_between():
    assert found('"de raad besluit"', "De  raad,\nbesluit!") == ["De  raad,\nbesluit"]
    assert found('"de raad besluit"', "De raden besluit") is None
    assert found('"raad * besluit"', "raad zelf besluit") == ["raad zelf besluit"]


def test_star_and_question_mark_stand_for_letters():
    text = "wijkteam buurtteam team teams werk wark weerk"
    assert found("*team", text) == ["wijkteam", "buurtteam", "team"]
    assert found("team*", text) == ["team", "teams"]
    assert found("w?rk", text) == ["werk", "wark"]
    assert found("wijk*am", text) == ["wijkteam"]


def test_places_count_code_points_with_signs_beyond_the_first_plane():
    text = "\U0001f468‍\U0001f469‍\U0001f466 het \U0001f600 wijkteam"
    words = words_of(text)
    (place,) = places_in(text, [(words.index("wijkteam"), len(words))])
    assert text[slice(*place)] == "wijkteam"
    assert place == (len(text) - 8, len(text))
    shown = in_context(text, place)
    assert (shown.left + shown.hit + shown.right, shown.hit) == (text, "wijkteam")


@given(st.text(alphabet="ab \U0001f600.!\n", min_size=1, max_size=200), st.data())
def test_context_and_sentence_keep_to_the_text(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    shown = in_context(text, (start, end), beside=20)
    assert shown.hit == text[start:end]
    assert shown.left.removeprefix("… ") in text[:start]
    assert shown.right.removesuffix(" …") in text[end:]
    first, last = sentence_at(text, (start, end))
    assert 0 <= first <= last <= len(text)
    if text[start:end].strip():
        assert text[start:end].strip() in text[first:last]


def test_a_sentence_does_not_end_at_a_shortened_word_or_a_number():
    text = "Zie art. 5 en bijv. Zwolle. Het kost € 2.500 per jaar! (Echt.) Ja"
    assert text[slice(*sentence_at(text, (0, 3)))] == "Zie art. 5 en bijv. Zwolle."
    at = text.index("kost")
    assert text[slice(*sentence_at(text, (at, at + 4)))] == "Het kost € 2.500 per jaar!"
    assert text[slice(*sentence_at(text, (at, at + 24)))].startswith("Het kost")


def test_words_are_the_same_whatever_signs_stand_beside_them():
    for sign in map(chr, range(0x110000)):
        text = f"Ja{sign}Nee {sign}"
        assert words_of(text) == [word.casefold() for word in WORD.findall(text)], hex(ord(sign))
