"""How long does a save take with 1,000 people answering, and how many saves a second are possible?

Run: python benchmarks/answering.py [--people 1000] [--saves 20] [--between 10]
     [--arriving 60] [--ceiling 6]

The real site (``rodedraad serve``) with its embedded PostgreSQL, in a data folder of its own. The
people are tasks of this process, who begin within ``--arriving`` seconds; each connects anew for
every save over HTTP. Goals: the 95th percentile of a save at most 300 ms, no error. Then as many
saves as go through, in turns beside a Django site that only inserts a row (``bare_site.py``, the
same server, processes and threads, the same database): at least 70%. Last, what survey-core costs
for a final check: 150 ms of CPU.
"""

import argparse
import asyncio
import contextlib
import json
import os
import random
import socket
import subprocess
import sys
import time
from statistics import median, quantiles

from answering_site import (  # isort: skip  (first: it makes the data folder)
    Person, Site, database_settings_told, free_port, survey_make,
)  # fmt: skip
import psutil
from django.db import connection

from rodedraad.surveys.engine.pool import answers_check, engine_close
from rodedraad.surveys.models import AnswerEvent, SurveyVersion

GOAL_MS, GOAL_SHARE, GOAL_CPU_MS = 300, 0.70, 150
AT_ONCE = 32


async def answer(person: Person, saves: int, between: float, arriving: float) -> None:
    """Begin somewhere in the first minute, then save with the same time between."""
    await asyncio.sleep(random.uniform(0, arriving))
    for attempt in range(3):
        try:
            await person.begin()
            break
        except (OSError, asyncio.IncompleteReadError) as fault:
            if attempt == 2:
                person.faults.append(f"begin: {fault!r}")
                return
    for _ in range(saves):
        await asyncio.sleep(random.uniform(0.9, 1.1) * between)
        try:
            said = await person.save()
            if said.status != 200:
                person.faults.append(f"{said.status} {said.body[:80]}")
        except (OSError, asyncio.IncompleteReadError) as fault:
            person.faults.append(repr(fault))


async def together(people: list[Person], saves: int, between: float, arriving: float) -> None:
    """Let everyone answer."""
    await asyncio.gather(*(answer(person, saves, between, arriving) for person in people))


async def ceiling(people: list[Person], seconds: float) -> float:
    """Return how many saves a second go through with ``AT_ONCE`` connections that stay busy."""
    until = time.perf_counter() + seconds
    done = 0

    async def busy(mine: list[Person]) -> None:
        nonlocal done
        turn = 0
        while time.perf_counter() < until:
            said = await mine[turn % len(mine)].save()
            done += said.status == 200
            turn += 1

    begun = time.perf_counter()
    await asyncio.gather(*(busy(people[at::AT_ONCE]) for at in range(AT_ONCE)))
    return done / (time.perf_counter() - begun)


def bare(port: int) -> subprocess.Popen[bytes]:
    """Start the site that only inserts, with the flags of ``rodedraad serve``."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE bare_row (uuid uuid PRIMARY KEY, response uuid NOT NULL,"
            " sequence integer NOT NULL, patch jsonb NOT NULL)"
        )
    environment = {name: value for name, value in os.environ.items() if "DJANGO" not in name}
    folder = os.path.dirname(__file__)
    return subprocess.Popen(
        [
            sys.executable, "-m", "gunicorn", "bare_site:application", "--bind",
            f"127.0.0.1:{port}", "--workers", "2", "--threads", "4", "--log-level", "warning",
            "--chdir", folder,
        ],
        env=environment,
    )  # fmt: skip


def until_it_answers(port: int) -> None:
    """Wait until a site listens, and both of its processes have loaded."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            time.sleep(5)
            return
        time.sleep(0.2)


def check_cpu() -> float:
    """Return the CPU of one final check with routing, in ms: the middle of twenty."""
    definition = SurveyVersion.objects.get().definition
    data = {f"q{number}": "Een antwoord van een paar woorden." for number in range(1, 21)}
    answers_check(definition, data)
    [engine] = [one for one in psutil.Process().children()
                if "spawn_main" in " ".join(one.cmdline())]  # fmt: skip
    took = []
    for _ in range(20):
        before = engine.cpu_times()
        answers_check(definition, data)
        after = engine.cpu_times()
        took.append((after.user + after.system - before.user - before.system) * 1000)
    engine_close()
    return sum(took) / len(took)


def main() -> int:
    """Measure, print, and return 0 when all goals are met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument("--saves", type=int, default=20)
    parser.add_argument("--between", type=float, default=10.0)
    parser.add_argument("--arriving", type=float, default=60.0)
    parser.add_argument("--ceiling", type=float, default=6.0)
    asked = parser.parse_args()
    random.seed(5)
    print(f"load before: {os.getloadavg()}; {database_settings_told()}")
    _survey, paths = survey_make(asked.people)
    site = Site()
    other = None
    try:
        site.start()
        people = [Person(number, path, site.port) for number, path in enumerate(paths)]
        begun = time.perf_counter()
        asyncio.run(together(people, asked.saves, asked.between, asked.arriving))
        took = time.perf_counter() - begun
        times = [one for person in people for one in person.times]
        faults = [fault for person in people for fault in person.faults]
        p95 = quantiles(times, n=20)[-1]
        kept = AnswerEvent.objects.count()
        print(
            f"{asked.people} people, {len(times)} saves in {took:.0f} s: median "
            f"{median(times):.0f} ms, p95 {p95:.0f} ms (goal {GOAL_MS}), p99 "
            f"{quantiles(times, n=100)[-1]:.0f} ms, most {max(times):.0f} ms; errors {len(faults)} "
            f"{faults[:3]}; rows {kept}; load {os.getloadavg()}"
        )
        other_port = free_port()
        other = bare(other_port)
        until_it_answers(other_port)
        beside = [Person(number, "", other_port) for number in range(AT_ONCE)]
        ours, theirs = [], []
        for _ in range(3):  # in turns, since others use the machine too
            theirs.append(asyncio.run(ceiling(beside, asked.ceiling / 3)))
            ours.append(asyncio.run(ceiling(people, asked.ceiling / 3)))
        share = sum(ours) / sum(theirs)
        print(
            f"ceiling: {sum(ours) / 3:.0f} saves/s, a bare view {sum(theirs) / 3:.0f}/s: "
            f"{share:.0%} (goal {GOAL_SHARE:.0%}); rounds {[round(one) for one in ours]} "
            f"beside {[round(one) for one in theirs]}"
        )
        cpu = check_cpu()
        print(f"final check with routing: {cpu:.0f} ms CPU (goal {GOAL_CPU_MS})")
        print(json.dumps({"p95_ms": p95, "errors": len(faults), "share": share, "cpu_ms": cpu,
                          "saves": len(times), "rows": kept}))  # fmt: skip
        right = not faults and kept == len(times)
        return 0 if right and p95 <= GOAL_MS and share >= GOAL_SHARE and cpu <= GOAL_CPU_MS else 1
    finally:
        site.stop()
        if other is not None:
            other.terminate()
            other.wait(20)
        connection.close()


if __name__ == "__main__":
    sys.exit(main())
