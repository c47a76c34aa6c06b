"""Which questions does a condition ask, and what is left of it when the role is known?"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from rodedraad.surveys.questionnaire.texts import Element

CONDITIONS = (
    "visibleIf",
    "enableIf",
    "requiredIf",
    "resetValueIf",
    "setValueIf",
    "choicesVisibleIf",
    "choicesEnableIf",
    "rowsVisibleIf",
    "columnsVisibleIf",
    "expression",
    "defaultValueExpression",
    "setValueExpression",
    "minValueExpression",
    "maxValueExpression",
)
ROLE = "role"
_NAME = re.compile(r"\{([^{}]+)\}")
_IN = re.compile(r"^\s*\{role\}\s+(?:anyof|in)\s+\[([^\[\]]*)\]\s*$")
_IS = re.compile(r"^\s*\{role\}\s*(?:=|==)\s*['\"](\w+)['\"]\s*$")


def names_asked(condition: str) -> set[str]:
    """Return the names that a condition asks: ``{q1.row} = 3`` asks ``q1``.

    >>> sorted(names_asked("{a} > 2 and ({b.r1} = 'x' or {panel.c} notempty)"))
    ['a', 'b', 'panel']
    """
    return {re.split(r"[.\[]", one, maxsplit=1)[0].lstrip("#$") for one in _NAME.findall(condition)}


def conditions_of(part: Mapping[str, Any]) -> Iterator[str]:
    """Yield every condition and expression of a question, also of its rows, columns, choices."""
    for name, value in part.items():
        if name in CONDITIONS and isinstance(value, str) and value.strip():
            yield value
        elif isinstance(value, list):
            for one in value:
                if isinstance(one, Mapping):
                    yield from conditions_of(one)


def roles_asked(condition: str) -> frozenset[str] | None:
    """Return the roles for which a condition holds when it asks nothing but the role; else None."""
    if found := _IN.match(condition):
        return frozenset(re.findall(r"['\"](\w+)['\"]", found.group(1)))
    if found := _IS.match(condition):
        return frozenset({found.group(1)})
    return None


def for_role(definition: Mapping[str, Any], role: str) -> Element:
    """Return the questionnaire that a role gets: what is for other roles is left out.

    A condition that asks more than the role stays. Pages and matrices without anything left go.
    """
    pages = [_kept(page, role) for page in definition.get("pages") or ()]
    return {**definition, "pages": [page for page in pages if page and page.get("elements")]}


def is_routed(definition: Mapping[str, Any]) -> bool:
    """Whether what is asked depends on what was answered."""
    return bool(definition.get("triggers")) or any(
        True for page in definition.get("pages") or () for _one in conditions_of(page)
    )


def _kept(part: Mapping[str, Any], role: str) -> Element | None:
    made = dict(part)
    condition = made.get("visibleIf")
    if isinstance(condition, str):
        roles = roles_asked(condition)
        if roles is not None:
            if role not in roles:
                return None
            del made["visibleIf"]
    for name in ("elements", "rows", "columns", "choices"):
        if isinstance(made.get(name), list):
            before = made[name]
            after = [_kept(one, role) if isinstance(one, Mapping) else one for one in before]
            made[name] = [one for one in after if one is not None]
            if before and not made[name] and name in ("rows", "elements"):
                return None
    return made
