"""Do overviews count what was counted by hand, and nothing that does not count?"""

import numpy as np
import pytest
from django.utils import timezone
from overview_material import Small, code_make, coding_make, version_make

from rodedraad.coding.models import Coding, Round
from rodedraad.coding.tree import code_lines
from rodedraad.overviews.codes import ABOVE_TOO, OWN, TOP, rows_of
from rodedraad.overviews.counted import Material, material, sources_counted
from rodedraad.overviews.grid import Grid
from rodedraad.overviews.matrix import SHARE, SOURCES, STRENGTH, matrix
from rodedraad.overviews.over_time import QUARTER, YEAR, over_time
from rodedraad.overviews.saturating import saturating
from rodedraad.overviews.together import CHARACTERS, PARAGRAPH, SOURCE, together
from rodedraad.sources.models import SourceVersion


def seen(small: Small, role: str = "lead") -> Material:
    access = small.access(role)
    return material(access, sources_counted(access))


def rows(small: Small, way: str = OWN, branch: int | None = None):
    return rows_of(code_lines(small.study), branch=branch, way=way)


def texts(grid: Grid) -> dict[str, dict[str, str]]:
    part = grid.part()
    return {
        row.label: {
            column.label: cell.text for column, cell in zip(part.columns, cells, strict=True)
        }
        for row, cells in part.lines
    }


def by_case(small: Small, measure: str, way: str = OWN) -> dict[str, dict[str, str]]:
    grid = matrix(
        small.study, seen(small), rows(small, way), measure=measure, link=lambda _r, _c: ""
    )
    return texts(grid)


def test_a_cell_counts_sources_and_a_case_without_sources_is_not_empty(small):
    table = by_case(small, SOURCES)
    assert table["Leren"] == {
        "Buurt Noord": "2", "Buurt West": "geen bronnen", "Buurt Zuid": "0", "geen casus": "0",
    }  # fmt: skip
    assert table["In het team"]["Buurt Noord"] == "1"
    assert table["Geld"]["Buurt Zuid"] == "1"


def test_a_code_can_count_with_all_codes_under_it(small):
    added = by_case(small, SOURCES, ABOVE_TOO)
    assert added["Leren"]["Buurt Noord"] == "3"
    assert added["In het team"]["Buurt Noord"] == "1"
    assert list(by_case(small, SOURCES, TOP)) == ["Leren", "Geld"]


def test_share_and_strength_are_those_of_sources_not_of_passages(small):
    assert by_case(small, SHARE)["Leren"]["Buurt Noord"] == "67%"
    strength = by_case(small, STRENGTH, ABOVE_TOO)["Leren"]
    assert strength["Buurt Noord"] == "2,0"  # a: mean of 1 and 3; b: 2; c: not given
    assert strength["Buurt Zuid"] == "geen"
    assert by_case(small, STRENGTH)["Geld"]["Buurt Noord"] == "–"


def test_under_a_case_stands_how_much_there_is(small):
    grid = matrix(small.study, seen(small), rows(small), measure=SOURCES, link=lambda _r, _c: "")
    below = {label: [cell.text for cell in cells] for label, cells in grid.below}
    assert below["Bronnen"] == ["3", "0", "2", "1"]
    assert below["Mensen die spreken"] == ["1", "0", "0", "0"]
    each = small.sources[0].versions.get().n_characters
    assert below["Tekens"] == [str(each * n) for n in (3, 0, 2, 1)]


def test_pairs_stand_together_in_sources_paragraphs_and_characters(small):
    found = together(seen(small), rows(small), unit=SOURCE)
    assert [(p.first.label, p.second.label, p.together) for p in found.pairs] == [
        ("Leren", "Geld", 1)
    ]
    assert found.pairs[0].jaccard == pytest.approx(1 / 3)  # a, c against a, d
    in_paragraph = together(seen(small), rows(small), unit=PARAGRAPH)
    assert in_paragraph.pairs[0].together == 1
    assert in_paragraph.pairs[0].jaccard == pytest.approx(1 / 2)  # the coding of d has no place
    on_characters = together(seen(small), rows(small), unit=CHARACTERS)
    assert on_characters.pairs[0].together == 2  # 2-3 and 4-6
    assert on_characters.pairs[0].jaccard == pytest.approx(3 / (3 + 4 + 8 + 4 - 3))


def test_a_code_is_not_compared_with_what_adds_up_to_it(small):
    found = together(seen(small), rows(small, ABOVE_TOO), unit=SOURCE)
    assert [(p.first.label, p.second.label) for p in found.pairs] == [("Leren", "Geld")]


def test_time_has_empty_years_and_sources_without_a_date_apart(small):
    table = texts(over_time(seen(small), rows(small), period=YEAR, link=lambda _r, _c: ""))
    assert table["Leren"] == {
        "2020": "50%", "2021": "geen bronnen", "2022": "33%", "geen datum": "0%",
    }  # fmt: skip
    quarters = over_time(seen(small), rows(small), period=QUARTER, link=lambda _r, _c: "")
    assert [column.label for column in quarters.columns][:4] == [
        "kw 1 2020", "kw 2 2020", "kw 3 2020", "kw 4 2020",
    ]  # fmt: skip


