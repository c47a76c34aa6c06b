"""How long does a save take right after the site started, while its pages are still loaded?

Run: python benchmarks/after_start.py [--people 200] [--rate 50] [--seconds 20] [--rounds 3]

The real site (``rodedraad serve``) with its embedded PostgreSQL. People begin, the site is stopped
and started again, and from the first connection that is taken on, ``--rate`` saves a second come
for ``--seconds``, whether or not earlier ones were answered. Goals: the 95th percentile of a save
at most 300 ms, no error, and the site answers within 10 s after the command.
"""

import argparse
import asyncio
import json
import os
import sys
import time
from statistics import median, quantiles

from answering_site import (  # isort: skip  (first: it makes the data folder)
    Person, Site, survey_make,
)  # fmt: skip
import psutil
from django.db import connection

GOAL_MS, GOAL_START_S = 300, 10.0
SPAN = 5.0
"""Seconds of which the percentile is told apart."""

Took = tuple[float, float]
"""Seconds since the first connection, and milliseconds that a save took."""


async def begun(people: list[Person]) -> None:
    """Let everyone open the questionnaire, some at a time."""
    some = asyncio.Semaphore(8)

    async def one(person: Person) -> None:
        async with some:
            await person.begin()

    await asyncio.gather(*(one(person) for person in people))


async def saves(people: list[Person], rate: float, seconds: float) -> tuple[list[Took], list[str]]:
    """Let saves come at a fixed rate; return when each was sent and how long it took."""
    told: list[Took] = []
    faults: list[str] = []

    async def one(person: Person, at: float) -> None:
        try:
            said = await person.save()
            if said.status == 200:
                told.append((at, person.times[-1]))
            else:
                faults.append(f"{said.status} after {at:.1f} s")
        except (OSError, asyncio.IncompleteReadError) as fault:
            faults.append(f"{fault!r} after {at:.1f} s")

    since = time.perf_counter()
    running: list[asyncio.Task[None]] = []
    busy: dict[int, asyncio.Task[None]] = {}
    for turn in range(int(rate * seconds)):
        at = turn / rate
        await asyncio.sleep(max(0.0, since + at - time.perf_counter()))
        person = people[turn % len(people)]
        earlier = busy.get(person.number)
        if earlier is not None and not earlier.done():
            continue  # a browser sends its saves one after the other
        busy[person.number] = asyncio.create_task(one(person, at))
        running.append(busy[person.number])
    await asyncio.gather(*running)
    return told, faults


def until_it_listens(site: Site, seconds: float) -> None:
    """Wait for the first connection that is taken."""
    until = time.monotonic() + seconds
    while not site.listens():
        if time.monotonic() > until:
            raise SystemExit(f"The site did not start: {site.log.read_text()[-2000:]}")
        time.sleep(0.02)


def once(site: Site, people: list[Person], rate: float, seconds: float) -> dict[str, object]:
    """Start the site and let saves come; return what was seen."""
    commanded = time.perf_counter()
    site.begin()
    until_it_listens(site, 120)
    listens = time.perf_counter() - commanded
    told, faults = asyncio.run(saves(people, rate, seconds))
    first = listens + min(at + took / 1000 for at, took in told)
    spans = [
        round(quantiles(part, n=20)[-1])
        for start in range(0, int(seconds), int(SPAN))
        if len(part := [took for at, took in told if start <= at < start + SPAN]) > 1
    ]
    times = [took for _, took in told]
    cpu = sum(sum(one.cpu_times()[:2]) for one in site.processes())
    memory = sum(one.memory_full_info().pss for one in site.processes()) / 1e6
    site.stop()
    return {
        "first_answer_s": round(first, 2), "saves": len(times), "errors": len(faults),
        "median_ms": round(median(times)), "p95_ms": round(quantiles(times, n=20)[-1]),
        "most_ms": round(max(times)), "p95_per_5_s": spans, "cpu_s": round(cpu, 1),
        "memory_mb": round(memory), "faults": faults[:3],
    }  # fmt: skip


def main() -> int:
    """Measure, print, and return 0 when all goals are met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--rate", type=float, default=50.0)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    _survey, paths = survey_make(asked.people)
    site = Site()
    seen = []
    try:
        site.begin()
        until_it_listens(site, 120)
        people = [Person(number, path, site.port) for number, path in enumerate(paths)]
        asyncio.run(begun(people))
        site.stop()
        for _ in range(asked.rounds):
            print(f"load {os.getloadavg()[0]:.1f}, idle {psutil.cpu_times_percent(1).idle:.0f}%")
            seen.append(once(site, people, asked.rate, asked.seconds))
            print(json.dumps(seen[-1]))
    finally:
        site.stop()
        connection.close()
    p95 = median(float(str(one["p95_ms"])) for one in seen)
    start = median(float(str(one["first_answer_s"])) for one in seen)
    errors = sum(int(str(one["errors"])) for one in seen)
    print(json.dumps({"p95_ms": p95, "first_answer_s": start, "errors": errors}))
    return int(p95 > GOAL_MS or start > GOAL_START_S or errors > 0)


if __name__ == "__main__":
    sys.exit(main())
