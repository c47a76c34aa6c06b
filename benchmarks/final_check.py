"""What does the final check of a questionnaire cost, and who suffers from a pattern without end?

Run: python benchmarks/final_check.py [--rounds 20]

Questionnaires with routing: twenty open questions, and forty matrix questions that each depend on
the one before. Taken is the processor time of the process that holds survey-core, for a whole set
of answers. Then a questionnaire with a pattern that never ends (``^(a+)+$``): the time until it
stops. Goals: 150 ms of CPU each; stopped within 2 s. Told beside it, without a goal: 300 questions
with conditions on several others.
"""

import argparse
import json
import os
import sys
import time
from typing import Any

import psutil

from rodedraad.errors import Refusal
from rodedraad.surveys.engine.pool import answers_check, engine_close

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rodedraad.settings")
GOAL_CPU_MS, GOAL_STOP_S = 150.0, 2.0
ENDLESS = {
    "pages": [
        {
            "elements": [
                {
                    "type": "text", "name": "q1", "maxLength": 4000,
                    "validators": [{"type": "regex", "regex": "^(a+)+$"}],
                }
            ]
        }
    ]
}  # fmt: skip
ENDLESS_ANSWER = "a" * 40 + "b"
Asked = tuple[dict[str, Any], dict[str, Any]]
"""A questionnaire, and answers to all of it."""


def open_questions(questions: int = 20) -> Asked:
    """Open questions, of which the second depends on the first."""
    elements: list[dict[str, Any]] = [
        {"type": "comment", "name": f"q{number}"} for number in range(1, questions + 1)
    ]
    elements[1]["visibleIf"] = "{q1} notempty"
    answers = {one["name"]: "Een antwoord van een paar woorden." for one in elements}
    return {"pages": _pages(elements, 5)}, answers


def matrices(questions: int = 40, rows: int = 8) -> Asked:
    """Matrix questions in a chain: each is asked for the answer to the one before."""
    elements: list[dict[str, Any]] = [
        {
            "type": "matrix", "name": f"m{number}", "isAllRowRequired": True,
            "columns": [1, 2, 3, 4, 5, "dk", "na"],
            "rows": [{"value": f"r{row}", "text": f"Stelling {row}"} for row in range(rows)],
            **({"visibleIf": f"{{m{number - 1}.r0}} >= 2"} if number else {}),
        }
        for number in range(questions)
    ]  # fmt: skip
    for number, one in enumerate(elements[1:], 1):
        one["rows"][-1]["visibleIf"] = f"{{m{number - 1}.r1}} anyof [3, 4, 5]"
    answers = {one["name"]: {f"r{row}": 3 for row in range(rows)} for one in elements}
    return {"pages": _pages(elements, 2)}, answers


def conditions(questions: int = 300) -> Asked:
    """Choices whose conditions ask three earlier questions each."""
    elements: list[dict[str, Any]] = [
        {
            "type": "radiogroup", "name": f"q{number}", "choices": ["ja", "nee", "deels"],
            "isRequired": True,
            **(
                {
                    "visibleIf": f"{{q{number - 1}}} <> 'nee' and ({{q{number - 2}}} = 'ja'"
                    f" or {{q{number // 2}}} notempty)"
                }
                if number > 1
                else {}
            ),
        }
        for number in range(questions)
    ]  # fmt: skip
    answers = {one["name"]: "ja" for one in elements}
    return {"pages": _pages(elements, 8)}, answers


def _pages(elements: list[dict[str, Any]], size: int) -> list[dict[str, Any]]:
    return [
        {"name": f"p{at}", "elements": elements[at : at + size]}
        for at in range(0, len(elements), size)
    ]


def cpu_ms(asked: Asked, rounds: int) -> float:
    """Return the processor time of one final check, in ms: the mean of some."""
    definition, answers = asked
    checked = answers_check(definition, answers)
    if not checked.is_right or checked.data != answers:
        raise SystemExit(f"These answers should be right: {checked.errors[:3]}")
    engine = _engine()
    before = sum(engine.cpu_times()[:2])
    for _ in range(rounds):
        answers_check(definition, answers)
    return (sum(engine.cpu_times()[:2]) - before) * 1000 / rounds


def stopped_after() -> float:
    """Return the seconds after which a pattern without end is stopped."""
    begun = time.perf_counter()
    try:
        answers_check(ENDLESS, {"q1": ENDLESS_ANSWER})
    except Refusal:
        return time.perf_counter() - begun
    raise SystemExit("The pattern ended by itself: it is no test.")


def _engine() -> psutil.Process:
    [engine] = [
        one for one in psutil.Process().children() if "spawn_main" in " ".join(one.cmdline())
    ]
    return engine


def main() -> int:
    """Measure, print, and return 0 when all goals are met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    rounds = parser.parse_args().rounds
    kinds = {
        "twenty open questions": open_questions(), "forty matrices in a chain": matrices(),
    }  # fmt: skip
    took = {name: round(cpu_ms(asked, rounds), 1) for name, asked in kinds.items()}
    beyond = round(cpu_ms(conditions(), rounds), 1)
    stopped = round(stopped_after(), 2)
    engine_close()
    print(f"load {os.getloadavg()}; CPU of a final check in ms (goal {GOAL_CPU_MS:.0f}): {took}")
    print(f"300 questions with conditions: {beyond} ms CPU")
    print(f"a pattern without end stopped after {stopped} s (goal {GOAL_STOP_S})")
    print(json.dumps({"cpu_ms": max(took.values()), "stopped_s": stopped}))
    return int(max(took.values()) > GOAL_CPU_MS or stopped > GOAL_STOP_S)


if __name__ == "__main__":
    sys.exit(main())
