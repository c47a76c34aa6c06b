"""Whether one chooses on a page with a look beforehand, logs steps, and manages the frame."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from plan_making import plan_make

from rodedraad.accounts.models import Person
from rodedraad.studies.models import Case, SelectionEvent, SelectionPlan, Study

ASKED = {
    "method": "most_diverse",
    "n": "6",
    "reference_date": "2015-01-01",
    "strata": ["size"],
    "indicators": ["inhabitants", "address_density"],
    "seed": "12",
}


@pytest.fixture
def selection(study: Study) -> str:
    return reverse("studies:selection", args=[study.slug])


def test_the_form_begins_as_the_template_says_with_a_fresh_seed(
    browse: Client, study: Study, selection: str
) -> None:
    forms = [browse.get(selection).context["form"] for _ in range(2)]
    plan = study.template["cases"]
    assert forms[0].initial["n"] == plan["n"]
    assert forms[0].initial["indicators"] == plan["indicators"]
    assert forms[0].initial["seed"] != forms[1].initial["seed"]


def test_places_are_shown_before_choosing_and_nothing_is_chosen_yet(
    browse: Client, study: Study, selection: str
) -> None:
    answer = browse.get(selection, ASKED)
    strata = {s.name: (s.size, s.quota) for s in answer.context["preview"]["strata"]}
    assert list(strata) == ["<20k", "20-50k", "50-100k", ">100k"]
    assert sum(size for size, _ in strata.values()) == 393
    assert sum(quota for _, quota in strata.values()) == 6
    assert not study.selection_plans.exists()


def test_what_was_shown_is_chosen(browse: Client, study: Study, selection: str) -> None:
    shown = browse.get(selection, ASKED).context
    data: dict[str, list[str]] = {}
    for name, value in shown["pairs"]:
        data.setdefault(name, []).append(value)
    answer = browse.post(selection, data)
    assert answer.url == reverse("studies:cases", args=[study.slug])
    plan = study.selection_plans.get()
    assert plan.quota == {s.name: s.quota for s in shown["preview"]["strata"]}
    assert (plan.seed, plan.method, plan.n_cases) == (12, "most_diverse", 6)
    assert plan.indicators == ASKED["indicators"]
    assert plan.created_by.email == "leider@voorbeeld.test"


def test_another_seed_is_offered_and_the_rest_stays(browse: Client, selection: str) -> None:
    form = browse.get(selection, {**ASKED, "nieuw": "1"}).context["form"]
    assert form.cleaned_data["seed"] != 12
    assert form.cleaned_data["n"] == 6


def test_figures_are_those_of_the_year_of_the_reference_date(
    browse: Client, selection: str
) -> None:
    form = browse.get(selection, {**ASKED, "reference_date": "2020-01-01"}).context["form"]
    keys = {key for key, _ in form.fields["indicators"].choices}
    assert 0 < len(keys) < 37
    assert (
        "indicators"
        in browse.get(selection, {**ASKED, "reference_date": "2017-01-01"}).context["form"].errors
    )


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"n": ""}, "n"),
        ({"n": "0"}, "n"),
        ({"n": "veel"}, "n"),
        ({"method": "matched_pairs", "n": "5"}, "n"),
        ({"method": "zomaar"}, "method"),
        ({"reference_date": "gisteren"}, "reference_date"),
        ({"strata": ["sterrenbeeld"]}, "strata"),
        ({"indicators": []}, "indicators"),
        ({"indicators": ["geluk"]}, "indicators"),
        ({"seed": "-1"}, "seed"),
        ({"seed": "99999999999"}, "seed"),
        ({"seed": ""}, "seed"),
    ],
)
@pytest.mark.parametrize("way", ["get", "post"])
def test_what_is_filled_in_wrong_is_told_beside_its_field(
    browse: Client, study: Study, selection: str, change: dict[str, object], field: str, way: str
) -> None:
    answer = getattr(browse, way)(selection, {**ASKED, **change})
    assert answer.status_code == 200
    assert answer.context["form"].errors.keys() == {field}
    assert not study.selection_plans.exists()


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        ({"n": "2"}, "quota_too_many_needed_strata", "meer groepen"),
        ({"n": "400"}, "selection_size", "393"),
        ({"strata": ["forerunner"]}, "stratum_unknown", "labels"),
        ({"reference_date": "1999-01-01", "strata": [], "indicators": [], "method": "random"},
         "date-before-register", ""),
    ],
)  # fmt: skip
@pytest.mark.parametrize("way", ["get", "post"])
def test_what_cannot_be_chosen_is_told_above_the_form(
    browse: Client, study: Study, selection: str, change: dict, code: str, words: str, way: str
) -> None:
    answer = getattr(browse, way)(selection, {**ASKED, **change})
    assert answer.status_code == 200
    assert answer.context["refusal"].code == code
    assert words in answer.content.decode()
    assert not study.selection_plans.exists()


def test_once_invited_there_is_no_form_and_a_choice_is_refused(
    browse: Client, plan: SelectionPlan, selection: str
) -> None:
    case = plan.study.cases.get(role=Case.Role.MAIN, rank=1)
    browse.post(reverse("studies:step", args=["proef", case.pk]), {"kind": "invited"})
    assert "form" not in browse.get(selection).context
    answer = browse.post(selection, ASKED)
    assert answer.context["refusal"].code == "selection_under_way"
    assert plan.study.selection_plans.count() == 1


def test_two_choices_stand_beside_each_other(browse: Client, plan: SelectionPlan) -> None:
    second = plan_make(plan.study, n_cases=8, seed=8, indicators=("inhabitants",))
    page = browse.get(reverse("studies:compare", args=["proef", 1, 2]))
    compared = page.context["comparison"]
    one, other = set(plan.result["cases"]), set(second.result["cases"])
    assert {case.unit_code for case in compared.both} == one & other
    assert {case.unit_code for case in compared.first_only} == one - other
    assert {case.unit_code for case in compared.second_only} == other - one
    assert browse.get(reverse("studies:compare", args=["proef", 1, 3])).status_code == 404
    assert "naast 2" in browse.get(reverse("studies:selection", args=["proef"])).content.decode()


def test_units_of_another_kind_are_chosen_by_lot_or_all(
    browse: Client, labs: Study, lead: Person
) -> None:
    url = reverse("studies:selection", args=[labs.slug])
    form = browse.get(url).context["form"]
    assert [key for key, _ in form.fields["method"].choices] == ["all", "random"]
    assert "indicators" not in form.fields
    asked = {"method": "all", "reference_date": "2017-01-01", "seed": "1"}
    assert browse.get(url, asked).context["refusal"].code == "frame_empty"


def test_a_refusal_on_the_page_brings_the_reserve_and_can_be_undone(
    browse: Client, plan: SelectionPlan
) -> None:
    case = plan.study.cases.get(role=Case.Role.MAIN, rank=1)
    step = reverse("studies:step", args=["proef", case.pk])
    answer = browse.post(step, {"kind": "refused", "reason": " "})
    assert "reason" in answer.context["form"].errors
    assert browse.post(step, {"kind": "accepted"}).context["form"].errors.keys() == {"kind"}
    page = browse.post(step, {"kind": "refused", "reason": "Geen tijd"}, follow=True)
    reserve = plan.study.cases.get(role=Case.Role.MAIN, rank=1)
    assert f"{case.name} weigert. {reserve.name} neemt de plaats in." in page.content.decode()
    assert browse.get(step).status_code == 404
    last = page.context["last"].pk
    undo = reverse("studies:undo", args=["proef"])
    assert browse.post(undo, {"step": str(last)}).status_code == 302
    assert plan.study.cases.get(role=Case.Role.MAIN, rank=1) == case
    assert browse.post(undo, {"step": str(last)}).status_code == 400
    assert browse.post(undo, {"step": "x"}).status_code == 404
    assert SelectionEvent.objects.filter(kind="undone").count() == 2
    page = browse.get(reverse("studies:log", args=["proef"])).content.decode()
    assert page.count("stap teruggedraaid") == 2
    assert "Geen tijd" in page


def test_units_are_added_by_hand_and_from_a_file(browse: Client, labs: Study) -> None:
    url = reverse("studies:units", args=[labs.slug])
    page = browse.post(url, {"code": "t1", "name": "Tuin één"}, follow=True)
    assert "1 eenheid is toegevoegd." in page.content.decode()
    file = SimpleUploadedFile("lijst.csv", b"code;naam\nt1;Tuin \xc3\xa9\xc3\xa9n\nt2;Tuin twee\n")
    page = browse.post(url, {"upload": "1", "file": file}, follow=True).content.decode()
    assert "1 eenheid is toegevoegd. 1 waren er al." in page
    assert labs.cases.count() == 2


def test_a_file_with_faults_tells_them_all_by_row(browse: Client, labs: Study) -> None:
    url = reverse("studies:units", args=[labs.slug])
    file = SimpleUploadedFile("x.csv", b"code,name\n,Zonder\na b,Spatie\n<b>,<i>\n")
    page = browse.post(url, {"upload": "1", "file": file}).content.decode()
    for expected in ("Rij 2:", "De code ontbreekt.", "Rij 3:", "“a b”", "Rij 4:", "&lt;b&gt;"):
        assert expected in page
    assert "Er zijn 3 fouten. Er is niets bewaard." in page
    assert not labs.cases.exists()
    assert browse.post(url, {"upload": "1"}).context["form"].errors.keys() == {"file"}
    assert browse.post(url, {"code": "", "name": ""}).context["form"].errors.keys() == {
        "code", "name",
    }  # fmt: skip


def test_a_study_of_municipalities_has_no_page_to_type_them_in(
    browse: Client, study: Study
) -> None:
    assert browse.get(reverse("studies:units", args=[study.slug])).status_code == 404


def test_forerunners_are_labelled_with_a_source(browse: Client, study: Study) -> None:
    url = reverse("studies:forerunners", args=[study.slug])
    answer = browse.post(url, {"lines": "Delft", "label": "yes", "source": ""})
    assert answer.context["form"].errors.keys() == {"source"}
    page = browse.post(url, {"lines": "Delf", "label": "yes", "source": "x"}).content.decode()
    assert "Bedoelt u “Delft”?" in page
    page = browse.post(
        url, {"lines": "Delft\nZaanstad", "label": "yes", "source": "Lijst 2014"}, follow=True
    ).content.decode()
    assert "2 eenheden hebben het label gekregen." in page
    assert page.count("Lijst 2014") == 2


def test_the_team_page_adds_by_address_and_removes(
    browse: Client, study: Study, person: Callable[[str], Person]
) -> None:
    colleague, url = person("collega"), reverse("studies:team", args=[study.slug])
    answer = browse.post(url, {"email": "niemand@voorbeeld.test", "role": "client"})
    assert "email" in answer.context["form"].errors
    browse.post(url, {"email": "COLLEGA@voorbeeld.test", "role": "researcher"})
    member = study.team.get(person=colleague)
    assert member.role == "researcher"
    answer = browse.post(url, {"email": "leider@voorbeeld.test", "role": "client"})
    assert answer.context["refusal"].code == "last_lead"
    browse.post(reverse("studies:team_leave", args=[study.slug, member.pk]))
    assert study.team.count() == 1
    mine = study.team.get()
    leave = reverse("studies:team_leave", args=[study.slug, mine.pk])
    assert browse.post(leave).status_code == 400
    assert study.team.get() == mine


def test_a_closed_account_cannot_be_added(
    browse: Client, study: Study, person: Callable[[str], Person]
) -> None:
    colleague = person("collega")
    Person.objects.filter(pk=colleague.pk).update(is_active=False)
    url = reverse("studies:team", args=[study.slug])
    answer = browse.post(url, {"email": colleague.email, "role": "client"})
    assert "email" in answer.context["form"].errors
