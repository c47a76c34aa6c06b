"""How heavy is the first visit of a respondent, and when can one answer on a slow telephone?

Run: python benchmarks/first_visit.py ADDRESS [--rounds 5] [--slower 4]

ADDRESS is the link of a respondent on a running site (`rodedraad serve`), for instance
http://127.0.0.1:8000/vragenlijst/<token>/. Each round is a browser that has seen nothing before,
390 px wide, with a processor that is slowed down. It opens the welcome page, waits `--reading`
seconds as somebody who reads, and begins. Printed: kilobytes of both pages together, the time
until the welcome page is there, and the time from pressing the button until the first question can
be answered (the mark `rd-usable`); once after reading and once at once, without the preload ready.
Goals: 450 kB and 2.5 s.
"""

import argparse
import contextlib
import os
import shutil
from statistics import median

import psutil
from playwright.sync_api import Browser, sync_playwright

GOAL_KB, GOAL_S = 450, 2.5
TELEPHONE = {"width": 390, "height": 844}


def visit(browser: Browser, address: str, slower: float, reading: float) -> tuple[float, ...]:
    """Return kilobytes, and seconds: to the welcome page, from the button to usable, of CPU."""
    context = browser.new_context(viewport=TELEPHONE)
    page = context.new_page()
    talk = context.new_cdp_session(page)
    talk.send("Network.enable")
    talk.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    came: list[float] = []
    talk.on("Network.loadingFinished", lambda told: came.append(told["encodedDataLength"]))
    page.goto(address)
    welcome = page.evaluate("performance.timing.domContentLoadedEventEnd - performance.timeOrigin")
    page.wait_for_timeout(reading * 1000)
    spent = pages_cpu()
    page.locator("main form[method=post] button").first.click()
    page.locator("#rd-fill").wait_for(state="visible", timeout=60_000)
    spent = pages_cpu() - spent
    usable = page.evaluate("performance.getEntriesByName('rd-usable')[0].startTime")
    page.wait_for_timeout(500)
    context.close()
    return sum(came) / 1000, welcome / 1000, usable / 1000, spent


def pages_cpu() -> float:
    """Return the seconds that the processes of pages computed."""
    found = 0.0
    for one in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess):
            if "--type=renderer" in one.cmdline():
                found += sum(one.cpu_times()[:2])
    return found


def main() -> None:
    """Print the figures of some rounds with and without time to read."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--slower", type=float, default=4)
    parser.add_argument("--reading", type=float, default=5)
    asked = parser.parse_args()
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for reading in (asked.reading, 0.0):
            rounds = [
                visit(browser, asked.address, asked.slower, reading) for _ in range(asked.rounds)
            ]
            kilobytes, welcome, usable, cpu = (
                median(column) for column in zip(*rounds, strict=True)
            )
            print(
                f"after {reading:.0f} s of reading: {kilobytes:.0f} kB (goal {GOAL_KB}), "
                f"welcome page after {welcome:.2f} s, usable {usable:.2f} s after the button "
                f"(goal {GOAL_S}; rounds {', '.join(f'{one[2]:.2f}' for one in rounds)}); "
                f"CPU of the pages {cpu:.2f} s; load {os.getloadavg()[0]:.1f}"
            )
        browser.close()


if __name__ == "__main__":
    main()
