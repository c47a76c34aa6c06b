"""Files that are wrong in one way: a piece left out, doubled, moved, renamed or garbled."""

import copy
import random
from typing import Any

from lxml import etree

VALUES = (
    "", " ", "0", "-1", "+5", "1.5", "x", "true", "TRUE", "#12345", "#abc", "OneWay", "Oval",
    "2026-02-29T12:00:00Z", "2026-02-28T12:00:00", "2026-02-28", "2026-02-28Z", "24:00:00",
    "2026-02-28T24:00:00Z", "2026-02-28T12:00:00+14:30", "0000-01-01", "12026-01-01",
    "{11111111-1111-4111-8111-111111111111}", "{11111111-1111-4111-8111-111111111111",
    " 11111111-1111-4111-8111-111111111111 ", "1111", "Text", "Boolean", "solid",
)  # fmt: skip


def mutant(root: Any, chance: random.Random) -> Any:
    """Return a copy of a tree that differs from it in one thing."""
    made = copy.deepcopy(root)
    elements = list(made.iter())
    one = chance.choice(elements)
    other = chance.choice(elements)
    parent = one.getparent()
    kind = chance.randrange(8)
    if kind == 0 and parent is not None:
        parent.remove(one)
    elif kind == 1 and parent is not None:
        parent.append(copy.deepcopy(one))
    elif kind == 2 and len(one) > 1:
        one.insert(0, one[-1])
    elif kind == 3:
        one.tag = other.tag
    elif kind == 4 and one.attrib:
        del one.attrib[chance.choice(list(one.attrib))]
    elif kind == 5 and one.attrib:
        one.set(chance.choice(list(one.attrib)), chance.choice(VALUES))
    elif kind == 6:
        one.set(chance.choice(list(other.attrib) or ["odd"]), chance.choice(VALUES))
    elif kind == 7:
        one.append(etree.SubElement(made, other.tag, dict(other.attrib)))
    return made
