"""What if survey-core cannot say whether answers are right? They are kept, and marked for us."""

import threading
from uuid import UUID

from rodedraad.errors import Refusal
from rodedraad.surveys.answering.finishing import response_decide, response_settle
from rodedraad.surveys.answering.standing import standing_of
from rodedraad.surveys.models import Response

TRIES = 3
UNCHECKED = "unchecked"


class _Failed:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.times: dict[UUID, int] = {}

    def count(self, response: UUID) -> int:
        with self.lock:
            self.times[response] = self.times.get(response, 0) + 1
            return self.times[response]

    def forget(self, response: UUID) -> None:
        with self.lock:
            self.times.pop(response, None)


FAILED = _Failed()


def received_settle(response: UUID) -> None:
    """Settle a response; after some tries that the engine refused, take it unchecked.

    A questionnaire that takes too long to work out is no reason to lose an answer: the team sees
    the flag ``unchecked``.
    """
    try:
        response_settle(response)
    except Refusal:
        if FAILED.count(response) < TRIES:
            raise
        found = Response.objects.get(pk=response)
        standing = standing_of(found)
        response_decide(response, standing, standing.data, [], checked=False, flags=[UNCHECKED])
    FAILED.forget(response)
