"""What would be seen if nobody were assigned to a wrong class?"""

import numpy as np
import numpy.typing as npt

from rodedraad.methods.latent_classes.refusals import ClassRefusal
from rodedraad.methods.latent_classes.results import LatentClasses

Floats = npt.NDArray[np.float64]

UNDONE = 1e8
MOST_ROUNDS, AT_REST = 2000, 1e-9


def undone(model: LatentClasses) -> Floats:
    """The inverse of the classification errors of a model.

    Raises
    ------
    ClassRefusal: nobody is assigned to a class, or the assignments do not tell classes apart.
    """
    errors = model.members.errors
    empty = [k for k, n in enumerate(model.members.assigned, 1) if n == 0]
    if empty or np.linalg.cond(errors) > UNDONE:
        raise ClassRefusal(
            f"Nobody's most probable class is {empty[0]}, so it cannot be related to anything. "
            "Take fewer classes."
            if empty
            else "The assignments do not tell the classes apart. Take fewer classes.",
            code="classes_not_separable",
            classes=empty,
        )
    return np.linalg.inv(errors).astype(np.float64)


def unmixed(seen: Floats, errors: Floats, inverse: Floats) -> Floats:
    """The likeliest shares of the classes in each row of a table of modal classes.

    The inverse gives them where it gives shares; elsewhere EM finds the likeliest at the boundary.
    """
    totals = seen.sum(axis=1, keepdims=True)
    observed = seen / np.maximum(totals, 1.0)
    shares = observed @ inverse
    outside = np.flatnonzero((shares < 0).any(axis=1))
    some, found = observed[outside], np.full_like(shares[outside], 1 / errors.shape[0])
    for _ in range(MOST_ROUNDS if outside.size else 0):
        after = found * ((some / np.maximum(found @ errors, 1e-300)) @ errors.T)
        moved = float(np.abs(after - found).max())
        found = after
        if moved < AT_REST:
            break
    shares[outside] = found
    return shares
