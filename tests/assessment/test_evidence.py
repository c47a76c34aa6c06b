"""The evidence table: rows are added once, found by filters, and fingerprinted."""

import pytest
from django.db import connection

from rodedraad.assessment.evidence import FigureFact, figure_rows_write, tie_rows_write
from rodedraad.assessment.filters import RowFilter, evidence_rows
from rodedraad.assessment.models import Evidence
from rodedraad.assessment.queries import (
    EVIDENCE_SCHEMA,
    evidence_fingerprint,
    evidence_table,
)
from rodedraad.errors import Refusal
from rodedraad.networks.models import Arrangement, Membership
from rodedraad.studies.models import Case, Study, Wave


def arrangement_with(wave: Wave, key: str, codes: list[str]) -> None:
    """Make an arrangement of the wave with these municipalities as members."""
    arrangement = Arrangement.objects.create(
        study=wave.study, wave=wave, key=key, name=key, kind=key.partition("/")[0],
        domain="social", scale_level="regio",
    )  # fmt: skip
    for row, code in enumerate(codes, start=1):
        Membership.objects.create(
            arrangement=arrangement,
            case=Case.objects.get(study=wave.study, unit_code=code),
            seen_on=wave.reference_date,
            source="regioatlas_2016",
            source_row=f"{key}-{row}",
        )


def fact(case: Case, about: str, raw: float | None) -> FigureFact:
    """Return a figure about a case."""
    return FigureFact(case.pk, "K3", about, "population", f"{about}-{case.pk}", 0.5, raw, "people")


@pytest.fixture
def wave(study: Study) -> Wave:
    """Return the wave of 2016 with two youth regions."""
    found = study.waves.get(label="2016")
    arrangement_with(found, "jeugdregio/noord", ["GM0003", "GM0010"])
    arrangement_with(found, "jeugdregio/stad", ["GM0014"])
    return found


def test_every_membership_becomes_one_row_that_points_at_its_source_record(wave: Wave) -> None:
    assert tie_rows_write(wave) == 3
    row = Evidence.objects.get(case__unit_code="GM0014")
    assert (row.construct, row.kind, row.about, row.value) == ("K1", "tie", "jeugdregio/stad", 1)
    assert (row.source, row.source_id) == ("regioatlas_2016", "jeugdregio/stad-1")


def test_writing_ties_again_adds_only_what_is_new(wave: Wave) -> None:
    tie_rows_write(wave)
    assert tie_rows_write(wave) == 0
    arrangement_with(wave, "ggd-regio/noord", ["GM0014"])
    assert tie_rows_write(wave) == 1


def test_writing_figures_again_adds_only_what_is_new(study: Study) -> None:
    cases = list(Case.objects.filter(study=study))
    assert figure_rows_write(study, None, [fact(c, "inhabitants/2017", 10) for c in cases]) == 3
    assert figure_rows_write(study, None, [fact(c, "inhabitants/2017", 10) for c in cases]) == 0
    assert figure_rows_write(study, None, [fact(cases[0], "inhabitants/2018", 11)]) == 1


@pytest.mark.parametrize(
    ("row_filter", "n"),
    [
        (RowFilter(), 4),
        (RowFilter(kind="tie"), 3),
        (RowFilter(about_prefix="jeugdregio/"), 3),
        (RowFilter(about="jeugdregio/stad"), 1),
        (RowFilter(case="GM0014"), 2),
        (RowFilter(wave="2016"), 3),
        (RowFilter(wave=""), 1),
        (RowFilter(wave="2022"), 0),
        (RowFilter(construct="K3", kind="tie"), 0),
    ],
)
def test_a_filter_finds_the_rows_that_meet_all_its_conditions(
    wave: Wave, row_filter: RowFilter, n: int
) -> None:
    tie_rows_write(wave)
    figure_rows_write(
        wave.study, None, [fact(Case.objects.get(unit_code="GM0014"), "inhabitants/2017", 1)]
    )
    assert evidence_rows(wave.study, (row_filter,)).count() == n
    assert RowFilter.from_json(row_filter.to_json()) == row_filter


def test_no_filter_means_no_rows_and_an_unknown_condition_is_refused(wave: Wave) -> None:
    tie_rows_write(wave)
    assert evidence_rows(wave.study, ()).count() == 0
    with pytest.raises(Refusal, match="unknown condition 'colour'"):
        RowFilter.from_json({"colour": "red"})


def test_rows_of_another_study_are_never_found(wave: Wave) -> None:
    tie_rows_write(wave)
    other = Study.objects.create(
        slug="ander", title_nl="", title_en="", template_key="", template_version="", template={}
    )
    assert evidence_rows(other, (RowFilter(),)).count() == 0


def test_the_table_has_the_documented_columns(wave: Wave) -> None:
    tie_rows_write(wave)
    table = evidence_table(wave.study)
    assert table.schema == EVIDENCE_SCHEMA
    assert table["case"].to_list() == ["GM0003", "GM0010", "GM0014"]
    assert table["respondent"].null_count() == 3


def test_the_fingerprint_changes_with_the_rows_it_is_about_and_with_no_other(wave: Wave) -> None:
    tie_rows_write(wave)
    youth, ggd = (RowFilter(about_prefix=f"{kind}/") for kind in ("jeugdregio", "ggd-regio"))
    before = evidence_fingerprint(wave.study, (youth,))
    arrangement_with(wave, "ggd-regio/noord", ["GM0014"])
    tie_rows_write(wave)
    assert evidence_fingerprint(wave.study, (youth,)) == before
    assert evidence_fingerprint(wave.study, (ggd,)) != before


def test_the_fingerprint_does_not_depend_on_the_order_or_the_numbers_of_rows(wave: Wave) -> None:
    tie_rows_write(wave)
    before = evidence_fingerprint(wave.study, (RowFilter(),))
    rows = list(Evidence.objects.order_by("-pk").values())
    Evidence.objects.all().delete()
    for row in rows:
        Evidence.objects.create(**{name: v for name, v in row.items() if name != "id"})
    assert evidence_fingerprint(wave.study, (RowFilter(),)) == before


def test_the_fingerprint_changes_when_a_value_does(wave: Wave) -> None:
    tie_rows_write(wave)
    before = evidence_fingerprint(wave.study, (RowFilter(),))
    with connection.cursor() as cursor:
        cursor.execute("update assessment_evidence set raw = 2 where about = 'jeugdregio/stad'")
    assert evidence_fingerprint(wave.study, (RowFilter(),)) != before


def test_the_fingerprint_is_of_the_rows_and_not_of_the_conditions_that_found_them(
    wave: Wave,
) -> None:
    tie_rows_write(wave)
    whole = evidence_fingerprint(wave.study, (RowFilter(),))
    for filters in (
        (RowFilter(kind="tie"),),
        (RowFilter(wave="2016", construct="K1"), RowFilter(kind="tie")),
        (RowFilter(about_prefix="jeugdregio/"),),
        (RowFilter(about="jeugdregio/stad"), RowFilter(about_prefix="jeugdregio/")),
    ):
        assert evidence_fingerprint(wave.study, filters) == whole
    assert evidence_fingerprint(wave.study, (RowFilter(wave=""),)) != whole
    assert evidence_fingerprint(wave.study, ()) == evidence_fingerprint(
        wave.study, (RowFilter(wave=""),)
    )
