"""How many cases does each stratum get?"""

from collections.abc import Collection, Mapping

from rodedraad.methods.selection.refusals import SelectionRefusal


def quota_largest_remainder(
    stratum_sizes: Mapping[str, int],
    n: int,
    *,
    minimum: int = 1,
    needed: Collection[str] | None = None,
) -> dict[str, int]:
    """Share ``n`` cases over strata in proportion to their size (largest remainder, Hamilton).

    A needed stratum whose proportional share lies under ``minimum`` is held at ``minimum`` (or
    at its size, when smaller); what is left is shared over the other strata by the same method,
    and so on until no needed stratum falls short. Within whole numbers the result is exact:
    remainders are compared as integers. Equal remainders go to the larger stratum, then to the
    name that sorts first.

    Parameters
    ----------
    stratum_sizes: number of units in each stratum; an empty stratum gets quota 0.
    n: number of cases, at least 1 and at most the number of units.
    minimum: the least number of cases in a needed stratum; 0 gives the plain method.
    needed: the strata that must be represented; ``None`` means every stratum with a unit.

    Returns
    -------
    Quota per stratum, in the order of ``stratum_sizes``; they add up to ``n``.

    Raises
    ------
    SelectionRefusal: the sizes or ``n`` are impossible, or the needed strata ask for more than
        ``n`` cases.

    Source: Balinski & Young, Fair Representation (2001), for the method and its paradoxes.

    >>> quota_largest_remainder({"small": 3, "middle": 40, "large": 57}, 10)
    {'small': 1, 'middle': 4, 'large': 5}
    """
    _check_sizes(stratum_sizes, n, minimum)
    floors = _floors(stratum_sizes, minimum, needed)
    if sum(floors.values()) > n:
        raise SelectionRefusal(
            f"{len(floors)} needed strata ask for {sum(floors.values())} cases and there are only"
            f" {n}. Select at least {sum(floors.values())} cases, merge strata, or name fewer"
            " strata as needed.",
            code="quota_too_many_needed_strata",
            needed=sorted(floors),
            n=n,
        )
    held: dict[str, int] = {}
    while True:
        free = {s: size for s, size in stratum_sizes.items() if size > 0 and s not in held}
        rest, total = n - sum(held.values()), sum(free.values())
        short = [s for s, size in free.items() if rest * size < floors.get(s, 0) * total]
        if not short:
            break
        held |= {s: floors[s] for s in short}
    shared = _hamilton(free, rest)
    return {s: held.get(s, shared.get(s, 0)) for s in stratum_sizes}


def _check_sizes(sizes: Mapping[str, int], n: int, minimum: int) -> None:
    negative = sorted(s for s, size in sizes.items() if size < 0)
    if negative:
        raise SelectionRefusal(
            f"Stratum {negative[0]!r} has a negative size. Count its units again.",
            code="quota_negative_size",
            strata=negative,
        )
    if minimum < 0:
        raise SelectionRefusal(
            f"The minimum per stratum must be 0 or more. Got {minimum} instead.",
            code="quota_negative_minimum",
        )
    units = sum(sizes.values())
    if not 1 <= n <= units:
        raise SelectionRefusal(
            f"The number of cases must be from 1 to the {units} units of the frame. Got {n}"
            " instead.",
            code="selection_size",
            n=n,
            units=units,
        )


def _floors(
    sizes: Mapping[str, int], minimum: int, needed: Collection[str] | None
) -> dict[str, int]:
    names = [s for s, size in sizes.items() if size > 0] if needed is None else list(needed)
    empty = sorted(s for s in names if sizes.get(s, 0) == 0)
    if empty:
        raise SelectionRefusal(
            f"Needed stratum {empty[0]!r} has no units. Leave it out of the needed strata, merge"
            " it with another, or widen the frame.",
            code="quota_needed_stratum_empty",
            strata=empty,
        )
    return {s: min(minimum, sizes[s]) for s in names if minimum > 0}


def _hamilton(sizes: Mapping[str, int], n: int) -> dict[str, int]:
    total = sum(sizes.values())
    if total == 0:
        return {}
    quota = {s: n * size // total for s, size in sizes.items()}
    by_remainder = sorted(sizes, key=lambda s: (-(n * sizes[s] % total), -sizes[s], s))
    for s in by_remainder[: n - sum(quota.values())]:
        quota[s] += 1
    return quota
