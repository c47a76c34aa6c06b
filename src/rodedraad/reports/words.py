"""How do the tables of a report hold words in two languages, and become tables in one?"""

from typing import Any

Words = dict[str, str]
LANGUAGES = ("nl", "en")


def words(nl: str, en: str) -> Words:
    """Return the same words in both languages."""
    return {"nl": nl, "en": en}


def in_language(tables: Any, language: str) -> Any:
    """Return the tables with every pair of words replaced by those of ``language``."""
    if isinstance(tables, dict):
        if set(tables) == set(LANGUAGES):
            return tables[language]
        return {key: in_language(value, language) for key, value in tables.items()}
    if isinstance(tables, list | tuple):
        return [in_language(value, language) for value in tables]
    return tables
