"""What is the text of an RTF file? Pictures and objects in it are passed over."""

from striprtf.striprtf import rtf_to_text

from rodedraad.sources.extraction.cleaning import (
    characters_notice,
    text_clean,
    text_passages,
    turns_find,
)
from rodedraad.sources.extraction.model import Found, Options


def rich_text_read(content: bytes, _options: Options) -> Found:
    """Return the text of a file, and its paragraphs."""
    cleaned, n = text_clean(rtf_to_text(content.decode("latin-1"), errors="replace"))
    text = cleaned.strip("\n")
    return text, turns_find(text, text_passages(text)), characters_notice(n)
