"""How much agreement do two different categories count as?"""

from typing import Literal, get_args

import numpy as np

from rodedraad.methods.agreement.ratings import FloatArray, Ratings
from rodedraad.methods.agreement.refusals import AgreementRefused

Weights = Literal["identity", "linear", "quadratic", "ordinal"]


def agreement_weights(ratings: Ratings, weights: Weights) -> FloatArray:
    """Agreement of each pair of categories, (n_categories, n_categories): 1 equal, 0 opposite.

    identity: only equal counts. linear, quadratic: 1 less the difference, or its square, as a
    share of the largest. ordinal (Gwet): 1 less the number of pairs of categories from one to
    the other, as a share of the largest number. Texts need an order; they count as 1, 2, 3.

    Raises
    ------
    AgreementRefused
        Texts without an order, or no such weights.

    >>> from rodedraad.methods.agreement.ratings import ratings_of
    >>> table = ratings_of([[1, 2], [3, 3]], unit="answer", universe="both")
    >>> agreement_weights(table, "linear")[0].tolist()
    [1.0, 0.5, 0.0]
    """
    q = len(ratings.categories)
    if weights not in get_args(Weights):
        raise AgreementRefused(
            f"Weights must be one of {', '.join(get_args(Weights))}. Got '{weights}'.",
            code="agreement_weights",
            weights=weights,
        )
    if weights == "identity" or q < 2:
        return np.eye(q)
    values = ratings.numbers(f"Weights '{weights}'")
    if weights == "ordinal":
        values = np.arange(float(q))
    distance = np.abs(values[:, None] - values[None, :])
    if weights == "quadratic":
        distance = distance**2
    if weights == "ordinal":
        distance = distance * (distance + 1) / 2
    return 1 - distance / distance.max()
