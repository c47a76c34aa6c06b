"""Do the pages about answers show what is right, to whom may see it, with as many queries?"""

import csv
import datetime
from io import StringIO

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.surveys.answered import answered, framework_fill, version_out

from rodedraad.accounts.models import AuditEvent, Person
from rodedraad.assessment.models import Evidence
from rodedraad.country.current import current_country
from rodedraad.sources.models import Source
from rodedraad.studies.models import Case, TeamMember
from rodedraad.surveys.models import LeftOut, Response, SurveyWeights
from rodedraad.surveys.results.background import PART, SIZE, population_of
from rodedraad.surveys.results.evidence import responses_to_evidence
from rodedraad.surveys.results.item_figures import item_figures_make
from rodedraad.surveys.results.weighting import POST, RAKE, WeightsAsked, weights_make
from rodedraad.surveys.views.results_asked import pages_words

pytestmark = pytest.mark.django_db
TEN = {
    "F1": [(f"F1.{n}", ["D", "U"], n == 5) for n in range(1, 10)],
    "X1": [("X1.1", ["D"], False)],
}
DATE = datetime.date(2015, 1, 1)
PAGES = [name for name, _words in pages_words()]


def person_with(client, study, role):
    made = Person.objects.create_user(f"{role}@voorbeeld.test", name=role)
    TOTP.activate(made, generate_totp_secret())
    TeamMember.objects.create(study=study, person=made, role=role)
    client.force_login(made)
    return made


@pytest.fixture
def filled(survey):
    """Five responses of each of 24 municipalities, large ones more often."""
    survey.wave.reference_date = DATE
    survey.wave.save(update_fields=["reference_date"])
    framework_fill(survey.wave, TEN)
    version = version_out(survey, ["D", "U"])
    units = sorted(current_country().municipalities_on(DATE), key=lambda unit: unit.code)
    chosen = Case.objects.bulk_create(
        Case(study=survey.study, unit_code=unit.code, name=unit.name) for unit in units[::12]
    )
    for i, case in enumerate(chosen):
        for n in range(2 + i % 4):
            answers = {f"F1.{k}": 1 + (i + n + k * k) % 5 for k in range(1, 10)}
            role = "D" if n == 0 else "U"
            data = {"F1": answers, "open": f"Antwoord {i} {n}"}
            if role == "D":
                data["X1"] = {"X1.1": 1 + i % 5}
            answered(version, case, role, f"{role}-{i}-{n}", data, seconds=200 + 10 * n)
    return survey


def page(client, survey, name="results", **query):
    return client.get(reverse(f"surveys:{name}", args=[survey.study.slug, survey.slug]), query)


@pytest.mark.parametrize("name", PAGES)
def test_every_page_opens_for_the_team_and_only_answers_for_a_client(client, filled, name):
    person_with(client, filled.study, "lead")
    assert page(client, filled, name).status_code == 200
    person_with(client, filled.study, "client")
    assert page(client, filled, name).status_code == (200 if name == "results" else 404)


@pytest.mark.parametrize("name", PAGES)
def test_every_page_says_what_to_do_when_nobody_answered(client, survey, name):
    survey.wave.reference_date = DATE
    survey.wave.save(update_fields=["reference_date"])
    person_with(client, survey.study, "lead")
    assert page(client, survey, name).status_code == 200


def test_queries_stay_as_they_are_when_responses_come_in(client, filled):
    person_with(client, filled.study, "lead")
    counts = {}
    for turn in range(2):
        for name in PAGES:
            page(client, filled, name)
            with CaptureQueriesContext(connection) as queries:
                page(client, filled, name)
            counts.setdefault(name, []).append(len(queries))
        version = filled.versions.get()
        case = Case.objects.first()
        for n in range(30):
            answered(version, case, "U", f"later-{turn}-{n}", {"F1": {"F1.1": 3}, "open": "x"})
    assert all(late <= early for early, late in counts.values()), counts
    assert max(early for early, _late in counts.values()) <= 25, counts


