"""Does ``rodedraad methods rule`` give each row the label worked out by hand, or refuse it?"""

import json

import pytest
from click.testing import CliRunner

from rodedraad.cli import commands
from rodedraad.errors import Refusal
from rodedraad.methods.rulesets.measures import MEASURES

TYPE_HEADINGS = (
    f"case,on,source_types,{','.join(MEASURES)},necessity,small_steps,waiting,doubt,first_team"
)
# Breadth (5 x .5 + 5 + 5 + 0) / 20 = .625 and no measure of D: for change (.8 + .6 + 1) / 3,
# against it (.2 + .3 + .2) / 3.
NO_D = f"Noord,2025-01-01,document|survey,{'2,' * 5}{'3,' * 10}{'0,' * 5}.8,.6,.2,.3,"
ALL_IN_USE = f"Zuid,2025-01-01,interview|survey,{'3,' * 20},,.7,,2024-06-01"
PHASE = "case,on,explore,share,agree,shape,deliver"
DRIVE = (
    "case,on,researched,extra_tasks,members_prescribed,members_voluntary,members_unknown,"
    "provision,prescribes_party,since,until"
)
GOVERNANCE = (
    "case,coordinating_entity,coordinating_member,degree_centralisation,tie_trust,density,"
    "participants,consensus,need"
)
STEERING = "case,commissioner_frames,commissioner_autonomy,team_frames,team_autonomy"
THREAD = "thread,municipalities,cases_in_study,strata,source_types,contra_searched,contra_handled"
CONFIDENCE = (
    "finding,cases,source_types,open_contra,current_wave,same_group,coders,agreement_measured,"
    "response"
)
COMPLEXITY = "case,on,development,domains,levels,since,until,sources"


@pytest.fixture
def rule(tmp_path):
    """Run a rule on the lines of a file, and of a second file behind its option."""

    def run(name, *lines, option="", second=(), as_json=True):
        file, other = tmp_path / "cases.csv", tmp_path / "second.csv"
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        other.write_text("\n".join(second) + "\n", encoding="utf-8")
        arguments = ["methods", "rule", name, str(file), *([option, str(other)] if option else [])]
        result = CliRunner().invoke(
            commands, [*arguments, *(["--json"] if as_json else [])], catch_exceptions=False
        )
        assert result.exit_code == 0, result.output
        return json.loads(result.output) if as_json else result.output

    return run


def test_a_municipality_without_part_d_is_no_changer_however_much_it_does(rule):
    north, south = rule("change-type", TYPE_HEADINGS, NO_D, ALL_IN_USE)["cases"]
    assert north["label"] == "voorzichtige veranderaar"
    assert north["label_en"] == "careful changer"
    assert north["missing_cells"] == ["D"]
    assert north["breadth"]["breadth"] == pytest.approx(0.625)
    assert north["pro"] == pytest.approx(0.8)
    assert north["con"] == pytest.approx(0.7 / 3)
    assert north["stability"] == 1
    assert "ontbreekt: D" in north["explanation"]["nl"]
    assert south["label"] == "veranderaar"
    assert south["flags"] == ["waiting_conflict", "young"]


def test_the_table_gives_label_sentence_and_whose_thresholds_these_are(rule):
    text = rule("change-type", TYPE_HEADINGS, NO_D, as_json=False)
    assert "voorzichtige veranderaar" in text
    assert "Noord: De breedte is 0.62 (grens 0.50), ontbreekt: D" in text
    assert "change-type 1. The thresholds are defaults of Rode Draad." in text


def test_a_network_that_agreed_without_a_shared_ambition_is_formally_ahead(rule):
    found = rule("phase", PHASE, "N,2025-01-01,2020-01-01,,2021-01-01,,2022-12-31")["cases"][0]
    assert (found["label"], found["gaps"], found["ahead"]) == ("verkennen", [2], [3])
    assert found["formally_ahead"] is True
    assert found["lapsed"] is True


