"""What must the reader of a class model know before its classes are given names?"""

import numpy as np

from rodedraad.methods.latent_classes.data import ClassData
from rodedraad.methods.latent_classes.precision import BOUNDARY, Precision
from rodedraad.methods.latent_classes.results import Fit, Members, Starts
from rodedraad.methods.latent_classes.steps import LOWEST_VARIANCE, Parts, Shape
from rodedraad.methods.notices import Notice

FEW = 5
OVERLAP = 0.6


def cautions(
    data: ClassData,
    shape: Shape,
    parts: Parts,
    precision: Precision | None,
    fit: Fit,
    starts: Starts,
    members: Members,
) -> list[Notice]:
    """The notices of a model, those on the data first."""
    said: list[Notice] = []
    incomplete = _n_incomplete(data)
    if incomplete:
        said.append(Notice("incomplete_rows", {"n": incomplete, "of": data.n}))
    said += _identification(data, precision, fit)
    said += _boundaries(data, shape, parts)
    few = {
        k: round(n, 1) for k, n in enumerate(members.expected, 1) if n < FEW and shape.n_classes > 1
    }
    if few:
        said.append(Notice("few_in_class", {"classes": few}))
    if fit.entropy is not None and fit.entropy < OVERLAP:
        said.append(Notice("classes_overlap", {"entropy": fit.entropy}))
    if starts.n > 1 and starts.replicated <= 1:
        context = {"replicated": starts.replicated, "starts": starts.n}
        said.append(Notice("best_not_replicated", context))
    if starts.converged < starts.n or not starts.best_converged:
        lost = starts.n - starts.converged
        context = {"n": lost, "of": starts.n, "best_converged": starts.best_converged}
        said.append(Notice("not_converged", context))
    return said


def _n_incomplete(data: ClassData) -> int:
    unknown = (data.patterns.codes < 0).any(axis=1)
    unknown |= np.isnan(data.patterns.values).any(axis=1)
    return round(float(data.patterns.counts[unknown].sum()))


def _identification(data: ClassData, precision: Precision | None, fit: Fit) -> list[Notice]:
    said: list[Notice] = []
    if fit.degrees_of_freedom is not None and fit.degrees_of_freedom < 0:
        cells = fit.degrees_of_freedom + 1 + fit.n_parameters
        context = {"parameters": fit.n_parameters, "cells": cells}
        said.append(Notice("more_parameters_than_cells", context))
    if fit.n_parameters > data.n:
        context = {"parameters": fit.n_parameters, "n": data.n}
        said.append(Notice("more_parameters_than_rows", context))
    if precision is None:
        return said
    if precision.identified < fit.n_parameters:
        context = {"identified": precision.identified, "parameters": fit.n_parameters}
        said.append(Notice("not_identified", context))
    if precision.determined < precision.inside:
        context = {"determined": precision.determined, "parameters": precision.inside}
        said.append(Notice("not_determined", context))
    return said


def _boundaries(data: ClassData, shape: Shape, parts: Parts) -> list[Notice]:
    said: list[Notice] = []
    at = (parts.probabilities < BOUNDARY) | (parts.probabilities > 1 - BOUNDARY)
    items: dict[str, list[int]] = {}
    for name, start, size in zip(data.categories, shape.starts.tolist(), shape.sizes, strict=True):
        edges = at[:, start : start + size]
        classes = [k for k in range(1, shape.n_classes + 1) if edges[k - 1].any()]
        if classes:
            items[name] = classes
    if items:
        said.append(Notice("at_boundary", {"n": int(at.sum()), "of": at.size, "classes": items}))
    low = np.exp(parts.log_variances) <= LOWEST_VARIANCE * 1.001
    floored = [name for j, name in enumerate(data.numbers) if low[:, j].any()]
    if floored:
        said.append(Notice("variance_at_floor", {"items": floored, "share": LOWEST_VARIANCE}))
    return said
