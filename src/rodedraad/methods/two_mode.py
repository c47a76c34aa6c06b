"""How many groups is each unit in, with whom, how often, and over which scale levels?"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rodedraad.errors import Refusal

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]


class TwoModeRefused(Refusal):
    """The table of units and groups cannot be measured as it is."""

    code = "two_mode_table"


@dataclass(frozen=True, slots=True)
class MembershipMeasures:
    """Per unit: arrays of shape (n_units,). NaN = undefined for that unit.

    ``n_groups``: groups the unit is in. ``n_partners``: different units met in them.
    ``recurring_share``: share of those partners met in two or more groups; NaN without partners.
    ``mean_group_partners``: partners per group, on average over the unit's groups; NaN without
    groups.
    """

    n_groups: IntArray
    n_partners: IntArray
    recurring_share: FloatArray
    mean_group_partners: FloatArray


@dataclass(frozen=True, slots=True)
class ScaleProfile:
    """Per unit: over which scale levels and domains its groups lie. NaN = undefined.

    ``level_counts``: (n_units, n_levels). ``level_spread``: (n_units,), entropy scaled to 0-1;
    NaN without groups. ``n_domains``: (n_units,) or None when no domains were given.
    ``share_multi_domain``: (n_units,) or None; NaN for a unit without a group of known domain.
    """

    level_counts: IntArray
    level_spread: FloatArray
    n_domains: IntArray | None
    share_multi_domain: FloatArray | None


def shared_memberships(incidence: npt.ArrayLike) -> IntArray:
    """Number of groups each pair of units has in common, (n_units, n_units), diagonal zero.

    Parameters
    ----------
    incidence : bool array of shape (n_units, n_groups)
        True where the unit is in the group.

    >>> shared_memberships([[True, True], [True, True], [False, True]]).tolist()
    [[0, 2, 1], [2, 0, 1], [1, 1, 0]]
    """
    table = _incidence(incidence).astype(np.float64)
    shared = np.rint(table @ table.T).astype(np.int64)
    np.fill_diagonal(shared, 0)
    return shared


def membership_measures(incidence: npt.ArrayLike) -> MembershipMeasures:
    """Groups, partners and recurring partners of each unit.

    Parameters
    ----------
    incidence : bool array of shape (n_units, n_groups)

    Notes
    -----
    A partner is counted once, in however many groups it is met. One group for everybody makes
    everybody a partner of everybody: leave such groups out, or read ``n_partners`` with care.
    Checked against networkx and the published Southern Women table
    (``tests/reference/networks``).

    >>> membership_measures([[True, True], [True, True], [False, True]]).recurring_share.tolist()
    [0.5, 0.5, 0.0]
    """
    table = _incidence(incidence)
    shared = shared_memberships(table)
    n_groups = table.sum(axis=1)
    n_partners = (shared > 0).sum(axis=1)
    return MembershipMeasures(
        n_groups=n_groups,
        n_partners=n_partners,
        recurring_share=_share((shared > 1).sum(axis=1), n_partners),
        mean_group_partners=_share(shared.sum(axis=1), n_groups),
    )


def two_mode_density(incidence: npt.ArrayLike) -> float:
    """Share of all possible memberships (unit x group) that exist.

    Raises
    ------
    TwoModeRefused
        There is no unit or no group.

    Borgatti, S.P. & Everett, M.G. (1997). Network analysis of 2-mode data. Social Networks 19.

    >>> two_mode_density([[True, True], [False, True]])
    0.75
    """
    table = _incidence(incidence)
    if table.size == 0:
        raise TwoModeRefused(
            f"Density needs at least one unit and one group. Got a table of {table.shape[0]} "
            f"units and {table.shape[1]} groups.",
            code="two_mode_table_empty",
            shape=table.shape,
        )
    return float(table.mean())


def degree_centralisation(adjacency: npt.ArrayLike, *, directed: bool = False) -> float:
    """Freeman's degree centralisation of a one-mode network: 0 = all equal, 1 = a star.

    Parameters
    ----------
    adjacency : array of shape (n_nodes, n_nodes)
        Non-zero = tie; values are not weighed and the diagonal is ignored.
    directed : bool
        True counts ties sent and received together; False asks for a symmetric matrix.

    Raises
    ------
    TwoModeRefused
        Not square, missing values, not symmetric while ``directed`` is False, or fewer than
        three nodes, for which it is not defined.

    Notes
    -----
    Sum of (largest degree - degree), divided by its maximum: (n-1)(n-2), and twice that when
    directed. Checked against ``sna::centralization`` in R.

    Freeman, L.C. (1979). Centrality in social networks. Social Networks 1, 215-239.

    >>> degree_centralisation([[0, 1, 1], [1, 0, 0], [1, 0, 0]])
    1.0
    """
    values = np.asarray(adjacency)
    if values.ndim != 2 or values.shape[0] != values.shape[1] or values.shape[0] < 3:
        raise TwoModeRefused(
            "Degree centralisation needs a square matrix of at least three nodes. Got shape "
            f"{values.shape}.",
            code="network_matrix_shape",
            shape=values.shape,
        )
    if np.isnan(values.astype(np.float64)).any():
        raise TwoModeRefused(
            "Degree centralisation is not defined with unknown ties (NaN). Decide for each "
            "unknown tie whether it exists, or leave out the nodes concerned.",
            code="network_matrix_missing",
        )
    ties = values != 0
    np.fill_diagonal(ties, False)
    if not directed and (ties != ties.T).any():
        raise TwoModeRefused(
            "The network is not symmetric. Pass directed=True, or make it symmetric first.",
            code="network_matrix_asymmetric",
        )
    n = ties.shape[0]
    degree = ties.sum(axis=1) + (ties.sum(axis=0) if directed else 0)
    largest_sum = (n - 1) * (n - 2) * (2 if directed else 1)
    return float((degree.max() - degree).sum() / largest_sum)


def scale_profile(
    levels: npt.ArrayLike,
    incidence: npt.ArrayLike,
    *,
    n_levels: int = 5,
    domains: npt.ArrayLike | None = None,
) -> ScaleProfile:
    """Profile of horizontal complexity: over which levels and domains do a unit's groups lie?

    Four figures side by side and no index, because a sum would rank what is only different.

    Parameters
    ----------
    levels : int array of shape (n_groups,)
        Scale level of each group, 0 to ``n_levels - 1`` (for instance neighbourhood,
        municipality, region, province, country).
    incidence : bool array of shape (n_units, n_groups)
    domains : bool array of shape (n_groups, n_domains), optional
        True where the group touches the domain; a row without True = domain not known.

    Returns
    -------
    ScaleProfile
        ``level_spread`` is the Shannon entropy of the counts with ``n_levels`` as base: 0 when
        all groups lie on one level, 1 when they are spread equally over all. It does not know
        that levels are ordered. ``share_multi_domain`` is over groups of known domain.

    Raises
    ------
    TwoModeRefused
        A level out of range, or arrays that are not about the same groups.

    >>> scale_profile([0, 1, 1], [[True, True, False], [False, True, True]],
    ...               n_levels=2).level_spread.tolist()
    [1.0, 0.0]
    """
    table = _incidence(incidence)
    group_levels = _levels(levels, table.shape[1], n_levels)
    on_level = np.equal.outer(group_levels, np.arange(n_levels)).astype(np.int64)
    counts = table.astype(np.int64) @ on_level
    n_groups = counts.sum(axis=1)

    shares = counts / np.maximum(n_groups, 1)[:, None]
    logs = np.log(np.where(shares > 0, shares, 1.0))
    entropy = np.abs((shares * logs).sum(axis=1)) / np.log(n_levels)
    spread = np.where(n_groups > 0, entropy, np.nan)

    if domains is None:
        return ScaleProfile(counts, spread, None, None)
    touches = np.asarray(domains).astype(np.bool_)
    if touches.ndim != 2 or touches.shape[0] != table.shape[1]:
        raise TwoModeRefused(
            f"Domains must have one row per group: {table.shape[1]} rows. Got shape "
            f"{touches.shape}.",
            code="two_mode_domains_shape",
            shape=touches.shape,
        )
    per_group = touches.sum(axis=1)
    memberships = table.astype(np.int64)
    return ScaleProfile(
        level_counts=counts,
        level_spread=spread,
        n_domains=((memberships @ touches.astype(np.int64)) > 0).sum(axis=1),
        share_multi_domain=_share(memberships @ (per_group > 1), memberships @ (per_group > 0)),
    )


def _levels(levels: npt.ArrayLike, n_groups: int, n_levels: int) -> IntArray:
    values = np.asarray(levels)
    if n_levels < 2:
        raise TwoModeRefused(
            f"A profile needs at least two levels. Got n_levels={n_levels}.",
            code="two_mode_levels_few",
            n_levels=n_levels,
        )
    if values.shape != (n_groups,):
        raise TwoModeRefused(
            f"Levels must have one value per group: {n_groups}. Got shape {values.shape}.",
            code="two_mode_levels_shape",
            shape=values.shape,
        )
    wrong = np.flatnonzero(~np.isin(values, np.arange(n_levels)))
    if wrong.size:
        first = int(wrong[0])
        raise TwoModeRefused(
            f"The level of group {first} must be a whole number from 0 to {n_levels - 1}. "
            f"Got {values[first]}. Give it a level, or leave the group out.",
            code="two_mode_level_out_of_range",
            group=first,
            level=str(values[first]),
        )
    return values.astype(np.int64)


def _share(part: IntArray, whole: IntArray) -> FloatArray:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(whole > 0, part / whole, np.nan)


def _incidence(incidence: npt.ArrayLike) -> BoolArray:
    table = np.asarray(incidence)
    if table.ndim != 2:
        raise TwoModeRefused(
            f"The table must have shape (n_units, n_groups). Got {table.ndim} dimension(s).",
            shape=table.shape,
        )
    if table.dtype != np.bool_ and table.size:
        outside = ~np.isin(table, (0, 1))
        if outside.any():
            row, column = (int(i) for i in np.argwhere(outside)[0])
            raise TwoModeRefused(
                f"A membership is True or False (1 or 0). Unit {row} has {table[row, column]} "
                f"for group {column}. An unknown membership has to be settled first.",
                code="two_mode_value",
                unit=row,
                group=column,
            )
    return table.astype(np.bool_)
