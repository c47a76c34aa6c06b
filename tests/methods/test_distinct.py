"""Are different numbers found, and their places, near together and far apart?"""

import numpy as np
import pytest

from rodedraad.methods.distinct import WIDE, distinct, order_of, places_in


@pytest.mark.parametrize("step", [1, 1000, WIDE])  # looked up in a table, and searched for
def test_numbers_and_their_places_are_those_of_a_dictionary(step: int) -> None:
    lot = np.random.default_rng(7)
    keys = lot.integers(-20, 40, 500) * step
    known = lot.permutation(np.unique(lot.integers(0, 60, 30) * step))
    places = {int(key): at for at, key in enumerate(known)}
    assert places_in(keys, known).tolist() == [places.get(int(key), -1) for key in keys]
    assert distinct(keys).tolist() == sorted(set(keys.tolist()))


@pytest.mark.parametrize("n_keys", [1, 3, 400, 10**12])  # all alike, many, some, none
def test_the_order_is_that_of_lexsort(n_keys: int) -> None:
    lot = np.random.default_rng(n_keys % 97)
    keys, then = lot.integers(-n_keys, n_keys, 2000), lot.permutation(2000)
    assert order_of(keys, then).tolist() == np.lexsort((then, keys)).tolist()
    assert order_of(keys[:0], then[:0]).tolist() == []


def test_nothing_has_no_place() -> None:
    none = np.zeros(0, dtype=np.int64)
    assert places_in(none, [3]).tolist() == []
    assert places_in(np.array([3]), []).tolist() == [-1]
    assert distinct(none).tolist() == []
