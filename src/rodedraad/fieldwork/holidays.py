"""On which days does the Netherlands not work? As the Algemene termijnenwet, article 3, lists them.

No list of years to keep up: what moves, moves with Easter.
"""

import datetime
from functools import lru_cache

DAY = datetime.timedelta(days=1)
SUNDAY = 6
WITH_EASTER = (-2, 0, 1, 39, 49, 50)
"""Good Friday, Easter and the day after, Ascension Day, Whit Sunday and the day after."""
FIXED = ((1, 1), (5, 5), (12, 25), (12, 26))


def easter_sunday(year: int) -> datetime.date:
    """Return Easter of a year of the Gregorian calendar.

    The computus that J.-M. Oudin (1940) made of Gauss's.

    >>> easter_sunday(2026)
    datetime.date(2026, 4, 5)
    """
    golden, century = year % 19, year // 100
    moon = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    moon -= (moon // 28) * (1 - (29 // (moon + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    from_march = moon - weekday
    month = 3 + (from_march + 40) // 44
    return datetime.date(year, month, from_march + 28 - 31 * (month // 4))


def kings_day(year: int) -> datetime.date:
    """Return King's Day: 27 April, or the day before when that is a Sunday."""
    day = datetime.date(year, 4, 27)
    return day - DAY if day.weekday() == SUNDAY else day


@lru_cache(maxsize=32)
def holidays_of(year: int) -> frozenset[datetime.date]:
    """Return all days of a year on which no mail goes out, besides weekends."""
    easter = easter_sunday(year)
    return frozenset(
        {datetime.date(year, month, day) for month, day in FIXED}
        | {easter + n * DAY for n in WITH_EASTER}
        | {kings_day(year)}
    )


def is_working_day(day: datetime.date) -> bool:
    """Tell whether a day is from Monday to Friday and no public holiday."""
    return day.weekday() < SUNDAY - 1 and day not in holidays_of(day.year)
