"""Which words in Dutch text are names of persons?"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rodedraad.methods.deidentify.first_names import ALSO_A_WORD
from rodedraad.methods.deidentify.name_parts import (
    GAP,
    INITIALS,
    LOWER,
    PARTICLE,
    UPPER,
    WORD,
    Name,
    first_name,
    is_institution,
    name_at,
    no_name,
    sentence_start,
)
from rodedraad.methods.deidentify.spans import Certainty, Gender, Span
from rodedraad.methods.deidentify.words import (
    ADDRESS_FEMALE,
    ADDRESS_MALE,
    DEGREES,
    FUNCTIONS,
    GOODBYES,
    GREETINGS,
    NEEDS_PARTICLE,
    PARTICLES,
    RELATIVES_FEMALE,
    RELATIVES_MALE,
    SURNAMES,
)


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_DEGREE = rf"(?:(?:{_any(DEGREES)})[ \u00a0]+)"
_OF = r"(?:mijn|m'n|je|jouw|uw|zijn|z'n|haar|hun|onze|ons|jullie)"
_WHO = r"(?:ik|hij|zij|ze|die|u|je|wie|jongen|meisje|man|vrouw)"


@dataclass(frozen=True, slots=True)
class _Lead:
    """Words after which a name stands."""

    rule: str
    pattern: re.Pattern[str]
    certainty: Certainty
    gender: Gender = ""


def _lead(rule: str, words: str, certainty: Certainty, gender: Gender = "") -> _Lead:
    return _Lead(rule, re.compile(rf"(?<![\w-])(?i:{words}){GAP}"), certainty, gender)


_LEADS = (
    _lead(
        "address", rf"(?:{_any(ADDRESS_FEMALE)})(?:{GAP}{_DEGREE}*{_DEGREE[:-1]})?)?", "sure", "f"
    ),
    _lead("address", rf"(?:{_any(ADDRESS_MALE)})", "sure", "m"),
    _lead("degree", rf"{_DEGREE}*(?:{_any(DEGREES)})", "sure"),
    _lead("relative", rf"{_OF} (?:\w+ste )?(?:{_any(RELATIVES_FEMALE)}),?", "likely", "f"),
    _lead("relative", rf"{_OF} (?:\w+ste )?(?:{_any(RELATIVES_MALE)}),?", "likely", "m"),
    _lead("relative", "oma|tante|zus", "likely", "f"),
    _lead("relative", "opa|oom|broer|buurman", "likely", "m"),
    _lead("function", rf"(?:{_any(FUNCTIONS)})", "likely"),
    _lead("introduction", rf"(?:{_OF}|de) naam (?:is|was)|{_WHO} heet(?:te)?|heet {_WHO}", "sure"),
    _lead(
        "introduction",
        r"genaamd|spree?kt? (?:u |je |ik )?met|noem(?:t|en|den|de)? (?:me|mij|haar|hem)",
        "likely",
    ),
    _lead("introduction", "ik ben|ben ik|hier is", "possible"),
    _lead("greeting", rf"(?:{_any(GREETINGS)})", "likely"),
    _lead("goodbye", rf"(?:{_any(GOODBYES)})(?: van)?,?", "likely"),
)
_ANNOUNCING = frozenset((*ADDRESS_FEMALE, *ADDRESS_MALE, *DEGREES, *FUNCTIONS, *GREETINGS, "heer"))
_PARTICLE_OPENINGS = frozenset(words.split()[0] for words in PARTICLES)
_STRONG = frozenset({"address", "introduction"})
_FIRST_WORD = re.compile(r"(\S+)\s*")
_SENTENCE_END = re.compile(rf"(?<=[{LOWER}])[.!?…]+[\"'”’)]*\s+[\"'“‘(]*(?=[{UPPER}])")
_TITLE = _any(word.rstrip(".") for word in _ANNOUNCING)
_ABBREVIATED = re.compile(rf"(?<![\w.])(?:Th|Chr?|Ph|Joh|Jac|(?i:{_TITLE}))$")
_PARTICLE_WORDS = frozenset(" ".join(PARTICLES).split())
_CAPITALS = re.compile(rf"(?<![\w'’-])[{UPPER}]+(?:[ \u00a0'’.-]{{1,2}}[{UPPER}]+)*(?!\w)")
_SPEAKER = re.compile(r"(?m)^[ \t]*(?:[\[(]?\d{1,2}:\d\d(?::\d\d)?[\])]?[ \t]*)?(?=\S)")
# A label of a turn that is no known name is a speaker when it opens as many lines.
TURNS = 3


def names_found(text: str, allowed: Mapping[int, int], known: Iterable[str] = ()) -> Iterator[Span]:
    """Candidates for names of persons, each rule by itself; they may overlap.

    ``allowed`` maps starts to ends of names that stay. ``known`` are names met elsewhere in the
    study: they are found here without words around them.
    """
    candidates = [
        *_announced(text, allowed),
        *_with_initials(text, allowed),
        *_by_name(text, allowed),
        *_speakers(text, allowed),
    ]
    yield from candidates
    yield from _repeats(text, candidates, known)


def _span(name: Name, text: str, certainty: Certainty, rule: str, gender: Gender = "") -> Span:
    return Span(
        "person",
        name.start,
        name.end,
        text[name.start : name.end],
        certainty,
        rule,
        gender=gender or name.gender,
    )


def _announced(text: str, allowed: Mapping[int, int]) -> Iterator[Span]:
    for lead in _LEADS:
        for match in lead.pattern.finditer(text):
            name = name_at(text, match.end(), allowed)
            if name is None or not _fits(lead, match, name, text, allowed):
                continue
            known = first_name(name.words[0]) or len(name.words) > 1
            certainty: Certainty = (
                "likely" if lead.certainty == "possible" and known else lead.certainty
            )
            yield _span(name, text, certainty, lead.rule, lead.gender)


def _fits(
    lead: _Lead, match: re.Match[str], name: Name, text: str, allowed: Mapping[int, int]
) -> bool:
    first = name.particles[0]
    if lead.rule == "greeting" and not (
        match[0][0].isupper() and sentence_start(text, match.start())
    ):
        return False
    if lead.rule == "function":
        # "de wethouder van Urk" is of a place; "wethouder Van Urk" is a name.
        place = name.end in allowed.values() and first[:1].islower()
        return not place and not (
            first in {"van", "van de", "van het"} and name.words[0] not in SURNAMES
        )
    return lead.rule == "address" or not is_institution(text, name.start, name.end)


def _with_initials(text: str, allowed: Mapping[int, int]) -> Iterator[Span]:
    for match in INITIALS.finditer(text):
        name = name_at(text, match.start(), allowed)
        if name is None or is_institution(text, name.start, name.end):
            continue
        listed = match[0].count(".") == 1 and sentence_start(text, match.start())
        if listed and not any(name.particles) and name.words[0] not in SURNAMES:
            continue  # "A. Inleiding": a heading
        yield _span(name, text, "likely", "initials")


def _by_name(text: str, allowed: Mapping[int, int]) -> Iterator[Span]:
    for match in WORD.finditer(text):
        word = match[0]
        if first_name(word):
            name = name_at(text, match.start(), allowed)
            if name and not is_institution(text, name.start, name.end):
                yield from _first_name(name, text)
        elif word.split("-")[0] in SURNAMES and not no_name(word):
            yield from _surname(match, text)
    for match in PARTICLE.finditer(text):
        yield from _after_particle(match, text, allowed)


def _first_name(name: Name, text: str) -> Iterator[Span]:
    word = name.words[0]
    if word == "Jan" and re.match(r"\. ?\d", text[name.end : name.end + 3]):
        return  # the month
    if len(name.words) > 1:
        yield _span(name, text, "likely", "first_name_and_surname")
    elif word not in ALSO_A_WORD:
        yield _span(name, text, "likely", "first_name")
    elif not sentence_start(text, name.start):
        yield _span(name, text, "possible", "first_name")


def _surname(match: re.Match[str], text: str) -> Iterator[Span]:
    start, end = match.span()
    word = match[0].split("-")[0]
    if word in NEEDS_PARTICLE or is_institution(text, start, end) or sentence_start(text, start):
        return
    yield Span("person", start, end, match[0], "possible", "surname")


def _after_particle(match: re.Match[str], text: str, allowed: Mapping[int, int]) -> Iterator[Span]:
    if match.start() and (text[match.start() - 1].isalnum() or text[match.start() - 1] in "-'’"):
        return
    name = name_at(text, match.start(), allowed)
    if name is None or match.end() in allowed or is_institution(text, name.start, name.end):
        return
    first = " ".join(match[0].split())
    compound = re.fullmatch(r"V(?:an (?:den|der|['’]t)|\.d\.|/d)|Ter|Ten|El", first)
    listed = name.words[0].split("-")[0] in SURNAMES
    if listed and first[0].isupper() and not sentence_start(text, match.start()):
        yield _span(name, text, "likely", "particle_and_surname")
    elif compound or listed:
        yield _span(name, text, "possible", "particle_and_surname")


def _speakers(text: str, allowed: Mapping[int, int]) -> Iterator[Span]:
    labels: dict[str, list[Name]] = {}
    for match in _SPEAKER.finditer(text):
        name = name_at(text, match.end(), allowed)
        if name and text[name.end : name.end + 1] == ":":
            labels.setdefault(text[name.start : name.end], []).append(name)
    for turns in labels.values():
        if len(turns) >= TURNS or any(first_name(word) for word in turns[0].words):
            yield from (_span(name, text, "likely", "speaker") for name in turns)


def _repeats(text: str, candidates: Iterable[Span], known: Iterable[str]) -> Iterator[Span]:
    """The same names again, without the words that gave them away."""
    words: dict[str, set[str]] = {}
    whole: set[str] = set()
    found = [span.text for span in candidates if span.certainty != "possible"]
    for told in (*found, *known):
        name = name_at(told, 0, {})
        if name is None or name.end != len(told):
            continue
        whole.add(told.upper())
        for particle, word in zip(name.particles, name.words, strict=True):
            words.setdefault(word, set()).add(particle.lower())
    yield from _in_capitals(text, whole)
    lower = set(re.findall(r"\b[^\W\d_A-Z]+\b", text))
    for match in WORD.finditer(text):
        particles = words.get(match[0])
        if particles is None or match[0] in ALSO_A_WORD or len(match[0]) < 3:
            continue
        if match[0].lower() in lower or is_institution(text, *match.span()):
            continue
        start = _with_particle(text, match.start(), particles)
        yield Span("person", start, match.end(), text[start : match.end()], "likely", "repeat")


def _in_capitals(text: str, whole: set[str]) -> Iterator[Span]:
    """The same names in capitals only: those of more words anywhere, others before a colon."""
    for match in _CAPITALS.finditer(text):
        start, end = past_announcement(text, *match.span()), match.end()
        name = text[start:end]
        if name in whole and (" " in name or text.startswith(":", end)):
            yield Span("person", start, end, name, "likely", "repeat")


def _with_particle(text: str, start: int, particles: set[str]) -> int:
    for particle in sorted(particles, key=len, reverse=True):
        before = start - len(particle) - 1
        if particle and before >= 0 and text[before:start].lower().split() == particle.split():
            return before
    return start


def past_announcement(text: str, start: int, end: int) -> int:
    """Where the name itself starts in a stretch that may open with "Mevrouw" or "Teamleider".

    >>> past_announcement("Prof. dr. De Vries", 0, 18)
    10
    """
    for word in _FIRST_WORD.finditer(text, start, end):
        lower = word[1].lower()
        polite = lower == "de" and text.startswith("heer", word.end())
        if (
            not polite
            and lower not in _ANNOUNCING
            and (lower in _PARTICLE_OPENINGS or not no_name(word[1]))
        ):
            return word.start()
    return start


def names_apart(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The names in a stretch that may run on into a next sentence, each with start and end.

    A full stop after an initial, a degree or an abbreviated first name ends no sentence. What
    announces a name, and particles that no name follows, are left out.

    >>> [text[a:b] for text in ["mr. J. de Wit. Jan uit de "] for a, b in names_apart(text, 0, 26)]
    ['J. de Wit', 'Jan']
    """
    begin = start
    for stop in (*_SENTENCE_END.finditer(text, start, end), None):
        last = stop.start() if stop else end
        if stop and _ABBREVIATED.search(text[begin:last]):
            continue
        words = WORD.findall(text, begin, last)
        if (begin, last) == (start, end) or not words or not all(map(no_name, words)):
            name = past_announcement(text, begin, last)
            yield name, _without_particles(text, name, last)
        begin = stop.end() if stop else end


def _without_particles(text: str, start: int, end: int) -> int:
    """Where a name ends when particles come last in it: "Jan uit de"."""
    *others, last = re.finditer(r"\S+", text[start:end])
    while others and last[0] in _PARTICLE_WORDS:
        last = others.pop()
    return start + last.end()


def stays(span: Span) -> bool:
    """Whether a name that is also an allowed one is a person all the same, by what precedes it."""
    return span.rule in _STRONG
