"""Does the real site keep every answer, count right, and link nobody, whatever happens to it?"""

import json
import os
import subprocess
import sys
from pathlib import Path

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


def run(name: str, *arguments: str) -> dict:
    """Run a benchmark with a data folder of its own; return the figures of its last line."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in {"RODEDRAAD_HOME", "DATABASE_URL", "RODEDRAAD_BASE_URL"}
    }
    done = subprocess.run(
        [sys.executable, str(BENCHMARKS / name), *arguments],
        env=environment, capture_output=True, text=True, check=False, timeout=540,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


def test_no_confirmed_answer_is_lost_or_there_twice_when_everything_is_killed():
    found = run("crashes.py", "--people", "200", "--saves", "6", "--between", "3")
    assert found["confirmed"] == found["rows"] == 1200
    assert (found["lost"], found["twice"], found["other_than_sent"]) == (0, 0, 0)


def test_quota_holds_where_60_finish_at_once_and_a_bad_pattern_harms_no_save_of_another():
    # Fails when two processes count at once, when a save waits for the engine, or when answers
    # that cannot be checked are lost.
    found = run("finishing.py", "--people", "60", "--quota", "20", "--saves", "20")
    assert found["quota"]["complete"] == found["quota"]["counted"] == 20
    assert found["quota"]["over_quota"] == 40
    assert found["responses_of_tabs"] == 1
    assert found["pattern"]["kept_unchecked"] == found["pattern"]["met_the_pattern"] == 2


def test_whole_dump_and_log_link_nobody_to_anonymous_answers():
    found = run("linking.py", "--people", "60")
    assert found["worst_p"] >= 0.001
    assert found["control_p"] < 0.05, "the same attack works on rows that were not shuffled"
    assert found["leaks"] == []
