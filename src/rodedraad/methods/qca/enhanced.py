"""Which remainders may no solution rest on, because they are untenable?"""

from collections.abc import Sequence
from dataclasses import dataclass

from rodedraad.methods.qca.literals import Alphabet
from rodedraad.methods.qca.minimisation import minimise, outside_rows
from rodedraad.methods.qca.primes import complement
from rodedraad.methods.qca.truth_table import TruthTable


@dataclass(frozen=True)
class Untenable:
    """What an enhanced analysis leaves out.

    ``cubes`` are disjoint sets of remainders; ``contradictory_rows`` are observed rows that pass
    as sufficient for the outcome and for its absence. ``n_contradictory`` counts the remainders
    that both analyses would have assumed (contradictory simplifying assumptions).
    """

    cubes: tuple[int, ...]
    contradictory_rows: tuple[int, ...]
    n_contradictory: int


def barred_cubes(
    alphabet: Alphabet, *, impossible: Sequence[str], necessary: Sequence[str]
) -> list[int]:
    """Cubes that a researcher bars.

    ``impossible`` expressions (``~DEV*URB``) cannot exist; for a ``necessary`` expression
    (``STB`` or ``DEV+URB``) everything outside it would deny the necessity.
    """
    cubes = [alphabet.cube(term) for text in impossible for term in alphabet.terms_of(text)]
    for text in necessary:
        cubes += complement([alphabet.cube(term) for term in alphabet.terms_of(text)], alphabet)
    return cubes


def untenable(truth: TruthTable, negated: TruthTable, barred: Sequence[int]) -> Untenable:
    """Untenable remainders of the enhanced standard analysis (ESA).

    To the barred cubes are added the remainders that the parsimonious solutions of the outcome and
    of its absence would both use; this is repeated until they share none. Rows that are positive
    in both tables become negative.

    Notes
    -----
    The first round is what ``findRows`` of R package QCA gives as types 2 and 3. Later rounds
    catch assumptions that only become shared after the first were barred.

    Schneider, C. & Wagemann, C. (2013). Doing justice to logical remainders in QCA: moving beyond
    the standard analysis. Political Research Quarterly 66, 211-220.
    """
    both = {row.row for row in truth.positive} & {row.row for row in negated.positive}
    tables = truth.with_negative(sorted(both)), negated.with_negative(sorted(both))
    observed = [row.row for row in truth.rows if row.out != "?"]
    alphabet = truth.alphabet
    cubes = list(barred)
    n_contradictory = 0
    while True:
        used = [
            {
                alphabet.cube(term)
                for term in minimise(table, excluded=cubes, parts="p").parsimonious.models.terms
            }
            for table in tables
        ]
        shared = [
            one & other for one in used[0] for other in used[1] if _is_cube(one & other, alphabet)
        ]
        remainders = outside_rows(shared, observed, alphabet)
        if not remainders:
            break
        n_contradictory += sum(volume(cube, alphabet) for cube in remainders)
        cubes += remainders
    return Untenable(tuple(cubes), tuple(sorted(both)), n_contradictory)


def volume(cube: int, alphabet: Alphabet) -> int:
    """Number of configurations in a cube."""
    size = 1
    for full in alphabet.all_levels:
        size *= (cube & full).bit_count()
    return size


def _is_cube(mask: int, alphabet: Alphabet) -> bool:
    return all(mask & full for full in alphabet.all_levels)
