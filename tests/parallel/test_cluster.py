"""Is a cluster that cannot do the work refused, with what to do about it?"""

import dask
import pytest
from distributed import LocalCluster
from drawing import killed, place_of

import rodedraad
from rodedraad.errors import Refusal
from rodedraad.parallel import cluster, map_chunks


@pytest.fixture(scope="module")
def elsewhere():
    """Give the address of a cluster of one process that gives up on work that kills it."""
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 0}),
        LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address="127.0.0.1:0") as found,
    ):
        yield found.scheduler_address


@pytest.fixture
def hurry(monkeypatch):
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 1)


def refusal_of(monkeypatch, address, work=place_of):
    monkeypatch.setenv("RODEDRAAD_DASK", address)
    with pytest.raises(Refusal) as caught:
        map_chunks(work, 4, chunk_size=1, seed=1)
    return caught.value


@pytest.mark.parametrize("address", ["local:", "local:0", "local:two", "host:8786", "on"])
def test_a_setting_that_names_no_cluster_is_refused(address, monkeypatch):
    refusal = refusal_of(monkeypatch, address)
    assert refusal.code == "dask_setting"
    assert address in refusal.message


def test_a_scheduler_that_does_not_answer_is_refused(hurry, monkeypatch):
    refusal = refusal_of(monkeypatch, "tcp://127.0.0.1:1")
    assert refusal.code == "dask_unreachable"
    assert "tcp://127.0.0.1:1" in refusal.message
    assert "RODEDRAAD_DASK" in refusal.message


def test_a_cluster_without_workers_is_refused(hurry, monkeypatch):
    with LocalCluster(n_workers=0, dashboard_address="127.0.0.1:0") as alone:
        refusal = refusal_of(monkeypatch, alone.scheduler_address)
    assert refusal.code == "dask_no_workers"


def test_a_scheduler_elsewhere_does_the_work(elsewhere, monkeypatch):
    monkeypatch.setenv("RODEDRAAD_DASK", elsewhere)
    assert len(map_chunks(place_of, 4, chunk_size=1, seed=1)) == 4


def test_workers_with_other_software_are_refused(elsewhere, monkeypatch):
    cluster.version_here.cache_clear()
    monkeypatch.setattr(rodedraad, "__version__", "999.0")
    refusal = refusal_of(monkeypatch, elsewhere)
    cluster.version_here.cache_clear()
    assert refusal.code == "dask_other_version"
    assert "999.0" in refusal.message


def test_workers_that_keep_dying_are_a_refusal(elsewhere, monkeypatch):
    refusal = refusal_of(monkeypatch, elsewhere, killed)
    assert refusal.code == "dask_workers_died"
    assert "memory" in refusal.message


def test_strangers_on_this_machine_cannot_use_the_local_processes(monkeypatch):
    address = cluster._local_cluster(2).scheduler_address
    assert address.startswith("tls://127.0.0.1:")
    assert refusal_of(monkeypatch, address).code == "dask_unreachable"
