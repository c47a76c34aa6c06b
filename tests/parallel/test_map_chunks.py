"""Does spread work give the same numbers wherever it is done, and can it be stopped?"""

import subprocess
import sys
import threading

import numpy as np
import pytest
from drawing import broken, place_of, refused, taus_drawn
from hypothesis import given
from hypothesis import strategies as st

from rodedraad.errors import Refusal
from rodedraad.methods.relations import association
from rodedraad.parallel import Chunk, chunks_of, map_chunks


@pytest.fixture(autouse=True)
def _here(monkeypatch):
    monkeypatch.delenv("RODEDRAAD_DASK", raising=False)


@pytest.fixture
def columns():
    rng = np.random.default_rng(1)
    x = rng.normal(size=40)
    return x, x + rng.normal(size=40)


def test_one_thread_four_threads_and_two_dask_workers_give_the_same_numbers(columns, monkeypatch):
    def drawn(threads=None):
        parts = map_chunks(taus_drawn, 210, *columns, chunk_size=20, seed=7, threads=threads)
        return [tau for part in parts for tau in part]

    alone = drawn(threads=1)
    assert len(alone) == 210
    assert drawn(threads=4) == alone
    monkeypatch.setenv("RODEDRAAD_DASK", "local:2")
    assert drawn() == alone


def test_the_draws_are_those_of_a_plain_loop_over_spawned_seeds(columns):
    x, y = columns
    parts = map_chunks(taus_drawn, 50, x, y, chunk_size=20, seed=7, threads=3)
    expected = []
    for child, size in zip(np.random.SeedSequence(7).spawn(3), (20, 20, 10), strict=True):
        rng = np.random.default_rng(child)
        for _ in range(size):
            rows = rng.integers(0, 40, 40)
            expected.append(association(x[rows], y[rows], "kendall"))
    assert [tau for part in parts for tau in part] == expected
    assert len(set(expected)) > 40


@given(n=st.integers(0, 200), size=st.integers(1, 50), threads=st.integers(1, 5))
def test_every_item_is_in_one_chunk_and_outcomes_are_in_order(n, size, threads):
    places = map_chunks(place_of, n, chunk_size=size, seed=1, threads=threads)
    assert [index for index, _, _ in places] == list(range(len(places)))
    assert [item for _, start, stop in places for item in range(start, stop)] == list(range(n))


def test_more_items_leave_the_random_numbers_of_full_chunks_as_they_were():
    few, many = (chunks_of(n, chunk_size=10, seed=3) for n in (20, 1000))
    for chunk, same in zip(few, many, strict=False):
        assert (chunk.rng().random(5) == same.rng().random(5)).all()


def test_progress_is_told_until_all_is_done():
    told = []
    map_chunks(
        place_of, 100, chunk_size=10, seed=1, threads=2, tell=lambda *steps: told.append(steps)
    )
    assert told[-1] == (10, 10)
    assert told == sorted(told)


def test_raising_while_progress_is_told_stops_the_work():
    begun = []

    def note(chunk: Chunk) -> None:
        begun.append(chunk.index)

    def stop(done: int, _total: int) -> None:
        if done >= 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        map_chunks(note, 10_000, chunk_size=1, seed=1, threads=1, tell=stop)
    assert 3 <= len(begun) < 20


def test_progress_is_told_while_a_chunk_takes_long():
    release = threading.Event()
    told = []

    def tell(done: int, _total: int) -> None:
        told.append(done)
        if len(told) == 2:
            release.set()

    assert map_chunks(lambda _: release.wait(30), 1, chunk_size=1, seed=1, tell=tell) == [True]
    assert told[:2] == [0, 0]


@pytest.mark.parametrize("where", ["", "local:2"])
def test_a_refusal_and_a_bug_arrive_as_they_were_raised(where, monkeypatch):
    monkeypatch.setenv("RODEDRAAD_DASK", where)
    with pytest.raises(Refusal, match=r"Chunk 0 is empty\.") as caught:
        map_chunks(refused, 1, chunk_size=1, seed=1)
    assert (caught.value.code, dict(caught.value.context)) == ("chunk_empty", {"chunk": 0})
    with pytest.raises(ZeroDivisionError):
        map_chunks(broken, 3, chunk_size=1, seed=1)


@pytest.mark.parametrize(("n", "size"), [(-1, 5), (5, 0)])
def test_chunks_that_cannot_be_are_a_fault_of_the_caller(n, size):
    with pytest.raises(ValueError, match="cannot be cut"):
        map_chunks(place_of, n, chunk_size=size, seed=1)


def test_dask_is_not_imported_unless_the_setting_asks_for_it():
    code = (
        "import sys, rodedraad.parallel as p; p.map_chunks(abs, 0, chunk_size=1, seed=1);"
        "print([name for name in ('dask', 'distributed') if name in sys.modules])"
    )
    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={}
    )
    assert said.stdout.strip() == "[]"
