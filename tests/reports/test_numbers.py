"""Is every number in the report the one that its run found, with rows behind it?"""

from functools import cache

import pytest

from rodedraad.assessment.filters import RowFilter, evidence_rows
from rodedraad.assessment.models import Run
from rodedraad.assessment.queries import latest_runs, run_filters
from rodedraad.errors import Refusal
from rodedraad.reports.book import NumberBook
from rodedraad.reports.models import Report
from rodedraad.reports.queries import number_filters, report_runs


def number(report: Report, key: str) -> float:
    return report.numbers.get(key=key).value


def test_numbers_are_those_of_the_runs(report: Report) -> None:
    runs = {kind: run.result for kind, run in latest_runs(report.study).items()}
    assert number(report, "inhabitants.2017") == runs["inhabitants"]["2017"]["total"]
    assert number(report, "municipalities.2016") == runs["kinds_2016"]["n_cases"]
    social = runs["participation_social"]
    assert number(report, "participation_social.partners.maximum") == max(
        case["partners"] for case in social["cases"].values()
    )
    assert number(report, "participation_social.recurring_share.median") == pytest.approx(
        100 * social["recurring_share"]["median"]
    )
    for pair in runs["congruence"]["pairs"]:
        if pair["adjusted_rand"] is not None:
            key = f"congruence.{pair['a']}.{pair['b']}.likeness"
            assert number(report, key) == pair["adjusted_rand"]
    for kind, found in runs["change"]["kinds"].items():
        assert number(report, f"change.{kind}.moved") == len(found["moved"])
    terms = runs["alike_spending"]["terms"]
    assert number(report, "alike.distance_km.p") == terms["distance_km"]["p"]
    assert number(report, "spending.2017.billion") == pytest.approx(
        runs["spending"]["2017"]["total"] / 1e6
    )
    spread = runs["selection"]["measures"]["smallest"]
    assert number(report, "selection.spread") == spread["given"]


def test_parts_add_up_to_the_whole(report: Report) -> None:
    numbers = dict(report.numbers.values_list("key", "value"))
    classes = ("driven", "not_driven", "undetermined")
    assert sum(numbers[f"drive.{each}.kinds"] for each in classes) == numbers["kinds.all"]
    on_map = sum(value for key, value in numbers.items() if key.startswith("partners.class.")
                 and key.endswith(".cases"))  # fmt: skip
    assert on_map == numbers["municipalities.2016"]
    groups = [value for key, value in numbers.items() if key.startswith("communities.group.")]
    assert sum(groups) == numbers["municipalities.2016"]
    assert len(groups) == numbers["communities.n_communities"]
    quotas = [value for key, value in numbers.items() if key.endswith(".quota")]
    assert sum(quotas) == numbers["selection.n_cases"]


def test_every_number_has_rows_and_they_are_rows_of_its_run(report: Report) -> None:
    """All but a count of nothing: a class without kinds has no rows."""

    @cache
    def rows_of(part: RowFilter) -> frozenset[int]:
        return frozenset(evidence_rows(report.study, (part,)).values_list("pk", flat=True))

    def union(filters: tuple[RowFilter, ...]) -> frozenset[int]:
        return frozenset().union(*map(rows_of, filters))

    of_run = {run.pk: union(run_filters(run)) for run in report_runs(report)}
    for each in report.numbers.all():
        rows = union(number_filters(each))
        assert rows or each.value == 0, each.key
        assert rows <= of_run[each.run_id], each.key


@pytest.mark.parametrize(
    ("beginning", "end"),
    [
        ("partners.class.", ".cases"),
        ("communities.group.", ""),
        ("selection.stratum.", ".size"),
        ("selection.stratum.", ".quota"),
        ("selection.n_cases", ""),
    ],
)
def test_a_count_of_municipalities_shows_the_rows_of_these_alone(
    report: Report, beginning: str, end: str
) -> None:
    counts = report.numbers.filter(key__startswith=beginning, key__endswith=end).exclude(value=0)
    assert counts
    for each in counts:
        rows = evidence_rows(report.study, number_filters(each)).order_by()
        assert rows.values("case").distinct().count() == each.value, each.key


def test_who_changed_region_is_counted_from_the_rows_of_these_and_what_they_come_from(
    report: Report,
) -> None:
    changed = latest_runs(report.study)["change"].result["kinds"]
    kind = next(kind for kind, found in changed.items() if found["moved"])
    number = report.numbers.get(key=f"change.{kind}.moved")
    rows = evidence_rows(report.study, number_filters(number))
    after = set(rows.filter(wave__label="2022").values_list("case__unit_code", flat=True))
    assert after == set(changed[kind]["moved"])


def test_a_number_that_is_not_known_or_entered_twice_is_refused() -> None:
    book = NumberBook()
    run = Run(kind="proof")
    book.enter("a", 1, nl="a", en="a", run=run, rows=())
    with pytest.raises(Refusal, match="'a' was entered twice"):
        book.enter("a", 2, nl="a", en="a", run=run, rows=())
    with pytest.raises(Refusal, match="'b' has no value"):
        book.enter("b", None, nl="b", en="b", run=run, rows=())
    assert "b" not in book
    assert [entry.key for entry in book] == ["a"]
