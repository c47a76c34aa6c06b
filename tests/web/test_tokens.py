"""Whether our colours can be told apart: contrast as WCAG 2.2 defines it (1.4.3 and 1.4.11)."""

import re
from itertools import product

import pytest

from rodedraad.web.catalogs import ROOMS

TOKENS = (ROOMS / "web/static/web/tokens.css").read_text(encoding="utf-8")
SURFACES = ("paper", "surface", "sunken")
NOTICES = ("info-surface", "warning-surface", "error-surface")
TEXT = [
    *product(("ink", "ink-soft", "link", "link-hover"), SURFACES),
    *product(("ink", "link"), NOTICES),
    ("error", "paper"),
    ("error", "surface"),
    ("on-action", "action"),
    ("on-action", "action-hover"),
    ("paper", "ink"),
]
GRAPHICS = [
    *product(("line-strong", "thread", "action", "data-1", "data-2", "data-3"), SURFACES),
    ("info", "info-surface"),
    ("warning", "warning-surface"),
    ("error", "error-surface"),
    ("ink", "paper"),
]


def colours(scheme: str) -> dict[str, str]:
    """Return the ``--rd-`` colours of a scheme; dark changes some of those of light."""
    dark = re.search(r"prefers-color-scheme: dark\) \{(.*?)\n\}", TOKENS, re.DOTALL)
    print_start = TOKENS.index("@media print")
    light = TOKENS[: dark.start()]
    found = dict(re.findall(r"--rd-([a-z0-9-]+): (#[0-9a-f]{6});", light))
    assert TOKENS.index(dark.group()) < print_start
    if scheme == "dark":
        changed = dict(re.findall(r"--rd-([a-z0-9-]+): (#[0-9a-f]{6});", dark.group(1)))
        assert changed.keys() == found.keys(), "dark must set every colour that light sets"
        return changed
    return found


def luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_as_the_standard_computes_it() -> None:
    assert contrast("#000000", "#ffffff") == 21
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("pairs", "least"), [(TEXT, 4.5), (GRAPHICS, 3.0)], ids=["text", "graphics"]
)
def test_colours_have_enough_contrast(
    scheme: str, pairs: list[tuple[str, str]], least: float
) -> None:
    of = colours(scheme)
    found = {(front, back): round(contrast(of[front], of[back]), 2) for front, back in pairs}
    assert {pair: ratio for pair, ratio in found.items() if ratio < least} == {}


def test_every_colour_outside_the_tokens_is_a_token() -> None:
    folder = ROOMS / "web/static/web"
    for path in folder.glob("*.css"):
        if path.name != "tokens.css":
            text = path.read_text(encoding="utf-8").replace("background: #ffffff;", "", 1)
            assert not re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", text), path.name
