"""Are prime implicants and minimal models those that one finds by trying everything?"""

from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from rodedraad.methods.qca.covers import all_models, minimal_covers
from rodedraad.methods.qca.literals import Alphabet, Condition
from rodedraad.methods.qca.minimisation import outside_rows
from rodedraad.methods.qca.primes import (
    complement,
    minimal_transversals,
    prime_implicants,
    primes_inside,
    union_of,
)


@st.composite
def charts(draw):
    """An alphabet of 2-4 conditions with 2-3 levels, and disjoint positive and negative rows."""
    n_levels = draw(st.lists(st.integers(2, 3), min_size=2, max_size=4))
    alphabet = Alphabet(tuple(Condition(f"C{i}", "multi-value", n) for i, n in enumerate(n_levels)))
    rows = draw(st.permutations(alphabet.rows()))
    n_positive = draw(st.integers(1, len(rows) - 1))
    n_negative = draw(st.integers(0, len(rows) - n_positive))
    return alphabet, rows[:n_positive], rows[n_positive : n_positive + n_negative]


def all_terms(alphabet):
    choices = [
        [0, *(alphabet.literal(i, level) for level in range(condition.n_levels))]
        for i, condition in enumerate(alphabet.conditions)
    ]
    return [sum(literals) for literals in product(*choices)]


def tried_primes(alphabet, positive, negative):
    """Terms that cover a positive and no negative row, none of whose literals can be dropped."""
    allowed = {term for term in all_terms(alphabet) if not any(not term & ~row for row in negative)}
    return {
        term
        for term in allowed
        if any(not term & ~row for row in positive)
        and not any(shorter != term and not shorter & ~term for shorter in allowed)
    }


def tried_models(terms, positive):
    for size in range(1, len(terms) + 1):
        found = {
            frozenset(some)
            for some in combinations(terms, size)
            if all(any(not term & ~row for term in some) for row in positive)
        }
        if found:
            return found
    return set()


@given(charts())
@settings(max_examples=80, deadline=None)
def test_prime_implicants_are_those_found_by_trying_every_term(chart):
    alphabet, positive, negative = chart
    assert set(prime_implicants(positive, negative)) == tried_primes(alphabet, positive, negative)


@given(charts())
@settings(max_examples=80, deadline=None)
def test_without_remainders_both_ways_to_prime_implicants_agree_with_trying(chart):
    alphabet, positive, _ = chart
    others = [row for row in alphabet.rows() if row not in positive]
    wanted = tried_primes(alphabet, positive, others)
    assert set(prime_implicants(positive, complement(positive, alphabet))) == wanted
    assert set(primes_inside(union_of(positive, alphabet), alphabet)) == wanted


@given(charts())
@settings(max_examples=60, deadline=None)
def test_models_are_all_the_smallest_covers_and_their_number_is_exact(chart):
    _, positive, negative = chart
    terms = prime_implicants(positive, negative)[:12]
    covered = [row for row in positive if any(not term & ~row for term in terms)]
    models = all_models(terms, covered)
    listed = [frozenset(model) for model in models]
    assert set(listed) == tried_models(terms, covered)
    assert len(listed) == len(set(listed)) == models.count
    assert models.essential == frozenset.intersection(*listed)
    assert models.terms == frozenset().union(*listed)


@given(charts())
@settings(max_examples=60, deadline=None)
def test_a_complement_holds_every_other_row_exactly_once(chart):
    alphabet, positive, negative = chart
    cubes = complement(positive, alphabet)
    for row in alphabet.rows():
        assert sum(not row & ~cube for cube in cubes) == (row not in positive)
    rest = outside_rows(complement(positive, alphabet), negative, alphabet)
    for row in alphabet.rows():
        inside = row not in positive and row not in negative
        assert sum(not row & ~cube for cube in rest) == inside


@given(st.lists(st.integers(1, 63), min_size=1, max_size=8))
@settings(max_examples=100, deadline=None)
def test_transversals_hit_every_set_and_no_smaller_one_does(differences):
    hitting = [s for s in range(64) if all(s & d for d in differences)]
    wanted = {s for s in hitting if not any(o != s and o & s == o for o in hitting)}
    assert set(minimal_transversals(differences)) == wanted


def test_an_empty_difference_cannot_be_hit():
    assert minimal_transversals([0b11, 0]) == []


def test_covers_of_a_cyclic_chart_are_all_found():
    # Six rows round a table, six columns that cover two neighbours: two covers of three columns.
    columns = [0b000011, 0b000110, 0b001100, 0b011000, 0b110000, 0b100001]
    assert minimal_covers(columns, 6) == [(0, 2, 4), (1, 3, 5)]


def test_terms_that_cover_the_same_rows_are_counted_without_listing_them():
    rows = [(1 << 40) - 1 << 40 * i for i in range(6)]
    terms = [1 << bit for bit in range(240)]
    models = all_models(terms, rows)
    assert models.count == 40**6
    assert len(next(iter(models))) == 6
