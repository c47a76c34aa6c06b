"""How does a questionnaire change: pages and questions added, changed, moved, taken out?

Every function takes a definition and returns a changed copy. What stands in a panel is part of
that panel, and is changed with it.
"""

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

from rodedraad.errors import Refusal
from rodedraad.surveys.building import text_of
from rodedraad.surveys.questionnaire.conditions import CONDITIONS
from rodedraad.surveys.questionnaire.texts import Element, elements_of

Definition = Mapping[str, Any]


def page_add(definition: Definition) -> Element:
    """Add an empty page at the end."""
    made = deepcopy(dict(definition))
    pages = made.setdefault("pages", [])
    pages.append({"name": name_free(made, "p", len(pages) + 1), "elements": []})
    return made


def page_change(
    definition: Definition, name: str, title: Element, description: Element, condition: str
) -> Element:
    """Give a page its texts and the condition under which it is asked."""
    made = deepcopy(dict(definition))
    page = _page(made, name)
    for key, value in (("title", title), ("description", description), ("visibleIf", condition)):
        if value:
            page[key] = value
        else:
            page.pop(key, None)
    return made


def page_remove(definition: Definition, name: str) -> Element:
    """Take a page out, with its questions."""
    made = deepcopy(dict(definition))
    page = _page(made, name)
    made["pages"] = [one for one in made["pages"] if one is not page]
    return made


def page_move(definition: Definition, name: str, by: int) -> Element:
    """Move a page up (-1) or down (1); at the end nothing changes."""
    made = deepcopy(dict(definition))
    at = made["pages"].index(_page(made, name))
    _swap(made["pages"], at, at + by)
    return made


def element_of(definition: Definition, name: str) -> Element:
    """Return the question called ``name`` that stands on a page."""
    page, at = _place(definition, name)
    return page["elements"][at]


def element_add(definition: Definition, page: str, element: Element) -> Element:
    """Put a question at the end of a page; refuses a name that is there."""
    made = deepcopy(dict(definition))
    _name_checked(made, str(element.get("name")))
    _page(made, page).setdefault("elements", []).append(element)
    return made


def element_change(definition: Definition, name: str, element: Element) -> Element:
    """Put another in the place of a question; conditions follow when its name changed."""
    made = deepcopy(dict(definition))
    page, at = _place(made, name)
    new = str(element.get("name"))
    if new != name:
        _name_checked(made, new)
    page["elements"][at] = element
    return _renamed(made, name, new) if new != name else made


def element_remove(definition: Definition, name: str) -> Element:
    """Take a question out."""
    made = deepcopy(dict(definition))
    page, at = _place(made, name)
    del page["elements"][at]
    return made


def element_move(definition: Definition, name: str, by: int) -> Element:
    """Move a question up (-1) or down (1), from page to page where one ends."""
    made = deepcopy(dict(definition))
    page, at = _place(made, name)
    pages = made["pages"]
    if 0 <= at + by < len(page["elements"]):
        _swap(page["elements"], at, at + by)
        return made
    beside = pages.index(page) + by
    if 0 <= beside < len(pages):
        element = page["elements"].pop(at)
        there = pages[beside].setdefault("elements", [])
        there.insert(len(there) if by < 0 else 0, element)
    return made


def element_place(definition: Definition, name: str, page: str, at: int) -> Element:
    """Put a question on a page, at a place among its questions."""
    made = deepcopy(dict(definition))
    before, old = _place(made, name)
    there = _page(made, page).setdefault("elements", [])
    element = before["elements"].pop(old)
    there.insert(max(0, min(at, len(there))), element)
    return made


def items_add(definition: Definition, page: str, matrix: Element) -> Element:
    """Add statements of a construct: to its matrix when that is there, else as a new one."""
    made = deepcopy(dict(definition))
    there = next(
        (
            one
            for one in elements_of(made)
            if one.get("type") == "matrix" and one.get("construct") == matrix["construct"]
        ),
        None,
    )
    if there is None:
        return element_add(made, page, {**matrix, "name": name_free(made, matrix["name"])})
    known = {str(row.get("value")) for row in there.get("rows") or ()}
    there["rows"] = [
        *(there.get("rows") or ()),
        *(row for row in matrix["rows"] if row["value"] not in known),
    ]
    there["reversed"] = sorted({*there.get("reversed", ()), *matrix.get("reversed", ())})
    return made


def name_free(definition: Definition, base: str, first: int | None = None) -> str:
    """Return a name that is not taken: ``base``, else with a number behind it."""
    taken = {str(one.get("name")) for one in elements_of(definition)}
    number = first or 2
    name = base if first is None else f"{base}{number}"
    while name in taken:
        name = f"{base}{number}"
        number += 1
    return name


def text_given(nl: str, en: str) -> Element:
    """Return a text from two fields; {} when both are empty."""
    nl, en = nl.strip(), en.strip()
    if not nl and not en:
        return {}
    return text_of(nl, en) if nl else {"default": "", "en": en}


def _page(definition: Definition, name: str) -> Element:
    for page in definition.get("pages") or ():
        if page.get("name") == name:
            return page
    raise _gone(name)


def _place(definition: Definition, name: str) -> tuple[Element, int]:
    for page in definition.get("pages") or ():
        for at, element in enumerate(page.get("elements") or ()):
            if element.get("name") == name:
                return page, at
    raise _gone(name)


def _gone(name: str) -> Refusal:
    return Refusal(
        f"'{name}' is not in this questionnaire any more. Load the page again.",
        code="survey_part_gone",
        where=name,
    )


def _name_checked(definition: Definition, name: str) -> None:
    if any(one.get("name") == name for one in elements_of(definition)):
        raise Refusal(
            f"There is already something called '{name}' in this questionnaire. Choose another "
            "name.",
            code="survey_name_taken",
            where=name,
        )


def _swap(parts: list[Any], one: int, other: int) -> None:
    if 0 <= other < len(parts):
        parts[one], parts[other] = parts[other], parts[one]


def _renamed(definition: Element, old: str, new: str) -> Element:
    def change(text: str) -> str:
        for end in ("}", ".", "["):
            text = text.replace(f"{{{old}{end}", f"{{{new}{end}")
        return text

    return _each_condition(definition, change)


def _each_condition(part: Any, change: Callable[[str], str]) -> Any:
    if isinstance(part, list):
        return [_each_condition(one, change) for one in part]
    if not isinstance(part, Mapping):
        return part
    return {
        key: change(value)
        if key in CONDITIONS and isinstance(value, str)
        else _each_condition(value, change)
        for key, value in part.items()
    }