def test_a_client_sees_nothing_while_answers_come_in_and_no_small_number_after(client, filled):
    person_with(client, filled.study, "client")
    assert page(client, filled).context["too_early"]
    csv_address = reverse("surveys:results_csv", args=[filled.study.slug, filled.slug])
    assert client.get(csv_address).status_code == 403
    filled.state = "closed"
    filled.save(update_fields=["state"])
    assert "too_early" not in page(client, filled).context
    rows = list(csv.DictReader(StringIO(client.get(csv_address, {"uitsplitsing": "rol"}).text)))
    assert rows
    assert all(int(row["n"]) >= 5 for row in rows if row["n"])
    assert any(not row["n"] for row in rows)


def test_the_file_has_the_numbers_of_the_page(client, filled):
    person_with(client, filled.study, "researcher")
    shown = page(client, filled, deel="F1", uitsplitsing="rol").context["rows"]
    address = reverse("surveys:results_csv", args=[filled.study.slug, filled.slug])
    rows = list(csv.DictReader(StringIO(client.get(address, {"uitsplitsing": "rol"}).text)))
    of_first = [int(row["n"]) for row in rows if row["question"] == "F1.1" and not row["group"]]
    assert of_first == [n for n, _share in shown[0][3]]
    assert len(shown) == 9 * 3


def test_raked_weights_give_each_group_its_share_of_all_municipalities(filled):
    made = weights_make(filled, WeightsAsked(RAKE, (SIZE, PART), highest=None), person=None,
                        origin="test")  # fmt: skip
    assert made.result["converged"]
    for cell in made.result["cells"]:
        assert cell["after"] == pytest.approx(cell["share"], abs=1e-6)
    values = [made.result["by_case"][one.case.unit_code] for one in
              Response.objects.select_related("case")]  # fmt: skip
    assert sum(values) / len(values) == pytest.approx(1)
    n, total, squares = len(values), sum(values), sum(value**2 for value in values)
    assert made.result["design_effect"] == pytest.approx(n * squares / total**2)
    assert made.result["n_effective"] == pytest.approx(total**2 / squares)


def test_a_post_stratified_weight_is_population_over_responses(filled):
    asked = WeightsAsked(POST, (SIZE,), population="inhabitants", highest=None)
    made = weights_make(filled, asked, person=None, origin="test")
    population = population_of(filled)
    label = population.labels[SIZE]
    case = Case.objects.first().unit_code
    mine = label[case]
    people = sum(population.inhabitants[code] for code in population.codes if label[code] == mine)
    everyone = sum(population.inhabitants.values())
    responses = list(Response.objects.values_list("case__unit_code", flat=True))
    share = sum(label[code] == mine for code in responses) / len(responses)
    assert made.result["by_case"][case] == pytest.approx(people / everyone / share)


def test_a_limit_lowers_the_largest_weight_and_what_it_leaves_unfitted_is_said(client, filled):
    free = weights_make(filled, WeightsAsked(highest=None), person=None, origin="test")
    limit = 0.8 * free.result["highest"]
    made = weights_make(filled, WeightsAsked(highest=limit), person=None, origin="test")
    assert made.result["highest"] < free.result["highest"]
    assert made.result["n_trimmed"] > 0
    assert made.result["design_effect"] < free.result["design_effect"]
    assert made.result["largest_difference"] > free.result["largest_difference"]
    person_with(client, filled.study, "lead")
    answer = page(client, filled, "results_weights")
    assert ("‘na’" in answer.text) is not made.result["converged"]


def test_an_empty_group_stops_weighting_with_a_sentence(client, filled):
    person_with(client, filled.study, "lead")
    Response.objects.exclude(case=Case.objects.first()).update(state="withdrawn")
    address = reverse("surveys:results_weights", args=[filled.study.slug, filled.slug])
    answer = client.post(address, {"naar": ["size"], "manier": "rake", "telt": "municipalities",
                                   "hoogste": ""})  # fmt: skip
    assert answer.status_code == 422
    assert answer.context["empty"]
    assert not SurveyWeights.objects.exists()


def test_weighted_answers_say_so_everywhere_and_keep_the_number_of_people(client, filled):
    person_with(client, filled.study, "lead")
    address = reverse("surveys:results_weights", args=[filled.study.slug, filled.slug])
    client.post(address, {"naar": ["size", "part_of_country"], "manier": "rake",
                          "telt": "municipalities", "hoogste": "5"})  # fmt: skip
    made = SurveyWeights.objects.get()
    plain, weighted = page(client, filled), page(client, filled, gewichten=made.pk)
    rows = [answer.context["rows"][0][2] for answer in (plain, weighted)]
    assert [row.n for row in rows] == [Response.objects.count()] * 2
    assert [part.n for part in rows[0].parts] == [part.n for part in rows[1].parts]
    assert rows[0].mean != rows[1].mean
    assert "design" in weighted.text
    assert not page(client, filled, "results_weights").context["kept"][0]["is_stale"]
    Response.objects.filter(pk=Response.objects.first().pk).update(state="withdrawn")
    assert page(client, filled, "results_weights").context["kept"][0]["is_stale"]


