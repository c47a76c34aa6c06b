"""How does an interview come into somebody's calendar: an iCalendar file without names?

Source: RFC 5545, Internet Calendaring and Scheduling Core Object Specification (2009).
"""

import datetime

from django.utils import timezone

from rodedraad.fieldwork.models import Interview

LASTS = datetime.timedelta(hours=1)
"""How long an interview takes in the calendar; a default of ours."""
LONGEST = 75
STAMP = "%Y%m%dT%H%M%SZ"


def calendar_text(
    interview: Interview, *, summary: str, address: str, now: datetime.datetime | None = None
) -> str:
    """Return the file of an interview that has a time; ``address`` is that of its page."""
    if interview.planned_for is None:
        raise ValueError("An interview without a time is in no calendar.")
    start = interview.planned_for.astimezone(datetime.UTC)
    status = "CANCELLED" if interview.state == Interview.State.CANCELLED else "CONFIRMED"
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Rode Draad//Fieldwork//NL",
        "BEGIN:VEVENT",
        f"UID:{interview.uuid}",
        f"SEQUENCE:{interview.row_version}",
        f"DTSTAMP:{(now or timezone.now()).astimezone(datetime.UTC):{STAMP}}",
        f"DTSTART:{start:{STAMP}}",
        f"DTEND:{start + LASTS:{STAMP}}",
        f"SUMMARY:{_escaped(summary)}",
        f"URL:{address}",
        "CLASS:PRIVATE",
        f"STATUS:{status}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _escaped(text: str) -> str:
    plain = " ".join(text.split())
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _folded(line: str) -> str:
    """Break a line after at most 75 bytes of UTF-8, never inside a character."""
    parts, part, room = [], "", LONGEST
    for character in line:
        size = len(character.encode())
        if size > room:
            parts.append(part)
            part, room = "", LONGEST - 1
        part, room = part + character, room - size
    return "\r\n ".join([*parts, part])
