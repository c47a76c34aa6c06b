"""How the first study runs from the tables of the country to the report, step by step."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rodedraad.country.current import current_country
from rodedraad.first_study.runs import runs_make
from rodedraad.first_study.steps import (
    evidence_get,
    frame_get,
    networks_get,
    selection_get,
    study_get,
)

Tell = Callable[[str], None]


class Steps:
    """Tells each step as it begins and ends, and keeps how many seconds it took."""

    def __init__(self, tell: Tell, n_steps: int) -> None:
        self._tell = tell
        self._n_steps = n_steps
        self._said = ""
        self.seconds: dict[str, float] = {}

    @contextmanager
    def step(self, name: str, title: str) -> Iterator[None]:
        """Time one step; ``say`` inside it sets what is told when it ends."""
        started = time.perf_counter()
        self._tell(f"[{len(self.seconds) + 1}/{self._n_steps}] {title} ...")
        self._said = ""
        yield
        self.seconds[name] = round(time.perf_counter() - started, 2)
        self._tell(f"      {self._said or 'done'} ({self.seconds[name]:.1f} s)")

    def say(self, outcome: str) -> None:
        """Set the words for the end of the step that is under way."""
        self._said = outcome


def first_study(out: Path, *, report: Tell, prepared_seconds: float = 0.0) -> Path:
    """Do the whole job, write its files to ``out`` and return where the report lies.

    What is there already is not done again: a second run changes nothing.
    """
    steps = Steps(report, n_steps=8)
    steps.seconds["database"] = round(prepared_seconds, 2)
    with steps.step("country", "Tables of the country"):
        country = current_country()
        steps.say(f"{len(country.municipalities)} municipalities since 2000")
    with steps.step("study", "The study and its frame"):
        study, new = study_get()
        added = frame_get(study, country)
        steps.say(f"study {study.slug} {'made' if new else 'is there'}, {added} units added")
    with steps.step("selection", "Choosing cases for fieldwork"):
        plan, new = selection_get(study, country)
        steps.say(f"{len(plan.result['cases'])} cases {'chosen' if new else 'are there'}")
    with steps.step("networks", "Arrangements and memberships"):
        steps.say(f"{networks_get(study, country)} memberships added")
    with steps.step("evidence", "The evidence table"):
        steps.say(f"{evidence_get(study, country)} rows added")
    with steps.step("conclusions", "Conclusions"):
        runs = runs_make(study, country, plan)
        steps.say(f"{sum(new for _, new in runs.values())} of {len(runs)} drawn anew")
    return out
