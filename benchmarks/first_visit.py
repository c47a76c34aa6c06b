"""How heavy is the first visit of a respondent, and when can one answer on a slow telephone?

Run: python benchmarks/first_visit.py ADDRESS [--rounds 5] [--slower 4]

ADDRESS is the link of a respondent on a running site (`rodedraad serve`), for instance
http://127.0.0.1:8000/vragenlijst/<token>/. Each round is a browser that has seen nothing before,
390 px wide, with a processor that is slowed down. It opens the welcome page, waits `--reading`
seconds as somebody who reads, and begins; then the same without waiting, so that nothing is
fetched beforehand; then it opens the first question itself, as somebody who types the code on
another device. Printed: kilobytes of all pages together, the time until the first page is there,
and the time from pressing the button (or opening the page) until the first question is drawn and
can be answered (the mark `rd-usable`). Goals: 450 kB and 2.5 s. With `--quiet` each round
waits until the rest of the machine computes less than a tenth of the time, at most five minutes.
"""

import argparse
import contextlib
import os
import shutil
from collections.abc import Callable
from statistics import median
from urllib.parse import urljoin

import psutil
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

GOAL_KB, GOAL_S = 450, 2.5
QUIET_PERCENT = 10
TELEPHONE = {"width": 390, "height": 844}


FIRST_QUESTION = "/vragenlijst/invullen/"
Way = Callable[[Page], None]


def visit(context: BrowserContext, address: str, slower: float, go_on: Way) -> tuple[float, ...]:
    """Return kilobytes, and seconds: until the first page, from going on to usable, of CPU."""
    page = context.new_page()
    talk = context.new_cdp_session(page)
    talk.send("Network.enable")
    talk.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    came: list[float] = []
    talk.on("Network.loadingFinished", lambda told: came.append(told["encodedDataLength"]))
    page.goto(address, wait_until="domcontentloaded")
    first = page.evaluate("performance.timing.domContentLoadedEventEnd - performance.timeOrigin")
    spent = pages_cpu()
    go_on(page)
    page.locator("#rd-fill").wait_for(state="visible", timeout=60_000)
    page.wait_for_timeout(500)
    spent = pages_cpu() - spent
    usable = page.evaluate("performance.getEntriesByName('rd-usable')[0].startTime")
    return sum(came) / 1000, first / 1000, usable / 1000, spent


def through_welcome(browser: Browser, address: str, slower: float, reading: float) -> tuple:
    """Read the welcome page and begin."""

    def begin(page: Page) -> None:
        page.wait_for_timeout(reading * 1000)
        page.locator("main form[method=post] button").first.click()

    with contextlib.closing(browser.new_context(viewport=TELEPHONE)) as context:
        return visit(context, address, slower, begin)


def straight(browser: Browser, address: str, slower: float) -> tuple:
    """Open the first question in a browser that holds the answers and has seen nothing."""
    with contextlib.closing(browser.new_context()) as other:
        page = other.new_page()
        page.goto(address)
        page.locator("main form[method=post] button").first.click()
        page.wait_for_url(f"**{FIRST_QUESTION}")
        held = other.cookies()
    with contextlib.closing(browser.new_context(viewport=TELEPHONE)) as context:
        context.add_cookies(held)
        return visit(context, urljoin(address, FIRST_QUESTION), slower, lambda _page: None)


def pages_cpu() -> float:
    """Return the seconds that the processes of pages computed."""
    found = 0.0
    for one in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess):
            if "--type=renderer" in one.cmdline():
                found += sum(one.cpu_times()[:2])
    return found


def quiet() -> None:
    """Wait until nothing else computes; at most five minutes."""
    for _second in range(300):
        if psutil.cpu_percent(interval=1) < QUIET_PERCENT:
            return


def main() -> None:
    """Print the figures of some rounds with and without time to read, and without welcome."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--slower", type=float, default=4)
    parser.add_argument("--reading", type=float, default=5)
    parser.add_argument("--quiet", action="store_true")
    asked = parser.parse_args()
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        about = (browser, asked.address, asked.slower)
        ways = {
            f"after {asked.reading:.0f} s of reading": lambda: through_welcome(
                *about, asked.reading
            ),
            "pressing at once": lambda: through_welcome(*about, 0),
            "straight to the first question": lambda: straight(*about),
        }
        for name, way in ways.items():
            rounds = []
            for _round in range(asked.rounds):
                if asked.quiet:
                    quiet()
                rounds.append(way())
            kilobytes, first, usable, cpu = map(median, zip(*rounds, strict=True))
            print(
                f"{name}: {kilobytes:.0f} kB (goal {GOAL_KB}), first page after {first:.2f} s, "
                f"usable after {usable:.2f} s, at worst {max(one[2] for one in rounds):.2f} s "
                f"(goal {GOAL_S}; rounds {', '.join(f'{one[2]:.2f}' for one in rounds)}); "
                f"CPU of the pages {cpu:.2f} s; load {os.getloadavg()[0]:.1f}",
                flush=True,
            )
        browser.close()


if __name__ == "__main__":
    main()
