"""Where is a file between the moment it was checked and the moment a person says: add it?"""

import secrets
from dataclasses import dataclass

from django.core.cache import cache

from rodedraad.accounts.models import Person
from rodedraad.studies.models import Wave

KEPT_SECONDS = 3600
FILE_BYTES_LIMIT = 20_000_000
LIMIT_WORDS = "20 MB"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was checked, and for which wave and source."""

    wave: int
    source: str
    content: bytes


def upload_keep(wave: Wave, source: str, content: bytes, *, person: Person) -> str:
    """Keep a checked file for an hour and return the key under which this person finds it."""
    key = secrets.token_urlsafe(16)
    cache.set(_name(person, wave, key), Upload(wave.pk, source, content), KEPT_SECONDS)
    return key


def upload_take(wave: Wave, key: str, *, person: Person) -> Upload | None:
    """Return the file kept under ``key`` and forget it; None when there is none any more."""
    name = _name(person, wave, key)
    found = cache.get(name)
    cache.delete(name)
    return found if isinstance(found, Upload) else None


def _name(person: Person, wave: Wave, key: str) -> str:
    return f"evidence_upload:{person.pk}:{wave.pk}:{key}"
