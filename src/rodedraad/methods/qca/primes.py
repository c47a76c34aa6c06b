"""Which shortest terms cover a positive row and no forbidden configuration?"""

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from rodedraad.methods.qca.literals import Alphabet, bits_of

BoolArray = npt.NDArray[np.bool_]

LARGEST_LATTICE = 60_000


def prime_implicants(rows: Iterable[int], forbidden: Sequence[int]) -> list[int]:
    """All prime implicants that cover at least one of the rows.

    A term made of literals of a row avoids a forbidden cube when it demands at least one literal
    that the cube does not allow. The prime implicants of that row are therefore the minimal sets
    that hit all those differences (minimal transversals of a hypergraph). The cost depends on
    the forbidden cubes, not on the number of rows of the whole truth table.

    Parameters
    ----------
    rows : rows that are to be covered
    forbidden : cubes (sets of allowed literals) of which nothing may be covered; a row is a cube

    Notes
    -----
    Checked against R package QCA and, in the tests, against trying all terms.

    Fredman, M. & Khachiyan, L. (1996). On the complexity of dualization of monotone disjunctive
    normal forms. Journal of Algorithms 21, 618-628. Berge, C. (1989). Hypergraphs.

    >>> sorted(prime_implicants([0b1010], [0b0110, 0b0101]))
    [8]
    """
    found: set[int] = set()
    for row in rows:
        found.update(minimal_transversals({row & ~cube for cube in forbidden}))
    return sorted(found, key=lambda term: (term.bit_count(), term))


def minimal_transversals(differences: Iterable[int]) -> list[int]:
    """All minimal sets that share an element with every set given (Berge's multiplication).

    An empty set among the differences cannot be hit: then there is no transversal.
    """
    minimal: list[int] = []
    for difference in sorted(differences, key=int.bit_count):
        if not any(smaller & ~difference == 0 for smaller in minimal):
            minimal.append(difference)
    transversals = [0]
    for difference in minimal:
        transversals = _multiplied(transversals, difference)
    return transversals


def _multiplied(transversals: list[int], difference: int) -> list[int]:
    """The minimal sets that also hit one more difference."""
    hitting: list[int] = []
    missing: list[int] = []
    hits_once: dict[int, list[int]] = {}
    for transversal in transversals:
        hit = transversal & difference
        if not hit:
            missing.append(transversal)
            continue
        hitting.append(transversal)
        if not hit & (hit - 1):
            hits_once.setdefault(hit, []).append(transversal ^ hit)
    for bit in bits_of(difference):
        literal = 1 << bit
        rivals = hits_once.get(literal, ())
        hitting += [
            transversal | literal
            for transversal in missing
            if not any(rival & ~transversal == 0 for rival in rivals)
        ]
    return hitting


def lattice_size(alphabet: Alphabet) -> int:
    """Number of terms that could be written with the conditions."""
    size = 1
    for condition in alphabet.conditions:
        size *= condition.n_levels + 1
    return size


def union_of(terms: Iterable[int], alphabet: Alphabet) -> BoolArray:
    """All configurations, True where at least one term covers it; one axis per condition."""
    covered = np.zeros([condition.n_levels for condition in alphabet.conditions], dtype=bool)
    for term in terms:
        levels = alphabet.levels(term)
        covered[tuple(slice(None) if level is None else level for level in levels)] = True
    return covered


def primes_inside(covered: BoolArray, alphabet: Alphabet) -> list[int]:
    """All prime implicants of a set of configurations given one by one.

    Every possible term is marked that lies inside the set (a last place on each axis stands for
    "any level"); those are prime of which no literal can be left out. The same as
    :func:`prime_implicants` with all else forbidden, faster for small lattices.
    """
    inside = covered
    for axis in range(covered.ndim):
        inside = np.concatenate((inside, inside.all(axis=axis, keepdims=True)), axis=axis)
    prime = inside.copy()
    for axis, n_levels in enumerate(covered.shape):
        one_level = (slice(None),) * axis + (slice(n_levels),)
        any_level = (slice(None),) * axis + (slice(n_levels, None),)
        prime[one_level] &= ~inside[any_level]
    places = np.argwhere(prime)
    literals = np.array(
        [
            [1 << (first + level) for level in range(condition.n_levels)]
            + [0] * (1 + max(covered.shape) - condition.n_levels)
            for condition, first in zip(alphabet.conditions, alphabet.first_bits, strict=False)
        ],
        dtype=np.int64,
    )
    return literals[np.arange(covered.ndim), places].sum(axis=1).tolist()


def complement(cubes: Sequence[int], alphabet: Alphabet) -> list[int]:
    """Disjoint cubes that together are everything outside the given cubes."""
    levels = alphabet.all_levels
    rest = [0] * (len(levels) + 1)
    for position in range(len(levels) - 1, -1, -1):
        rest[position] = rest[position + 1] | levels[position]
    found: list[int] = []

    def split(inside: list[int], allowed: int, position: int) -> None:
        if not inside:
            found.append(allowed | rest[position])
            return
        if any(cube & rest[position] == rest[position] for cube in inside):
            return
        full = levels[position]
        groups: dict[tuple[int, ...], int] = {}
        for bit in bits_of(full):
            literal = 1 << bit
            key = tuple(index for index, cube in enumerate(inside) if cube & literal)
            groups[key] = groups.get(key, 0) | literal
        for members, literals in groups.items():
            split([inside[index] for index in members], allowed | literals, position + 1)

    split(list(cubes), 0, 0)
    return found
