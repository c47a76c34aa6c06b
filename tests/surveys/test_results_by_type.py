"""Are answers divided by the type of the case: as a person decided, else as the rule says?"""

import csv
from io import StringIO
from types import SimpleNamespace

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.urls import reverse
from tests.surveys.answered import ITEMS, answered, cases_make, framework_fill, version_out

from rodedraad.accounts.models import Person
from rodedraad.assessment.types_shown import type_words
from rodedraad.methods.rulesets.change_types import TYPE_LABELS
from rodedraad.studies.models import TeamMember
from rodedraad.surveys.results import pages_read
from rodedraad.surveys.results.answers_now import answers_now

pytestmark = pytest.mark.django_db
FIRST, SECOND = TYPE_LABELS[:2]


@pytest.fixture
def filled(survey, monkeypatch, client):
    """Ten answers of each case: two of a type, one that a person moved, one without a type."""
    framework_fill(survey.wave, ITEMS)
    version = version_out(survey, ["D", "U"])
    cases = cases_make(survey.wave, "GM0001", "GM0002", "GM0003", "GM0004")
    for place, (case, n) in enumerate(zip(cases, (10, 10, 10, 10), strict=True)):
        for number in range(n):
            value = (5 if place == 2 else 2) - number % 2
            answered(version, case, "U", f"U-{place}-{number}", {"F1": {"F1.1": value}})
    by_rule = {code: {"label": FIRST} for code in ("GM0001", "GM0002", "GM0003")}
    shown = SimpleNamespace(run=SimpleNamespace(result={"cases": by_rule}))
    monkeypatch.setattr(pages_read, "types_newest", lambda *_: (survey.wave, shown))
    decided = {"GM0003": SimpleNamespace(label=SECOND)}
    monkeypatch.setattr(pages_read, "decisions_holding", lambda *_: decided)
    person = Person.objects.create_user("lead@voorbeeld.test", name="Lead")
    TOTP.activate(person, generate_totp_secret())
    TeamMember.objects.create(study=survey.study, person=person, role="lead")
    client.force_login(person)
    return survey


def test_a_decision_goes_before_the_rule_and_a_case_without_a_type_is_in_no_group(filled):
    assert pages_read.types_of(filled) == {"GM0001": FIRST, "GM0002": FIRST, "GM0003": SECOND}
    answers = answers_now(filled)
    grouping = pages_read.grouping_of(filled, answers, pages_read.TYPE)
    assert list(grouping.groups) == [FIRST, SECOND]
    assert sorted(map(str, grouping.group_of)) == sorted(
        [FIRST] * 20 + [SECOND] * 10 + ["None"] * 10
    )


def test_the_file_has_the_numbers_of_each_type_beside_those_of_everyone(filled, client):
    page = reverse("surveys:results_csv", args=[filled.study.slug, filled.slug])
    content = b"".join(client.get(page, {"uitsplitsing": "type"})).decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(content), delimiter=";" if ";" in content[:80] else ","))
    of = {(row["group"], row["answer"]): row["n"] for row in rows if row["text"] == "Stelling F1.1"}
    first, second = str(type_words(FIRST)), str(type_words(SECOND))
    assert of["", "Oneens"] == "15"
    assert of[first, "Oneens"] == "10"
    assert of[second, "Helemaal eens"] == "5"


def test_the_page_names_the_types_and_says_so_when_there_are_none(filled, client, monkeypatch):
    page = reverse("surveys:results", args=[filled.study.slug, filled.slug])
    told = client.get(page, {"uitsplitsing": "type"})
    assert str(type_words(SECOND)) in told.content.decode()
    monkeypatch.setattr(pages_read, "types_newest", lambda *_: (None, None))
    assert client.get(page, {"uitsplitsing": "type"}).context["no_groups"]
