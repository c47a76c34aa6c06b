"""Do sets of codes and free segments give the published agreement, and are bad ones refused?"""

import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rodedraad.methods.agreement import (
    AgreementRefused,
    Segment,
    agreement_coefficients,
    code_sets,
    codes_agreement,
    krippendorff_alpha,
    masi_distance,
    ratings_of,
    set_alpha,
    unitising_alpha,
)
from rodedraad.methods.agreement.segments import segmentation_of
from rodedraad.methods.agreement.unitising import CodeParts

REFERENCE = Path(__file__).parent.parent / "reference" / "agreement"
ORACLE = json.loads((REFERENCE / "oracle.json").read_text(encoding="utf-8"))
UNITISING = json.loads((REFERENCE / "reference.json").read_text(encoding="utf-8"))[
    "krippendorff_unitising"
]
LONG = ("unit", "coder", "code")


def long_rows(sets):
    """A row per code; a blank code where a coder gave none, nothing where None stands."""
    return pl.DataFrame(
        [
            (f"p{u}", f"coder {c}", code)
            for u, row in enumerate(sets)
            for c, codes in enumerate(row)
            if codes is not None
            for code in (codes or [""])
        ],
        schema=LONG,
        orient="row",
    )


def read(sets, *, all_looked=False):
    return code_sets(long_rows(sets), all_looked=all_looked, unit="passage", universe="all")


def published():
    begin = UNITISING["begin"]
    return [
        Segment("text", coder, code, start - begin, start - begin + length)
        for coder, code, start, length in UNITISING["segments"]
    ]


def unitised(segments, lengths, coders="AB", **options):
    return unitising_alpha(
        segments,
        lengths=lengths,
        coders=list(coders),
        universe="all",
        **{"resamples": 0, "seed": 1, **options},
    )


def random_segments(seed, coders="ABC", documents=4, length=400):
    rng = np.random.default_rng(seed)
    found = []
    for document in range(documents):
        truth = np.sort(rng.choice(length - 20, 6, replace=False)) + 10
        for coder in coders:
            for code, (a, b) in zip("xyx", truth.reshape(3, 2), strict=True):
                start = max(0, int(a) - int(rng.integers(0, 5)))
                end = int(b) - int(rng.integers(0, 3)) if b - a > 4 else int(b)
                if rng.random() < 0.85:
                    found.append(Segment(f"d{document}", coder, code, start, max(end, start + 1)))
    return found, {f"d{k}": length for k in range(documents)}


@pytest.mark.parametrize(
    ("distance", "key"), [("masi", "masi_alpha"), ("jaccard", "jaccard_alpha")]
)
def test_alpha_of_sets_of_codes_equals_nltk(distance, key):
    result = set_alpha(read(ORACLE["sets"]), distance=distance, resamples=0, seed=1)
    assert result.alpha == pytest.approx(ORACLE[key], abs=1e-12)
    assert (result.n_units, result.n_coders, result.metric) == (30, 3, distance)


def test_masi_distances_equal_those_of_nltk():
    for one, other, expected in ORACLE["masi"]:
        distance = masi_distance(frozenset(one), frozenset(other))
        assert distance == pytest.approx(expected, abs=1e-12)
        assert distance == masi_distance(frozenset(other), frozenset(one))
    assert masi_distance(frozenset(), frozenset()) == 0
    assert masi_distance(frozenset(), frozenset("a")) == 1


def test_sets_of_one_code_give_nominal_alpha():
    rng = np.random.default_rng(2)
    table = rng.choice(list("abc"), (40, 3)).tolist()
    nominal = krippendorff_alpha(
        ratings_of(table, unit="passage", universe="all"), level="nominal", resamples=200, seed=5
    )
    of_sets = set_alpha(read(table), resamples=200, seed=5)
    assert of_sets.alpha == pytest.approx(nominal.alpha, abs=1e-12)
    assert of_sets.interval.low == pytest.approx(nominal.interval.low, abs=1e-12)