def test_who_did_not_answer_is_compared_on_figures_that_were_fixed_beforehand(client, filled):
    person_with(client, filled.study, "lead")
    shown = page(client, filled, "results_silent").context["found"]
    assert shown.n_cases == shown.n_answered == Case.objects.count()
    assert shown.figures[0].difference.value is None
    assert len(shown.figures) >= 5


def test_alpha_of_the_page_is_that_of_the_formula_and_refused_where_it_cannot_be(filled):
    told = {one["construct"]: one for one in
            item_figures_make(filled, person=None, origin="test").result["constructs"]}  # fmt: skip
    answers = [
        [6 - value if name == "F1.5" else value for name, value in sorted(data["F1"].items())]
        for data in Response.objects.values_list("answers__data", flat=True)
    ]
    k = len(answers[0])

    def variance(values):
        mean = sum(values) / len(values)
        return sum((value - mean) ** 2 for value in values) / (len(values) - 1)

    items = sum(variance(column) for column in zip(*answers, strict=True))
    alpha = k / (k - 1) * (1 - items / variance([sum(row) for row in answers]))
    assert told["F1"]["alpha"] == pytest.approx(alpha)
    assert told["X1"]["refused"] == "scale_too_few_items"
    assert told["X1"]["items"][0]["n"] == Response.objects.filter(role="D").count()


def test_statements_are_worked_out_when_asked_and_kept(client, filled):
    person_with(client, filled.study, "lead")
    address = reverse("surveys:results_items", args=[filled.study.slug, filled.slug])
    assert client.post(address).status_code == 302
    shown = page(client, filled, "results_items")
    assert [one["construct"] for one in shown.context["constructs"]] == ["F1", "X1"]
    assert not shown.context["is_stale"]


def test_answers_are_taken_over_from_the_page(client, filled):
    person_with(client, filled.study, "lead")
    for name in ("results_evidence", "results_open"):
        address = reverse(f"surveys:{name}", args=[filled.study.slug, filled.slug])
        assert client.post(address, {"per": "vraag"}).status_code == 302
        assert page(client, filled, name).context["n_to_do"] == 0
    assert Evidence.objects.count() > 0
    assert Source.objects.count() == 1


def test_a_row_of_the_evidence_leads_to_all_answers_of_its_respondent_and_that_is_logged(
    client, filled
):
    person = person_with(client, filled.study, "lead")
    one = Response.objects.filter(role="D").earliest("pseudonym")
    there = reverse(
        "surveys:results_response", args=[filled.study.slug, filled.slug, one.pseudonym]
    )
    assert client.get(there).status_code == 404  # it stands nowhere yet
    responses_to_evidence(filled, person=person, origin="test")
    row = Evidence.objects.filter(respondent=one.pseudonym).first()
    shown = client.get(reverse("assessment:row", args=[filled.study.slug, row.pk]))
    assert f'href="{there}"' in shown.text
    assert f'href="{there}"' in client.get(
        reverse("assessment:evidence", args=[filled.study.slug]), {"na": row.pk - 1}
    ).text  # fmt: skip
    answers = client.get(there).text
    assert one.answers.data["open"] in answers
    read = AuditEvent.objects.filter(action="answers_read").latest("pk")
    assert read.object.endswith(f"survey:{filled.slug} respondent:{one.pseudonym}")
    person_with(client, filled.study, "client")
    assert client.get(there).status_code == 404


def test_a_decision_on_what_counts_needs_a_reason(client, filled):
    person_with(client, filled.study, "lead")
    address = reverse("surveys:results_flagged", args=[filled.study.slug, filled.slug])
    assert client.post(address, {"kenmerk": ["speeder"], "reden": ""}).status_code == 422
    assert client.post(address, {"kenmerk": ["speeder"], "reden": "Te snel."}).status_code == 302
    assert LeftOut.objects.get().flags == ["speeder"]
