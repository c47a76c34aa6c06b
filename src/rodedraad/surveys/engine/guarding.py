"""Can these be answers to this questionnaire at all? Asked at every save, in microseconds."""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from jsonschema_rs import Draft7Validator

BYTES_AT_MOST = 2_000_000
DEPTH_AT_MOST = 12


def answers_fault(guard: Mapping[str, Any], answers: Mapping[str, Any]) -> str | None:
    """Return where answers do not fit the guard (``knelpunten/2``), or None when they do.

    A null takes an answer away and always fits, for a question that there is.
    """
    return fault_under(json.dumps(guard, sort_keys=True), answers)


def fault_under(guard: str, answers: Mapping[str, Any]) -> str | None:
    """As ``answers_fault``, with the guard as JSON text: the same text is read once only."""
    validator, names = _validator(guard)
    if unknown := next((name for name in answers if name not in names), None):
        return unknown
    given = {name: value for name, value in answers.items() if value is not None}
    fault = next(iter(validator.iter_errors(given)), None)
    if fault is None:
        return None
    return "/".join(str(step) for step in fault.instance_path) or "?"


@lru_cache(maxsize=64)
def _validator(guard: str) -> tuple[Draft7Validator, frozenset[str]]:
    schema = json.loads(guard)
    return Draft7Validator(schema), frozenset(schema["properties"])
