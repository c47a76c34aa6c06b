"""Are these characters a value of the kind that the standard asks?"""

import re
import uuid
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from rodedraad.exchange.refi_qda.shape import WORDS, Kind

GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
COLOUR = re.compile(r"#[0-9A-Fa-f]{3}(?:[0-9A-Fa-f]{3})?")
INTEGER = re.compile(r"[+-]?[0-9]{1,4000}")
DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
ZONE = r"(?:Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"
DATE = re.compile(rf"(-?(?:[1-9][0-9]{{3,}}|0[0-9]{{3}}))-([0-9]{{2}})-([0-9]{{2}}){ZONE}")
CLOCK = r"(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?|24:00:00(?:\.0+)?)"
DATETIME = re.compile(rf"(-?[0-9]{{4,}}-[0-9]{{2}}-[0-9]{{2}})T{CLOCK}{ZONE}")
SPACE = " \t\r\n"
TRUTHS = {"true": True, "1": True, "false": False, "0": False}
FAMILY = uuid.UUID("5b0f6a36-0f1c-5d0e-9c55-8a0d1f3c2b7e")


def value_read(kind: Kind, characters: str) -> Any:
    """Return the value of an attribute, or None when the characters are not of its kind."""
    return READERS[kind](characters if kind is Kind.STRING else characters.strip(SPACE))


def guid_made(characters: str) -> str:
    """Return a GUID that is always the same for the same characters."""
    return str(uuid.uuid5(FAMILY, characters))


def is_guid_made(guid: str) -> bool:
    """Tell whether a GUID may have been made from characters, by the version that it names."""
    return guid[14:15] == "5"


def _guid(characters: str) -> str | None:
    lower = characters.lower()
    if lower.startswith("{") and lower.endswith("}"):
        lower = lower[1:-1]
    return lower if GUID.fullmatch(lower) else None


def _integer(characters: str) -> int | None:
    return int(characters) if INTEGER.fullmatch(characters) else None


def _date(characters: str) -> str | None:
    found = DATE.fullmatch(characters)
    return characters if found and _day_exists(found[1], found[2], found[3]) else None


def _datetime(characters: str) -> str | None:
    found = DATETIME.fullmatch(characters)
    return characters if found and _date(found[1]) else None


@lru_cache(maxsize=4_096)
def _day_exists(year: str, month: str, day: str) -> bool:
    """Tell whether a day exists; a year outside 1-9999 has the leap years of its remainder."""
    try:
        date(2000 + int(year) % 400, int(month), int(day))
    except ValueError:
        return False
    return int(year) != 0


def _matching(pattern: re.Pattern[str]) -> Callable[[str], str | None]:
    return lambda characters: characters if pattern.fullmatch(characters) else None


def _among(words: tuple[str, ...]) -> Callable[[str], str | None]:
    return lambda characters: characters if characters in words else None


READERS: Mapping[Kind, Callable[[str], Any]] = {
    Kind.STRING: str,
    Kind.GUID: _guid,
    Kind.INTEGER: _integer,
    Kind.BOOLEAN: TRUTHS.get,
    Kind.COLOUR: _matching(COLOUR),
    Kind.DECIMAL: _matching(DECIMAL),
    Kind.DATE: _date,
    Kind.DATETIME: _datetime,
    **{kind: _among(words) for kind, words in WORDS.items()},
}
