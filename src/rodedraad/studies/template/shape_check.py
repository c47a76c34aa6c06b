"""Does a file have the right shape? Pydantic's verdict as faults with line and cure."""

import types
import typing
from typing import Annotated, Any, Literal, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from rodedraad.studies.template.faults import TemplateFault, nearest_cure
from rodedraad.studies.template.shapes import Shape
from rodedraad.studies.template.yaml_tree import FieldPath, YamlTree

AnyShape = TypeVar("AnyShape", bound=Shape)
LANGUAGES = {"nl": "Dutch", "en": "English"}
WANTED = {
    "string_type": ("text", "Put it between double quotes."),
    "int_type": ("a whole number", "Write it without quotes or decimals."),
    "bool_type": ("true or false", "Write true or false without quotes."),
    "date_type": ("a date", "Write it as 2016-01-01, without quotes."),
    "tuple_type": ("a list", "Start every entry on a line of its own with '- '."),
}
YAML_NAMES = {
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "tuple": "a list",
    "dict": "a group of fields",
    "date": "a date",
    "datetime": "a date with a time",
    "NoneType": "nothing",
}


def shape_check(
    tree: YamlTree, model: type[AnyShape]
) -> tuple[AnyShape | None, list[TemplateFault]]:
    """Make ``model`` from the data of a file: the object or None, and every fault in its shape."""
    if tree.data is None and tree.faults:
        return None, list(tree.faults)
    try:
        made = model.model_validate(tree.data)
    except ValidationError as error:
        told = {fault.field for fault in tree.faults}
        details = [d for d in error.errors(include_url=False) if not _is_echo(d)]
        wrong = [_fault(tree, model, detail) for detail in details]
        return None, [*tree.faults, *(fault for fault in wrong if fault.field not in told)]
    return (None if tree.faults else made), list(tree.faults)


def _is_echo(detail: ErrorDetails) -> bool:
    """A list of which every entry is wrong also counts as empty: that says nothing new."""
    return detail["type"] == "too_short" and bool(detail["input"])


def _fault(tree: YamlTree, model: type[BaseModel], detail: ErrorDetails) -> TemplateFault:
    path: FieldPath = tuple(detail["loc"])
    return tree.fault(path, *_problem_and_cure(model, path, detail))


def _problem_and_cure(
    model: type[BaseModel], path: FieldPath, detail: ErrorDetails
) -> tuple[str, str]:
    kind, given = detail["type"], detail["input"]
    name = str(path[-1]) if path else ""
    if kind == "missing":
        return _missing(name)
    if kind == "extra_forbidden":
        known = _fields_at(model, path[:-1])
        return f"'{name}' is not a known key.", nearest_cure(
            name, known, f"Known here: {', '.join(known)}."
        )
    if kind == "literal_error":
        known = _choices_at(model, path)
        return f"{given!r} is not one of {', '.join(known)}.", nearest_cure(
            str(given), known, "Choose one of these."
        )
    if kind == "model_type":
        fields = ", ".join(_fields_at(model, path))
        return f"This must be a group of fields. Got {_got(given)}.", f"Give it: {fields}."
    if kind in WANTED:
        wanted, cure = WANTED[kind]
        return f"This must be {wanted}. Got {_got(given)}.", cure
    return _other(kind, given, detail)


def _missing(name: str) -> tuple[str, str]:
    if name in LANGUAGES:
        return f"The {LANGUAGES[name]} text is missing.", f"Add '{name}:' with the text."
    return f"'{name}' is missing.", f"Add '{name}:'."


def _other(kind: str, given: object, detail: ErrorDetails) -> tuple[str, str]:
    limits = detail.get("ctx", {})
    if kind == "string_too_short":
        return "The text is empty.", "Write the text."
    if kind == "string_too_long":
        return f"The text is longer than {limits['max_length']} characters.", "Make it shorter."
    if kind == "too_short":
        return "The list is empty.", "Give at least one entry."
    if kind == "string_pattern_mismatch":
        return f"{given!r} is not written as it should be.", f"It must match {limits['pattern']}"
    return f"{detail['msg']}. Got {given!r}.", "See docs/reference/study-template.md."


def _got(given: object) -> str:
    kind = YAML_NAMES.get(type(given).__name__, type(given).__name__)
    return kind if isinstance(given, (tuple, dict)) or given is None else f"{kind}: {given}"


def _type_at(model: type[BaseModel], path: FieldPath) -> Any:
    """The declared type of a part of a model."""
    current: Any = model
    for step in path:
        if isinstance(step, int):
            current = get_args(current)[0]
        else:
            current = _bare(current.model_fields[step].annotation)
        current = _bare(current)
    return current


def _bare(declared: Any) -> Any:
    """Take away ``Annotated`` and ``| None`` around a type."""
    if get_origin(declared) is Annotated:
        return _bare(get_args(declared)[0])
    if get_origin(declared) in (typing.Union, types.UnionType):
        return _bare(next(arg for arg in get_args(declared) if arg is not types.NoneType))
    return declared


def _fields_at(model: type[BaseModel], path: FieldPath) -> list[str]:
    return list(_type_at(model, path).model_fields)


def _choices_at(model: type[BaseModel], path: FieldPath) -> list[str]:
    declared = _type_at(model, path)
    return [str(choice) for choice in get_args(declared)] if get_origin(declared) is Literal else []
