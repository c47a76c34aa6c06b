"""Are the pages about fieldwork and interviews right in a browser, also on a telephone?"""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from live_pages import LiveSite
from page_checks import NARROW, faults_everywhere, tables_cut_off

from rodedraad.accounts.models import Person
from rodedraad.fieldwork.interviews import Held, Plan, interview_hold, interview_plan
from rodedraad.fieldwork.models import Interview, Participation
from rodedraad.fieldwork.states import state_reached
from rodedraad.studies.models import Case, Framework, Study, TeamMember, Wave

DAY = datetime.date(2026, 3, 4)
WHEN = datetime.datetime(2026, 3, 4, 9, tzinfo=datetime.UTC)


@pytest.fixture
def interview(transactional_db: None, administrator: Person) -> Interview:
    """Give an interview that was held, in a study with people in two cases."""
    study = Study.objects.create(
        slug="proef", title_nl="Proef", title_en="Trial", template_key="change-factors",
        template_version="1.0", template={},
    )  # fmt: skip
    framework = Framework.objects.create(study=study, version=1)
    wave = Wave.objects.create(study=study, label="2026", reference_date=DAY, framework=framework)
    TeamMember.objects.create(study=study, person=administrator, role=TeamMember.Role.LEAD)
    cases = [
        Case.objects.create(study=study, unit_code=name, name=name, role=Case.Role.MAIN)
        for name in ("Noord", "Zuid")
    ]
    people = [
        Participation.objects.create(
            study=study, wave=wave, case=case, role=role, pseudonym=f"{role}-{case.pk}{at}"
        )
        for case in cases
        for role in "UD"
        for at in range(12)
    ]
    for at, one in enumerate(people):
        for state in ("invited", "done" if at % 2 else "refused")[: 1 + (at % 3 > 0)]:
            state_reached(one, state, reason="geen tijd" if state == "refused" else "", day=DAY)
    plan = Plan(
        case=cases[0], wave=wave, participants=people[:2], mode="group", guide="v2",
        leaders=[administrator], planned_for=WHEN,
    )  # fmt: skip
    made = interview_plan(study, plan, person=administrator, origin="test")
    return interview_hold(made, Held(day=DAY), seen=1, person=administrator, origin="test")


@pytest.mark.parametrize("role", ["lead", "client"])
def test_the_page_of_fieldwork_has_no_faults(
    live_site: LiveSite, interview: Interview, administrator: Person, role: str
) -> None:
    TeamMember.objects.update(role=role)
    page = live_site.open("/studies/proef/veldwerk/", person=administrator)
    assert page.locator("svg[role=img]").count() == 1
    assert faults_everywhere(page) == []
    assert tables_cut_off(page) == []
    page.set_viewport_size(NARROW)
    wide = "document.querySelector('svg[role=img]').getBoundingClientRect().width >= 500"
    page.wait_for_function(f"() => {wide}")  # one can read its words


@pytest.mark.parametrize("name", ["interviews", "interview_new", "interviews_week", "interview"])
def test_the_pages_of_interviews_have_no_faults(
    live_site: LiveSite, interview: Interview, administrator: Person, name: str
) -> None:
    given = ["proef", interview.uuid] if name == "interview" else ["proef"]
    query = {"interview_new": f"?case={interview.case_id}", "interviews_week": "?dag=2026-03-04"}
    address = reverse(f"fieldwork:{name}", args=given) + query.get(name, "")
    page = live_site.open(address, person=administrator)
    assert faults_everywhere(page) == []
    assert Client().get(address).status_code == 302
