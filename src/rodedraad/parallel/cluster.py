"""Which Dask cluster does the setting name, and can it do our work?

Imported only when ``RODEDRAAD_DASK`` is set: importing Dask takes a second.
"""

import hashlib
import logging
import platform
from collections.abc import Iterator
from concurrent.futures import CancelledError, Executor
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import dask.config
from distributed import Client, LocalCluster
from distributed.scheduler import KilledWorker

import rodedraad
from rodedraad.errors import Refusal
from rodedraad.memory import MEMORY_KEPT

LOCAL = "local:"
SCHEMES = ("tcp://", "tls://", "ws://", "wss://", "ucx://")
CONNECT_SECONDS = 10
COMPARED = ("numpy", "scipy", "polars")
COMPUTING = ("methods", "parallel", "assessment/conclusions")
WATCHED_LESS: dict[str, Any] = {
    "distributed.worker.profile.enabled": False,
    "distributed.admin.tick.interval": "1s",
    "distributed.worker.memory.monitor-interval": "500ms",
}
"""Dask looks at itself 50 times a second for a dashboard; on two cores the work feels that."""
_ONLY_HERE: dict[str, Any] = {"dashboard_address": "127.0.0.1:0", "security": True}


@contextmanager
def cluster_of(
    address: str, data: tuple[Any, ...]
) -> Iterator[tuple[Executor, int, tuple[Any, ...]]]:
    """Give what runs functions on the cluster, its number of threads, and ``data`` sent there.

    ``address`` is ``local:N`` for N processes on this machine, which stay for as long as this
    process, or the address of a scheduler.

    Raises
    ------
    Refusal
        When the address is none, nobody answers there, no worker comes, a worker runs another
        version, or workers end in the middle.
    """
    with _client(address) as client:
        n_threads = sum(_workers(client, address).values())
        if not address.startswith(LOCAL):
            _require_same_version(client, address)
        try:
            sent = client.scatter(list(data), broadcast=True, hash=False) if data else []
            yield client.get_executor(pure=False), n_threads, tuple(sent)
        except KilledWorker as fault:
            raise Refusal(
                f"Workers of the cluster {address} ended in the middle of the work, most often "
                "for lack of memory. Give them more memory, or start fewer on a machine.",
                code="dask_workers_died",
                address=address,
            ) from fault
        except CancelledError as fault:
            raise Refusal(
                f"The connection with the cluster {address} was lost in the middle of the work. "
                "See whether its scheduler still runs, and ask for the work again.",
                code="dask_lost",
                address=address,
            ) from fault


@contextmanager
def _client(address: str) -> Iterator[Any]:
    target = _local_cluster(_local_number(address)) if address.startswith(LOCAL) else address
    if isinstance(target, str) and not target.startswith(SCHEMES):
        raise _not_an_address(address)
    try:
        client = Client(target, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, TimeoutError, ValueError, TypeError) as fault:
        raise Refusal(
            f"The cluster {address} cannot be reached: {fault}. Start its scheduler, mend "
            "RODEDRAAD_DASK, or remove that setting to work on this machine.",
            code="dask_unreachable",
            address=address,
        ) from fault
    with client:
        yield client


def _local_number(address: str) -> int:
    number = address.removeprefix(LOCAL)
    if not number.isdecimal() or int(number) < 1:
        raise _not_an_address(address)
    return int(number)


@cache
def _local_cluster(n_workers: int) -> LocalCluster:
    logging.getLogger("distributed").setLevel(logging.WARNING)
    environment = "distributed.nanny.pre-spawn-environ"
    kept = {environment: dask.config.get(environment) | MEMORY_KEPT}
    with dask.config.set(WATCHED_LESS | kept):
        return LocalCluster(n_workers=n_workers, threads_per_worker=1, processes=True, **_ONLY_HERE)


def _not_an_address(address: str) -> Refusal:
    return Refusal(
        f"RODEDRAAD_DASK is '{address}', which names no cluster. Write the address of a scheduler, "
        "such as tcp://host:8786, or local:2 for two processes on this machine.",
        code="dask_setting",
        address=address,
    )


def _workers(client: Any, address: str) -> dict[str, int]:
    """Return the number of threads of each worker, of which there must be one at least."""
    try:
        client.wait_for_workers(1, timeout=CONNECT_SECONDS)
    except TimeoutError as fault:
        raise Refusal(
            f"The cluster {address} has no workers. Start one with `dask worker {address}`.",
            code="dask_no_workers",
            address=address,
        ) from fault
    return client.nthreads()


def _require_same_version(client: Any, address: str) -> None:
    here = version_here()
    try:
        there = client.run(version_here)
    except ImportError:
        there = {"every worker": "Rode Draad is missing there"}
    other = {worker: found for worker, found in there.items() if found != here}
    if other:
        worker, found = min(other.items())
        raise Refusal(
            f"{len(other)} workers of the cluster {address} run other software than this machine, "
            f"so numbers could differ. {worker}: {found}; here: {here}. Install the same version "
            "of Rode Draad and its packages there.",
            code="dask_other_version",
            address=address,
        )


@cache
def version_here() -> str:
    """Return the versions that numbers depend on, with a digest of our code that computes."""
    package = Path(rodedraad.__file__).parent
    files = sorted(path for folder in COMPUTING for path in (package / folder).rglob("*.py"))
    ours = hashlib.sha256(b"".join(path.read_bytes() for path in files))
    others = [f"{name} {version(name)}" for name in COMPARED]
    return ", ".join(
        [
            f"Rode Draad {rodedraad.__version__}+{ours.hexdigest()[:12]}",
            f"Python {platform.python_version()}",
            *others,
        ]
    )
