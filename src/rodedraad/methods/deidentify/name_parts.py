"""Where does a name of a person that starts here end, and which parts has it?"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from rodedraad.methods.deidentify.first_names import EITHER, FEMALE, FIRST_NAMES, MALE
from rodedraad.methods.deidentify.spans import Gender
from rodedraad.methods.deidentify.words import (
    INSTITUTION_AFTER,
    INSTITUTION_BEFORE,
    NOT_NAMES,
    PARTICLES,
    PLACE_ENDINGS,
)

UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĹĻŁŃŅŇŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽ"
LOWER = "a-zß-öø-ÿāăąćčďđēėęěğģīįıķĺļłńņňőœŕřśşšţťūůűųźżž\u0300-\u036f"
GAP = r"(?:[ \u00a0]+|[ \u00a0]*\n[ \u00a0]*(?!\n))"
_FIRST = rf"(?:IJ|[{UPPER}][\u0300-\u036f]*['’]?[{UPPER}]?|d['’][{UPPER}])"
CAPITAL = rf"{_FIRST}[{LOWER}]+(?:[{UPPER}][{LOWER}]+)?"

WORD = re.compile(rf"(?<![\w'’-]){CAPITAL}(?:-(?:{CAPITAL}|[{LOWER}]+))*(?![\w])")
INITIALS = re.compile(rf"(?<![\w.-])(?:(?:IJ|Th|Ch|Chr|Ph|Joh|Jac|[{UPPER}])\.[ -]?){{1,6}}(?=\S)")
_SPACE = re.compile(r"[ \u00a0]+")


def _particle(words: str) -> str:
    escaped = re.escape(words).replace(r"\ ", " +")
    return f"(?i:{escaped[0]}){escaped[1:]}" if words[0].isalpha() else escaped


_ONE_PARTICLE = "|".join(_particle(words) for words in sorted(PARTICLES, key=len, reverse=True))
PARTICLE = re.compile(rf"(?:{_ONE_PARTICLE}){GAP}(?=[{UPPER}IJd])")
_NEXT_WORD = re.compile(rf"[ \u00a0-]([{UPPER}{LOWER}]+)")
_LAST_WORD = re.compile(rf"((?i:\bst)(?=\.)|[{UPPER}{LOWER}]+(?!\.))\.?[ \u00a0-]$")
MOST_WORDS = 5


@dataclass(frozen=True, slots=True)
class Name:
    """A stretch of text that has the form of a name; ``words`` are its capitalised words.

    ``particles[i]`` is what stands before ``words[i]`` ("van der"), or "".
    """

    start: int
    end: int
    initials: str
    particles: tuple[str, ...]
    words: tuple[str, ...]

    @property
    def gender(self) -> Gender:
        """What the first name tells, when it is one of the lists."""
        return gender_of(self.words[0]) if not self.initials and not self.particles[0] else ""

    @property
    def has_surname(self) -> bool:
        """Whether something else than first names stands in it."""
        return bool(self.initials) or any(self.particles) or not first_name(self.words[-1])


def first_name(word: str) -> bool:
    """Whether a word is one of the first names known here; "Jan-Willem" counts."""
    return word in FIRST_NAMES or all(part in FIRST_NAMES for part in word.split("-"))


def gender_of(word: str) -> Gender:
    """The gender that a first name tells, or ""."""
    first = word.split("-", maxsplit=1)[0]
    if first in EITHER or (first in FEMALE) == (first in MALE):
        return ""
    return "f" if first in FEMALE else "m"


def no_name(word: str) -> bool:
    """Whether a capitalised word is known to be something else than a name."""
    return (
        word in NOT_NAMES
        or word.split("-", maxsplit=1)[0] in NOT_NAMES
        or word.lower() in INSTITUTION_BEFORE
    )


def name_at(text: str, start: int, allowed: Mapping[int, int]) -> Name | None:
    """The longest name that starts at this place, or None.

    ``allowed`` maps the start of each allowed name in the text to its end: "van" before one of
    these tells where somebody is from, when a name stands before it.
    """
    initials = INITIALS.match(text, start)
    place = end = initials.end() if initials else start
    particles: list[str] = []
    words: list[str] = []
    while len(words) < MOST_WORDS:
        particle = PARTICLE.match(text, place)
        begin = particle.end() if particle else place
        word = WORD.match(text, begin)
        if not word or no_name(word[0]):
            break
        if words and particle and particle[0][0].islower() and begin in allowed:
            break
        particles.append(" ".join(particle[0].split()) if particle else "")
        words.append(word[0])
        end = word.end()
        space = _SPACE.match(text, end)
        if not space:
            break
        place = space.end()
    if not words:
        return None
    told = initials[0].strip() if initials else ""
    return Name(start, end, told, tuple(particles), tuple(words))


def is_institution(text: str, start: int, end: int) -> bool:
    """Whether the words around a name, or its ending, make it a street, school or organisation."""
    before = _LAST_WORD.search(text[max(0, start - 24) : start])
    after = _NEXT_WORD.match(text, end)
    return bool(
        (before and before[1].lower() in INSTITUTION_BEFORE)
        or (after and after[1].lower() in INSTITUTION_AFTER)
        or text[start:end].lower().endswith(PLACE_ENDINGS)
    )


def sentence_start(text: str, place: int) -> bool:
    """Whether a sentence, line or turn starts here."""
    before = text[max(0, place - 12) : place].rstrip(" \u00a0\t\"'“”‘’«»()[]-–•*")
    return not before or before[-1] in ".!?:;…\n"
