"""Are different numbers found, and their places, near together and far apart?"""

import numpy as np
import pytest

from rodedraad.methods.distinct import WIDE, distinct, places_in


@pytest.mark.parametrize("step", [1, 1000, WIDE])  # looked up in a table, and searched for
def test_numbers_and_their_places_are_those_of_a_dictionary(step: int) -> None:
    lot = np.random.default_rng(7)
    keys = lot.integers(-20, 40, 500) * step
    known = lot.permutation(np.unique(lot.integers(0, 60, 30) * step))
    places = {int(key): at for at, key in enumerate(known)}
    assert places_in(keys, known).tolist() == [places.get(int(key), -1) for key in keys]
    assert distinct(keys).tolist() == sorted(set(keys.tolist()))


def test_nothing_has_no_place() -> None:
    none = np.zeros(0, dtype=np.int64)
    assert places_in(none, [3]).tolist() == []
    assert places_in(np.array([3]), []).tolist() == [-1]
    assert distinct(none).tolist() == []
