"""Does a selection keep its words, whatever way its program counted?"""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rodedraad.exchange.refi_qda.model import Place
from rodedraad.exchange.refi_qda.positions import STANDARD, Counting, RawText, Span, spans_place
from rodedraad.exchange.refi_qda.project_read import project_read

from .made import one_text, selection

MARK = "\ufeff"
PIECES = st.lists(
    st.sampled_from(["\r\n", "\n", "\r", "😀", "é", "e\u0301", "zorg", " ", "a", "\u2028"]),
    max_size=30,
)


def width(text: str, counting: Counting) -> int:
    """How many positions a text takes: another way than the one under test."""
    if counting.line_ends != "file":
        ends = "\n" if counting.line_ends == "one" else "\r\n"
        text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", ends)
    return len(text.encode("utf-16-le")) // 2 if counting.utf16 else len(text)


@settings(deadline=None)
@given(
    PIECES,
    st.tuples(st.integers(0, 30), st.integers(0, 30)).map(sorted),
    st.booleans(),
    st.builds(
        Counting,
        st.sampled_from(["file", "one", "two"]),
        st.booleans(),
        st.booleans(),
        st.just(False),
    ),
)
def test_every_way_of_counting_leads_to_the_same_words(pieces, cut, marked, counting):
    # A cut between CR and LF that are pieces of their own would make another text.
    joined = "".join(pieces)
    before, words = "".join(pieces[: cut[0]]), "".join(pieces[cut[0] : cut[1]])
    after = joined[len(before) + len(words) :]
    assume(
        not any(
            a.endswith("\r") and b.startswith("\n")
            for a, b in ((before, words + after), (words, after))
        )
    )
    start = width(before, counting) + (marked and counting.bom)
    end = start + width(words, counting)
    text = RawText(MARK + joined if marked else joined)
    found = text.ruler(Counting(counting.line_ends, counting.utf16, marked and counting.bom)).span(
        Span(start, end)
    )
    assert found is not None
    assert text.clean[found[0] : found[1]] == words.replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize(
    ("content", "start", "end", "words"),
    [
        ("\ufeffJa, de zorg", 0, 2, "Ja"),
        ("een\r\ntwee\r\nzorg", 11, 15, "zorg"),
        ("een\ntwee\r\nzorg", 10, 14, "zorg"),
        ("een\rtwee\rzorg", 9, 13, "zorg"),
        ("😀 de zorg 😀", 5, 9, "zorg"),
        ("cafe\u0301 zorg", 6, 10, "zorg"),
    ],
)
def test_without_a_witness_positions_are_as_the_standard_counts(content, start, end, words):
    read = project_read(one_text(content.encode(), selection(start, end)))
    [source] = read.project.sources
    [one] = source.selections
    assert source.text[one.start : one.end] == words
    assert "\r" not in source.text
    assert not source.text.startswith(MARK)


@pytest.mark.parametrize(
    ("content", "start", "end", "told"),
    [
        ("een\r\ntwee\r\nzorg", 9, 13, "a line end as one character"),
        ("een\ntwee\nde zorg nu", 14, 18, "a line end as two characters"),
        ("😀 de zorg 😀", 6, 10, "UTF-16 units"),
        ("\ufeffJa, de zorg hier", 8, 12, "the byte order mark"),
        ("Ja, de zorg hier", 7, 10, "the last character as part of the selection"),
    ],
)
def test_a_name_that_quotes_the_words_tells_another_way_of_counting(content, start, end, told):
    read = project_read(one_text(content.encode(), selection(start, end, name="zorg")))
    [source] = read.project.sources
    [one] = source.selections
    assert (source.text[one.start : one.end], one.place) == ("zorg", Place.NAMED)
    [fault] = [fault for fault in read.faults if fault.code == "positions-recounted"]
    assert told in fault.message
    assert "1 of 1" in fault.message


def test_most_names_decide_and_one_that_is_only_a_title_does_not():
    text = RawText("een\r\ntwee\r\ndrie\r\nvier")
    spans = [Span(4, 8, "twee"), Span(9, 13, "drie"), Span(14, 18, "mooi gezegd")]
    placed = spans_place(text, spans)
    assert placed.counting == Counting("one")
    assert (placed.named, placed.witnesses) == (2, 3)
    assert [text.clean[a:b] for a, b, _ in placed.spans] == ["twee", "drie", "vier"]
    assert [place for _, _, place in placed.spans] == [Place.NAMED, Place.NAMED, Place.COUNTED]


def test_a_name_may_be_cut_off_and_have_other_white_space():
    text = RawText("Wij wachten\nal  een jaar op hulp van het wijkteam.")
    for name in (
        "Wij wachten al een…",
        "Wij wachten al een ...",
        "Wij wachten al een jaar op hulp van het",
    ):
        assert spans_place(text, [Span(0, 50, name)]).named == 1
    assert spans_place(text, [Span(0, 50, "Wij wachten al")]).named == 0


def test_a_doubtful_count_is_said_to_be_doubtful():
    read = project_read(one_text("😀 de zorg 😀".encode(), selection(5, 9)))
    assert read.project.sources[0].selections[0].place is Place.ASSUMED
    assert "positions-assumed" in {fault.code for fault in read.faults}
    plain = project_read(one_text(b"de zorg\nnu", selection(3, 7)))
    assert plain.project.sources[0].selections[0].place is Place.COUNTED
    assert plain.faults == ()


def test_a_name_that_fits_two_ways_of_counting_settles_nothing_for_the_others():
    text = RawText("zorg\r\ntwee\r\nde zorg nu")
    placed = spans_place(text, [Span(0, 4, "zorg"), Span(15, 19)])
    assert [place for _, _, place in placed.spans] == [Place.NAMED, Place.ASSUMED]
    settled = spans_place(text, [Span(0, 4, "zorg"), Span(6, 10, "twee"), Span(15, 19)])
    assert settled.spans[2] == (13, 17, Place.COUNTED)
    known = spans_place(text, [Span(15, 19)], certain=True)
    assert known.spans == ((13, 17, Place.COUNTED),)


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 99), (5, 2)])
def test_positions_outside_a_text_stay_as_they_are_and_are_told(start, end):
    read = project_read(one_text(b"de zorg", selection(start, end)))
    [one] = read.project.sources[0].selections
    assert (one.start, one.end, one.place) == (start, end, Place.OUTSIDE)
    assert len(one.codings) == 1
    assert "selection-outside" in {fault.code for fault in read.faults}


def test_nonsense_at_the_end_does_not_move_the_other_selections():
    text = RawText("een\ntwee\nde zorg nu")
    placed = spans_place(text, [Span(12, 16), Span(12, 23)])
    assert placed.counting == STANDARD
    assert placed.spans[0] == (12, 16, Place.COUNTED)
    assert placed.spans[1][2] is Place.OUTSIDE
