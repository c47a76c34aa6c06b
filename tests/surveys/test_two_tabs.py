"""Do tabs that begin in the same second make one response, over real HTTP?"""

import re
import threading

import httpx
import pytest

from rodedraad.surveys.answering.throttle import STARTS
from rodedraad.surveys.models import Invitation, Response, ResponseLink, StratumLink

from .answering_setup import case_of, invited, linked, participation_of, survey_open

TABS = 8


@pytest.mark.parametrize("mode", ["identified", "confidential", "anonymous"])
@pytest.mark.django_db(transaction=True)
def test_tabs_that_begin_in_the_same_second_make_one_response(wave, live_server, mode):
    STARTS.clear()
    survey, case = survey_open(wave, mode), case_of(wave)
    address = linked(survey, case) if mode == "anonymous" else None
    path = address or invited(survey, participation_of(wave, case))
    with httpx.Client(base_url=str(live_server), timeout=60) as first:
        page = first.get(path)
        cookies = dict(first.cookies)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text).group(1)
    ready, said = threading.Barrier(TABS), []

    def tab() -> None:
        with httpx.Client(base_url=str(live_server), cookies=cookies, timeout=60) as browser:
            ready.wait()
            begun = browser.post(path, data={"csrfmiddlewaretoken": token})
            said.append((begun.status_code, begun.cookies.get("rd_antwoord")))

    tabs = [threading.Thread(target=tab) for _ in range(TABS)]
    for one in tabs:
        one.start()
    for one in tabs:
        one.join()
    assert {status for status, _ in said} == {302}
    assert len({cookie for _, cookie in said}) == 1
    assert Response.objects.count() == 1
    assert ResponseLink.objects.filter(survey=survey.uuid).count() == (mode == "confidential")
    if mode == "anonymous":
        assert [*StratumLink.objects.get().counts.values()] == [{"started": 1}]
    else:
        assert Invitation.objects.get().participation.events.count() == 1
