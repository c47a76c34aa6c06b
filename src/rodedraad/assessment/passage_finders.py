"""Who tells which words stand behind a row of evidence? Named here, imported when asked.

The room that turns texts into evidence lies above this one. In ``ready`` of its ``AppConfig``::

    passages_register("rodedraad.scoring.passages.passages_of")
"""

FINDERS: list[str] = []
"""Dotted names of functions of an access and rows that return passages by key of the row."""


def passages_register(finder: str) -> None:
    """Add a function that knows the words behind rows."""
    if finder not in FINDERS:
        FINDERS.append(finder)
