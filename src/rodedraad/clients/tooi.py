"""Which municipalities does the official register (TOOI) know, in its newest edition?"""

from dataclasses import dataclass

from rodedraad.clients.fetch import Answer, Fetcher
from rodedraad.clients.refusals import ServiceAnswerInvalid, ServiceNotFound

VALUE_LIST = "rwc_gemeenten_compleet"
KNOWN_EDITION = 5
_LOOK_AHEAD = 20
_ONTOLOGY = "https://identifier.overheid.nl/tooi/def/ont/"
_EVENTS = frozenset(_ONTOLOGY + kind for kind in ("Samenvoeging", "Uitbreiding", "Herschikking"))


@dataclass(frozen=True)
class RegisterEdition:
    """One edition of the value list as published (JSON-LD), and what is counted in it."""

    edition: int
    url: str
    content: bytes
    n_municipalities: int
    n_events: int


def edition_url(base: str, edition: int) -> str:
    """The address of one edition of the list of municipalities."""
    return f"{base}/{VALUE_LIST}/{edition}/json/{VALUE_LIST}_{edition}.json"


def register_fetch(
    fetcher: Fetcher, base: str, *, known_edition: int = KNOWN_EDITION
) -> RegisterEdition:
    """The newest edition: editions are numbered, so ask on from the known one until one lacks.

    Raises ``ServiceNotFound`` when even the known edition is not there, and
    ``ServiceAnswerInvalid`` when a list holds no municipalities or no events.
    """
    edition, answer = known_edition, fetcher.json(edition_url(base, known_edition))
    for later in range(known_edition + 1, known_edition + _LOOK_AHEAD):
        try:
            edition, answer = later, fetcher.json(edition_url(base, later))
        except ServiceNotFound:
            break
    return _checked(edition, answer)


def _checked(edition: int, answer: Answer) -> RegisterEdition:
    nodes = answer.payload
    if not isinstance(nodes, list):
        raise _unusable(answer, "is not a JSON-LD list")
    kinds = [kind for node in nodes if isinstance(node, dict) for kind in node.get("@type", ())]
    n_municipalities = kinds.count(_ONTOLOGY + "Gemeente")
    n_events = sum(kind in _EVENTS for kind in kinds)
    if not n_municipalities or not n_events:
        raise _unusable(answer, f"holds {n_municipalities} municipalities and {n_events} events")
    return RegisterEdition(edition, answer.url, answer.content, n_municipalities, n_events)


def _unusable(answer: Answer, why: str) -> ServiceAnswerInvalid:
    message = f"The list at {answer.url} {why}: the shape of the register changed. Look at it "
    message += "before the country is built from it."
    return ServiceAnswerInvalid(message, url=answer.url)
