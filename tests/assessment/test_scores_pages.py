"""Pages of scores: worked out when asked, stale when rows come, few people shown to few."""

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pages.conftest import Reader
from score_frames import ITEMS, answers, drawn, rubric

from rodedraad.assessment.assess import assess, study_wave
from rodedraad.assessment.models import Evidence, Run
from rodedraad.assessment.queries import evidence_table
from rodedraad.assessment.score_job import scores_work
from rodedraad.assessment.score_runs import scales_of, scores_latest, scores_make
from rodedraad.assessment.score_snippet import score_snippet
from rodedraad.errors import Refusal
from rodedraad.jobs.models import Job
from rodedraad.studies.actions import frame_fill, study_create
from rodedraad.studies.models import Case, Study, TeamMember, Wave
from rodedraad.studies.template import template_load

MOST_QUERIES = 15
FEW, MANY = "GM0098", "GM0099"


@pytest.fixture
def study(db: None) -> Study:
    """Return a study of change factors with the cases of the drawn answers."""
    made = study_create(
        template=template_load("change-factors"), slug="factoren", person=None, origin="test"
    )
    codes = [*(f"GM{i:04d}" for i in range(12)), FEW, MANY]
    frame_fill(made, [(code, f"Gemeente {code}") for code in codes])
    return made


@pytest.fixture
def wave(study: Study) -> Wave:
    """Return its wave."""
    return study.waves.get()


def put(study: Study, rows: Iterable[Mapping[str, object]]) -> None:
    """Add rows to the evidence table."""
    cases = {case.unit_code: case for case in Case.objects.filter(study=study)}
    Evidence.objects.bulk_create(
        Evidence(
            **{k: v for k, v in row.items() if k not in {"id", "study", "wave", "case"}},
            study=study,
            wave=study.waves.get(),
            case=cases[str(row["case"])],
        )
        for row in rows
    )


def same(answer: int) -> dict[str, int]:
    """Return the same answer to all items."""
    return dict.fromkeys(ITEMS, answer)


@pytest.fixture
def filled(study: Study) -> Study:
    """Return the study with answers, with one case of three people and one of six."""
    put(study, drawn().drop("id").to_dicts())
    for code, n in ((FEW, 3), (MANY, 6)):
        put(
            study,
            [
                *(x for i in range(n) for x in answers(code, f"u{i}", "U", same(i % 3 + 2))),
                rubric(code, "document", f"nota{code}", 3),
                rubric(code, "interview", f"gesprek{code}", 1, role="D", respondent="d1"),
            ],
        )  # fmt: skip
    return study


@pytest.fixture
def lead(study: Study) -> Reader:
    """Give who leads the study."""
    return Reader(study, "leider", TeamMember.Role.LEAD)


@pytest.fixture
def client_of(study: Study) -> Reader:
    """Give who ordered the study."""
    return Reader(study, "opdrachtgever", TeamMember.Role.CLIENT)


def test_without_answers_the_page_says_how_to_bring_them_in(lead: Reader) -> None:
    assert "Er zijn nog geen antwoorden" in lead.text("scores/")


def test_a_button_works_the_scores_out_and_they_are_stale_when_rows_come(
    filled: Study, lead: Reader
) -> None:
    assert "nog niet berekend" in lead.text("scores/")
    answer = lead.client.post(f"{lead.root}scores/berekenen/", {"meting": "2015"})
    assert answer.status_code == 302
    assert Run.objects.filter(study=filled, kind="scores").count() == 1
    assert "verouderd" not in lead.text("scores/")
    put(filled, answers(MANY, "nieuw", "U", same(5)))
    assert "Sommige scores zijn verouderd" in lead.text("scores/")
    assert "Scores opnieuw berekenen" in lead.text("scores/construct/F5/")


def test_only_what_changed_is_worked_out_again(filled: Study, wave: Wave) -> None:
    put(filled, [{**row, "construct": "F1"} for row in answers(MANY, "a", "U", {"F1.1": 4})])
    assert [(run.subject, new) for run, new in scores_make(filled, wave)] == [
        ("F1", True), ("F5", True)
    ]  # fmt: skip
    assert not any(new for _run, new in scores_make(filled, wave))
    put(filled, answers(MANY, "nieuw", "U", same(5)))
    assert [(run.subject, new) for run, new in scores_make(filled, wave)] == [
        ("F1", False), ("F5", True)
    ]  # fmt: skip