def test_a_third_of_members_outside_the_law_makes_a_network_mixed(rule):
    found = rule(
        "drive",
        DRIVE,
        "Prescribed,2025-01-01,yes,no,7,3,0,art. 10,yes,2015-01-01,",
        "Mixed,2025-01-01,yes,no,4,2,0,art. 10,yes,2015-01-01,",
        "Lapsed,2025-01-01,yes,no,4,2,0,art. 10,yes,2015-01-01,2020-01-01",
        "Framed,2025-01-01,yes,no,,,,art. 1,no,,",
        "Framed,2025-01-01,yes,no,,,,art. 2,yes,2026-01-01,",
        "Nobody looked,2025-01-01,no,,,,,,,,",
    )["cases"]
    assert {one["case"]: one["label"] for one in found} == {
        "Prescribed": "regelgedreven",
        "Mixed": "gemengd",
        "Lapsed": "niet-regelgedreven",
        "Framed": "regelomlijst",
        "Nobody looked": "onbepaald",
    }
    assert found[1]["two_classes"] == "regelgedreven"


def test_shared_governance_fits_few_members_who_trust_each_other(rule):
    # Trust .9 x .9 = .81 is high, 6 members are few, consensus .8 is high; need .6 is not low.
    found = rule("governance", GOVERNANCE, "N,no,no,.2,.9,.9,6,.8,.6")["cases"][0]
    assert found["label"] == "gedeeld bestuur"
    assert found["fit"]["label"] == "past deels"
    assert found["fit"]["fits"] == {
        "trust": True,
        "participants": True,
        "consensus": True,
        "need": False,
    }


def test_a_side_that_sees_another_mode_is_a_tension_and_the_end_is_watched(rule):
    found = rule(
        "steering",
        f"{STEERING},on,has_owner,has_money,ends,recorded,started",
        "I,.7,.8,.3,.8,2025-01-01,no,no,2025-03-01,2024-02-01,2024-01-01",
    )["cases"][0]
    assert found["label"] == "spanningsveld"
    assert found["commissioner"]["label"] == "kaderstellend loslaten"
    assert found["team"]["label"] == "vrijblijvend loslaten"
    assert found["anchoring"]["label"] == "borging in gevaar"
    assert found["start"]["label"] == "achteraf ingevuld"


def test_two_rungs_between_promise_and_experience_are_a_gap(rule):
    found = rule("ladder", "case,promised,experienced", "A,4,2", "B,4,3", "C,4,")["cases"]
    assert [one["label"] for one in found] == [
        "verwachtingskloof",
        "geen verwachtingskloof",
        "onbepaald",
    ]


def test_the_vote_of_a_session_validates_a_supported_thread(rule):
    # 6 x herken and 2 x deels: 7 / 8.
    votes = [f"Tempo,{'herken' if i < 6 else 'deels'},U,{'yes' if i else 'no'}" for i in range(8)]
    found = rule(
        "red-thread",
        THREAD,
        "Tempo,6,16,3,2,yes,yes",
        "Geld,6,16,3,2,yes,no",
        option="--votes",
        second=("thread,answer,role,interviewed", *votes),
    )["cases"]
    assert [one["label"] for one in found] == ["gevalideerd", "kandidaat"]
    assert found[0]["recognition"] == {"n": 8, "mean": 7 / 8}
    assert found[0]["not_interviewed"] == {"n": 1, "mean": 1.0}
    assert found[1]["missing"] == ["contra"]


def test_each_kind_of_concern_lowers_confidence_by_one(rule):
    found = rule("confidence", CONFIDENCE, "F,8,2,0,yes,yes,2,yes,", "G,2,1,1,yes,yes,,,.3")[
        "cases"
    ]
    assert [one["label"] for one in found] == ["hoog", "zwak"]
    assert found[1]["concerns"] == ["method", "coherence", "adequacy"]


