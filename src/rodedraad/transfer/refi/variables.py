"""Which facts of our sources travel as variables of a REFI-QDA project, and how do they return?"""

import datetime
from collections.abc import Mapping
from typing import Any

from rodedraad.exchange.refi_qda.model import Variable, VariableValue
from rodedraad.exchange.refi_qda.values import guid_made
from rodedraad.sources.models import Source

NAMES = ("kind", "date", "period", "role", "respondent", "origin", "confidentiality")
GUIDS = {name: guid_made(f"Rode Draad: {name} of a source") for name in NAMES}
BY_GUID = {guid: name for name, guid in GUIDS.items()}
VARIABLES = {
    name: Variable(guid=guid, name=name, type="Date" if name == "date" else "Text")
    for name, guid in GUIDS.items()
}
CHOICES = {"kind": Source.Kind.values, "confidentiality": Source.Confidentiality.values}


def values_of(source: Source) -> tuple[VariableValue, ...]:
    """Return the facts of a source that are known, as values of variables."""
    found: list[VariableValue] = []
    for name, guid in GUIDS.items():
        value = getattr(source, name)
        if value:
            kind = "DateValue" if name == "date" else "TextValue"
            found.append(VariableValue(variable=guid, value=(kind, str(value))))
    return tuple(found)


def fact_of(one: VariableValue) -> tuple[str, Any] | None:
    """Return name and value of a fact of a source, or None when it is none of ours."""
    name = BY_GUID.get(one.variable)
    if name is None or one.value is None:
        return None
    value = one.value[1]
    if name == "date":
        try:
            return name, datetime.date.fromisoformat(value)
        except ValueError:
            return None
    if name in CHOICES and value not in CHOICES[name]:
        return None
    most = Source._meta.get_field(name).max_length or len(value)
    return (name, value) if len(value) <= most else None


def facts_of(values: tuple[VariableValue, ...]) -> Mapping[str, Any]:
    """Return the facts that the values of a source give."""
    return dict(fact for one in values if (fact := fact_of(one)) is not None)
