"""Where in a text does a question hold: which words answer to it?

Pure. A text is a list of its words; a place is a range of them, half-open. The index of the
database brings up the texts that may hold it; what it says is decided here for phrases, words near
each other and words with ``*``.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from rodedraad.search.query import WILD, All, Any, Near, Node, Term, Without

WORD = re.compile(r"\w+")
GROWS = "\u0345"
"""The one sign that is no letter, and becomes one without difference of capitals."""

Place = tuple[int, int]
Stem = tuple[str, ...]


def words_of(text: str) -> list[str]:
    """Return the words of a text without difference of capitals.

    >>> words_of("Het Wijk-team, 2015")
    ['het', 'wijk', 'team', '2015']
    """
    folded = text.casefold()
    if len(folded) == len(text) and GROWS not in text:
        return WORD.findall(folded)
    return list(map(str.casefold, WORD.findall(text)))


def places_in(text: str, found: Sequence[Place]) -> list[tuple[int, int]]:
    """Return ranges of words as ranges of characters; those that overlap become one."""
    if not found:
        return []
    at = list(WORD.finditer(text))
    joined: list[Place] = []
    for first, last in sorted(set(found)):
        if joined and first < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return [(at[first].start(), at[last - 1].end()) for first, last in joined]


class Answers(dict[str, bool]):
    """Whether words answer to a word that is asked for; each is looked at once."""

    def __init__(self, test: Callable[[str], object]) -> None:
        super().__init__()
        self._test = test

    def __missing__(self, word: str) -> bool:
        found = self[word] = bool(self._test(word))
        return found


@dataclass
class Matcher:
    """Looks for one question in texts; ``stems`` tells the stem of every word in them."""

    query: Node
    stems: Mapping[str, Stem]
    _known: dict[tuple[str, bool], Answers] = field(default_factory=dict)

    def places(self, words: Sequence[str]) -> list[Place] | None:
        """Return where the question holds in a text, or None when it does not.

        What is to be left out has no place.
        """
        return self._places(self.query, words)

    def _places(  # noqa: PLR0911 one for each kind of node
        self, node: Node, words: Sequence[str]
    ) -> list[Place] | None:
        match node:
            case Term():
                return self._term(node, words) or None
            case Near(left, right, distance):
                one, other = self._places(left, words), self._places(right, words)
                return _near(one, other, distance) or None if one and other else None
            case Without(part):
                return [] if self._places(part, words) is None else None
            case All(parts):
                found: list[Place] = []
                for part in parts:
                    places = self._places(part, words)
                    if places is None:
                        return None
                    found += places
                return found
            case Any(parts):
                each = [self._places(part, words) for part in parts]
                if all(places is None for places in each):
                    return None
                return [place for places in each for place in places or ()]

    def _term(self, term: Term, words: Sequence[str]) -> list[Place]:
        first, *rest = (self._answers(word, term.exact) for word in term.words)
        n = len(term.words)
        return [
            (at, at + n)
            for at, word in enumerate(words[: len(words) - n + 1])
            if first[word] and all(answers[words[at + i]] for i, answers in enumerate(rest, 1))
        ]

    def _answers(self, asked: str, exact: bool) -> Mapping[str, bool]:
        """Return what tells of a word whether it answers to a word that is asked for."""
        key = (asked, exact)
        if key not in self._known:
            self._known[key] = self._new_answers(asked, exact)
        return self._known[key]

    def _new_answers(self, asked: str, exact: bool) -> Answers:
        if WILD & set(asked):
            pattern = "".join(
                {"*": r"\w*", "?": r"\w"}.get(sign, re.escape(sign)) for sign in asked
            )
            return Answers(re.compile(pattern).fullmatch)
        stem = () if exact else self.stems[asked]
        if not stem:
            return Answers(asked.__eq__)
        return Answers(lambda word: self.stems.get(word) == stem)


def _near(one: Sequence[Place], other: Sequence[Place], distance: int) -> list[Place]:
    """Return the stretches in which a place of one is near a place of the other, either way round.

    Words beside each other are one step away. Places that overlap are not two things.
    """
    one, other = sorted(one), sorted(other)
    starts = [first for first, _ in other]
    found: list[Place] = []
    for first, last in one:
        after = bisect_left(starts, last)
        if after < len(other) and starts[after] - last + 1 <= distance:
            found.append((first, other[after][1]))
        before = bisect_left(starts, first) - 1
        while before >= 0 and other[before][1] > first:
            before -= 1
        if before >= 0 and first - other[before][1] + 1 <= distance:
            found.append((other[before][0], last))
    return found
