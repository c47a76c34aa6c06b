"""What does another column say of the rows that have a class?"""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from rodedraad.methods.latent_classes.refusals import ClassRefusal
from rodedraad.methods.latent_classes.results import LatentClasses

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


class Joined(NamedTuple):
    """The rows with a class and a label: places of the labels, of the classes, and counts.

    ``n_missing`` respondents have no class or no label.
    """

    labels: tuple[str, ...]
    label_of: Ints
    class_of: Ints
    posteriors: Floats
    counts: Floats
    n_missing: int

    @property
    def assigned(self) -> Floats:
        """Respondents per label and modal class, (n_labels, n_classes)."""
        table = np.zeros((len(self.labels), self.posteriors.shape[1]))
        np.add.at(table, (self.label_of, self.class_of), self.counts)
        return table

    @property
    def expected(self) -> Floats:
        """Expected members per label and class by the posteriors, (n_labels, n_classes)."""
        table = np.zeros((len(self.labels), self.posteriors.shape[1]))
        np.add.at(table, self.label_of, self.posteriors * self.counts[:, None])
        return table


def joined(model: LatentClasses, labels: Sequence[object] | pl.Series, name: str) -> Joined:
    """Bring a column beside the classes; null, NaN and blank text are not known.

    Raises
    ------
    ClassRefusal: not one value per row of the model, or known of no row that has a class.
    """
    words = [_word(value) for value in labels]
    check_length(model, len(words), name)
    has = np.array([word is not None for word in words], dtype=np.bool_) & model.classified
    rows = np.flatnonzero(has)
    found = [str(words[row]) for row in rows.tolist()]
    if not found:
        raise none_known(name)
    order = _in_order(set(found))
    places = {word: place for place, word in enumerate(order)}
    return Joined(
        labels=order,
        label_of=np.array([places[word] for word in found], dtype=np.int64),
        class_of=model.members.modal[rows] - 1,
        posteriors=model.members.posteriors[rows],
        counts=model.row_counts[rows],
        n_missing=round(float(model.row_counts.sum() - model.row_counts[rows].sum())),
    )


def check_length(model: LatentClasses, length: int, name: str) -> None:
    """Refuse a column with more or fewer values than the model has rows."""
    if length != model.n_rows:
        raise ClassRefusal(
            f"{name!r} has {length} values, where the model has {model.n_rows} rows. Give one per "
            "row, None where not known.",
            code="classes_column_length",
            column=name,
        )


def none_known(name: str) -> ClassRefusal:
    """The refusal of a column that is known of no row with a class."""
    return ClassRefusal(
        f"{name!r} is known of no row that has a class. Fill it in, or take another column.",
        code="classes_all_missing",
        column=name,
    )


def _word(value: object) -> str | None:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip() or None


def _in_order(words: set[str]) -> tuple[str, ...]:
    try:
        return tuple(sorted(words, key=float))
    except ValueError:
        return tuple(sorted(words))
