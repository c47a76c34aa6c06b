"""Does every page about the country answer fast enough, with all municipalities and years?"""

import time
from collections.abc import Iterable

from django.test import Client

from rodedraad.country.current import current_country
from rodedraad.country.queries.choices import choices
from rodedraad.country.queries.years import FIRST_YEAR, last_year

LIMIT_MS = 200


def p95_ms(addresses: Iterable[str]) -> float:
    """The 95th percentile after the first load, in which shapes are made and kept."""
    client = Client(SERVER_NAME="localhost")
    taken = []
    for address in addresses:
        begun = time.perf_counter()
        assert client.get(address).status_code == 200, address
        taken.append((time.perf_counter() - begun) * 1000)
    return sorted(taken)[int(len(taken) * 0.95)]


def years() -> range:
    return range(FIRST_YEAR, last_year(current_country()) + 1)


def test_the_map_of_every_year_is_fast() -> None:
    addresses = [f"/land/?jaar={year}" for year in years()]
    p95_ms(addresses)
    assert p95_ms(addresses) < LIMIT_MS


def test_the_map_of_every_figure_and_kind_of_region_is_fast() -> None:
    every = [choice for group in choices(current_country()).values() for choice in group]
    addresses = [f"/land/?jaar={one.years[-1]}&kleur={one.key}" for one in every]
    p95_ms(addresses[:1])
    assert p95_ms(addresses) < LIMIT_MS


def test_the_pages_of_municipalities_of_all_times_are_fast() -> None:
    codes = list(current_country().municipalities)[::6]
    p95_ms([f"/land/{codes[0]}/"])
    assert p95_ms(f"/land/{code}/" for code in codes) < LIMIT_MS


def test_source_records_are_fast() -> None:
    addresses = [f"/land/bron/iv3/{line}/" for line in range(2, 60_000, 997)]
    addresses += [f"/land/bron/regioatlas_2016/{line}/" for line in range(2, 12_000, 497)]
    assert p95_ms(addresses) < LIMIT_MS