def test_each_code_has_its_own_agreement_and_no_mean_hides_the_bad_one():
    sets = [["ab", "ab"], ["a", "a"], ["b", ""], ["", "b"], ["a", "a"], ["", ""], ["b", "a"]]
    result = codes_agreement(read(sets), resamples=0, seed=1)
    assert [one.code for one in result.per_code] == ["a", "b"]
    assert [one.n_given for one in result.per_code] == [7, 5]
    b = [[int("b" in codes) for codes in row] for row in sets]
    by_hand = agreement_coefficients(
        ratings_of(b, unit="passage", universe="all"), resamples=0, seed=1
    )
    assert result.per_code[1].coefficients.coefficients == by_hand.coefficients
    alphas = [one.coefficients.coefficient("krippendorff").estimate for one in result.per_code]
    assert alphas[1] < 0.2 < 0.6 < alphas[0]
    assert result.overall.alpha != pytest.approx(sum(alphas) / 2, abs=1e-3)
    assert (result.overall.unit, result.overall.universe) == ("passage", "all")


def test_no_row_means_no_code_only_when_all_coders_looked_at_everything():
    sets = [["a", "a"], ["a", None], ["b", "b"], [None, "b"]]
    looked = set_alpha(read(sets, all_looked=True), resamples=0, seed=1)
    not_looked = set_alpha(read(sets, all_looked=False), resamples=0, seed=1)
    assert not_looked.alpha == 1
    assert looked.alpha < 0.6
    assert (looked.n_not_rated, not_looked.n_not_rated) == (0, 2)


def test_rows_of_codings_that_say_too_little_are_refused():
    with pytest.raises(AgreementRefused, match="no column 'code'"):
        code_sets(
            pl.DataFrame({"unit": ["1"], "coder": ["A"]}), all_looked=True, unit="u", universe="x"
        )
    blank = pl.DataFrame([("1", "A", "x"), ("", "B", "x")], schema=LONG, orient="row")
    with pytest.raises(AgreementRefused, match="Row 2 has no unit"):
        code_sets(blank, all_looked=True, unit="u", universe="x")
    with pytest.raises(AgreementRefused, match="at least two coders"):
        read([["a"], ["b"]])
    with pytest.raises(AgreementRefused, match="all coders looked"):
        read([["a", None], [None, "b"]])
    with pytest.raises(AgreementRefused, match="masi or jaccard"):
        set_alpha(read([["a", "a"]]), distance="dice", seed=1)


def test_unitising_alpha_of_the_published_example_is_the_published_one():
    result = unitised(published(), {"text": UNITISING["length"]}, coders="ij")
    for one in result.per_code:
        assert one.observed == pytest.approx(UNITISING["observed"][one.code], abs=5e-5)
        assert one.expected == pytest.approx(UNITISING["expected"][one.code], abs=5e-5)
        assert one.alpha == pytest.approx(UNITISING["alpha"][one.code], abs=5e-5)
    assert result.overall.alpha == pytest.approx(UNITISING["alpha"]["all"], abs=5e-4)
    assert [one.n_segments for one in result.per_code] == [5, 4]
    assert [notice.code for notice in result.notices] == ["no_disagreement"]


def test_positional_alpha_equals_nominal_alpha_with_every_character_a_unit():
    segments, lengths = random_segments(3)
    result = unitised(segments, lengths, coders="ABC")
    for one in result.per_code:
        table = np.zeros((sum(lengths.values()), 3))
        offset = dict(zip(lengths, np.cumsum([0, *lengths.values()]), strict=False))
        for segment in segments:
            if segment.code == one.code:
                begin = offset[segment.document]
                rows = slice(begin + segment.start, begin + segment.end)
                table[rows, "ABC".index(segment.coder)] = 1
        ratings = ratings_of(table, unit="character", universe="all")
        alpha = krippendorff_alpha(ratings, level="nominal", resamples=0, seed=1).alpha
        assert one.positional == pytest.approx(alpha, abs=1e-12)
        both, anyone = (table.sum(axis=1) == 3).sum(), (table.sum(axis=1) > 0).sum()
        assert one.shared == pytest.approx(both / anyone)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000))
