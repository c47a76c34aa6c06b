"""Of which years can the country be shown, and which one is asked for?"""

from datetime import date
from functools import cache

from rodedraad.country.history import REGISTER_BEGINS, Country
from rodedraad.errors import Refusal

FIRST_YEAR = REGISTER_BEGINS.year


class YearNotHeld(Refusal):
    """A year before the register begins, after the last one known, or no year at all."""

    code = "year-not-held"


@cache
def last_year(country: Country) -> int:
    """The last year of which anything is known: inhabitants, or a change of municipalities."""
    counted = country.table("population")["year"].to_list()
    return max([*counted, *(link.date.year for link in country.links)])


def new_year(year: int) -> date:
    """The first of January, the day for which a year is shown."""
    return date(year, 1, 1)


def year_asked(country: Country, text: str | None) -> int:
    """The year of a request; the last one when nothing is asked.

    Raises ``YearNotHeld`` for any other text than a year that can be shown.
    """
    last = last_year(country)
    if not text:
        return last
    year = int(text) if text.isdecimal() and len(text) == 4 else 0
    if not FIRST_YEAR <= year <= last:
        message = f"There is nothing about the year '{text}'. Choose {FIRST_YEAR} to {last}."
        raise YearNotHeld(message, year=text, first=FIRST_YEAR, last=last)
    return year
