"""Whether the pages of a study say what is there, in both languages, in few queries."""

import csv
import io
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from plan_making import plan_make

from rodedraad.accounts.models import AuditEvent, Person
from rodedraad.country.current import current_country
from rodedraad.studies.actions import frame_fill_from_country, study_create, wave_freeze
from rodedraad.studies.invitations import case_invite, case_refuse, step_undo
from rodedraad.studies.models import Case, SelectionPlan, Study, Wave
from rodedraad.studies.template import framework, template_keys, template_load
from rodedraad.studies.templatetags.studies import study_results
from rodedraad.studies.units import unit_add
from rodedraad.studies.wording import RULESETS

FIGURES = ("inhabitants", "address_density", "aged_65_plus_share")


def text_of(client: Client, name: str, study: Study, *more: object) -> str:
    answer = client.get(reverse(f"studies:{name}", args=[study.slug, *more]))
    assert answer.status_code == 200
    return answer.content.decode()


def queries_of(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def english(client: Client) -> Client:
    client.post(reverse("set_language"), {"language": "en", "next": "/"})
    return client


def test_the_list_takes_as_many_queries_for_one_study_as_for_thirty(
    browse: Client, study: Study, lead: Person
) -> None:
    url = reverse("studies:list")
    one = queries_of(browse, url)
    for number in range(29):
        study_create(template=template_load("scan"), slug=f"s{number}", person=lead, origin="test")
    assert queries_of(browse, url) == one
    assert one <= 7


@pytest.mark.parametrize("name", ["study", "cases", "frame", "forerunners", "selection", "log",
                                  "team", "cases_file", "log_file", "framework"])  # fmt: skip
def test_a_page_takes_as_many_queries_with_much_as_with_little(
    browse: Client, labs: Study, lead: Person, person: Callable[[str], Person], name: str
) -> None:
    unit_add(labs, code="u0", name="U0", person=lead, origin="test")
    plan = plan_make(labs, method="all", strata=())
    case_invite(plan, labs.cases.get(), person=lead)
    step_undo(plan, person=lead)
    url = reverse(f"studies:{name}", args=[labs.slug])
    little = queries_of(browse, url)
    for number in range(1, 30):
        unit_add(labs, code=f"u{number}", name=f"U{number}", person=lead, origin="test")
        if number < 5:
            labs.team.create(person=person(f"p{number}"), role="researcher")
    plans = [plan_make(labs, method="random", n_cases=8, strata=(), seed=n) for n in range(5)]
    for case in labs.cases.filter(role=Case.Role.MAIN).order_by("rank"):
        case_invite(plans[-1], case, person=lead)
        case_refuse(plans[-1], case, reason="Nee", person=lead)
    # The form to choose with asks one thing more than the notice in its place.
    assert queries_of(browse, url) <= little
    assert little <= 14


def test_the_study_page_says_what_the_study_is(browse: Client, study: Study) -> None:
    page = text_of(browse, "study", study)
    for expected in (
        study.title_nl,
        study.questions.first().text_nl,
        "1 januari 2016",
        "open: kan nog veranderen",
        "network-drive",
        "niet gevalideerd",
        "Projectleider",
        "414",
    ):
        assert expected in page
    assert study.questions.first().text_en not in page


def test_in_english_the_study_speaks_english(browse: Client, study: Study) -> None:
    page = text_of(english(browse), "study", study)
    assert study.title_en in page
    assert study.questions.first().text_en in page
    assert study.questions.first().text_nl not in page
    assert "have not been validated" in page


def test_a_wave_is_frozen_by_the_lead_and_stays_frozen(browse: Client, study: Study) -> None:
    wave = study.waves.first()
    url = reverse("studies:wave", args=[study.slug, wave.pk])
    assert "Voorgoed vastzetten" in browse.get(url).content.decode()
    browse.post(url, {"do": "freeze"})
    assert Wave.objects.get(pk=wave.pk).frozen_at is not None
    page = browse.get(url).content.decode()
    assert "Voorgoed vastzetten" not in page
    assert browse.post(url, {"do": "version"}).status_code == 400
    assert study.frameworks.count() == 1


def test_another_wave_gets_its_own_version_and_both_can_be_read(
    browse: Client, study: Study, lead: Person
) -> None:
    first, second = study.waves.all()
    wave_freeze(first, person=lead, origin="test")
    browse.post(reverse("studies:wave", args=[study.slug, second.pk]), {"do": "version"})
    assert Wave.objects.get(pk=second.pk).framework.version == 2
    assert "meting 2022" in text_of(browse, "framework", study)
    assert "meting 2016" in text_of(browse, "framework_version", study, 1)
    missing = reverse("studies:framework_version", args=[study.slug, 3])
    assert browse.get(missing).status_code == 404


def test_the_framework_shows_every_construct_and_statement_in_both_languages(
    browse: Client, labs: Study
) -> None:
    page = text_of(browse, "framework", labs)
    for construct in template_load("living-labs").constructs():
        assert construct.name.nl in page
        for item in construct.items:
            assert item.nl in page
            assert item.en in page
    obstacles = [c for c in template_load("living-labs").constructs() if c.obstacle]
    assert page.count('<span class="rd-badge">belemmering</span>') == len(obstacles) == 2
    turned = [i for c in template_load("living-labs").constructs() for i in c.items if i.reversed]
    assert page.count('<span class="rd-badge">omgekeerd</span>') == len(turned)


@pytest.mark.parametrize("key", ["change-factors", "living-labs", "network-development", "scan"])
def test_every_template_gives_pages_that_open(browse: Client, lead: Person, key: str) -> None:
    made = study_create(template=template_load(key), slug="elk", person=lead, origin="test")
    frame_fill_from_country(made, current_country())
    for name in ("study", "framework", "cases", "frame", "selection", "log", "team"):
        text_of(browse, name, made)
    assert {c.block for c in template_load(key).constructs()} <= {
        block.code for block in framework().blocks
    }


def test_results_of_other_rooms_are_linked_when_they_exist(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    def only_networks(name: str, args: list[str]) -> str:
        if name != "networks:overview":
            raise NoReverseMatch
        return f"/studies/{args[0]}/netwerken/"

    monkeypatch.setattr("rodedraad.studies.templatetags.studies.reverse", only_networks)
    assert [link.url for link in study_results(study)] == ["/studies/proef/netwerken/"]


def test_the_cases_page_shows_chosen_reserves_spread_balance_and_sentence(
    browse: Client, study: Study
) -> None:
    plan = plan_make(study, method="most_diverse", indicators=FIGURES)
    answer = browse.get(reverse("studies:cases", args=[study.slug]))
    page = answer.content.decode()
    for case in study.cases.filter(role__in=["main", "reserve"]):
        assert case.name.replace("'", "&#x27;") in page
    assert plan.result["sentence"]["nl"].replace("<", "&lt;").replace(">", "&gt;") in page
    assert page.count('class="rd-map-mark rd-map-mark-chosen"') == 8
    assert page.count('class="rd-map-mark rd-map-mark-reserve"') == 16
    assert page.count('class="rd-strip"') == 3 + len(FIGURES)
    assert "Omgevingsadressendichtheid" in page
    balance = {row.title: row for row, _ in answer.context["balance"]}
    kept = {row["name"]: row for row in plan.result["balance"]}
    assert balance["65 jaar of ouder"].mean_chosen == kept["aged_65_plus_share"]["mean_chosen"]
    assert len(balance["65 jaar of ouder"].frame) == 393
    assert len(balance["65 jaar of ouder"].chosen) == 8


def test_values_that_were_renewed_since_are_not_drawn(browse: Client, study: Study) -> None:
    plan = plan_make(study, method="most_diverse", indicators=FIGURES)
    plan.result["balance"][0]["mean_frame"] += 1
    plan.save()
    page = text_of(browse, "cases", study)
    assert page.count("De cijfers zijn sindsdien vernieuwd.") == 1
    assert page.count('class="rd-strip"') == 3 + len(FIGURES) - 1


def test_the_files_hold_every_case_and_every_line(
    browse: Client, plan: SelectionPlan, lead: Person
) -> None:
    first = plan.study.cases.get(role=Case.Role.MAIN, rank=1)
    case_invite(plan, first, person=lead)
    reserve = case_refuse(plan, first, reason="=HYPERLINK(1)", person=lead)
    cases = list(csv.DictReader(io.StringIO(text_of(browse, "cases_file", plan.study))))
    assert [row["role"] for row in cases].count("main") == 8
    assert [row["role"] for row in cases].count("reserve") == 15
    assert [row["code"] for row in cases if row["role"] == "withdrawn"] == [first.unit_code]
    log = list(csv.DictReader(io.StringIO(text_of(browse, "log_file", plan.study))))
    assert [row["kind"] for row in log] == ["chosen"] * 8 + ["invited", "refused", "replaced"]
    assert log[-2]["reason"] == "'=HYPERLINK(1)"
    assert log[-1]["replaced_by"] == reserve.unit_code
    assert log[-1]["person"] == "Leider"
    downloads = AuditEvent.objects.filter(action="selection_download", person=lead)
    assert list(downloads.order_by("pk").values_list("object", flat=True)) == [
        "study:proef cases",
        "study:proef log",
    ]


def test_the_frame_is_searched_by_name_code_and_place(browse: Client, plan: SelectionPlan) -> None:
    url = reverse("studies:frame", args=[plan.study.slug])

    def found(**asked: str) -> list[str]:
        return [case.name for case in browse.get(url, asked).context["page"]]

    assert found(zoek="zaanst") == ["Zaanstad"]
    assert found(zoek="gm0503") == ["Delft"]
    assert len(found(rol="main")) == 8
    assert found(zoek="bestaat niet") == []
    assert len(found()) == 50
    assert len(found(rol="raar", zoek="x" * 200)) == 50
    assert browse.get(url, {"zoek": "a\x00"}).status_code == 200


def test_every_ruleset_of_the_templates_has_a_name_in_words() -> None:
    named = {rule.name for key in template_keys() for rule in template_load(key).rulesets}
    assert named <= set(RULESETS)
