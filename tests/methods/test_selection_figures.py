"""Are figures standardised, and distances measured, as a second source does?"""

import numpy as np
import pytest
from scipy.spatial.distance import pdist, squareform
from scipy.stats import zscore
from sklearn.metrics.pairwise import nan_euclidean_distances

from rodedraad.methods.selection import SelectionRefusal, standardise, unit_distances

RNG = np.random.default_rng(20150101)
FIGURES = RNG.lognormal(size=(40, 3))
NAMES = ["population", "density", "benefits"]


def with_gaps():
    figures = FIGURES.copy()
    figures[[1, 5], 0] = np.nan
    figures[7, 2] = np.nan
    return figures


def test_z_scores_agree_with_scipy_also_with_gaps():
    result = standardise(with_gaps(), NAMES)
    assert np.allclose(
        result.z, zscore(with_gaps(), axis=0, nan_policy="omit"), equal_nan=True, atol=1e-12
    )


def test_gaps_are_counted_in_a_notice_and_not_filled():
    result = standardise(with_gaps(), NAMES)
    assert [(n.code, n.subject, n.count) for n in result.notices] == [
        ("figures_missing", "population", 2),
        ("figures_missing", "benefits", 1),
    ]
    assert np.isnan(result.z).sum() == 3


def test_a_logarithm_is_taken_of_the_named_variables_only():
    result = standardise(FIGURES, NAMES, log=["population"])
    assert np.allclose(result.z[:, 0], zscore(np.log(FIGURES[:, 0])))
    assert np.allclose(result.z[:, 1], zscore(FIGURES[:, 1]))
    assert result.logged == ("population",)


def test_a_constant_variable_and_one_with_too_many_gaps_are_left_out_by_name():
    figures = FIGURES.copy()
    figures[:, 1] = 3.2
    figures[:11, 2] = np.nan
    result = standardise(figures, NAMES)
    assert result.names == ("population",)
    assert result.dropped == ("density", "benefits")
    assert [n.message for n in result.notices] == [
        "density: the same for every unit",
        "benefits: unknown for 28% of the units, more than 25%",
    ]


def test_figures_that_tell_no_units_apart_are_refused():
    with pytest.raises(SelectionRefusal, match="None of the variables tells the units apart"):
        standardise(np.ones((4, 1)), ["area"])


def test_a_logarithm_of_zero_and_an_infinite_figure_are_refused_by_variable_and_unit():
    figures = FIGURES.copy()
    figures[3, 1] = 0.0
    with pytest.raises(SelectionRefusal, match="density is 0 or less at unit 3"):
        standardise(figures, NAMES, log=["density"])
    figures[3, 1] = np.inf
    with pytest.raises(SelectionRefusal, match="density holds an infinite figure at unit 3"):
        standardise(figures, NAMES)


def test_names_that_do_not_fit_the_table_are_refused():
    with pytest.raises(SelectionRefusal, match="2 named variables"):
        standardise(FIGURES, NAMES[:2])
    with pytest.raises(SelectionRefusal, match="'wealth'"):
        standardise(FIGURES, NAMES, log=["wealth"])


def test_distances_agree_with_scipy_on_complete_figures():
    assert np.allclose(unit_distances(FIGURES), squareform(pdist(FIGURES)), atol=1e-12)


def test_distances_with_gaps_are_scaled_up_as_scikit_learn_does():
    assert np.allclose(unit_distances(with_gaps()), nan_euclidean_distances(with_gaps()), atol=1e-6)


def test_two_units_without_a_common_figure_have_no_distance():
    figures = np.array([[1.0, np.nan], [np.nan, 2.0], [1.0, 2.0]])
    with pytest.raises(SelectionRefusal, match="Units 0 and 1 have no known variable in common"):
        unit_distances(figures)
