"""How long from a fresh clone to the open report, and how long the second time?

Run: python benchmarks/fresh_clone.py [--keep]

Clones the checkout (committed state) to a temporary folder, runs `make run` there with a data
folder and a port of its own, and times until the site answers and the report page asks to sign in.
Then stops it, and does the same again. Prints the times of setting up and of the job itself. The
package caches are as they are on this machine: say so when quoting the figures.
"""

import argparse
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

GOALS = {"first": 240.0, "job": 60.0, "second": 10.0}
PATIENCE_SECONDS = 900


def free_port() -> int:
    """Return a port that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until_it_serves(clone: Path, home: Path, log: Path) -> float:
    """Run `make run`, return the seconds until the site answers, and stop it."""
    port = free_port()
    started = time.perf_counter()
    with log.open("w", encoding="utf-8") as output:
        process = subprocess.Popen(
            ["make", "run", f"PORT={port}"],
            cwd=clone,
            env=os.environ | {"RODEDRAAD_HOME": str(home)},
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            while not answers(port):
                if process.poll() is not None:
                    sys.exit(f"make run stopped:\n{log.read_text(encoding='utf-8')[-3000:]}")
                if time.perf_counter() - started > PATIENCE_SECONDS:
                    sys.exit(f"make run did not serve within {PATIENCE_SECONDS} s; see {log}")
                time.sleep(0.1)
            return time.perf_counter() - started
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=60)


def answers(port: int) -> bool:
    """Tell whether the site gives a page."""
    try:
        with urlopen(f"http://127.0.0.1:{port}/", timeout=5) as page:
            return bool(page.status == 200)
    except (URLError, OSError):
        return False


def main() -> int:
    """Measure and print; exit code 1 when a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--keep", action="store_true", help="keep the clone and its data")
    options = parser.parse_args()
    checkout = Path(__file__).resolve().parent.parent
    folder = Path(tempfile.mkdtemp(prefix="rd-fresh-"))
    clone, home = folder / "clone", folder / "home"
    subprocess.run(["git", "clone", "--quiet", str(checkout), str(clone)], check=True)
    first = until_it_serves(clone, home, folder / "first.log")
    seconds = json.loads((home / "report" / "summary.json").read_text(encoding="utf-8"))["seconds"]
    second = until_it_serves(clone, home, folder / "second.log")
    job = sum(seconds.values())
    measured = {"first": first, "job": job, "second": second}
    print(f"{os.cpu_count()} cores; package caches as they are on this machine")
    for name, words in (
        ("first", "make run in a fresh clone until the site answers"),
        ("job", "  of which the job itself"),
        ("second", "make run again until the site answers"),
    ):
        print(f"{words:52} {measured[name]:7.1f} s   (goal: at most {GOALS[name]:.0f} s)")
    print("  steps of the job: " + ", ".join(f"{name} {took}" for name, took in seconds.items()))
    if not options.keep:
        shutil.rmtree(folder, ignore_errors=True)
    return int(any(measured[name] > goal for name, goal in GOALS.items()))


if __name__ == "__main__":
    sys.exit(main())
