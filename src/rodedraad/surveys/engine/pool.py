"""How does the server ask survey-core? Through a pool of processes, made when first needed.

A process of V8 takes some 200 MB, so a web worker has one; ``RODEDRAAD_SURVEY_PROCESSES`` gives
another number.
"""

import json
import multiprocessing
import os
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures import TimeoutError as NotInTime
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from typing import Any, TypeVar

from django.conf import settings

from rodedraad.errors import Refusal
from rodedraad.surveys.engine.results import AnswerError, Checked, DefinitionFault, EngineFault
from rodedraad.surveys.engine.worker import (
    check_worked,
    engine_begin,
    engine_warm,
    guard_worked,
    lint_worked,
)

PATIENCE = 20.0
"""Seconds that a caller waits: the limit of a call is 2, the rest is the start of a process."""
CALLS_OF_A_PROCESS = 3_000
KNOWN = frozenset({"role"})
"""What a condition may ask that is no question: the role letter of who answers."""
Answer = TypeVar("Answer")


class _Pool:
    """The processes of this server process; made again when one breaks."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.made: ProcessPoolExecutor | None = None

    def get(self) -> ProcessPoolExecutor:
        with self.lock:
            if self.made is None:
                self.made = ProcessPoolExecutor(
                    max_workers=int(os.environ.get("RODEDRAAD_SURVEY_PROCESSES", "1")),
                    mp_context=multiprocessing.get_context("spawn"),
                    initializer=engine_begin,
                    initargs=(str(settings.REPOSITORY / "node_modules"),),
                    max_tasks_per_child=CALLS_OF_A_PROCESS,
                )
            return self.made

    def close(self) -> None:
        with self.lock:
            if self.made is not None:
                self.made.shutdown(wait=False, cancel_futures=True)
                self.made = None


POOL = _Pool()


def engine_close() -> None:
    """End the processes; the next question makes new ones."""
    POOL.close()


def engine_start() -> Future[None]:
    """Start a process and load survey-core in it, without waiting."""
    return POOL.get().submit(engine_warm)


def guard_derive(definition: Mapping[str, Any]) -> dict[str, Any]:
    """Return the JSON Schema (draft 7) of the answers to a definition.

    Raises
    ------
    Refusal
        When the definition cannot be read, or asks in a way that has no rule.
    """
    return _asked(partial(guard_worked, json.dumps(definition)))


def answers_check(
    definition: Mapping[str, Any],
    answers: Mapping[str, Any],
    language: str = "nl",
    *,
    known: Mapping[str, str] | None = None,
) -> Checked:
    """Return what survey-core says of a whole set of answers, which passed the guard before.

    ``known`` is what conditions may ask besides answers: values of ``KNOWN``.

    Raises
    ------
    Refusal
        When the definition takes too long or cannot be read.
    """
    told = (json.dumps(definition), json.dumps(answers), language, json.dumps(dict(known or {})))
    said = _asked(partial(check_worked, *told))
    return Checked(
        data=said["data"],
        shown=tuple(said["shown"]),
        errors=tuple(AnswerError(**one) for one in said["errors"]),
        rewritten=tuple(said["rewritten"]),
    )


def definition_lint(definition: Mapping[str, Any]) -> tuple[DefinitionFault, ...]:
    """Return what the linter of SurveyJS finds in a definition."""
    found = _asked(partial(lint_worked, json.dumps(definition)))
    return tuple(
        DefinitionFault(
            rule=str(one.get("ruleId", "")),
            severity=str(one.get("severity", "")),
            message=str(one.get("message", ""))[:300],
            path=str(one.get("path", "")),
        )
        for one in found
        if not _is_known(one)
    )


def _is_known(found: Mapping[str, Any]) -> bool:
    """Whether the linter misses a name that the server and the page fill in."""
    about = found.get("messageData") or {}
    return found.get("ruleId") == "reference/unknown" and about.get("root") in KNOWN


def _asked(work: Callable[[], Answer]) -> Answer:
    try:
        return POOL.get().submit(work).result(timeout=PATIENCE)
    except EngineFault as fault:
        raise _refused(fault) from None
    except (NotInTime, BrokenProcessPool):
        POOL.close()
        raise _refused(EngineFault("time")) from None


def _refused(fault: EngineFault) -> Refusal:
    if fault.kind == "script":
        return Refusal(
            f"This questionnaire cannot be read: {fault.told} Look at the question it names.",
            code="survey_definition",
            told=fault.told,
        )
    return Refusal(
        "This questionnaire takes too long to work out, so nothing was done. Look for a condition "
        "or a pattern that repeats itself, and make it simpler.",
        code="survey_too_heavy",
    )
