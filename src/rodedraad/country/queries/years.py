"""Of which years can the country be shown, and which one is asked for?"""

from datetime import date
from functools import cache

from rodedraad.country.history import REGISTER_BEGINS, Country

FIRST_YEAR = REGISTER_BEGINS.year


@cache
def last_year(country: Country) -> int:
    """The last year of which anything is known: inhabitants, or a change of municipalities."""
    counted = country.table("population")["year"].to_list()
    return max([*counted, *(link.date.year for link in country.links)])


def new_year(year: int) -> date:
    """The first of January, the day for which a year is shown."""
    return date(year, 1, 1)


def year_asked(country: Country, text: str | None) -> int | None:
    """The year of a request: the last one when nothing is asked, None when it cannot be shown."""
    if not text:
        return last_year(country)
    year = int(text) if text.isdecimal() and len(text) == 4 else 0
    return year if FIRST_YEAR <= year <= last_year(country) else None
