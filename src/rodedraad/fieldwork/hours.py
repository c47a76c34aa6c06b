"""When may a mail go out? On working days from 8 to 20 o'clock, Dutch time."""

import datetime

from django.utils import timezone

from rodedraad.fieldwork.holidays import is_working_day

FIRST_HOUR = 8
LAST_HOUR = 20


def may_send(now: datetime.datetime) -> bool:
    """Tell whether mail may go out at this moment."""
    here = timezone.localtime(now)
    return is_working_day(here.date()) and FIRST_HOUR <= here.hour < LAST_HOUR


def next_moment(now: datetime.datetime) -> datetime.datetime:
    """Return the first moment from now on at which mail may go out."""
    if may_send(now):
        return now
    here = timezone.localtime(now)
    day = here.date() + datetime.timedelta(days=int(here.hour >= FIRST_HOUR))
    while not is_working_day(day):
        day += datetime.timedelta(days=1)
    at = datetime.datetime.combine(day, datetime.time(FIRST_HOUR))
    return timezone.make_aware(at)