def test_many_rows_become_long_work(
    filled: Study, lead: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rodedraad.assessment.views.scores.ROWS_AT_ONCE", 10)
    answer = lead.client.post(f"{lead.root}scores/berekenen/")
    job = Job.objects.get(study=filled, kind="scores")
    assert answer.url.endswith(f"/rekenwerk/{job.pk}/")
    told: list[int] = []
    found = scores_work(job, lambda done, total, message="": told.append(done))
    assert found["address"].startswith(f"{lead.root}scores/")
    assert told == [0, 1]


def test_a_score_of_few_people_is_for_researchers_only(
    filled: Study, wave: Wave, lead: Reader, client_of: Reader
) -> None:
    scores_make(filled, wave)
    case = scores_latest(filled, wave)["F5"].result["cases"][FEW]
    shown = f"{case['combined']:.2f}".replace(".", ",")
    for path in (f"scores/eenheid/{FEW}/", "scores/construct/F5/", "scores/"):
        assert "niet voor publicatie" in lead.text(path)
        assert "niet voor publicatie" not in client_of.text(path)
        assert "te weinig antwoorden" in client_of.text(path)
    assert shown in lead.text(f"scores/eenheid/{FEW}/")
    assert shown not in client_of.text(f"scores/eenheid/{FEW}/")


def test_the_survey_is_not_shown_apart_when_few_were_interviewed(
    filled: Study, wave: Wave, lead: Reader, client_of: Reader
) -> None:
    scores_make(filled, wave)
    case = scores_latest(filled, wave)["F5"].result["cases"][MANY]
    assert sorted((case["survey"], case["document"], case["interview"])) == pytest.approx(
        [1 / 3, 0.5, 1]
    )
    text = client_of.text(f"scores/eenheid/{MANY}/")
    assert "niet getoond" in text
    assert "0,33" not in text.replace("groter dan 0,33", "")
    assert "0,33" in lead.text(f"scores/eenheid/{MANY}/").replace("groter dan 0,33", "")


@pytest.mark.parametrize("who", ["lead", "client_of"])
def test_the_file_holds_what_the_person_may_see(
    who: str, filled: Study, wave: Wave, request: pytest.FixtureRequest
) -> None:
    scores_make(filled, wave)
    answer = request.getfixturevalue(who).get("scores.csv?construct=F5")
    rows = {row["case"]: row for row in csv.DictReader(io.StringIO(answer.content.decode()))}
    assert len(rows) == 14
    assert bool(rows[FEW]["combined"]) is (who == "lead")
    assert bool(rows[MANY]["survey"]) is (who == "lead")
    assert rows[FEW]["suppressed"] == "1"
    assert rows["GM0000"]["survey"]


def test_cases_stand_by_name_and_never_by_score(filled: Study, wave: Wave, lead: Reader) -> None:
    scores_make(filled, wave)
    text = lead.text("scores/construct/F5/")
    places = [text.index(f"Gemeente GM{i:04d}") for i in range(12)]
    assert places == sorted(places)


def test_the_matrix_says_whose_answers_it_shows(filled: Study, wave: Wave, lead: Reader) -> None:
    scores_make(filled, wave)
    case = scores_latest(filled, wave)["F5"].result["cases"]["GM0003"]
    text = lead.text("scores/?rol=U")
    assert "volgens de antwoorden van één rol: uitvoerder" in text.lower()
    assert f"{case['roles']['U']['mean']:.2f}".replace(".", ",") in text


def test_an_item_with_its_figures_and_the_guide(filled: Study, wave: Wave, lead: Reader) -> None:
    scores_make(filled, wave)
    result = scores_latest(filled, wave)["F5"].result
    text = lead.text("scores/construct/F5/")
    assert "niet gevalideerd" in text
    for item in result["reliability"]["items"]:
        assert f"{item['item_rest']:.2f}".replace(".", ",") in text
        assert item["item"] in text
    assert f"{result['icc']['icc1']:.2f}".replace(".", ",") in text


@pytest.mark.parametrize(
    "path",
    ["scores/", "scores/?rol=U&orde=stratum", "scores/construct/F5/", f"scores/eenheid/{MANY}/"],
)
def test_pages_ask_few_queries_however_many_rows(
    path: str, filled: Study, wave: Wave, lead: Reader
) -> None:
    scores_make(filled, wave)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert lead.get(path).status_code == 200
    assert len(asked) <= MOST_QUERIES, [query["sql"][:90] for query in asked]


@pytest.mark.parametrize(
    "path",
    ["scores/?meting=1999", "scores/?rol=Q", "scores/construct/F9/", "scores/eenheid/GM7777/"],
)
def test_what_is_not_there_is_not_found(path: str, filled: Study, wave: Wave, lead: Reader) -> None:
    scores_make(filled, wave)
    assert lead.get(path).status_code == 404


def test_who_is_not_in_the_team_sees_nothing_and_a_client_works_nothing_out(
    filled: Study, client_of: Reader
) -> None:
    stranger = Reader(filled, "vreemde")
    for path in ("scores/", "scores.csv", "scores/construct/F5/", f"scores/eenheid/{MANY}/"):
        assert stranger.get(path).status_code == 404
    assert client_of.client.post(f"{client_of.root}scores/berekenen/").status_code == 404


def test_each_source_leads_to_its_rows(filled: Study, wave: Wave, lead: Reader) -> None:
    scores_make(filled, wave)
    page = lead.get(f"scores/eenheid/{MANY}/").content.decode()
    rows = lead.text(f"bewijs/?meting=2015&construct=F5&soort=answer&gemeente={MANY}")
    assert f"meting=2015&amp;construct=F5&amp;soort=answer&amp;gemeente={MANY}" in page
    assert f"soort=rubric&amp;over=document&amp;gemeente={MANY}" in page
    assert "24 rijen" in rows


def test_the_snippet_gives_the_same_numbers_from_the_file(
    filled: Study, wave: Wave, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scores_make(filled, wave)
    run = scores_latest(filled, wave)["F5"]
    evidence_table(filled).write_parquet(tmp_path / f"bewijs-{filled.slug}.parquet")
    monkeypatch.chdir(tmp_path)
    found: dict[str, object] = {}
    exec(score_snippet(run, wave.label, filled.slug), found)
    cases = run.result["cases"]
    assert found["scores"] == pytest.approx(
        {code: case["combined"] for code, case in cases.items()}
    )
    assert found["rwg"] == pytest.approx(
        {code: case["rwg"] for code, case in cases.items() if case["rwg"] is not None}
    )
    reliability = run.result["reliability"]
    assert found["reliability"].alpha == pytest.approx(reliability["alpha"])
    assert found["reliability"].omega_interval.low == pytest.approx(
        reliability["omega_interval"][0]
    )
    assert found["icc"].icc2 == pytest.approx(run.result["icc"]["icc2"])


def test_a_construct_that_is_no_scale_has_a_score_per_part(db: None) -> None:
    made = study_create(
        template=template_load("network-development"), slug="netwerk", person=None, origin="test"
    )
    scales = {scale.subject: scale.items for scale in scales_of(made.waves.first())}
    assert "B7" not in scales
    assert scales["B7.goal_consensus"] == ("B7.1",)
    assert scales["B7.competence_need"] == ("B7.2", "B7.3")


def test_all_conclusions_are_drawn_at_once_and_not_again(filled: Study, wave: Wave) -> None:
    told: list[tuple[str, int]] = []
    made = assess(filled, wave, tell=lambda name, done, total, step: told.append((name, done)))
    assert all(new for _run, new in made["scores"])
    assert ("scores", len(made["scores"])) in told
    assert not any(new for runs in assess(filled, wave).values() for _run, new in runs)


def test_an_unknown_study_or_wave_is_refused_with_what_there_is(study: Study) -> None:
    with pytest.raises(Refusal, match="factoren"):
        study_wave("elders", None)
    with pytest.raises(Refusal, match="2015"):
        study_wave("factoren", "1999")
    assert study_wave("factoren", None)[1] == study.waves.get()
