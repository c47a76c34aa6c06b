"""Do published data give the truth tables, models and fit that R package QCA gives?"""

import pytest
from qca_reference import SETS, analysis, expected, listed, models_of

from rodedraad.methods.qca import necessary_supersets, sufficiency

CLOSE = 1e-9
PAIRED = [name for name in SETS if "intermediate" in expected(name)]
CRISP_OR_FUZZY = [name for name in SETS if "necessity" in expected(name)]


@pytest.fixture(scope="module", params=SETS)
def both(request):
    return expected(request.param), analysis(request.param)


@pytest.fixture(scope="module", params=PAIRED)
def paired(request):
    return expected(request.param), analysis(request.param)


@pytest.fixture(scope="module", params=CRISP_OR_FUZZY)
def with_necessity(request):
    return expected(request.param), analysis(request.param)


def reference_number(text):
    return None if text == "-" else float(text)


def test_the_truth_table_has_the_same_rows_cases_and_figures(both):
    reference, result = both
    rows = result.truth.complete()
    assert len(rows) == len(reference["truth_table"])
    for row, wanted in zip(rows, reference["truth_table"], strict=True):
        levels = tuple(
            None if wanted[name] == "-" else int(wanted[name]) for name in reference["conditions"]
        )
        assert (row.levels, row.line) == (levels, int(wanted["row"]))
        assert (row.out, row.n) == (wanted["OUT"], wanted["n"])
        assert ",".join(row.cases) == wanted["cases"]
        assert row.consistency == pytest.approx(reference_number(wanted["incl"]), abs=CLOSE)
        assert row.pri == pytest.approx(reference_number(wanted["PRI"]), abs=CLOSE)


@pytest.mark.parametrize("kind", ["conservative", "parsimonious"])
def test_the_models_are_the_same_and_none_is_missing(both, kind):
    reference, result = both
    solution = getattr(result, kind)
    assert {frozenset(model.terms) for model in solution.models} == models_of(reference[kind])
    assert solution.n_models == len(solution.models)


def test_the_prime_implicants_and_the_essential_ones_are_the_same(both):
    reference, result = both
    wanted = reference["parsimonious"]
    assert set(result.parsimonious.primes) == set(listed(wanted["prime_implicants"]))
    assert result.parsimonious.n_primes == wanted["n_prime_implicants"]
    assert set(result.parsimonious.essential) == set(listed(wanted["essential"]))


def check_fit(solution, fit):
    """Fit per term and model; R gives coverage of a single term as its unique coverage too."""
    by_terms = {frozenset(model.terms): model for model in solution.models}
    for wanted in fit.get("models", [fit] if "solution" in fit else []):
        model = by_terms[frozenset(term["term"] for term in wanted["terms"])]
        overall = wanted["solution"][0]
        assert model.consistency == pytest.approx(overall["inclS"], abs=CLOSE)
        assert model.pri == pytest.approx(overall["PRI"], abs=CLOSE)
        assert model.coverage == pytest.approx(overall["covS"], abs=CLOSE)
        for term in wanted["terms"]:
            found = next(one for one in model.fits if one.term == term["term"])
            assert found.consistency == pytest.approx(term["inclS"], abs=CLOSE)
            assert found.pri == pytest.approx(term["PRI"], abs=CLOSE)
            assert found.raw_coverage == pytest.approx(term["covS"], abs=CLOSE)
            unique = term["covS"] if term["covU"] is None else term["covU"]
            assert found.unique_coverage == pytest.approx(unique, abs=CLOSE)
            if "cases" in term:
                assert ",".join(found.cases) == term["cases"].replace("; ", ",")


@pytest.mark.parametrize("kind", ["conservative", "parsimonious"])
def test_consistency_pri_and_coverage_of_terms_and_models_are_the_same(both, kind):
    reference, result = both
    assert reference[kind]["fit"]["terms"]
    check_fit(getattr(result, kind), reference[kind]["fit"])


