"""Does the model tell passages apart, and is what it is said to be worth right?"""

import random

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import precision_score, recall_score
from sklearn.model_selection import KFold, cross_val_predict
from sklearn.pipeline import make_pipeline

from rodedraad.suggestions import learning
from rodedraad.suggestions.learning import AT_LEAST, FOLDS, SEED, Worth, learn, worth

WORDS = [
    "de",
    "raad",
    "van",
    "het",
    "wijkteam",
    "praat",
    "met",
    "inwoners",
    "over",
    "werk",
    "zorg",
    "en",
    "een",
    "plan",
]


def texts_make(n: int, seed: int) -> tuple[list[str], set[int]]:
    """Give texts of which a part says something of learning, some of these in other words."""
    lot = random.Random(seed)
    texts, having = [], set()
    for number in range(n):
        words = lot.choices(WORDS, k=12)
        if lot.random() < 0.3:
            having.add(number)
            words.insert(lot.randrange(12), lot.choice(["leert", "geleerd", "inzicht"]))
        texts.append(" ".join(words))
    return texts, having


def test_what_a_model_is_worth_is_what_scikit_learn_itself_works_out():
    texts, having = texts_make(160, 3)
    found = worth(texts, {"x": having})["x"]
    has = np.array([number in having for number in range(len(texts))])
    model = make_pipeline(
        learning._weights(),
        LogisticRegression(C=10.0, class_weight="balanced", solver="liblinear", random_state=20),
    )
    folds = KFold(n_splits=FOLDS, shuffle=True, random_state=SEED)
    called = cross_val_predict(model, texts, has, cv=folds, method="predict_proba")[:, 1] >= 0.5
    assert found.n_called == called.sum() > 0
    assert found.precision == precision_score(has, called)
    assert found.recall == recall_score(has, called)
    assert (found.n_examples, found.n_passages) == (len(having), len(texts))


def test_passages_alike_score_higher_than_others():
    texts, having = texts_make(160, 4)
    model = learn(texts, {"x": having})
    alike, other = model.scores(["de raad leert van inwoners", "de raad van het wijkteam"])["x"]
    assert alike > 0.5 > other


def test_a_code_with_too_few_passages_is_not_learned_and_says_so():
    texts, _ = texts_make(100, 5)
    few = set(range(AT_LEAST - 1))
    found = worth(texts, {"few": few, "nearly all": set(range(95))})
    assert found == {"few": Worth(AT_LEAST - 1, 100), "nearly all": Worth(95, 100)}
    assert learn(texts, {"few": few}).codes == {}
    assert worth(texts[:3], {"few": {0}}) == {"few": Worth(1, 3)}


def test_labels_by_lot_are_worth_no_more_than_chance():
    texts, having = texts_make(200, 6)
    by_lot = set(random.Random(7).sample(range(200), len(having)))
    found = worth(texts, {"real": having, "by lot": by_lot})
    assert found["real"].recall - found["by lot"].recall > 0.3


def test_the_same_texts_give_the_same_answer():
    texts, having = texts_make(120, 8)
    assert worth(texts, {"x": having}) == worth(texts, {"x": having})
