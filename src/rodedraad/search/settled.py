"""Which words of a question are searched, and which are too small to be in the index?"""

from dataclasses import dataclass

from rodedraad.errors import Refusal
from rodedraad.search.query import (
    WILD,
    All,
    Any,
    Near,
    Node,
    Term,
    Without,
    is_positive,
    query_parse,
    terms_of,
)
from rodedraad.search.stems import stems_of


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it is searched, and the small words that were left out of it."""

    query: Node
    left_out: tuple[str, ...]


def question_read(line: str) -> Question:
    """Read a question, and leave out the small words that stand alone in it.

    Within a phrase and beside NEAR they count.

    Raises
    ------
    Refusal
        When it cannot be understood, or no word of it is in the index (``query_small_words``).
    """
    asked = query_parse(line)
    stems_of(word for term in terms_of(asked) for word in term.words)
    left_out: list[str] = []
    kept = _without_small(asked, left_out)
    if kept is None or not is_positive(kept) or not is_indexed(kept):
        raise Refusal(
            "These words are in nearly every text, so they cannot be searched alone. Add a word "
            "that says what it is about.",
            code="query_small_words",
        )
    return Question(kept, tuple(dict.fromkeys(left_out)))


def is_small(term: Term) -> bool:
    """Tell whether no word of a term is in the index."""
    stems = stems_of(term.words)
    return not term.is_wild and not any(stems[word] for word in term.words)


def is_indexed(node: Node) -> bool:
    """Tell whether the index can bring up the texts in which it may hold."""
    match node:
        case Term(words):
            stems = stems_of(words)
            return any(len(word) > 1 if WILD & set(word) else stems[word] for word in words)
        case Near(left, right):
            return is_indexed(left) or is_indexed(right)
        case All(parts):
            return any(map(is_indexed, parts))
        case Any(parts):
            return all(map(is_indexed, parts))
        case Without():
            return False


def _without_small(node: Node, left_out: list[str]) -> Node | None:
    match node:
        case Term():
            if not node.exact and is_small(node):
                left_out.extend(node.words)
                return None
            return node
        case Near():
            return node
        case Without(part):
            kept = _without_small(part, left_out)
            return None if kept is None else Without(kept)
        case All(parts) | Any(parts):
            some = [_without_small(part, left_out) for part in parts]
            found = tuple(part for part in some if part is not None)
            return found[0] if len(found) == 1 else type(node)(found) if found else None
