"""What is a respondent of a case asked: the questionnaire, and the questions of that case itself.

Kept in memory, since every save needs the guard: a version that went out never changes.
"""

import json
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rodedraad.surveys.models import SurveyVersion
from rodedraad.surveys.questionnaire.merged import definition_for, guard_for

SECONDS_KEPT = 60.0
"""After this a question that a case took out is no longer asked."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A definition with its guard as JSON text, and until when it is kept."""

    definition: Mapping[str, Any]
    guard: str
    until: float


class _Known:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.made: dict[tuple[int, int], Asked] = {}


KNOWN = _Known()


def asked_of(version: int, case: int) -> Asked:
    """Return what people of a case are asked in a version."""
    found = KNOWN.made.get((version, case))
    if found is None or found.until < time.monotonic():
        found = _made(version, case)
        with KNOWN.lock:
            KNOWN.made[version, case] = found
    return found


def asked_forget() -> None:
    """Read everything again from now on; for tests."""
    with KNOWN.lock:
        KNOWN.made.clear()


def _made(version: int, case: int) -> Asked:
    kept = SurveyVersion.objects.get(pk=version)
    guard = json.dumps(guard_for(kept, case), sort_keys=True)
    return Asked(definition_for(kept, case), guard, time.monotonic() + SECONDS_KEPT)
