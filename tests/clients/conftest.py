"""What do the tests of the outside services share: a server, a clock that does not wait."""

import random
from collections.abc import Iterator

import pytest

from rodedraad.clients.fetch import Fetcher, Politeness

from .replay import Replay


class Patience:
    """A clock that moves only when someone sleeps on it."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def clock(self) -> float:
        return self.now


@pytest.fixture
def replay(monkeypatch: pytest.MonkeyPatch) -> Iterator[Replay]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    server = Replay()
    yield server
    server.close()


@pytest.fixture
def patience() -> Patience:
    return Patience()


@pytest.fixture
def fetcher(patience: Patience) -> Iterator[Fetcher]:
    politeness = Politeness(attempts=3, timeout_seconds=5, max_bytes=5_000_000)
    with Fetcher(
        contact="post@example.org",
        politeness=politeness,
        sleep=patience.sleep,
        clock=patience.clock,
        rng=random.Random(7),
    ) as polite:
        yield polite
