"""How do texts of other programs become texts of ours: plain, safe, by language?"""

import html
import re
from collections.abc import Callable, Mapping

import nh3

DUTCH = "nl"
LANGUAGE_NAMES = {
    "dutch": "nl", "nederlands": "nl", "english": "en", "engels": "en", "french": "fr",
    "german": "de", "spanish": "es", "chinese": "zh", "arabic": "ar", "turkish": "tr",
    "polish": "pl", "ukrainian": "uk",
}  # fmt: skip
BREAKS = re.compile(r"<\s*(?:br|/p|/div|/li|/tr|/h\d)\b[^>]*>", re.IGNORECASE)
TAG = re.compile(r"<[a-zA-Z/!][^>]*>")
LOST_TAGS = re.compile(r"<\s*(?:img|script|style|iframe|object|video|audio|embed)\b", re.IGNORECASE)
RICH = {"p", "br", "strong", "b", "em", "i", "ul", "ol", "li", "h3", "h4"}
SEVERAL_LINES = re.compile(r"\n{3,}")


def language_code(name: str) -> str:
    """Return the code of a language as a form names it: ``Dutch (nl)``, ``English``, ``nl-NL``."""
    inside = re.search(r"\(([A-Za-z]{2,3})(?:[-_]\w+)?\)\s*$", name)
    if inside:
        return inside.group(1).lower()
    plain = name.strip().lower()
    if plain in LANGUAGE_NAMES:
        return LANGUAGE_NAMES[plain]
    short = re.fullmatch(r"([a-z]{2,3})(?:[-_]\w+)?", plain)
    if short:
        return short.group(1)
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:20] or "default"


def by_language(texts: Mapping[str, str], first: str) -> dict[str, str] | str:
    """Return texts as SurveyJS keeps them: Dutch is the default, or else the first language."""
    known = {language_code(name): text for name, text in texts.items() if text.strip()}
    if not known:
        return ""
    main = next(
        (one for one in (DUTCH, language_code(first), "default") if one in known), next(iter(known))
    )
    others = {code: text for code, text in known.items() if code not in (main, "default")}
    return {"default": known[main], **others} if others else known[main]


def has_lost(text: str) -> bool:
    """Whether a text holds pictures, scripts or films, which are left out."""
    return bool(LOST_TAGS.search(text))


def plain_text(text: str) -> str:
    """Return a text without markup; its paragraphs become lines."""
    if not TAG.search(text):
        return html.unescape(text).strip()
    broken = BREAKS.sub("\n", text)
    bare = html.unescape(nh3.clean(broken, tags=set()))
    lines = (" ".join(line.split()) for line in bare.splitlines())
    return SEVERAL_LINES.sub("\n\n", "\n".join(lines)).strip()


def rich_text(text: str) -> str:
    """Return a text with at most paragraphs, lists and emphasis in it."""
    if not TAG.search(text):
        return "<p>" + html.escape(text.strip(), quote=False).replace("\n", "<br>") + "</p>"
    return nh3.clean(text, tags=RICH, attributes={}).strip()


def piped(
    text: str, mark: re.Pattern[str], name_of: Callable[[str], str | None]
) -> tuple[str, bool]:
    """Return a text with the answers it quotes as SurveyJS names them, and whether one was lost."""
    lost = False

    def put(match: re.Match[str]) -> str:
        nonlocal lost
        name = name_of(match.group(1).strip())
        if name is None:
            lost = True
            return "…"
        return f"{{{name}}}"

    return mark.sub(put, text), lost
