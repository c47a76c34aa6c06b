"""Which case is a file about, by its name and the folders it lay in? A suggestion, no more."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from rodedraad.studies.models import Case

LETTERS_AT_LEAST = 3
WORDS = re.compile(r"[a-z0-9]+")


def cases_suggested(names: Mapping[str, str], cases: Iterable[Case]) -> dict[str, Case]:
    """Return the case that each name holds as whole words; none where two cases fit.

    A longer name goes before one that it holds: "Noord-Holland" before "Holland". Of a path, the
    last folder or file that names a case counts.
    """
    known: dict[str, list[Case]] = {}
    for case in cases:
        for name in {_plain(case.name), _plain(case.unit_code)}:
            if len(name) >= LETTERS_AT_LEAST:
                known.setdefault(name, []).append(case)
    if not known:
        return {}
    longest = sorted(known, key=len, reverse=True)
    pattern = re.compile(rf"(?<![a-z0-9])(?:{'|'.join(map(re.escape, longest))})(?![a-z0-9])")
    found = {key: _one(name, pattern, known) for key, name in names.items()}
    return {key: case for key, case in found.items() if case is not None}


def _one(name: str, pattern: re.Pattern[str], known: Mapping[str, list[Case]]) -> Case | None:
    for part in reversed(name.replace("\\", "/").split("/")):
        fit = {case for words in pattern.findall(_plain(part)) for case in known[words]}
        if fit:
            return fit.pop() if len(fit) == 1 else None
    return None


def _plain(words: str) -> str:
    """Return words in small letters without accents, a space between them.

    >>> _plain("'s-Hertogenbosch_2015.pdf")
    's hertogenbosch 2015 pdf'
    """
    letters = unicodedata.normalize("NFKD", words.lower())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(WORDS.findall(plain))