def test_saturation_follows_the_order_of_adding(small):
    curve = saturating(seen(small), rows(small)).curve
    assert curve.new.tolist() == [2, 1, 0, 0, 0, 0]
    assert curve.found.tolist() == [2, 3, 3, 3, 3, 3]


def test_a_branch_shows_that_code_and_what_stands_under_it(small):
    lines = rows(small, branch=small.learn.pk).lines
    assert [line.code.name for line in lines] == ["Leren", "In het team"]


def blind(small: Small, *, closed: bool) -> Round:
    made = Round.objects.create(
        study=small.study, number=1, label="blind", kind=Round.Kind.BLIND,
        closed_at=timezone.now() if closed else None,
    )  # fmt: skip
    made.sources.set(small.sources[4:5])
    made.coders.set([small.coder])
    return made


@pytest.mark.parametrize("closed", [True, False])
def test_codings_of_a_blind_round_never_count_but_those_of_consensus_do(small, closed):
    round_ = blind(small, closed=closed)
    before = seen(small, "researcher").codings.pk.size
    coding_make(small.coder, small.sources[4], small.money, in_round=round_)
    assert seen(small, "researcher").codings.pk.size == before
    agreed = Round.objects.create(
        study=small.study, number=2, label="eens", kind=Round.Kind.CONSENSUS, settles=round_
    )
    coding_make(small.coder, small.sources[4], small.money, in_round=agreed)
    assert seen(small, "researcher").codings.pk.size == before + 1


def test_who_codes_blind_now_does_not_see_that_source_in_an_overview(small):
    blind(small, closed=False)
    assert "e" not in [source.title for source in seen(small).sources]
    assert seen(small).n_blind == 1
    assert "e" in [source.title for source in seen(small, "researcher").sources]


@pytest.mark.parametrize(
    "what",
    [
        {"anchor": Coding.Anchor.LOST},
        {"origin": Coding.Origin.SUGGESTION},
        {"removed_at": timezone.now()},
    ],
)
def test_lost_removed_and_unaccepted_codings_never_count(small, what):
    before = seen(small).codings.pk.size
    coding_make(small.coder, small.sources[4], small.money, **what)
    assert seen(small).codings.pk.size == before
    accepted = {"origin": Coding.Origin.SUGGESTION, "accepted_at": timezone.now()}
    coding_make(small.coder, small.sources[4], small.money, **accepted)
    assert seen(small).codings.pk.size == before + 1


def test_codings_on_an_older_text_and_in_a_source_that_was_taken_out_do_not_count(small):
    before = seen(small).codings.pk.size
    version_make(small.sources[0], "Nieuwe tekst.\n", number=2)
    assert seen(small).codings.pk.size == before - 3
    source = small.sources[1]
    source.removed_at = timezone.now()
    source.save()
    assert seen(small).codings.pk.size == before - 4


def test_codings_in_what_a_person_may_not_see_do_not_count_for_them(small):
    titles = [source.title for source in seen(small, "privacy_officer").sources]
    assert titles == ["a", "b", "d", "e", "f"]
    assert seen(small, "privacy_officer").codings.pk.size == seen(small).codings.pk.size - 1


def test_counts_are_those_of_plain_counting_in_a_study_by_lot(small):
    lot = np.random.default_rng(8)
    codes = [small.learn, small.learn_team, small.money, code_make(small.study, "Meer")]
    for _ in range(60):
        source = small.sources[lot.integers(6)]
        start = int(lot.integers(0, 20))
        coding_make(small.coder, source, codes[lot.integers(4)], (start, start + 5))
    parents = {small.learn_team.pk: small.learn.pk}
    wanted: dict[tuple[int, int | None], set[int]] = {}
    for coding in Coding.objects.filter(study=small.study).select_related("version__source"):
        source = coding.version.source
        for code in {coding.code_id, parents.get(coding.code_id, coding.code_id)}:
            wanted.setdefault((code, source.case_id), set()).add(source.pk)
    found = matrix(
        small.study, seen(small), rows(small, ABOVE_TOO), measure=SOURCES, link=lambda _r, _c: ""
    )
    part = found.part()
    keys = {str(code.uuid): code.pk for code in codes}
    for row, cells in part.lines:
        for column, cell in zip(part.columns, cells, strict=True):
            case = int(column.key) if column.key else None
            if cell.state == "seen":
                assert cell.value == len(wanted.get((keys[row.key], case), set()))


def test_a_source_with_many_texts_is_one_source_with_the_newest(small):
    """The texts are read with the sources, a row each: by number, so that 10 comes after 9."""
    source = small.sources[0]
    before = len(seen(small).codings)
    of_it = Coding.objects.filter(version__source=source, removed_at=None).count()
    assert of_it
    SourceVersion.objects.bulk_create(
        SourceVersion(
            source=source, number=number, text="x" * number, sha256="", n_characters=number,
            extractor="test",
        )
        for number in (10, 9, 8)
    )  # fmt: skip
    found = seen(small)
    assert len(found.sources) == len(small.sources)
    (row,) = [each for each in found.sources if each.pk == source.pk]
    assert row.n_characters == 10
    assert row.version == source.versions.get(number=10).pk
    assert len(found.codings) < before
    assert not (found.codings.source == found.sources.index(row)).any()
