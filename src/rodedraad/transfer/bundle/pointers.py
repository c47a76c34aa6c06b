"""Where in a row do primary keys stand, and how does a row get those of another place?

In a bundle the rows of a table are numbered from 1, so the same study gives the same bundle
wherever it is.
"""

from collections.abc import Callable, Mapping
from typing import Any

from rodedraad.transfer.bundle.plan import Carried

Turn = Callable[[str, Any], Any]
"""Gives for a table and a key there the key elsewhere; None stays None."""

CODING_KEYS = {
    "parent_id": "coding.code",
    "code_id": "coding.code",
    "version_id": "sources.sourceversion",
    "coder_id": "coding.coder",
    "codebook_version_id": "coding.codebookversion",
    "round_id": "coding.round",
    "carried_from_id": "coding.coding",
    "source_id": "sources.source",
    "coding_id": "coding.coding",
}
MARK_KEYS = {"mark": "deidentification.mark", "pseudonym_id": "deidentification.pseudonym"}
KEYS_INSIDE: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("coding.change", "things"): CODING_KEYS,
    ("deidentification.markchange", "before"): MARK_KEYS,
    ("deidentification.markchange", "after"): MARK_KEYS,
}
"""Fields with JSON in which keys stand: by which name, and of which table."""


def row_turned(of: Carried, row: dict[str, Any], turn: Turn) -> dict[str, Any]:
    """Return a row with every primary key in it turned."""
    label = of.label
    for field in of.fields():
        name = field.attname
        if name not in row or row[name] is None:
            continue
        if field.primary_key and field.related_model is None:
            row[name] = turn(label, row[name])
        elif field.related_model is not None:
            row[name] = turn(field.related_model._meta.label_lower, row[name])
        elif (label, name) in KEYS_INSIDE:
            row[name] = _inside(row[name], KEYS_INSIDE[label, name], turn)
        elif (label, name) == ("scoring.settlement", "between"):
            row[name] = {str(turn("coding.coder", int(key))): v for key, v in row[name].items()}
        elif (label, name) == ("transfer.import", "added"):
            row[name] = {kind: _added(kind, pairs, turn) for kind, pairs in row[name].items()}
    return row


def _inside(value: Any, keys: Mapping[str, str], turn: Turn) -> Any:
    if isinstance(value, dict):
        return {
            name: turn(keys[name], inner) if name in keys else _inside(inner, keys, turn)
            for name, inner in value.items()
        }
    if isinstance(value, list):
        return [_inside(one, keys, turn) for one in value]
    return value


def _added(kind: str, pairs: list[list[int]], turn: Turn) -> list[list[int]]:
    label = f"sources.{kind}" if kind == "source" else f"coding.{kind}"
    return [[turn(label, pk), version] for pk, version in pairs]