def test_a_profile_of_two_developments_at_two_levels_that_are_linked(rule):
    # Two of five levels, evenly: log 2 / log 5. The one pair is linked and has no common level.
    found = rule(
        "complexity",
        COMPLEXITY,
        "N,2025-01-01,teams,zorg|werk,wijk,2020-01-01,,p1|p2",
        "N,2025-01-01,inkoop,zorg,regio,,,p1",
        "N,2025-01-01,oud,zorg,regio,,2019-01-01,p1",
        option="--links",
        second=("case,one,other,evidence", "N,teams,inkoop,2", "N,teams,oud,0"),
    )["cases"][0]
    assert (found["n"], found["inactive"], found["n_sources"]) == (2, 1, 2)
    assert found["level_entropy"] == pytest.approx(0.4306765581)
    assert (found["link_density"], found["cross_level_link_density"]) == (1, 1)
    assert found["multi_domain_share"] == 0.5
    assert found["links_without_evidence"] == 1


@pytest.mark.parametrize(
    ("name", "lines", "message"),
    [
        ("ladder", ("case,promised,experienced", "A,7,2"), "row 2, column 'promised': '7'"),
        ("ladder", ("case,promised", "A,3"), "no column 'experienced'"),
        ("ladder", ("case,promised,experienced,note", "A,3,2,x"), "no column 'note'. Correct"),
        ("ladder", ("case,promised,experienced", "A,3,2", "A,3,3"), "rows 2 and 3, column 'case'"),
        ("change-type", (TYPE_HEADINGS, NO_D.replace(",2,", ",5,", 1)), "column 'A1': '5'"),
        (
            "change-type",
            (TYPE_HEADINGS, NO_D.replace("survey", "gossip")),
            "row 2, column 'source_types': 'document|gossip'",
        ),
        ("change-type", (TYPE_HEADINGS, NO_D.replace(".8", "8")), "column 'necessity': '8'"),
        ("phase", (PHASE, "N,,,,,,"), "row 2, column 'on': nothing is filled in"),
        ("phase", (PHASE, "N,2025-01-01,1-2-2020,,,,"), "column 'explore': '1-2-2020'"),
        ("drive", (DRIVE, "N,2025-01-01,yes,,1,,,art. 1,,,"), "column 'prescribes_party'"),
        (
            "drive",
            (DRIVE, "N,2025-01-01,yes,,1,,,a,yes,,", "N,2025-01-01,yes,,2,,,b,yes,,"),
            "row 3, column 'members_prescribed': '2' cannot be used here. Row 2 is of the same",
        ),
        (
            "governance",
            (GOVERNANCE, "N,perhaps,,,,,,,"),
            "'perhaps' cannot be used here. Write yes",
        ),
        ("governance", (GOVERNANCE, "N,yes,,,,,0,,"), "Write a whole number of 1 or more"),
        ("steering", (STEERING, "I,1.2,,,"), "column 'commissioner_frames': '1.2'"),
        ("steering", (f"{STEERING},ends", "I,,,,,2025-01-01"), "column 'on': nothing is filled in"),
        ("red-thread", (THREAD, "T,9,8,1,1,yes,yes"), "There are 8 in the study"),
        ("confidence", (CONFIDENCE, "F,,2,0,yes,yes,,,"), "column 'cases': nothing is filled in"),
        ("complexity", (COMPLEXITY, "N,2025-01-01,d,x,straat,,,"), "column 'levels': 'straat'"),
        (
            "complexity",
            (COMPLEXITY, "N,2025-01-01,d,x,wijk,,,", "N,2025-01-01,d,x,wijk,,,"),
            "row 3, column 'development': 'd' cannot be used here. Row 2 has it too",
        ),
    ],
)
def test_a_cell_that_cannot_be_read_is_refused_with_row_column_and_cure(rule, name, lines, message):
    with pytest.raises(Refusal) as caught:
        rule(name, *lines)
    assert message in str(caught.value)


def test_a_vote_on_a_thread_that_is_not_there_is_refused(rule):
    with pytest.raises(Refusal, match="row 2, column 'thread': 'Geld' cannot be used here"):
        rule(
            "red-thread",
            THREAD,
            "Tempo,6,16,3,2,yes,yes",
            option="--votes",
            second=("thread,answer,role,interviewed", "Geld,herken,U,no"),
        )
