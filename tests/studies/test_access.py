"""Whether each address of the room opens for those it is for, and does not exist for others."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from plan_making import plan_make

from rodedraad.accounts.models import Person
from rodedraad.studies.access import access_for, study_for
from rodedraad.studies.models import Case, SelectionEvent, SelectionPlan, Study
from rodedraad.studies.urls import urlpatterns

ROLES = ("lead", "researcher", "client", "privacy_officer", "other", "signed_out")
ALL = (200, 200, 200, 200, 404, 302)
DESIGN = (200, 200, 404, 404, 404, 302)
LEAD = (200, 404, 404, 404, 404, 302)
NOBODY = (405, 405, 405, 405, 405, 405)

# Who may read each page of a study; in the order of ROLES.
READ = {
    "study": ALL,
    "framework": ALL,
    "framework_version": ALL,
    "cases": ALL,
    "cases_file": ALL,
    "frame": ALL,
    "forerunners": ALL,
    "selection": ALL,
    "compare": ALL,
    "log": ALL,
    "log_file": ALL,
    "team": ALL,
    "step": DESIGN,
    "units": DESIGN,
    "wave": LEAD,
    "undo": NOBODY,
    "team_leave": NOBODY,
}
# Who may send something to it: a form that is filled in wrong comes back (200), a right one leads
# on (302). Pages that take nothing answer 405.
TAKES_NOTHING = {
    "study", "framework", "framework_version", "cases", "cases_file", "frame", "compare", "log",
    "log_file",
}  # fmt: skip
WRITE = {
    "wave": (302, 404, 404, 404, 404, 302),
    "forerunners": DESIGN,
    "units": DESIGN,
    "selection": DESIGN,
    "step": DESIGN,
    "team": LEAD,
    "undo": (302, 302, 404, 404, 404, 302),
    "team_leave": (302, 404, 404, 404, 404, 302),
}
SENT = {"do": "version", "step": "1"}
# Making a study asks for an administrator, whatever the roles in other studies.
MAKING = {"new", "new_from", "new_from_file"}


@pytest.fixture
def arguments(
    study: Study, labs: Study, team: dict[str, Person], lead: Person
) -> Callable[[str], list[object]]:
    """Give a function that fills in the address of a page with things that exist."""
    plan_make(study)
    plan = plan_make(study, seed=8)
    case = study.cases.get(role=Case.Role.MAIN, rank=1)
    SelectionEvent.objects.create(plan=plan, case=case, kind="invited", person=lead)
    for role in ("researcher", "client", "privacy_officer"):
        labs.team.create(person=team[role], role=role)
    leaving = study.team.get(person=team["client"])
    given = {
        "framework_version": [1],
        "compare": [1, 2],
        "step": [case.pk],
        "wave": [study.waves.first().pk],
        "team_leave": [leaving.pk],
    }

    def fill(name: str) -> list[object]:
        # Units are typed in for studies that are not about municipalities.
        slug = labs.slug if name == "units" else study.slug
        return [slug, *given.get(name, [])]

    return fill


def sign_in(client: Client, team: dict[str, Person], role: str) -> Client:
    if role != "signed_out":
        client.force_login(team[role])
    return client


def statuses(
    team: dict[str, Person], ask: Callable[[Client], int], roles: tuple[str, ...] = ROLES
) -> tuple[int, ...]:
    return tuple(ask(sign_in(Client(), team, role)) for role in roles)


def test_every_address_of_the_room_is_in_one_of_the_tables() -> None:
    names = {pattern.name for pattern in urlpatterns}
    assert names == {*READ, *MAKING, "list"}
    assert names - {*MAKING, "list"} == TAKES_NOTHING | set(WRITE)


def test_each_page_opens_for_whom_it_is_for(
    team: dict[str, Person], arguments: Callable[[str], list[object]]
) -> None:
    found = {
        name: statuses(team, lambda client, url=url: client.get(url).status_code)
        for name in READ
        for url in [reverse(f"studies:{name}", args=arguments(name))]
    }
    assert found == READ


def test_nobody_else_can_send_anything(
    team: dict[str, Person], arguments: Callable[[str], list[object]]
) -> None:
    found = {
        name: statuses(team, lambda client, url=url: client.post(url, SENT).status_code, ROLES[2:])
        for name in WRITE
        for url in [reverse(f"studies:{name}", args=arguments(name))]
    }
    assert found == {name: expected[2:] for name, expected in WRITE.items()}


@pytest.mark.parametrize("role", ["researcher", "lead"])
def test_who_may_change_something_can_send_it(
    role: str, team: dict[str, Person], arguments: Callable[[str], list[object]]
) -> None:
    client = sign_in(Client(), team, role)
    step = SelectionEvent.objects.order_by("-pk").first().pk
    found = {
        name: client.post(url, {**SENT, "step": step}).status_code
        for name in WRITE
        for url in [reverse(f"studies:{name}", args=arguments(name))]
    }
    assert found == {name: expected[ROLES.index(role)] for name, expected in WRITE.items()}


def test_pages_that_only_show_take_nothing(
    team: dict[str, Person], arguments: Callable[[str], list[object]]
) -> None:
    found = {
        name: statuses(team, lambda client, url=url: client.post(url).status_code)
        for name in TAKES_NOTHING
        for url in [reverse(f"studies:{name}", args=arguments(name))]
    }
    assert found == dict.fromkeys(TAKES_NOTHING, NOBODY)


@pytest.mark.parametrize("name", sorted(MAKING))
def test_making_a_study_is_for_an_administrator(
    name: str, team: dict[str, Person], person: Callable[[str], Person], client: Client
) -> None:
    url = reverse(f"studies:{name}", args=["scan"] if name == "new_from" else [])
    assert statuses(team, lambda client: client.get(url).status_code) == (403,) * 5 + (302,)
    administrator = person("beheer")
    administrator.is_administrator = True
    administrator.save()
    client.force_login(administrator)
    assert client.get(url).status_code == 200


def test_the_list_shows_each_person_only_their_own_studies(
    study: Study, labs: Study, team: dict[str, Person], client: Client
) -> None:
    pages = {
        role: sign_in(Client(), team, role).get(reverse("studies:list")).content.decode()
        for role in ("lead", "client", "other")
    }
    assert study.title_nl in pages["lead"]
    assert labs.title_nl in pages["lead"]
    assert study.title_nl in pages["client"]
    assert labs.title_nl not in pages["client"]
    assert "U zit nog in geen onderzoek" in pages["other"]
    assert client.get(reverse("studies:list")).status_code == 302


def test_an_administrator_sees_no_study_by_being_one(
    study: Study, person: Callable[[str], Person], client: Client
) -> None:
    administrator = person("beheer")
    administrator.is_administrator = True
    administrator.save()
    client.force_login(administrator)
    assert client.get(reverse("studies:study", args=[study.slug])).status_code == 404


def test_a_case_of_another_study_cannot_be_reached_through_ones_own(
    plan: SelectionPlan, labs: Study, browse: Client
) -> None:
    case = plan.study.cases.get(role=Case.Role.MAIN, rank=1)
    url = reverse("studies:step", args=[labs.slug, case.pk])
    assert browse.get(url).status_code == 404


def test_someone_who_left_the_team_sees_nothing_any_more(
    study: Study, team: dict[str, Person], client: Client
) -> None:
    client.force_login(team["researcher"])
    url = reverse("studies:study", args=[study.slug])
    assert client.get(url).status_code == 200
    study.team.filter(person=team["researcher"]).delete()
    assert client.get(url).status_code == 404


def test_access_tells_the_role(study: Study, team: dict[str, Person]) -> None:
    assert access_for(team["client"], study.slug).role == "client"
    assert not access_for(team["client"], study.slug).may_design
    assert access_for(team["researcher"], study.slug).may_design
    assert not access_for(team["researcher"], study.slug).may_lead
    assert study_for(team["lead"], study.slug, "lead") == study
