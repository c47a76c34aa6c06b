"""Which paragraphs may answer to a question, as the indexes of the database can tell?"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any as Anything

from rodedraad.search.query import WILD, All, Any, Near, Node, Term, Without, terms_of
from rodedraad.search.stems import stems_of

STEMS = '"sources_paragraph"."search"'
TEXT = '"sources_paragraph"."text"'
AS_WRITTEN = f"to_tsvector('simple'::regconfig, COALESCE({TEXT}, ''))"
"""As the index of the words as written has it, to the letter."""

PREFIX_AT_LEAST = 2
REACH_AT_MOST = 40
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
    """Return that words as written stand in a row; a letter with a sign may be another one."""
    if not term.exact or term.is_wild or len(term.words) == 1:
        return None
    words = ("".join(sign if sign.isascii() else ".{1,3}" for sign in word) for word in term.words)
    return Condition(f"{TEXT} ~* %s", ("[^a-z0-9]+".join(words),), precise=False)


def _beside(left: Node, right: Node, distance: int) -> Condition | None:
    """Return that two stems stand near each other by the places that the index keeps.

    For these a word with a hyphen is one more than its parts, and so is an address: half as many
    places more are allowed. A word with _ counts as several, and in a long paragraph not all
    places are kept: these come through.
    """
    one, other = _stems_of_side(left), _stems_of_side(right)
    if one is None or other is None:
        return None
    apart = distance + sum(max(len(part.words) for part in terms_of(side)) - 1
                           for side in (left, right))  # fmt: skip
    reach = apart + apart // 2 + 2
    if reach > REACH_AT_MOST:
        return None
    first, second = (f"({' | '.join(side)})" for side in (one, other))
    steps = range(1, reach + 1)
    near = " | ".join(f"({first} <{n}> {second}) | ({second} <{n}> {first})" for n in steps)
    long = PLACES_KEPT * min(len(stem) - 2 for stem in (*one, *other))
    return Condition(
        f"{STEMS} @@ %s::tsquery OR octet_length({TEXT}) > %s OR strpos({TEXT}, '_') > 0",
        (near, long),
        precise=False,
        is_quick=True,
    )


def _stems_of_side(side: Node) -> list[str] | None:
    """Return a stem of each term at one side of NEAR, between quotes; None without one."""
    found: list[str] = []
    for term in terms_of(side):
        stems = stems_of(term.words)
        words = [word for word in term.words if stems[word]]
        if term.is_wild or not words:
            return None
        found.append(f"'{stems[max(words, key=len)][0]}'")
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
    if not term.is_wild:
        if not any(stems[word] for word in term.words):
            return None
        typed = term.raw.encode("utf-8", "ignore").decode()
        one = len(term.words) == 1 and not term.exact and term.raw.casefold() == term.words[0]
        row = _row_of(term.words)
        if row:
            either = f"{STEMS} @@ (%s::tsquery || phraseto_tsquery('dutch', %s))"
            return Condition(either, (row, typed), precise=False)
        return Condition(f"{STEMS} @@ phraseto_tsquery('dutch', %s)", (typed,), precise=one)
    each = [
        _wild(word) if WILD & set(word) else _stem(word) if stems[word] else None
        for word in term.words
        if word != "*"
    ]
    one = len(term.words) == 1
    return _all(each, precise=one)


def _row_of(words: Sequence[str]) -> str:
    """Return in the language of the index that stems follow each other; nothing for one stem.

    A word with a hyphen has a place of its own before its parts: these places may lie between.
    """
    stems = stems_of(words)
    known = [(at, stems[word][0]) for at, word in enumerate(words) if stems[word]]
    pairs: list[str] = []
    for (at, one), (to, other) in pairwise(known):
        gap = to - at
        steps = range(gap, gap + (gap + 1) // 2 + 1)
        pairs.append(" | ".join(f"'{one}' <{n}> '{other}'" for n in steps))
    return " & ".join(f"({pair})" for pair in pairs)


def _stem(word: str) -> Condition:
    return Condition(f"{STEMS} @@ plainto_tsquery('dutch', %s)", (word,), precise=False)


def _wild(word: str) -> Condition:
    """Return the condition of a word with ``*`` or ``?``: by how it begins, else by looking."""
    begin = next((at for at, sign in enumerate(word) if sign in WILD), len(word))
    if begin >= PREFIX_AT_LEAST:
        prefix = f"'{word[:begin]}':*"
        sql = f"{AS_WRITTEN} @@ to_tsquery('simple', %s)"
        return Condition(sql, (prefix,), precise=word[begin:] == "*" and word[:begin].isalpha())
    like = "".join({"*": "%", "?": "_", "_": r"\_"}.get(sign, sign) for sign in word)
    return Condition(f"{TEXT} ILIKE %s", (f"%{like}%",), precise=False)
