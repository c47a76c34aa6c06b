"""How do the answers of a response stand: what was kept at a check, and the saves after it?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rodedraad.surveys.models import AnswerEvent, Response, ResponseState


@dataclass(frozen=True, slots=True)
class Standing:
    """The answers, the number of the newest save, and the page the respondent was at."""

    data: Mapping[str, Any]
    sequence: int
    page: int
    errors: tuple[Mapping[str, str], ...]


def standing_of(response: Response) -> Standing:
    """Return how the answers of a response stand now. Changes nothing."""
    kept = ResponseState.objects.filter(pk=response.pk).first()
    data = dict(kept.data) if kept else {}
    sequence, page = (kept.sequence if kept else 0), response.last_page
    saves = AnswerEvent.objects.filter(response=response, sequence__gt=sequence)
    for save in saves.order_by("sequence"):
        data = patched(data, save.patch)
        sequence, page = save.sequence, save.page
    return Standing(data, sequence, page, tuple(kept.errors) if kept else ())


def patched(data: Mapping[str, Any], patch: Mapping[str, Any]) -> dict[str, Any]:
    """Return answers after a save; null takes an answer away."""
    return {name: value for name, value in {**data, **patch}.items() if value is not None}
