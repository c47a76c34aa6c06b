"""Does the fetcher ask politely, try again where that helps, and refuse clearly where not?"""

import random
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from rodedraad import __version__
from rodedraad.clients.fetch import Fetcher, Politeness, address_check
from rodedraad.clients.refusals import (
    AddressRefused,
    ServiceAnswerInvalid,
    ServiceAnswerTooLarge,
    ServiceNotFound,
    ServiceUnreachable,
)

from .conftest import Patience
from .replay import Fault, Replay


@pytest.fixture
def url(replay: Replay) -> str:
    replay.serve("/thing", {"value": [1, 2, 3]})
    return f"{replay.base}/thing"


def test_says_who_it_is_and_how_to_reach_us(replay: Replay, fetcher: Fetcher, url: str) -> None:
    fetcher.json(url)
    assert replay.agents == [f"rodedraad/{__version__} (+post@example.org)"]


def test_asks_no_more_often_than_the_limit(fetcher: Fetcher, patience: Patience, url: str) -> None:
    for _ in range(5):
        fetcher.json(url)
    assert patience.now - 1000 == pytest.approx(4 / fetcher.politeness.requests_per_second)


def test_waits_as_long_as_a_429_asks(
    replay: Replay, fetcher: Fetcher, patience: Patience, url: str
) -> None:
    replay.faults.append(Fault("/thing", status=429, headers={"Retry-After": "17"}, body=b""))
    assert fetcher.json(url).payload == {"value": [1, 2, 3]}
    assert 17 in patience.slept


def test_understands_a_retry_after_with_a_date(
    replay: Replay, fetcher: Fetcher, patience: Patience, url: str
) -> None:
    until = format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)
    replay.faults.append(Fault("/thing", status=503, headers={"Retry-After": until}, body=b""))
    fetcher.json(url)
    assert 55 <= max(patience.slept) <= 60


def test_refuses_to_wait_for_an_hour_and_says_so(
    replay: Replay, fetcher: Fetcher, url: str
) -> None:
    replay.faults.append(Fault("/thing", status=429, headers={"Retry-After": "3600"}, body=b""))
    with pytest.raises(ServiceUnreachable, match="asks to wait 3600 seconds"):
        fetcher.json(url)
    assert len(replay.requests) == 1


def test_tries_again_after_500_with_growing_jittered_waits(
    replay: Replay, fetcher: Fetcher, patience: Patience, url: str
) -> None:
    replay.faults += [Fault("/thing", status=500, body=b"") for _ in range(2)]
    assert fetcher.json(url).status == 200
    jitter = random.Random(7)
    assert patience.slept[0] == pytest.approx(1.0 * jitter.uniform(0.5, 1.0))
    assert any(wait == pytest.approx(2.0 * jitter.uniform(0.5, 1.0)) for wait in patience.slept[1:])


def test_gives_up_after_the_last_attempt_with_the_reason(
    replay: Replay, fetcher: Fetcher, url: str
) -> None:
    replay.faults += [Fault("/thing", status=502, body=b"") for _ in range(9)]
    with pytest.raises(ServiceUnreachable, match=r"3 attempts; the last time: status 502"):
        fetcher.json(url)
    assert len(replay.requests) == 3


def test_a_dropped_connection_is_tried_again(replay: Replay, fetcher: Fetcher, url: str) -> None:
    replay.faults.append(Fault("/thing", drop_after=5))
    assert fetcher.json(url).payload == {"value": [1, 2, 3]}
    assert len(replay.requests) == 2


def test_no_server_at_all_is_one_clear_refusal(fetcher: Fetcher) -> None:
    server = Replay()
    server.close()
    with pytest.raises(ServiceUnreachable, match="Check the connection and the address"):
        fetcher.json(f"{server.base}/thing")


def test_truncated_json_is_fetched_again(replay: Replay, fetcher: Fetcher, url: str) -> None:
    replay.faults.append(Fault("/thing", truncate_to=7))
    assert fetcher.json(url).payload == {"value": [1, 2, 3]}


def test_json_that_stays_truncated_is_refused(replay: Replay, fetcher: Fetcher, url: str) -> None:
    replay.faults += [Fault("/thing", truncate_to=7) for _ in range(3)]
    with pytest.raises(ServiceUnreachable, match="cut off or malformed after 7 bytes"):
        fetcher.json(url)


def test_a_web_page_instead_of_data_is_refused_at_once(
    replay: Replay, fetcher: Fetcher, url: str
) -> None:
    replay.faults.append(Fault("/thing", body=b"\n<!DOCTYPE html><h1>Onderhoud</h1>"))
    with pytest.raises(ServiceAnswerInvalid, match="web page or XML instead of JSON"):
        fetcher.json(url)
    assert len(replay.requests) == 1


def test_an_unknown_address_is_refused_at_once(replay: Replay, fetcher: Fetcher) -> None:
    with pytest.raises(ServiceNotFound, match="does not exist"):
        fetcher.json(f"{replay.base}/nothing")
    assert len(replay.requests) == 1


def test_a_forbidden_address_is_refused_with_its_status(
    replay: Replay, fetcher: Fetcher, url: str
) -> None:
    replay.faults.append(Fault("/thing", status=403, body=b"{}"))
    with pytest.raises(ServiceAnswerInvalid, match="status 403"):
        fetcher.json(url)


def test_an_answer_past_the_limit_is_dropped(replay: Replay, patience: Patience) -> None:
    replay.serve("/large", {"value": ["x" * 5000]})
    small = Politeness(max_bytes=1000)
    with (
        Fetcher(politeness=small, sleep=patience.sleep, clock=patience.clock) as fetcher,
        pytest.raises(ServiceAnswerTooLarge, match="larger than 1,000 bytes"),
    ):
        fetcher.json(f"{replay.base}/large")


def test_follows_a_redirect_on_the_same_machine(replay: Replay, fetcher: Fetcher, url: str) -> None:
    replay.faults.append(Fault("/old", status=301, headers={"Location": "/thing"}, body=b""))
    assert fetcher.json(f"{replay.base}/old").url == url


def test_does_not_follow_a_redirect_to_another_machine(replay: Replay, fetcher: Fetcher) -> None:
    elsewhere = Replay()
    to = {"Location": f"{elsewhere.base}/thing"}
    replay.faults.append(Fault("/old", status=302, headers=to, body=b""))
    with pytest.raises(AddressRefused, match="another machine"):
        fetcher.json(f"{replay.base}/old")
    elsewhere.close()
    assert elsewhere.requests == []


def test_a_redirect_in_a_circle_ends(replay: Replay, fetcher: Fetcher) -> None:
    here = {"Location": "/old"}
    replay.faults += [Fault("/old", status=302, headers=here, body=b"") for _ in range(20)]
    with pytest.raises(AddressRefused, match="keeps sending us on"):
        fetcher.json(f"{replay.base}/old")
    assert len(replay.requests) == fetcher.politeness.max_redirects + 1


@pytest.mark.parametrize("bad", ["file:///etc/passwd", "ftp://a.nl/x", "/thing", "http://a:b/x"])
def test_only_http_addresses_are_asked(fetcher: Fetcher, bad: str) -> None:
    with pytest.raises(AddressRefused):
        fetcher.json(bad)


def test_the_default_port_counts_as_the_same_machine() -> None:
    assert address_check("http://a.nl/x") == address_check("https://a.nl:443/y")
    assert address_check("http://a.nl:8080/") != address_check("http://a.nl/")
