"""Which cases does a study select, how far apart do they lie, and who stands in reserve?"""

from rodedraad.methods.selection.balance import Balance, BalanceTable, balance_table
from rodedraad.methods.selection.balanced import select_balanced, select_well_spread
from rodedraad.methods.selection.centre import select_extreme, select_typical
from rodedraad.methods.selection.diverse import select_diverse
from rodedraad.methods.selection.figures import StandardisedFigures, standardise, unit_distances
from rodedraad.methods.selection.notices import Notice
from rodedraad.methods.selection.pairs import matched_pairs
from rodedraad.methods.selection.quota import quota_largest_remainder
from rodedraad.methods.selection.random_cases import select_random
from rodedraad.methods.selection.refusals import SelectionRefusal
from rodedraad.methods.selection.result import Selection, Stratum
from rodedraad.methods.selection.sentence import MUNICIPALITIES, UnitWords, method_sentence
from rodedraad.methods.selection.spread import (
    RandomMeasure,
    RandomSpread,
    Spread,
    measure_spread,
    random_spread,
)

__all__ = [
    "MUNICIPALITIES",
    "Balance",
    "BalanceTable",
    "Notice",
    "RandomMeasure",
    "RandomSpread",
    "Selection",
    "SelectionRefusal",
    "Spread",
    "StandardisedFigures",
    "Stratum",
    "UnitWords",
    "balance_table",
    "matched_pairs",
    "measure_spread",
    "method_sentence",
    "quota_largest_remainder",
    "random_spread",
    "select_balanced",
    "select_diverse",
    "select_extreme",
    "select_random",
    "select_typical",
    "select_well_spread",
    "standardise",
    "unit_distances",
]
