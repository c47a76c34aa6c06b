"""What becomes of many who finish at once, of tabs that begin at once, and of a bad pattern?

Run: python benchmarks/finishing.py [--people 300] [--quota 100] [--tabs 8] [--saves 40]

The real site (``rodedraad serve``: several processes) with its embedded PostgreSQL, over HTTP.

1. All send their answers in within a second, where a quota has room for some: exactly so many are
   complete, everybody else is over quota, and nobody is lost.
2. One link is opened in several tabs that begin at the same moment: one response.
3. Somebody answers what a pattern in the questionnaire never finishes with (``^(a+)+$``). Saves of
   somebody else meanwhile: their 95th percentile at most 300 ms, or twice what it was just before,
   where others use the machine; and the answer that could not be checked is kept, with a mark.
"""

import argparse
import asyncio
import contextlib
import json
import os
import sys
import time
from collections import Counter
from statistics import quantiles
from typing import Any

from answering_site import (  # isort: skip  (first: it makes the data folder)
    Person, Site, survey_make,
)  # fmt: skip
from django.db import connections

from final_check import ENDLESS, ENDLESS_ANSWER
from rodedraad.surveys.models import Quota, Response, ResponseState, Survey

GOAL_MS, TIMES_BEFORE = 300.0, 2.0
SOON = 400.0
AT_ONCE = 8
Found = dict[str, Any]


class Bad(Person):
    """Somebody who answers what the pattern never finishes with."""

    def patch(self, sequence: int) -> dict[str, str]:  # noqa: ARG002 those of others differ
        """Return the same answer each time."""
        return {"q1": ENDLESS_ANSWER}


async def ready(people: list[Person]) -> None:
    """Let everyone begin and save one answer, some at a time."""
    some = asyncio.Semaphore(AT_ONCE)

    async def one(person: Person) -> None:
        async with some:
            while not person.token:
                with contextlib.suppress(OSError, asyncio.IncompleteReadError):
                    await person.begin()
            await person.insist()

    await asyncio.gather(*(one(person) for person in people))


async def all_finish(people: list[Person]) -> tuple[Counter[str], float]:
    """Let everyone send in at the same moment; return what became of them, and how long it took.

    Seconds are those until the last one was received.
    """
    received: list[float] = []

    async def one(person: Person) -> str:
        body = json.dumps({"sequence": person.saved, "seconds": 300}).encode()
        while True:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError):
                said = await person.ask(
                    "POST", "/vragenlijst/invullen/klaar/", body, "application/json"
                )
                if said.status == 202:
                    break
            await asyncio.sleep(0.2)
        received.append(time.perf_counter())
        return await person.finish()

    begun = time.perf_counter()
    states = await asyncio.wait_for(asyncio.gather(*(one(person) for person in people)), SOON)
    return Counter(states), max(received) - begun


def quota_kept(site: Site, survey: Survey, paths: list[str], room: int) -> Found:
    """Let all finish at once, where ``room`` fit."""
    quota = Quota.objects.create(survey=survey, target=room)
    connections.close_all()
    people = [Person(number, path, site.port) for number, path in enumerate(paths)]
    asyncio.run(ready(people))
    states, seconds = asyncio.run(all_finish(people))
    quota.refresh_from_db()
    kept = Response.objects.filter(survey=survey)
    return {
        "finished": len(people), "told": dict(states), "received_within_s": round(seconds, 1),
        "counted": quota.n, "complete": kept.filter(state="complete").count(),
        "over_quota": kept.filter(state="over_quota").count(), "responses": kept.count(),
    }  # fmt: skip


