"""What do the Python packages krippendorff and nltk say of codings made by a formula?

Run in an environment apart (krippendorff is GPL): python make_oracle.py > oracle.json
"""

import json
from importlib.metadata import version

import krippendorff
import numpy as np
from nltk.metrics.agreement import AnnotationTask
from nltk.metrics.distance import masi_distance

LEVELS = ("nominal", "ordinal", "interval", "ratio")
PAIRS = (("a", "ab"), ("ab", "bc"), ("abc", "abd"), ("a", "b"), ("abc", "c"), ("abcd", "abcd"))


def ratings():
    i, j = np.arange(60)[:, None], np.arange(5)[None, :]
    table = (i * i + 3 * i) % 7 % 5 + 1 + ((i * (j + 2) + j * j) % 6 == 0) * (1 + (i + j) % 2)
    return np.where((3 * i + 7 * j) % 5 == 0, np.nan, table)


def sets():
    return [
        [
            frozenset(
                w for k, w in enumerate("abcde") if (u * (k + 2) + (c * u) % 3 + k * k) % 5 < 2
            )
            for c in range(3)
        ]
        for u in range(1, 31)
    ]


def jaccard(one, other):
    return 0.0 if one == other else 1 - len(one & other) / len(one | other)


def masi(one, other):
    if one == other:
        return 0.0
    return masi_distance(one, other) if one and other else 1.0


def main():
    data = [(str(c), str(u), s) for u, row in enumerate(sets()) for c, s in enumerate(row)]
    alpha = krippendorff.alpha
    out = {
        "versions": {name: version(name) for name in ("krippendorff", "nltk", "numpy")},
        "ratings": ratings().tolist(),
        "alpha": {k: float(alpha(ratings().T, level_of_measurement=k)) for k in LEVELS},
        "sets": [["".join(sorted(s)) for s in row] for row in sets()],
        "masi_alpha": AnnotationTask(data, distance=masi).alpha(),
        "jaccard_alpha": AnnotationTask(data, distance=jaccard).alpha(),
        "masi": [[a, b, masi_distance(set(a), set(b))] for a, b in PAIRS],
    }
    print(json.dumps(out).replace("NaN", "null"))


main()
