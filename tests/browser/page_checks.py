"""What every page must keep to: axe, borders one can see, no sideways scrolling, large targets."""

from pathlib import Path
from typing import Any

from django.conf import settings
from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as NotInTime

AXE = Path(settings.REPOSITORY) / "node_modules/axe-core/axe.min.js"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 390, "height": 844}
# The width at which WCAG 1.4.10 asks that nothing scrolls sideways.
NARROWEST = {"width": 320, "height": 640}
FIND_SMALL_TARGETS = """() =>
    [...document.querySelectorAll('a, button, input:not([type=hidden]), select, summary')]
        .filter(element => element.checkVisibility())
        .filter(element => !element.matches('.sd-visuallyhidden, [type=file][tabindex="-1"]'))
        .filter(element => !(element.matches('a') && element.closest('p, li, td, dd, th')
            && getComputedStyle(element).display === 'inline'))
        .filter(element => {
            // A radio button inside its label is as large as the label.
            const box = (element.closest('label') || element).getBoundingClientRect();
            return box.width && (box.width < 24 || box.height < 24);
        })
        .map(element => 'target smaller than 24 px: ' + element.outerHTML.slice(0, 120))"""

# Scripts that look at sizes have had their turn.
DRAWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
COLOURS = """
    const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
    const rgba = (color) => {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = color;
        canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data];
    };
    const light = ([r, g, b]) => {
        const [x, y, z] = [r, g, b].map((one) => one / 255)
            .map((one) => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4);
        return 0.2126 * x + 0.7152 * y + 0.0722 * z;
    };
    const contrast = (one, other) => {
        const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
        return (high + 0.05) / (low + 0.05);
    };
    const behind = (element) => {
        for (let at = element; at; at = at.parentElement) {
            const color = rgba(getComputedStyle(at).backgroundColor);
            if (color[3] === 255) return color;
        }
        return rgba(getComputedStyle(document.documentElement).backgroundColor);
    };
"""
# Everything that one fills in must show where it is, or what it is, with a contrast of 3:1 (WCAG
# 1.4.11): by a border on four sides, by its own colour, or by the lines of a picture. axe looks at
# text only.
FAINT_BORDERS = (
    "() => {"
    + COLOURS
    + """
    const CONTROLS = `input, textarea, select, .sd-input, .sd-item__decorator, .sd-boolean,
        .sd-rating__item, .sd-rating__item-smiley, .sd-file__decorator, .sd-slider__thumb,
        .sd-slider__inverse-track, .sv-button-group, .sv-moves button, .sv-ranking-item__index`;
    const LINES = '.sd-rating__item-star .sv-star, .sd-matrixdynamic__remove-btn use';
    const INSIDE = `.sd-input .sd-input, .sd-input input, .sd-item__control, .sd-boolean input,
        .sd-rating input, .sd-file input, .sd-slider__input, .sv-button-group input,
        .sd-multipletext__item-container .sd-input, .sd-visuallyhidden, .sv-visuallyhidden,
        [type=hidden], [type=checkbox], [type=radio], [type=file], [type=range]`;
    const opacity = (element) => {
        let whole = 1;
        for (let at = element; at; at = at.parentElement) whole *= getComputedStyle(at).opacity;
        return whole;
    };
    const drawn = (color, element) => {
        const [r, g, b, a] = rgba(color);
        const part = (a / 255) * opacity(element);
        return behind(element.parentElement).map((one, at) =>
            at === 3 ? 255 : [r, g, b][at] * part + one * (1 - part));
    };
    const found = [];
    for (const element of document.querySelectorAll(`${CONTROLS}, ${LINES}`)) {
        if (element.matches(INSIDE)) continue;
        if (!element.checkVisibility({opacityProperty: true, visibilityProperty: true})) continue;
        const box = element.getBoundingClientRect();
        if (box.width < 2 || box.height < 2) continue;
        const style = getComputedStyle(element);
        const around = behind(element.parentElement);
        const sides = ['Top', 'Right', 'Bottom', 'Left'];
        const bordered = sides.every((side) => style[`border${side}Style`] !== 'none'
            && parseFloat(style[`border${side}Width`]) >= 1
            && contrast(drawn(style[`border${side}Color`], element), around) >= 3);
        const filled = contrast(drawn(style.backgroundColor, element), around) >= 3;
        const lined = element.matches(LINES) && [style.stroke, style.fill].some((color) =>
            color !== 'none' && contrast(drawn(color, element), around) >= 3);
        if (bordered || filled || lined) continue;
        found.push('faint border: ' + element.outerHTML.slice(0, 120));
    }
    return found;
}"""
)
# What has the focus, in which question, and whether one sees it: a line of 2 px with a contrast of
# 3:1 around it, or around what is drawn in its place.
FOCUS = (
    "() => {"
    + COLOURS
    + """
    const at = document.activeElement;
    const places = [at];
    for (let one = at; one && !one.matches('[data-name], body'); one = one.parentElement) {
        places.push(one, one.nextElementSibling);
    }
    const seen = places.some((one) => {
        if (!one || one.getBoundingClientRect().width < 16) return false;
        const style = getComputedStyle(one);
        return style.outlineStyle === 'solid' && parseFloat(style.outlineWidth) >= 2
            && contrast(rgba(style.outlineColor), behind(one.parentElement)) >= 3;
    });
    const questions = [];
    for (let one = at.closest('.sd-question'); one; one = one.parentElement.closest('.sd-question'))
        questions.unshift(one.dataset.name);
    return {
        id: at.id,
        question: questions[0] || '',
        html: at.outerHTML.slice(0, 120),
        inside: Boolean(at.closest('#rd-survey')),
        seen,
    };
}"""
)


def faults_everywhere(page: Page) -> list[str]:
    """Return what is wrong with the page as it is now: wide, narrow, narrowest; light, dark."""
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(WIDE)
    page.evaluate(DRAWN)
    faults = axe_violations(page) + small_targets(page) + faint_borders(page)
    page.emulate_media(color_scheme="dark")
    faults += axe_violations(page, only="color-contrast") + faint_borders(page)
    page.set_viewport_size(NARROW)
    page.evaluate(DRAWN)
    faults += axe_violations(page) + small_targets(page)
    page.set_viewport_size(NARROWEST)
    if scrolls_sideways(page):
        faults.append(f"the page scrolls sideways at {NARROWEST['width']} px")
    return faults


def tables_cut_off(page: Page) -> list[str]:
    """Return the tables that do not fit on a wide screen: the last columns are out of sight."""
    page.set_viewport_size(WIDE)
    return page.evaluate(
        """() => [...document.querySelectorAll('.rd-table')]
            .filter((one) => one.scrollWidth > one.clientWidth + 1)
            .map((one) => `${one.innerText.slice(0, 60)}: ${one.scrollWidth} px`)"""
    )


def faint_borders(page: Page) -> list[str]:
    """Return what one fills in on the page, and of which one can hardly see where it is."""
    return page.evaluate(FAINT_BORDERS)


def focused(page: Page) -> dict[str, Any]:
    """Return what has the focus: its id, question and HTML, and whether one sees the focus."""
    return page.evaluate(FOCUS)


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
    """Say whether the page as a whole is wider than the window, and stays so.

    A busy browser draws a moment after the window became another size.
    """
    try:
        page.wait_for_function(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth",
            timeout=3_000,
        )
    except NotInTime:
        return True
    return False


def small_targets(page: Page) -> list[str]:
    """Return what can be clicked but is smaller than 24 by 24 pixels, links in text excepted."""
    return page.evaluate(FIND_SMALL_TARGETS)
