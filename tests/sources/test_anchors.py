"""Whether a passage is found again in a new text, or flagged: never silently wrong."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rodedraad.sources.anchors import reanchor

TEXT = (
    "De gemeente Noord opent een loket. Wie vragen heeft over zorg, kan daar terecht.\n"
    "De wachttijd is volgens het college zes weken. De raad vindt dat te lang.\n"
    "In Zuid is de wachttijd vier weken. De raad is tevreden.\n"
)
QUOTE = "De wachttijd is volgens het college zes weken."
START = TEXT.index(QUOTE)
END = START + len(QUOTE)


def test_the_same_text_gives_the_same_place() -> None:
    found = reanchor(TEXT, TEXT, START, END)
    assert (found.state, found.start, found.end) == ("exact", START, END)


def test_an_edit_after_a_passage_leaves_it_where_it_was() -> None:
    assert reanchor(TEXT, TEXT + "Slot.", START, END).state == "exact"


def test_text_before_it_moves_a_passage() -> None:
    new = "🙂 Inleiding.\n" + TEXT
    found = reanchor(TEXT, new, START, END)
    assert found.state == "moved"
    assert new[found.start : found.end] == QUOTE


def test_a_changed_word_makes_a_passage_unsure_and_shows_where() -> None:
    new = TEXT.replace("zes weken", "acht weken")
    found = reanchor(TEXT, new, START, END)
    assert found.state == "unsure"
    assert "acht weken" in new[found.start : found.end]
    assert 0.6 <= found.likeness < 1


def test_a_passage_that_was_taken_out_is_not_found_elsewhere() -> None:
    start = TEXT.index("De raad vindt dat te lang.")
    new = TEXT.replace(" De raad vindt dat te lang.", "")
    assert not reanchor(TEXT, new, start, start + 26).is_sure


def test_of_two_equal_words_the_right_one_is_taken_or_the_answer_is_unsure() -> None:
    start = TEXT.rindex("wachttijd")
    new = TEXT.replace("De wachttijd is", "De duur is")
    found = reanchor(TEXT, new, start, start + 9)
    assert found.is_sure
    assert new[found.start :].startswith("wachttijd vier")


def test_a_short_answer_that_went_is_not_taken_for_an_equal_one_that_came() -> None:
    found = reanchor("Vraag een\nja\nVraag twee", "Iets heel anders\nja\nEn nog iets", 10, 12)
    assert not found.is_sure


def test_a_range_outside_the_text_is_an_error() -> None:
    with pytest.raises(ValueError, match="no range"):
        reanchor("abc", "abc", 2, 4)


class Editor:
    """Changes a text at random and knows where each passage went, or that it was touched."""

    WORDS = ("zorg", "raad", "ja", "nee", "wachttijd", "é", "🙂", ".", "\n", "de gemeente")

    def __init__(self, text: str, ranges: list[tuple[int, int]], seed: int) -> None:
        self.text, self.random = text, random.Random(seed)
        self.truth: list[tuple[int, int] | None] = list(ranges)

    def edit(self) -> None:
        at = self.random.randrange(len(self.text) + 1)
        cut = min(len(self.text), at + self.random.choice((0, 0, 1, 3, 12, 40)))
        words = " ".join(self.random.choices(self.WORDS, k=self.random.randrange(4)))
        self.text = self.text[:at] + words + self.text[cut:]
        shift = len(words) - (cut - at)
        self.truth = [
            None if known is None or (at < known[1] and cut > known[0])
            or (at == cut and known[0] < at < known[1])
            else (known[0] + shift, known[1] + shift) if cut <= known[0]
            else known
            for known in self.truth
        ]  # fmt: skip


def test_a_random_editor_changes_a_source_a_thousand_times_and_no_quote_is_silently_wrong() -> None:
    chance = random.Random(20261122)
    words = ("de", "raad", "zorg", "gemeente", "wil", "geen", "wachttijd", "ja", "nee", "en", "van")
    old = "\n".join(
        " ".join(chance.choices(words, k=chance.randrange(1, 12))) + "." for _ in range(300)
    )
    ranges = [
        (start, min(len(old), start + chance.choice((2, 5, 20, 80))))
        for start in chance.choices(range(len(old) - 80), k=40)
    ]
    editor = Editor(old, ranges, seed=4)
    counted = {"sure": 0, "flagged": 0}
    for step in range(1000):
        editor.edit()
        if step % 20:
            continue
        for (start, end), true in zip(ranges, editor.truth, strict=True):
            found = reanchor(old, editor.text, start, end)
            if not found.is_sure:
                counted["flagged"] += 1
                continue
            counted["sure"] += 1
            assert editor.text[found.start : found.end] == old[start:end]
            assert (found.start, found.end) == true
    assert counted["sure"] > 200
    assert counted["flagged"] > 200


def test_after_one_edit_most_quotes_are_found_for_sure() -> None:
    chance = random.Random(7)
    old = " ".join(
        f"{chance.choice(('zorg', 'raad', 'nee'))} {chance.randrange(999)}" for _ in range(2000)
    )
    sure = 0
    for seed in range(1000):
        start = chance.randrange(len(old) - 30)
        editor = Editor(old, [(start, start + 20)], seed)
        editor.edit()
        found = reanchor(old, editor.text, start, start + 20)
        if found.is_sure:
            assert (found.start, found.end) == editor.truth[0]
            sure += 1
    assert sure >= 980


@given(st.text("ab ", min_size=1, max_size=60), st.text("ab ", max_size=60), st.data())
def test_a_sure_place_has_the_same_words(old: str, new: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(old) - 1))
    end = data.draw(st.integers(start + 1, len(old)))
    found = reanchor(old, new, start, end)
    if found.state == "lost":
        assert found.start is None
    else:
        assert 0 <= found.start < found.end <= len(new)
        assert not found.is_sure or new[found.start : found.end] == old[start:end]


def test_a_passage_in_a_million_characters_is_found_soon() -> None:
    old = "".join(f"Zin {n} over de zorg in de gemeente.\n" for n in range(28_000))
    new = old.replace("Zin 5 ", "Regel 5 ")
    started = time.perf_counter()
    for start in range(1000, 900_000, 30_000):
        assert reanchor(old, new, start, start + 25).is_sure
    assert time.perf_counter() - started < 30 * 0.05
