"""Which numbers stand in the report, section by section, and from which rows they come."""

from typing import Any

from rodedraad.reports.book import NumberBook
from rodedraad.reports.network_development.material import Material
from rodedraad.reports.network_development.sections.alike import alike, spending
from rodedraad.reports.network_development.sections.change import change
from rodedraad.reports.network_development.sections.communities import communities
from rodedraad.reports.network_development.sections.complexity import complexity
from rodedraad.reports.network_development.sections.congruence import congruence
from rodedraad.reports.network_development.sections.law import drive, kinds
from rodedraad.reports.network_development.sections.method import method
from rodedraad.reports.network_development.sections.participation import joint, participation
from rodedraad.reports.network_development.sections.selection import selection
from rodedraad.reports.network_development.sections.years import years


def sections(book: NumberBook, material: Material) -> dict[str, Any]:
    """Enter every number in ``book`` and return the tables of keys that the texts show."""
    return {
        "years": years(book, material),
        "participation": participation(book, material),
        "joint": joint(book, material),
        "kinds": kinds(book, material),
        "drive": drive(book, material),
        "congruence": congruence(book, material),
        "complexity": complexity(book, material),
        "change": change(book, material),
        "communities": communities(book, material),
        "spending": spending(book, material),
        "alike": alike(book, material),
        "selection": selection(book, material),
        "method": method(book, material),
    }
