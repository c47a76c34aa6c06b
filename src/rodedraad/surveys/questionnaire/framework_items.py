"""Which statements does the framework of a wave have, and which are in a questionnaire already?"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rodedraad.studies.models import Construct, Item, Wave
from rodedraad.surveys.building import matrix_of
from rodedraad.surveys.questionnaire.texts import Element, questions_of


@dataclass(frozen=True, slots=True)
class ItemFound:
    """A statement with its construct, and whether the questionnaire has it."""

    item: Item
    construct: Construct
    is_in: bool


def items_found(
    wave: Wave, definition: Mapping[str, Any], words: str = "", role: str = ""
) -> list[ItemFound]:
    """Return the statements of a wave, with these words in text, code or construct; two queries."""
    there = items_in(definition)
    sought = words.casefold().split()
    found = []
    for construct in wave.framework.constructs.prefetch_related("items"):
        for item in construct.items.all():
            told = " ".join(
                (item.code, item.text_nl, item.text_en, construct.code, construct.name_nl,
                 construct.name_en)
            ).casefold()  # fmt: skip
            if all(word in told for word in sought) and (not role or role in item.roles):
                found.append(ItemFound(item, construct, item.code in there))
    return found


def items_in(definition: Mapping[str, Any]) -> set[str]:
    """Return the codes of the statements that a questionnaire has."""
    codes = set()
    for question in questions_of(definition):
        if question.get("item"):
            codes.add(str(question["item"]))
        if question.get("type") == "matrix" and question.get("construct"):
            codes |= {
                str(row["value"]) for row in question.get("rows") or () if isinstance(row, Mapping)
            }
    return codes


def matrices_of(wave: Wave, codes: Collection[str], roles: Collection[str]) -> Sequence[Element]:
    """Return a matrix of each construct with those of its statements that are asked for."""
    asked = set(codes)
    made = []
    for construct in wave.framework.constructs.prefetch_related("items"):
        items = [item for item in construct.items.all() if item.code in asked]
        if items:
            made.append(matrix_of(construct, items, set(roles)))
    return made
