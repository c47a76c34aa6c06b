"""Latent classes on the evidence table: two groups that were put in are found again."""

import numpy as np
import pytest
from evidence_making import answers, frame, measure

from rodedraad.assessment.class_runs import classes_make
from rodedraad.assessment.conclusions.latent_classes import (
    classes_of_cases,
    classes_of_respondents,
    respondent_scores,
)
from rodedraad.errors import Refusal
from rodedraad.methods.rulesets.measures import MEASURES

ITEMS = {"F1": ["F1.1", "F1.2", "F1.3"], "F5": ["F5.1", "F5.2", "F5.3"]}


def two_groups(n: int = 40) -> list[dict]:
    """Workers who score low on F1 and high on F5, and directors who score the other way round."""
    rng = np.random.default_rng(4)
    rows = []
    for i in range(n):
        low, high = rng.integers(1, 3, 3), rng.integers(4, 6, 3)
        role, first, second = ("U", low, high) if i % 2 else ("D", high, low)
        who = f"R{i:03}"
        rows += answers("GM0003", "F1", role, who, [int(x) for x in first])
        rows += answers("GM0003", "F5", role, who, [int(x) for x in second])
    return rows


def found(rows: list[dict], **given: object) -> dict:
    settings = {"sizes": (1, 2, 3), "starts": 5, "bootstraps": 0, "seed": 1} | given
    return classes_of_respondents(frame(rows), items=ITEMS, **settings)


def test_two_groups_that_were_put_in_are_found_again() -> None:
    result = found(two_groups(), n_classes=2)
    assert [round(share["estimate"], 6) for share in result["shares"]] == [0.5, 0.5]
    means = {p["item"]: [mean["estimate"] for mean in p["means"]] for p in result["profiles"]}
    assert sorted(round(mean, 1) for mean in means["F1"]) == [0.1, 0.9]
    assert means["F1"][0] + means["F5"][0] == pytest.approx(1, abs=0.1)
    workers = [share["estimate"] for share in result["by_role"]["U"]]
    assert sorted(round(share, 3) for share in workers) == [0, 1]


def test_a_role_of_few_people_is_left_out() -> None:
    rows = [row | {"role": "B"} if row["respondent"] < "R004" else row for row in two_groups()]
    result = found(rows, n_classes=2)
    assert result["roles_left_out"] == ["B"]
    assert "B" not in result["by_role"]


def test_nobody_can_be_found_in_the_result() -> None:
    assert "R001" not in str(found(two_groups()))


def test_scores_follow_the_two_thirds_rule() -> None:
    rows = answers("GM0003", "F1", "U", "R1", [5, 5, None])
    rows += answers("GM0003", "F1", "U", "R2", [1, None, None])
    rows += answers("GM0003", "F1", "U", "R3", [1, 1, 1])
    table = respondent_scores(frame(rows), ITEMS)
    assert table["F1"].to_list() == [1.0, None, 0.0]


def test_without_answers_it_says_what_to_do() -> None:
    with pytest.raises(Refusal, match="Bring in answers"):
        found([measure("GM0003", "A1", 3)])


def test_cases_that_do_much_and_cases_that_do_little_are_two_classes() -> None:
    rows = []
    for i in range(12):
        for j, code in enumerate(MEASURES):
            much = 3 if (i + j) % 5 else 2
            little = 0 if (i + j) % 5 else 2
            rows.append(measure(f"GM{i:04}", code, much if i < 6 else little))
    result = classes_of_cases(
        frame(rows), attitudes={}, items={}, sizes=(1, 2), n_classes=2, starts=5, bootstraps=0,
        seed=1,
    )  # fmt: skip
    groups = [result["cases"][f"GM{i:04}"]["class"] for i in range(12)]
    assert len(set(groups[:6])) == len(set(groups[6:])) == 1
    assert groups[0] != groups[6]
    assert result["rule"]["n"] == 12


def test_the_same_rows_give_the_same_run(study) -> None:
    wave = study.waves.all()[0]
    with pytest.raises(Refusal, match="Choose from 2"):
        classes_make(study, wave, unit="respondents", constructs=["B1", "B2"])
