"""Which names in a study are of one and the same person?"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rodedraad.methods.deidentify.name_parts import first_name, name_at
from rodedraad.methods.deidentify.spans import DeidentificationRefused, Gender, Span


@dataclass(frozen=True, slots=True)
class PersonName:
    """One way in which a person is named in one text; ``scope`` is the key of that text."""

    text: str
    scope: str
    gender: Gender = ""


@dataclass(frozen=True, slots=True)
class Person:
    """A person of the study: the number of the pseudonym and the names met so far.

    This is the key to the pseudonyms: it is kept apart from the texts, encrypted.
    """

    number: int
    names: tuple[PersonName, ...]


@dataclass(frozen=True, slots=True)
class PersonQuestion:
    """Person ``number`` was kept apart, and may be one of ``perhaps``: a reviewer decides."""

    number: int
    name: str
    perhaps: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Pseudonyms:
    """Whose each span is: ``numbers[i]`` belongs to span i, None when it is of no name."""

    numbers: tuple[int | None, ...]
    persons: tuple[Person, ...]
    questions: tuple[PersonQuestion, ...]


@dataclass(frozen=True, slots=True)
class _Form:
    """A name taken apart, in small letters; "" is what it does not tell."""

    given: str
    initials: str
    particle: str
    surname: str
    gender: Gender

    @property
    def full(self) -> bool:
        return bool(self.given and self.surname)


def pseudonyms_assign(
    spans: Sequence[Span], *, known: Iterable[Person] = (), scope: str
) -> Pseudonyms:
    """Give each name in a text the number of its person; unknown persons get the next number.

    Parameters
    ----------
    spans
        What was found in one text, as reviewed. Only those of the kind ``person`` get a number.
    known
        The persons of the study so far.
    scope
        The key of this text. First name and surname together mean the same person in every
        text; a surname, a first name or initials do so only within one text.

    Returns
    -------
    The numbers, all persons of the study (the known ones with the names met here), and the
    questions that could not be decided.

    Notes
    -----
    "De Vries" is Jan de Vries when he is the only one in the text whom it can be: gender (of
    the form of address or the first name) and initials must not speak against it. With none
    or more than one it is kept apart, and with more than one, or somebody in another text, it
    is asked. Two people with the same first name and surname become one: that cannot be seen.
    The same text again gives the same numbers.

    >>> found = [
    ...     Span("person", 0, 12, "Jan de Vries", "sure", "first_name", gender="m"),
    ...     Span("person", 20, 28, "De Vries", "sure", "address", gender="m"),
    ...     Span("person", 40, 48, "De Vries", "sure", "address", gender="f"),
    ... ]
    >>> pseudonyms_assign(found, scope="interview 1").numbers
    (1, 1, 2)
    """
    persons = _by_number(known)
    forms = {
        place: _form(span.text, span.gender)
        for place, span in enumerate(spans)
        if span.kind == "person"
    }
    numbers: dict[int, int] = {}
    questions: list[PersonQuestion] = []
    for place in sorted(forms, key=lambda place: (_vagueness(forms[place]), place)):
        here = PersonName(spans[place].text, scope, spans[place].gender)
        fitting, elsewhere = _candidates(forms[place], persons.values(), scope)
        if len(fitting) == 1:
            number = fitting[0]
            person = persons[number]
            if here not in person.names:
                persons[number] = replace(person, names=(*person.names, here))
        else:
            number = max(persons, default=0) + 1
            persons[number] = Person(number, (here,))
            perhaps = tuple(sorted({*fitting, *elsewhere}))
            if perhaps:
                questions.append(PersonQuestion(number, here.text, perhaps))
        numbers[place] = number
    return Pseudonyms(
        tuple(numbers.get(place) for place in range(len(spans))),
        tuple(persons[number] for number in sorted(persons)),
        tuple(questions),
    )


def _by_number(known: Iterable[Person]) -> dict[int, Person]:
    persons: dict[int, Person] = {}
    for person in known:
        if person.number < 1 or person.number in persons:
            raise DeidentificationRefused(
                f"Two known persons have number {person.number}, or it is below 1. "
                "Give each person a number of its own.",
                code="deidentification_numbers",
                number=person.number,
            )
        persons[person.number] = person
    return persons


def _candidates(form: _Form, persons: Iterable[Person], scope: str) -> tuple[list[int], list[int]]:
    """Who it can be by what this text tells, and who by other texts alone."""
    same: list[int] = []
    here: list[int] = []
    elsewhere: list[int] = []
    for person in persons:
        forms = [(name.scope, _form(name.text, name.gender)) for name in person.names]
        if any(_conflict(form, other) for _, other in forms):
            continue
        meets = [(where, other) for where, other in forms if _meets(form, other)]
        if any(where == scope and other == form for where, other in meets):
            same.append(person.number)
        if any(where == scope or (form.full and other.full) for where, other in meets):
            here.append(person.number)
        elif meets:
            elsewhere.append(person.number)
    return (same if len(same) == 1 else here), elsewhere


def _meets(form: _Form, other: _Form) -> bool:
    """Whether two names share a part and so can be of one person."""
    if form.surname and other.surname:
        return form.surname == other.surname
    return bool(form.given) and form.given == other.given


def _conflict(form: _Form, other: _Form) -> bool:
    """Whether two names cannot be of one person."""
    if form.gender and other.gender and form.gender != other.gender:
        return True
    if form.surname and other.surname and form.surname != other.surname:
        return True
    if form.surname and other.surname and not _one_particle(form.particle, other.particle):
        return True
    if form.given and other.given:
        return form.given != other.given
    first, second = (name.initials or name.given[:1] for name in (form, other))
    return not (first.startswith(second) or second.startswith(first))


def _one_particle(first: str, second: str) -> bool:
    if "vd" in (first, second):
        return first[:1] == second[:1] == "v"
    return first == second


def _vagueness(form: _Form) -> int:
    if form.full:
        return 0
    return 1 if form.initials else 2


def _form(text: str, gender: Gender) -> _Form:
    name = name_at(text.title() if text.isupper() else text, 0, {})
    if name is None or name.end != len(text):
        return _Form("", "", "", " ".join(text.casefold().split()), gender)
    words = [word.casefold() for word in name.words]
    particles = [_particle(part) for part in name.particles]
    cut = _surname_place(name.words, particles, bool(name.initials))
    initials = re.sub(r"[^\w]", "", name.initials).casefold()
    later = zip(particles[cut + 1 :], words[cut + 1 :], strict=True)
    rest = [f"{part} {word}".strip() for part, word in later]
    return _Form(
        given=words[0] if cut else "",
        initials=initials,
        particle=particles[cut] if cut < len(words) else "",
        surname=" ".join([*words[cut : cut + 1], *rest]),
        gender=gender or (name.gender if cut else ""),
    )


def _particle(told: str) -> str:
    """A particle in small letters; the short forms of "van der" and its like as "vd"."""
    plain = re.sub(r"[\s./]", "", told.casefold())
    return plain if plain == "vd" else told.casefold()


def _surname_place(words: Sequence[str], particles: Sequence[str], initials: bool) -> int:
    """The place of the first word of the surname; past the last when there is none."""
    if initials or particles[0]:
        return 0
    if len(words) == 1:
        return 1 if first_name(words[0]) else 0
    for place in range(1, len(words)):
        if particles[place] or not first_name(words[place]):
            return place
    return len(words) - 1
