"""What every page must keep to: axe, no sideways scrolling, targets large enough."""

from pathlib import Path

from django.conf import settings
from playwright.sync_api import Page

AXE = Path(settings.REPOSITORY) / "node_modules/axe-core/axe.min.js"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 390, "height": 844}
# The width at which WCAG 1.4.10 asks that nothing scrolls sideways.
NARROWEST = {"width": 320, "height": 640}
FIND_SMALL_TARGETS = """() =>
    [...document.querySelectorAll('a, button, input:not([type=hidden]), select, summary')]
        .filter(element => element.checkVisibility())
        .filter(element => !(element.matches('a') && element.closest('p, li, td, dd, th')
            && getComputedStyle(element).display === 'inline'))
        .filter(element => {
            // A radio button inside its label is as large as the label.
            const box = (element.closest('label') || element).getBoundingClientRect();
            return box.width && (box.width < 24 || box.height < 24);
        })
        .map(element => 'target smaller than 24 px: ' + element.outerHTML.slice(0, 120))"""


def faults_everywhere(page: Page) -> list[str]:
    """Return what is wrong with the page as it is now: wide, narrow, narrowest; light, dark."""
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(WIDE)
    faults = axe_violations(page) + small_targets(page)
    page.emulate_media(color_scheme="dark")
    faults += axe_violations(page, only="color-contrast")
    page.set_viewport_size(NARROW)
    faults += axe_violations(page) + small_targets(page)
    page.set_viewport_size(NARROWEST)
    if scrolls_sideways(page):
        faults.append(f"the page scrolls sideways at {NARROWEST['width']} px")
    return faults


def axe_violations(page: Page, *, only: str | None = None) -> list[str]:
    """Return what axe finds on the page as it is now: rule, element and cure, one line each.

    The scripts of axe go in through the debugger, so the security policy stays in force.
    ``only`` names a single rule.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    rules = {"type": "rule", "values": [only]} if only else {"type": "tag", "values": AXE_TAGS}
    report = page.evaluate(
        "only => axe.run(document, {runOnly: only, resultTypes: ['violations']})", rules
    )
    return [
        f"{rule['id']}: {' '.join(map(str, node['target']))}: {node['failureSummary']}"
        for rule in report["violations"]
        for node in rule["nodes"]
    ]


def scrolls_sideways(page: Page) -> bool:
    """Say whether the page as a whole is wider than the window."""
    return page.evaluate(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )


def small_targets(page: Page) -> list[str]:
    """Return what can be clicked but is smaller than 24 by 24 pixels, links in text excepted."""
    return page.evaluate(FIND_SMALL_TARGETS)
