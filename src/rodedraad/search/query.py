"""What does a person ask for: which words, as written or not, together, near, or left out?

Pure: a line of text in, a tree out, or a refusal that says what to mend.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rodedraad.errors import Refusal

QUERY_AT_MOST = 500
TERMS_AT_MOST = 40
DEEPEST = 5
NEAR_WORDS, NEAR_AT_MOST = 10, 50
LETTERS_AT_LEAST = 2
QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"') | {"\0": " "})
PIECE = re.compile(r'"[^"]*"|"|[()]|[^\s"()]+')
WORD_ASKED = re.compile(r"[\w*]+(?:\?+[\w*]+)*")
NEAR = re.compile(r"(?:NEAR|BIJ)(?:/(\d{1,9}))?")
OR = frozenset({"OR", "OF"})
AND = frozenset({"AND", "EN"})
WILD = frozenset("*?")


@dataclass(frozen=True, slots=True)
class Term:
    """One word, or several in a row; ``*`` stands for any letters, ``?`` for one.

    ``exact``: the words as written, else by stem. ``raw`` is what was typed, for the index.
    """

    words: tuple[str, ...]
    raw: str
    exact: bool

    @property
    def is_wild(self) -> bool:
        """Whether a word of it stands for more than one."""
        return any(WILD & set(word) for word in self.words)


@dataclass(frozen=True, slots=True)
class Near:
    """Two things with at most ``distance`` steps from word to word between them, in any order."""

    left: "Node"
    right: "Node"
    distance: int


@dataclass(frozen=True, slots=True)
class All:
    """Each of these."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Any:
    """One of these or more."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Without:
    """Not this."""

    part: "Node"


Node = Term | Near | All | Any | Without


def query_parse(line: str) -> Node:
    """Read a question: words, ``"a phrase"``, ``a NEAR/5 b``, ``a OR b``, ``-a``, ``begin*``.

    ``OR`` binds more tightly than words beside each other: ``a OR b c`` is ``(a OR b) c``.

    >>> query_parse('wijkteam -"sociaal team"')
    All(parts=(Term(words=('wijkteam',), raw='wijkteam', exact=False), \
Without(part=Term(words=('sociaal', 'team'), raw='sociaal team', exact=True))))

    Raises
    ------
    Refusal
        When it cannot be understood; its code begins with ``query_``.
    """
    if len(line) > QUERY_AT_MOST:
        raise Refusal(
            f"A question has at most {QUERY_AT_MOST} characters. Ask for fewer words.",
            code="query_long",
            most=QUERY_AT_MOST,
        )
    parser = _Parser(line.translate(QUOTES))
    found = parser.all_of(0)
    if parser.piece is not None:
        raise _brackets()
    if found is None:
        raise Refusal("Type at least one word to search for.", code="query_empty")
    if not is_positive(found):
        raise Refusal(
            "This says only what to leave out. Add a word to search for, without a minus.",
            code="query_only_minus",
        )
    if sum(1 for _ in terms_of(found)) > TERMS_AT_MOST:
        raise Refusal(
            f"A question has at most {TERMS_AT_MOST} words and phrases. Ask for fewer.",
            code="query_terms",
            most=TERMS_AT_MOST,
        )
    return found


def is_positive(node: Node) -> bool:
    """Tell whether a text must hold something for it."""
    match node:
        case Without():
            return False
        case All(parts):
            return any(map(is_positive, parts))
        case Any(parts):
            return all(map(is_positive, parts))
        case _:
            return True


def terms_of(node: Node, *, asked_only: bool = False) -> Iterator[Term]:
    """Give every term; with ``asked_only`` not those that are to be left out."""
    match node:
        case Term():
            yield node
        case Near(left, right):
            yield from terms_of(left, asked_only=asked_only)
            yield from terms_of(right, asked_only=asked_only)
        case All(parts) | Any(parts):
            for part in parts:
                yield from terms_of(part, asked_only=asked_only)
        case Without(part):
            if not asked_only:
                yield from terms_of(part)


class _Parser:
    """Walks over the pieces of a question, one at a time."""

    def __init__(self, line: str) -> None:
        self._pieces: list[str] = PIECE.findall(line)
        self._at = 0

    @property
    def piece(self) -> str | None:
        return self._pieces[self._at] if self._at < len(self._pieces) else None

    def all_of(self, depth: int) -> Node | None:
        """Read parts beside each other up to the end or a closing bracket."""
        parts: list[Node] = []
        while (piece := self.piece) is not None and piece != ")":
            if piece in AND:
                self._at += 1
            elif (part := self._any_of(depth)) is not None:
                parts.append(part)
        return parts[0] if len(parts) == 1 else All(tuple(parts)) if parts else None

    def _any_of(self, depth: int) -> Node | None:
        parts = [self._near(depth)]
        while self.piece in OR:
            self._at += 1
            parts.append(self._near(depth))
        if len(parts) == 1:
            return parts[0]
        if not all(part is not None and is_positive(part) for part in parts):
            raise Refusal(
                "OR needs a word or phrase before and after it, without a minus.", code="query_or"
            )
        return Any(tuple(part for part in parts if part is not None))

    def _near(self, depth: int) -> Node | None:
        if self.piece is not None and NEAR.fullmatch(self.piece):
            raise _near_words()
        left = self._one(depth)
        chain: list[Node] = []
        while (piece := self.piece) is not None and (found := NEAR.fullmatch(piece)):
            distance = int(found[1] or NEAR_WORDS)
            self._at += 1
            if not 1 <= distance <= NEAR_AT_MOST:
                raise Refusal(
                    f"NEAR looks 1 to {NEAR_AT_MOST} words away. Write such as NEAR/5.",
                    code="query_near_far",
                    most=NEAR_AT_MOST,
                )
            right = self._one(depth)
            if not (_can_be_near(left) and _can_be_near(right)):
                raise _near_words()
            chain.append(Near(left, right, distance))  # type: ignore[arg-type]
            left = right
        return left if not chain else chain[0] if len(chain) == 1 else All(tuple(chain))

    def _one(self, depth: int) -> Node | None:
        piece = self.piece
        if piece is None or piece == ")" or piece in OR or NEAR.fullmatch(piece):
            return None
        self._at += 1
        if piece == '"':
            raise Refusal(
                "A phrase begins and ends with a quotation mark, and one is missing. Add it.",
                code="query_quotes",
            )
        if piece == "(":
            return self._bracket(depth)
        if piece.startswith('"'):
            return _term(piece[1:-1], exact=True)
        if piece.startswith("-"):
            return self._left_out(piece, depth)
        return _term(piece, exact=False)

    def _bracket(self, depth: int) -> Node | None:
        if depth >= DEEPEST:
            raise _brackets()
        inside = self.all_of(depth + 1)
        if self.piece != ")":
            raise _brackets()
        self._at += 1
        return inside

    def _left_out(self, piece: str, depth: int) -> Node | None:
        """Read what a minus stands before; a minus that stands alone is a dash."""
        if piece.strip("-"):
            part = _term(piece.lstrip("-"), exact=False)
        elif self.piece is not None and self.piece[0] in '("' and self.piece != '"':
            part = self._one(depth)
        else:
            part = None
        return part if part is None or isinstance(part, Without) else Without(part)


def _term(typed: str, *, exact: bool) -> Term | None:
    words = tuple(word.casefold() for word in WORD_ASKED.findall(typed))
    if not words:
        return None
    for word in words:
        letters = sum(letter not in WILD for letter in word)
        if letters < LETTERS_AT_LEAST and letters < len(word) and not (exact and word == "*"):
            raise Refusal(
                f"A word with * or ? needs at least {LETTERS_AT_LEAST} letters of its own.",
                code="query_star",
                least=LETTERS_AT_LEAST,
            )
    if all(word == "*" for word in words):
        return None
    return Term(words, typed.strip(), exact)


def _can_be_near(node: Node | None) -> bool:
    return isinstance(node, Term) or (
        isinstance(node, Any) and all(isinstance(part, Term) for part in node.parts)
    )


def _near_words() -> Refusal:
    return Refusal(
        "NEAR needs a word or phrase before and after it, such as: wijkteam NEAR/5 inwoners.",
        code="query_near",
    )


def _brackets() -> Refusal:
    return Refusal(
        "The brackets do not fit: each ( needs a ) after it, and at most "
        f"{DEEPEST} stand inside each other.",
        code="query_brackets",
        most=DEEPEST,
    )