def test_names_of_coders_and_order_of_documents_make_no_difference(seed):
    segments, lengths = random_segments(seed)
    other = [
        Segment(s.document, "BCA"["ABC".index(s.coder)], s.code, s.start, s.end)
        for s in reversed(segments)
    ]
    one = unitised(segments, lengths, coders="ABC")
    two = unitised(other, dict(reversed(lengths.items())), coders="CAB")
    for a, b in zip((one.overall, *one.per_code), (two.overall, *two.per_code), strict=True):
        assert a.alpha == pytest.approx(b.alpha, abs=1e-12)
        assert a.positional == pytest.approx(b.positional, abs=1e-12)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000))
def test_alpha_of_equal_segments_is_one_and_falls_as_they_move_apart(seed):
    rng = np.random.default_rng(seed)
    length, start = int(rng.integers(5, 40)), int(rng.integers(0, 40))
    alphas = [
        unitised(
            [
                Segment("d", "A", "x", start, start + length),
                Segment("d", "B", "x", start + shift, start + shift + length),
            ],
            {"d": 300},
        ).overall.alpha
        for shift in range(length + 1)
    ]
    # Where they just do not meet any more the difference is length squared, once for each coder.
    assert alphas[0] == 1
    assert all(a > b for a, b in pairwise(alphas[:-1]))
    assert alphas[-1] < 0


def test_documents_are_drawn_and_one_document_gives_no_interval():
    segments, lengths = random_segments(1, documents=12)
    many = unitised(segments, lengths, coders="ABC", resamples=300)
    assert many.resampling.drawn == "document"
    for one in (many.overall, *many.per_code):
        assert one.interval.low < one.alpha < one.interval.high
        assert one.positional_interval.low < one.positional < one.positional_interval.high
    single = unitised(published(), {"text": 300}, coders="ij", resamples=300)
    assert single.overall.interval is None
    assert "one_document" in {notice.code for notice in single.notices}


def test_resampled_sums_of_documents_equal_a_text_in_which_they_stand_that_often():
    segments, lengths = random_segments(4, documents=3)
    draw = ["d0", "d0", "d2"]
    drawn = [
        Segment(f"copy {k}", s.coder, s.code, s.start, s.end)
        for k, document in enumerate(draw)
        for s in segments
        if s.document == document
    ]
    direct = unitised(drawn, {f"copy {k}": 400 for k in range(3)}, coders="ABC").overall

    data = segmentation_of(segments, lengths=lengths, coders="ABC")
    parts = [CodeParts.of(data, k).disagreements(np.array([[2.0, 0.0, 1.0]])) for k in range(2)]
    assert sum(o[0] for o, _ in parts) == pytest.approx(direct.observed, rel=1e-12)
    assert sum(e[0] for _, e in parts) == pytest.approx(direct.expected, rel=1e-12)


@pytest.mark.parametrize(
    ("segments", "coders", "words"),
    [
        ([], "AB", "marked anything"),
        ([Segment("d", "A", "x", 0, 5)], "A", "two different coders"),
        ([Segment("e", "A", "x", 0, 5)], "AB", "length is not given"),
        ([Segment("d", "C", "x", 0, 5)], "AB", "not among the coders"),
        ([Segment("d", "A", "x", 90, 101)], "AB", "from 0 to 100"),
        ([Segment("d", "A", "x", 5, 5)], "AB", "has no length"),
        ([Segment("d", "A", "x", 0, 9), Segment("d", "A", "x", 8, 20)], "AB", "overlap"),
    ],
)
def test_segments_that_cannot_lie_on_the_text_are_refused_with_the_cure(segments, coders, words):
    with pytest.raises(AgreementRefused, match=words):
        unitised(segments, {"d": 100}, coders=coders)
