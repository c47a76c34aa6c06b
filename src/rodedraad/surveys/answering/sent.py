"""What did a browser send? Read strictly: what the database could not keep stays out."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rodedraad.surveys.engine.guarding import BYTES_AT_MOST

SEQUENCE_AT_MOST = 100_000
PAGE_AT_MOST = 1_000
SECONDS_AT_MOST = 60 * 86_400


class Unreadable(Exception):
    """It is not what our page sends."""


@dataclass(frozen=True, slots=True)
class SentSave:
    """One save as it came."""

    sequence: int
    page: int
    patch: Mapping[str, Any]


def save_read(body: bytes) -> SentSave:
    """Read a save. Raises ``Unreadable``."""
    sent = _object(body)
    patch = sent.get("patch")
    if not isinstance(patch, dict):
        raise Unreadable("patch")
    return SentSave(
        sequence=_whole(sent, "sequence", 1, SEQUENCE_AT_MOST),
        page=_whole(sent, "page", 0, PAGE_AT_MOST, 0),
        patch=patch,
    )


def finish_read(body: bytes) -> tuple[int, int | None]:
    """Read a final submit: the number of the newest save, and seconds. Raises ``Unreadable``."""
    sent = _object(body)
    sequence = _whole(sent, "sequence", 0, SEQUENCE_AT_MOST)
    if sent.get("seconds") is None:
        return sequence, None
    return sequence, _whole(sent, "seconds", 0, SECONDS_AT_MOST)


def _object(body: bytes) -> dict[str, Any]:
    if len(body) > BYTES_AT_MOST or b"\\u0000" in body:
        raise Unreadable("body")
    try:
        sent = json.loads(body, parse_constant=_refuse)
        if b"\\ud" in body.lower():  # half of a pair of surrogates is no text
            json.dumps(sent, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as fault:
        raise Unreadable("body") from fault
    if not isinstance(sent, dict):
        raise Unreadable("body")
    return sent


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _whole(
    sent: Mapping[str, Any], name: str, least: int, most: int, otherwise: int | None = None
) -> int:
    value = sent.get(name, otherwise)
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise Unreadable(name)
    return value
