"""Do the balance table and the sentence for the annex say what was done?"""

from datetime import date

import numpy as np
import pytest

from rodedraad.methods.selection import (
    SelectionRefusal,
    balance_table,
    method_sentence,
    select_diverse,
    select_random,
    select_typical,
    unit_distances,
)

FIGURES = np.array([[2.0, 1.0], [4.0, 1.0], [4.0, 1.0], [4.0, np.nan], [5.0, 1.0], [5.0, 1.0]])
FIGURES = np.vstack([FIGURES, [[7.0, 1.0], [9.0, 1.0]]])


def test_standardised_differences_are_what_one_works_out_by_hand():
    # 2 4 4 4 5 5 7 9 has mean 5 and standard deviation 2; chosen 7 and 9 have mean 8.
    row = balance_table(FIGURES, ["x", "constant"], [6, 7]).rows[0]
    assert (row.mean_frame, row.sd_frame, row.mean_chosen) == (5, 2, 8)
    assert row.difference == 1.5
    assert row.range_covered == pytest.approx(2 / 7)
    assert (row.min_frame, row.max_frame, row.min_chosen, row.max_chosen) == (2, 9, 7, 9)


def test_a_constant_variable_has_no_standardised_difference():
    row = balance_table(FIGURES, ["x", "constant"], [0, 3]).rows[1]
    assert (row.difference, row.range_covered) == (None, None)
    assert (row.n_frame, row.n_chosen) == (7, 1)


def test_a_variable_that_is_unknown_for_all_chosen_stays_unknown():
    row = balance_table(FIGURES, ["x", "constant"], [3]).rows[1]
    assert (row.n_chosen, row.mean_chosen, row.difference) == (0, None, None)


def test_the_whole_frame_is_in_balance_with_itself():
    table = balance_table(FIGURES, ["x", "constant"], range(8))
    assert table.largest_difference == 0


def test_units_outside_the_frame_are_refused():
    with pytest.raises(SelectionRefusal, match="positions from 0 to 7"):
        balance_table(FIGURES, ["x", "constant"], [8])
    with pytest.raises(SelectionRefusal, match="1 named variables"):
        balance_table(FIGURES, ["x"], [0])


def test_the_dutch_sentence_names_date_frame_number_strata_seed_and_reserves():
    strata = ["groot"] * 10 + ["klein"] * 20
    selection = select_random(30, 3, seed=42, strata=strata)
    assert method_sentence(selection, frame_date=date(2015, 1, 1), strata_by="grootte") == (
        "Uit de 30 gemeenten op 1 januari 2015 zijn er 3 gekozen, door loting. Zij zijn verdeeld"
        " over strata naar grootte: groot 1 van 10, klein 2 van 20. De keuze is te herhalen met"
        " startgetal 42 en rekenregel case-selection 1. Bij elke gekozen eenheid staan twee"
        " reserves op volgorde."
    )


def test_the_english_sentence_says_that_the_widest_choice_was_proven():
    distances = unit_distances(np.random.default_rng(1).normal(size=(12, 2)))
    selection = select_diverse(distances, 3, seed=7)
    sentence = method_sentence(selection, "en", frame_date=date(2016, 3, 24), figures=2)
    assert sentence.startswith("From the 12 municipalities on 24 March 2016, 3 were chosen such")
    assert "on 2 standardised background figures." in sentence
    assert "No choice with the same numbers and a larger smallest distance exists." in sentence
    assert "seed 7" in sentence
    cut_short = select_diverse(distances, 3, seed=7, max_steps=0)
    assert "is not excluded either" in method_sentence(
        cut_short, "en", frame_date=date(2016, 3, 24)
    )


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_selection_without_chance_says_so_and_counts_its_reserves(language):
    selection = select_typical(np.arange(6.0)[:, None], 3)
    sentence = method_sentence(selection, language, frame_date=date(2015, 1, 1))
    assert ("No chance" in sentence) or ("geen toeval" in sentence)
    assert ("0 van de 3" in sentence) or ("0 of the 3" in sentence)
