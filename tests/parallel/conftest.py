"""Two Dask processes on this machine serve all tests, and end with them."""

from collections.abc import Iterator

import pytest

from rodedraad.parallel import cluster


@pytest.fixture(scope="session", autouse=True)
def _cluster_ends() -> Iterator[None]:
    yield
    if cluster._local_cluster.cache_info().currsize:
        cluster._local_cluster(2).close()
