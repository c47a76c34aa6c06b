"""What is a result as plain numbers, texts, lists and dictionaries, so that JSON can hold it?"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, cast

import numpy as np


def plain(result: object) -> Any:
    """The result as what JSON knows: a number that does not exist becomes null, never NaN.

    >>> plain({"n": np.int64(3), "mean": float("nan"), "of": (1, 2)})
    {'n': 3, 'mean': None, 'of': [1, 2]}
    """
    if is_dataclass(result) and not isinstance(result, type):
        return {field.name: plain(getattr(result, field.name)) for field in fields(result)}
    if isinstance(result, Mapping):
        given = cast("Mapping[object, object]", result)
        return {str(key): plain(value) for key, value in given.items()}
    if isinstance(result, np.ndarray | np.generic):
        return plain(cast("object", result.tolist()))
    if isinstance(result, float):
        return result if math.isfinite(result) else None
    if isinstance(result, Iterable) and not isinstance(result, str):
        return [plain(value) for value in cast("Iterable[object]", result)]
    return result
