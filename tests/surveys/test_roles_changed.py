"""Is it told when a version that went out asks other roles than the framework says now?"""

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.surveys.answered import ITEMS, framework_fill, version_out
from tests.surveys.answering_setup import case_of, linked, survey_open

from rodedraad.accounts.models import Person
from rodedraad.studies.models import Item, TeamMember
from rodedraad.surveys.models import SurveyVersion
from rodedraad.surveys.questionnaire.roles_changed import RolesChanged, roles_changed

pytestmark = pytest.mark.django_db


@pytest.fixture
def out(survey):
    framework_fill(survey.wave, ITEMS)
    survey.roles = ["D", "U"]
    survey.save(update_fields=["roles"])
    return version_out(survey, ["D", "U"])


def test_a_version_that_follows_the_framework_has_nothing_to_tell(survey, out):
    assert roles_changed(survey, out) == []


def test_a_statement_that_is_for_others_now_is_named_with_both(survey, out):
    Item.objects.filter(code="F1.2").update(roles=["D"])
    Item.objects.filter(code="F1.1").update(roles=["D", "U", "B"])  # B is not asked at all
    assert roles_changed(survey, out) == [RolesChanged("F1.2", ("U",), ("D",))]


def test_a_role_that_the_survey_asks_since_gets_what_is_not_for_it(survey, out):
    survey.roles = ["D", "U", "B"]
    assert RolesChanged("F1.1", ("B", "D", "U"), ("D", "U")) in roles_changed(survey, out)


def test_a_draft_is_not_compared(survey, out):
    Item.objects.update(roles=[])
    SurveyVersion.objects.filter(pk=out.pk).delete()
    draft = SurveyVersion.objects.create(survey=survey, number=2, definition=out.definition)
    assert roles_changed(survey, draft) == []


def test_editor_and_page_of_the_survey_warn(survey, out, client):
    person = Person.objects.create_user("lead@voorbeeld.test", name="Lead")
    TOTP.activate(person, generate_totp_secret())
    TeamMember.objects.create(study=survey.study, person=person, role="lead")
    client.force_login(person)
    pages = [
        reverse("surveys:survey", args=["proef", survey.slug]),
        reverse("surveys:editor", args=["proef", survey.slug, 1]),
    ]
    words = "Het raamwerk zegt nu iets anders"
    assert all(words not in client.get(page).content.decode() for page in pages)
    Item.objects.filter(code="F1.2").update(roles=["D"])
    for page in pages:
        told = client.get(page).content.decode()
        assert words in told
        assert "<strong>F1.2</strong>" in told


@pytest.mark.parametrize("routed", [False, True])
def test_the_first_page_says_without_scripts_how_to_take_part_where_answers_route(wave, routed):
    survey = survey_open(wave, "confidential")
    elements = [{"type": "text", "name": "a"}, {"type": "text", "name": "b"}]
    if routed:
        elements[1]["visibleIf"] = "{a} notempty"
    SurveyVersion.objects.create(
        survey=survey, number=2, definition={"pages": [{"name": "p", "elements": elements}]},
        guard={}, sha256="0" * 64, frozen_at=timezone.now(),
    )  # fmt: skip
    told = Client().get(linked(survey, case_of(wave))).content.decode()
    assert ("om de vragenlijst op papier" in told) == routed
    if routed:
        assert told.index("<noscript>") < told.index("om de vragenlijst op papier")
