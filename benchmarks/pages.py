"""How fast are the pages with every municipality and year loaded, and how many queries do they do?

Run: RODEDRAAD_HOME=... python benchmarks/pages.py [--rounds 20]

Asks for every page of the site that takes no form, as the first administrator, through Django's
own client in one process, on the study that `rodedraad run` made in RODEDRAAD_HOME. Prints per page
the 95th percentile of the time and the number of queries. The goal is 200 ms.
"""

import argparse
import os
import sys
import time
from statistics import quantiles

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rodedraad.settings")
django.setup()

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from rodedraad.accounts.models import Person
from rodedraad.first_study.steps import SLUG

GOAL_MS = 200
STUDY = f"/studies/{SLUG}/"
PAGES = (
    "/",
    "/land/",
    "/land/?jaar=2016",
    "/land/?jaar=2022",
    "/land/gemeenten/",
    "/land/GM0363/",
    "/land/GM1900/",
    "/studies/",
    STUDY,
    f"{STUDY}raamwerk/",
    f"{STUDY}casussen/",
    f"{STUDY}kader/",
    f"{STUDY}logboek/",
    f"{STUDY}team/",
    f"{STUDY}netwerken/",
    f"{STUDY}netwerken/soort/jeugdregio/",
    f"{STUDY}netwerken/niet-gekoppeld/",
    f"{STUDY}netwerken/overeenkomst/",
    f"{STUDY}netwerken/netwerkbeeld/",
    f"{STUDY}netwerken/complexiteit/",
    f"{STUDY}netwerken/verandering/",
    f"{STUDY}berekeningen/",
    f"{STUDY}bewijs/",
    f"{STUDY}rapport/",
    f"{STUDY}rapport/getal/municipalities.2016/",
)


def measure(client: Client, address: str, rounds: int) -> tuple[int, float, int]:
    """Return status, 95th percentile in milliseconds, and number of queries of one page."""
    with CaptureQueriesContext(
        connection,
    ) as queries:
        status = client.get(address).status_code
    n_queries = len(queries)
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        client.get(address)
        times.append(1000 * (time.perf_counter() - started))
    return status, quantiles(times, n=20)[-1], n_queries


def main() -> int:
    """Measure and print; exit code 1 when a page is slower than the goal or does not answer."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=20)
    options = parser.parse_args()
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(Person.objects.get(is_administrator=True))
    missed = 0
    for address in PAGES:
        status, p95, n_queries = measure(client, address, options.rounds)
        slow = p95 > GOAL_MS or status != 200
        missed += slow
        print(f"{address:46} {status} p95 {p95:6.1f} ms  {n_queries:3} queries{' <--' * slow}")
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