def test_the_terms_of_all_models_together_have_the_same_fit_and_cases(both):
    reference, result = both
    by_term = {fit.term: fit for model in result.parsimonious.models for fit in model.fits}
    wanted_terms = reference["parsimonious"]["fit"]["terms"]
    assert set(by_term) == {term["term"] for term in wanted_terms}
    for wanted in wanted_terms:
        assert by_term[wanted["term"]].consistency == pytest.approx(wanted["inclS"], abs=CLOSE)
        assert ",".join(by_term[wanted["term"]].cases) == wanted["cases"].replace("; ", ",")


def without_dash(result, line):
    """R numbers assumptions in the table without "-", but rows in the table with it."""
    levels = next(row.levels for row in result.truth.complete() if row.line == line)
    number = 0
    for condition, level in zip(result.table.alphabet.conditions, levels, strict=True):
        number = number * condition.n_levels + level
    return number + 1


def test_each_parsimonious_model_rests_on_the_same_simplifying_assumptions(both):
    reference, result = both
    models = listed(reference["parsimonious"]["models"])
    ours = {frozenset(m.terms): m.assumptions for m in result.parsimonious.models}
    assumptions = reference["parsimonious"]["simplifying_assumptions"]
    assert len(assumptions) == len(models)
    for model, lines in zip(models, assumptions.values(), strict=True):
        found = {without_dash(result, line) for line in ours[frozenset(listed(model))]}
        assert found == {int(line) for line in listed(lines)}


def test_the_intermediate_models_are_those_of_all_pairs_together(paired):
    reference, result = paired
    wanted = set.union(*(models_of(pair) for pair in reference["intermediate"].values()))
    assert {frozenset(model.terms) for model in result.intermediate.models} == wanted
    for pair in reference["intermediate"].values():
        check_fit(result.intermediate, pair["fit"])


def test_every_pair_has_the_same_easy_and_difficult_counterfactuals(paired):
    reference, result = paired
    ours = {
        (
            frozenset(result.conservative.models[pair.conservative].terms),
            frozenset(result.parsimonious.models[pair.parsimonious].terms),
        ): pair
        for pair in result.counterfactuals
    }
    assert len(ours) == len(reference["intermediate"])
    for wanted in reference["intermediate"].values():
        pair = ours[
            frozenset(listed(wanted["conservative_pi"])), frozenset(listed(wanted["parsimonious"]))
        ]
        assert set(pair.easy) == {int(line) for line in listed(wanted["EC"])}
        assert set(pair.difficult) == {int(line) for line in listed(wanted["DC"])}
        assert {frozenset(model) for model in pair.models} == models_of(wanted)


def test_necessity_of_single_conditions_is_the_same(with_necessity):
    reference, result = with_necessity
    assert [fit.expression for fit in result.necessity] == [
        wanted["condition"] for wanted in reference["necessity"]
    ]
    for fit, wanted in zip(result.necessity, reference["necessity"], strict=True):
        assert fit.consistency == pytest.approx(wanted["inclN"], abs=CLOSE)
        assert fit.coverage == pytest.approx(wanted["covN"], abs=CLOSE)
        assert fit.relevance == pytest.approx(wanted["RoN"], abs=CLOSE)


def test_sufficiency_of_single_conditions_is_the_same(with_necessity):
    reference, result = with_necessity
    for wanted in reference["sufficiency_single"]:
        term = result.table.alphabet.literals_of(wanted["condition"])
        fit = sufficiency(result.table.membership(term), result.table.outcome)
        assert fit.consistency == pytest.approx(wanted["inclS"], abs=CLOSE)
        assert fit.pri == pytest.approx(wanted["PRI"], abs=CLOSE)
        assert fit.coverage == pytest.approx(wanted["covS"], abs=CLOSE)


def test_the_search_for_necessary_expressions_finds_the_same_and_no_more(with_necessity):
    reference, result = with_necessity
    ours = {fit.expression: fit for fit in necessary_supersets(result.table)}
    wanted = {one["expression"]: one for one in reference["supersets_necessity"]}
    assert set(ours) == set(wanted)
    for expression, one in wanted.items():
        assert ours[expression].consistency == pytest.approx(one["inclN"], abs=CLOSE)
        assert ours[expression].relevance == pytest.approx(one["RoN"], abs=CLOSE)
        assert ours[expression].coverage == pytest.approx(one["covN"], abs=CLOSE)
