"""How the first study runs from the tables of the country to the report, step by step."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import polars as pl

from rodedraad.assessment.filters import RowFilter
from rodedraad.assessment.queries import evidence_fingerprint, evidence_table
from rodedraad.country.current import current_country
from rodedraad.files import file_replace
from rodedraad.first_study.runs import runs_make
from rodedraad.first_study.steps import (
    evidence_get,
    frame_get,
    networks_get,
    selection_get,
    study_get,
)
from rodedraad.first_study.summary import summary
from rodedraad.reports.actions import report_export, report_make
from rodedraad.studies.models import Study

Tell = Callable[[str], None]
SUMMARY_FILE = "summary.json"
EVIDENCE_FILE = "evidence.parquet"
FINGERPRINT = "rodedraad:fingerprint"


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
        self._tell(f"[{len(self.seconds)}/{self._n_steps}] {title} ...")
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
    steps = Steps(report, n_steps=7)
    steps.seconds["database"] = round(prepared_seconds, 2)
    with steps.step("country", "Tables of the country"):
        country = current_country()
        steps.say(f"{len(country.municipalities)} municipalities since 2000")
    with steps.step("study", "The study, its frame and its cases"):
        study, _ = study_get()
        added = frame_get(study, country)
        plan, chosen = selection_get(study, country)
        steps.say(
            f"{study.slug}: {added} units added, {len(plan.result['cases'])} cases "
            f"{'chosen' if chosen else 'were chosen before'}"
        )
    with steps.step("networks", "Arrangements and memberships"):
        steps.say(f"{networks_get(study, country)} memberships added")
    with steps.step("evidence", "The evidence table"):
        steps.say(f"{evidence_get(study, country)} rows added")
    with steps.step("conclusions", "Conclusions, with 2,000 permutations of the network"):
        runs = runs_make(study, country, plan)
        steps.say(f"{sum(new for _, new in runs.values())} of {len(runs)} drawn anew")
    with steps.step("report", "The report"):
        made = report_make(study)
        steps.say(f"{made.numbers.count()} numbers, each with its rows")
    with steps.step("files", f"Files in {out}"):
        files = report_export(made, out)
        evidence_write(study, out / EVIDENCE_FILE)
        steps.say(f"{len(files) + 2} files")
    figures = summary(study, country, plan, {kind: run for kind, (run, _) in runs.items()})
    summary_write(out / SUMMARY_FILE, figures, steps.seconds)
    return out / "report.html"


def evidence_write(study: Study, path: Path) -> None:
    """Write the evidence table as Parquet, unless the file holds these very rows already."""
    fingerprint = evidence_fingerprint(study, (RowFilter(),))
    if path.is_file() and pl.read_parquet_metadata(path).get(FINGERPRINT) == fingerprint:
        return
    with file_replace(path) as temporary:
        evidence_table(study).drop("id").write_parquet(
            temporary, compression="zstd", metadata={FINGERPRINT: fingerprint}
        )


def summary_write(path: Path, figures: dict[str, Any], seconds: dict[str, float]) -> None:
    """Write the summary; when only the seconds would differ, the file stays as it is."""
    if path.is_file():
        try:
            known = json.loads(path.read_text(encoding="utf-8"))
        except ValueError:
            known = {}
        known.pop("seconds", None)
        if known == json.loads(json.dumps(figures)):
            return
    with file_replace(path) as temporary:
        text = json.dumps(figures | {"seconds": seconds}, indent=1, ensure_ascii=False)
        temporary.write_text(f"{text}\n", encoding="utf-8")
