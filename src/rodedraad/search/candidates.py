"""Which paragraphs may answer to a question, as the indexes of the database can tell?"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any as Anything

from rodedraad.search.query import WILD, All, Any, Near, Node, Term, Without, terms_of
from rodedraad.search.stems import stems_of

STEMS = '"sources_paragraph"."search"'
TEXT = '"sources_paragraph"."text"'
AS_WRITTEN = f"to_tsvector('simple'::regconfig, COALESCE(sources_words({TEXT}), ''))"
"""As the index of the words as written has it, to the letter."""
INSTEAD = str.maketrans({"_": "ǀ", "²": "ǁ", "³": "ǂ"})
"""As ``sources_words`` in the database has it: letters that its parser takes for these."""
PLAIN = re.compile(r"[0-9a-zà-öø-ÿ\u0101-\u017fǀǁǂ]+")
"""Words of which the parser of the database surely makes one word, and the same."""

PREFIX_AT_LEAST = 2
PLACES_KEPT = 256
"""The index knows so many places of a word in one paragraph, and no more."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition on paragraphs in SQL. ``precise``: all that meet it answer to the question.

    When it is not, more meet it than answer, and each must be looked at; never fewer.
    ``is_quick``: it costs so little that it goes with the index at once.
    """

    sql: str
    values: tuple[Anything, ...]
    precise: bool
    is_quick: bool = False


def candidates_of(query: Node) -> Condition:
    """Return the condition that the index can tell of a question."""
    found = _condition(query)
    if found is None:
        raise ValueError("A question that no index can answer must be refused before.")
    return found


def both(one: Condition, other: Condition) -> Condition:
    """Return the condition that two conditions are met; who meets it must be looked at."""
    return Condition(*_joined([one, other], "AND"), precise=False)


def touched_by(query: Node) -> Condition:
    """Return the condition that one of the words that are asked for may be there."""
    parts = [_term(term) for term in terms_of(query, asked_only=True)]
    found = [part for part in parts if part is not None]
    return Condition(*_joined(found, "OR"), precise=False)


def sieve_of(query: Node) -> Condition | None:
    """Return a condition that costs less than looking at the words; None when there is none.

    All that answer meet it, most that do not answer do not.
    """
    match query:
        case Term():
            return _in_a_row(query)
        case Near(left, right, distance):
            return _beside(left, right, distance)
        case All(parts):
            found = [part for part in map(sieve_of, parts) if part is not None]
            quick = all(part.is_quick for part in found)
            return Condition(*_joined(found, "AND"), False, quick) if found else None
        case _:
            return None


def _in_a_row(term: Term) -> Condition | None:
    """Return that words stand in a row: as written, or by their stems.

    As written, a letter with a sign may be another one.
    """
    if term.is_wild or len(term.words) == 1:
        return None
    if not term.exact:
        return _row_of(term.words)
    words = ("".join(sign if sign.isascii() else ".{1,3}" for sign in word) for word in term.words)
    return Condition(f"{TEXT} ~* %s", ("[^a-z0-9]+".join(words),), precise=False, is_quick=True)


def _row_of(words: Sequence[str]) -> Condition | None:
    """Return that the stems of words follow each other; None for one stem."""
    stems = stems_of(words)
    known = [(at, _asked(stems[word][0])) for at, word in enumerate(words) if stems[word]]
    if len(known) == 1 or not all(PLAIN.fullmatch(stem.strip("'")) for _, stem in known):
        return None
    row = " & ".join(f"({one} <{to - at}> {other})" for (at, one), (to, other) in pairwise(known))
    return Condition(
        f"{STEMS} @@ %s::tsquery OR octet_length({TEXT}) > %s",
        (row, _long(stem for _, stem in known)),
        precise=False,
        is_quick=True,
    )


def _beside(left: Node, right: Node, distance: int) -> Condition | None:
    """Return that two stems stand near each other by the places that the index keeps.

    ``ts_rank_cd`` adds for each shortest stretch with both 0.1 divided by the steps between them,
    so what has them near has at least that. It takes one place of a word for both sides, so a word
    beside itself is asked step by step. In a long paragraph not all places are kept.
    """
    one, other = _stems_of_side(left), _stems_of_side(right)
    if one is None or other is None:
        return None
    apart = distance + sum(max(len(part.words) for part in terms_of(side)) - 1
                           for side in (left, right))  # fmt: skip
    if twice := sorted(set(one) & set(other)):
        if len(twice) < len({*one, *other}):
            return None
        steps = (f"({word} <{n}> {word})" for word in twice for n in range(1, apart + 1))
        near, values = f"{STEMS} @@ %s::tsquery", (" | ".join(steps),)
    else:
        ask = f"({' | '.join(one)}) & ({' | '.join(other)})"
        near, values = f"ts_rank_cd({STEMS}, %s::tsquery) > %s", (ask, 0.1 / (apart + 0.5))
    long = f"octet_length({TEXT}) > %s"
    return Condition(f"{near} OR {long}", (*values, _long([*one, *other])), False, True)


def _long(words: Iterable[str]) -> int:
    """Return how many bytes a text has at least of which not all places of words are kept."""
    return PLACES_KEPT * min(len(word.strip("'").encode()) for word in words)


def _stems_of_side(side: Node) -> list[str] | None:
    """Return a stem of each term at one side of NEAR, between quotes; None without one."""
    found: list[str] = []
    for term in terms_of(side):
        stems = stems_of(term.words)
        words = [word for word in term.words if stems[word]]
        if term.is_wild or not words:
            return None
        stem = _asked(stems[max(words, key=len)][0])
        if not PLAIN.fullmatch(stem.strip("'")):
            return None
        found.append(stem)
    return found


def _condition(node: Node) -> Condition | None:  # noqa: PLR0911 one for each kind of node
    """Return what the index can tell of a node; None when that is nothing."""
    match node:
        case Term():
            return _term(node)
        case Near(left, right):
            return _all([_condition(left), _condition(right)], precise=False)
        case All(parts):
            return _all([_condition(part) for part in parts])
        case Any(parts):
            each = [_condition(part) for part in parts]
            found = [part for part in each if part is not None]
            if len(found) < len(each):
                return None
            return Condition(*_joined(found, "OR"), all(part.precise for part in found))
        case Without(part):
            inside = _condition(part)
            if inside is None or not inside.precise:
                return None
            return Condition(f"NOT ({inside.sql})", inside.values, precise=True)


def _all(parts: list[Condition | None], *, precise: bool = True) -> Condition | None:
    found = [part for part in parts if part is not None]
    if not found:
        return None
    whole = precise and len(found) == len(parts) and all(part.precise for part in found)
    return Condition(*_joined(found, "AND"), whole)


def _joined(parts: list[Condition], word: str) -> tuple[str, tuple[Anything, ...]]:
    sql = f" {word} ".join(f"({part.sql})" for part in parts)
    return sql, tuple(value for part in parts for value in part.values)


def _term(term: Term) -> Condition | None:
    stems = stems_of(term.words)
    if term.is_wild:
        each = [
            _wild(word) if WILD & set(word) else _word(word, exact=term.exact)
            for word in term.words
            if word != "*"
        ]
        return _all(each, precise=len(term.words) == 1)
    if not any(stems[word] for word in term.words):
        return None
    if term.raw.lower() != term.raw.casefold():
        sql = f"{STEMS} @@ phraseto_tsquery('dutch', sources_words(%s))"
        return Condition(sql, (_sent(term.raw),), precise=False)
    words = term.words if term.exact else [word for word in term.words if stems[word]]
    return _all([_word(word, exact=term.exact) for word in words], precise=len(term.words) == 1)


def _word(word: str, *, exact: bool) -> Condition | None:
    """Return that a word is there, as written or by its stem; None for one without a stem."""
    stems = [word] if exact else stems_of([word])[word]
    if not stems:
        return None
    index = AS_WRITTEN if exact else STEMS
    found = _asked(stems[0])
    if PLAIN.fullmatch(found.strip("'")):
        return Condition(f"{index} @@ %s::tsquery", (found,), precise=True)
    sql = f"{index} @@ plainto_tsquery('{'simple' if exact else 'dutch'}', sources_words(%s))"
    return Condition(sql, (_sent(word),), precise=False)


def _wild(word: str) -> Condition:
    """Return the condition of a word with ``*`` or ``?``: by how it begins, else by looking."""
    begin = next((at for at, sign in enumerate(word) if sign in WILD), len(word))
    prefix = word[:begin].translate(INSTEAD)
    if begin >= PREFIX_AT_LEAST and PLAIN.fullmatch(prefix):
        sql = f"{AS_WRITTEN} @@ %s::tsquery"
        return Condition(sql, (f"'{prefix}':*",), precise=word[begin:] == "*")
    like = "".join({"*": "%", "?": "_", "_": r"\_"}.get(sign, sign) for sign in word)
    return Condition(f"{TEXT} ILIKE %s", (_sent(f"%{like}%"),), precise=False)


def _asked(word: str) -> str:
    """Return a word as the language of the index has it, between quotes."""
    return f"'{word.translate(INSTEAD)}'"


def _sent(words: str) -> str:
    """Return words without halves of signs, which the database takes from nobody."""
    return words.encode("utf-8", "ignore").decode()
