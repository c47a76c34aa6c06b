"""When may a mail go out? On weekdays from 8 to 20 o'clock, Dutch time."""

import datetime

from django.utils import timezone

FIRST_HOUR = 8
LAST_HOUR = 20
SATURDAY = 5


def may_send(now: datetime.datetime) -> bool:
    """Tell whether mail may go out at this moment."""
    here = timezone.localtime(now)
    return here.weekday() < SATURDAY and FIRST_HOUR <= here.hour < LAST_HOUR


def next_moment(now: datetime.datetime) -> datetime.datetime:
    """Return the first moment from now on at which mail may go out."""
    if may_send(now):
        return now
    here = timezone.localtime(now)
    day = here.date() + datetime.timedelta(days=int(here.hour >= FIRST_HOUR))
    while day.weekday() >= SATURDAY:
        day += datetime.timedelta(days=1)
    at = datetime.datetime.combine(day, datetime.time(FIRST_HOUR))
    return timezone.make_aware(at)