async def tabs_begin(tabs: list[Person]) -> set[str]:
    """Let all tabs of one browser begin at the same moment; return the answers that they hold."""
    first = tabs[0]
    page = await first.ask("GET", first.path)
    for tab in tabs:
        tab.cookies, tab.token = dict(first.cookies), first._token(page)
    form = f"csrfmiddlewaretoken={first.token}".encode()
    said = await asyncio.gather(
        *(tab.ask("POST", tab.path, form, "application/x-www-form-urlencoded") for tab in tabs)
    )
    if {one.status for one in said} != {302}:
        raise SystemExit(f"A tab could not begin: {[one.status for one in said]}")
    return {tab.cookies["rd_antwoord"].partition(".")[0] for tab in tabs}


async def saves_beside(person: Person, saves: int, between: float) -> list[float]:
    """Save so many times, and return how long each took, in ms."""
    person.times.clear()
    for _ in range(saves):
        await person.insist()
        await asyncio.sleep(between)
    return list(person.times)


async def pattern(bad: list[Person], other: Person, saves: int) -> tuple[list[float], list[float]]:
    """Save before, and while answers are sent in that a pattern never finishes with."""
    before = await saves_beside(other, saves, 0.05)
    sent = [asyncio.create_task(person.finish()) for person in bad]
    meanwhile = await saves_beside(other, saves, 0.05)
    while not all(one.done() for one in sent):
        meanwhile += await saves_beside(other, 5, 0.1)
    return before, meanwhile


def pattern_harms(site: Site, paths: list[str], saves: int) -> Found:
    """Let two people meet the pattern while a third one saves."""
    bad: list[Person] = [Bad(number, path, site.port) for number, path in enumerate(paths[:-1])]
    other = Person(len(bad), paths[-1], site.port)
    asyncio.run(ready([*bad, other]))
    before, meanwhile = asyncio.run(pattern(bad, other, saves))
    connections.close_all()
    unchecked = ResponseState.objects.filter(flags__contains=["unchecked"]).count()
    return {
        "p95_before_ms": round(quantiles(before, n=20)[-1]),
        "p95_meanwhile_ms": round(quantiles(meanwhile, n=20)[-1]),
        "most_meanwhile_ms": round(max(meanwhile)), "saves_meanwhile": len(meanwhile),
        "kept_unchecked": unchecked, "met_the_pattern": len(bad),
    }  # fmt: skip


def right(found: Found, room: int) -> bool:
    """Whether all of it is as it should be."""
    quota, harm = found["quota"], found["pattern"]
    people = quota["finished"]
    allowed = max(GOAL_MS, TIMES_BEFORE * harm["p95_before_ms"])
    return (
        quota["told"] == {"complete": room, "over_quota": people - room}
        and quota["counted"] == quota["complete"] == room
        and quota["over_quota"] == people - room
        and quota["responses"] == people + 1  # that of the tabs
        and found["responses_of_tabs"] == 1
        and harm["p95_meanwhile_ms"] <= allowed
        and harm["kept_unchecked"] == harm["met_the_pattern"]
    )


def main() -> int:
    """Run, print, and return 0 when all of it is as it should be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--quota", type=int, default=100)
    parser.add_argument("--tabs", type=int, default=8)
    parser.add_argument("--saves", type=int, default=40)
    asked = parser.parse_args()
    print(f"load before: {os.getloadavg()}")
    survey, paths = survey_make(asked.people + 1)
    _other, bad_paths = survey_make(3, definition=ENDLESS, slug="patroon")
    connections.close_all()
    site = Site()
    found: Found = {}
    try:
        site.begin()
        while not site.listens():
            time.sleep(0.2)
        tabs = [Person(-1, paths[-1], site.port) for _ in range(asked.tabs)]
        held = asyncio.run(tabs_begin(tabs))
        found["responses_of_tabs"] = max(len(held), Response.objects.filter(survey=survey).count())
        found["quota"] = quota_kept(site, survey, paths[:-1], asked.quota)
        found["pattern"] = pattern_harms(site, bad_paths, asked.saves)
        print(f"load after: {os.getloadavg()}")
        print(json.dumps(found))
        return 0 if right(found, asked.quota) else 1
    finally:
        site.stop()
        connections.close_all()


if __name__ == "__main__":
    sys.exit(main())
