"""Which passages look like those that people gave a code, and what is that worth?

Pure: texts in, numbers out. Words and parts of words are weighed by how rare they are (TF-IDF), and
for each code a logistic regression tells its passages from the others. Nothing is fetched, and the
same texts with the same seed give the same answer.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import sklearn
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold
from sklearn.pipeline import FeatureUnion

AT_LEAST = 10
FOLDS = 5
CALLED_FROM = 0.5
SEED = 20
FEATURES_AT_MOST = 50_000
STRENGTH = 10.0


@dataclass(frozen=True, slots=True)
class Worth:
    """What a model of one code does on passages that it did not learn from.

    ``n_examples`` passages have the code, of ``n_passages``. ``n_called`` is how many the model
    would call so; ``precision`` is which share of these has the code, ``recall`` which share of
    the examples is among them. None when there are too few examples, or nothing is called so.
    """

    n_examples: int
    n_passages: int
    n_called: int | None = None
    precision: float | None = None
    recall: float | None = None

    @property
    def is_enough(self) -> bool:
        """Whether there are enough passages with the code, and without it, to learn from."""
        return min(self.n_examples, self.n_passages - self.n_examples) >= AT_LEAST


@dataclass(frozen=True, slots=True)
class Model:
    """What was learned: a model for each code with enough examples."""

    weights: FeatureUnion
    codes: Mapping[str, LogisticRegression]

    def scores(self, texts: Sequence[str]) -> dict[str, np.ndarray]:
        """Return for each code how much each text looks like its passages, 0 to 1."""
        if not texts or not self.codes:
            return {code: np.zeros(0) for code in self.codes}
        seen = self.weights.transform(texts)
        return {code: fitted.predict_proba(seen)[:, 1] for code, fitted in self.codes.items()}


def learn(texts: Sequence[str], having: Mapping[str, set[int]]) -> Model:
    """Return a model of each code with at least 10 passages with it and 10 without.

    ``having`` gives by code the places in ``texts`` of the passages that have it.
    """
    enough = {
        code: places for code, places in having.items() if Worth(len(places), len(texts)).is_enough
    }
    weights = _weights()
    if not enough:
        return Model(weights, {})
    seen = weights.fit_transform(texts)
    return Model(weights, {code: _fit(seen, _has(len(texts), at)) for code, at in enough.items()})


def worth(
    texts: Sequence[str],
    having: Mapping[str, set[int]],
    tell: Callable[[int], None] | None = None,
) -> dict[str, Worth]:
    """Return for each code what its model is worth.

    Each passage is called by a model that had not seen it; ``tell`` hears how many folds are done.

    Notes
    -----
    In five folds by lot with a fixed seed; the weights of words are learned anew in each. Passages
    of one source can be in several folds, so for sources of another kind it can be worth less.
    """
    n = len(texts)
    enough = {code: at for code, at in having.items() if Worth(len(at), n).is_enough}
    called = {code: np.zeros(n, dtype=bool) for code in enough}
    folds = KFold(n_splits=FOLDS, shuffle=True, random_state=SEED)
    splits = list(folds.split(texts)) if enough else []
    for number, (known, unknown) in enumerate(splits):
        weights = _weights()
        seen = weights.fit_transform([texts[at] for at in known])
        asked = weights.transform([texts[at] for at in unknown])
        for code, places in enough.items():
            has = _has(n, places)[known]
            if has.any() and not has.all():
                chance = _fit(seen, has).predict_proba(asked)[:, 1]
                called[code][unknown] = chance >= CALLED_FROM
        if tell is not None:
            tell(number + 1)
    return {
        code: _worth(_has(n, at), called[code]) if code in enough else Worth(len(at), n)
        for code, at in having.items()
    }


def parameters() -> dict[str, Any]:
    """Return what is to be known to make the same model again."""
    return {
        "model": "logistic regression on TF-IDF of words (1-2) and characters (3-5)",
        "library": f"scikit-learn {sklearn.__version__}",
        "strength": STRENGTH,
        "features_at_most": FEATURES_AT_MOST,
        "folds": FOLDS,
        "called_from": CALLED_FROM,
        "examples_at_least": AT_LEAST,
        "seed": SEED,
    }


def _weights() -> FeatureUnion:
    shared = {"sublinear_tf": True, "max_features": FEATURES_AT_MOST, "dtype": np.float32}
    words = TfidfVectorizer(ngram_range=(1, 2), **shared)
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), **shared)
    return FeatureUnion([("words", words), ("letters", letters)])


def _fit(seen: Any, has: np.ndarray) -> LogisticRegression:
    model = LogisticRegression(
        C=STRENGTH, class_weight="balanced", solver="liblinear", random_state=SEED
    )
    return model.fit(seen, has)


def _has(n: int, places: set[int]) -> np.ndarray:
    has = np.zeros(n, dtype=bool)
    has[sorted(places)] = True
    return has


def _worth(has: np.ndarray, called: np.ndarray) -> Worth:
    right, n_called, n_examples = int((has & called).sum()), int(called.sum()), int(has.sum())
    return Worth(
        n_examples,
        len(has),
        n_called,
        right / n_called if n_called else None,
        right / n_examples,
    )
