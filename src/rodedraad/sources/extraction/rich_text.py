"""What is the text of an RTF file? Notes, headers, pictures and objects are passed over."""

import re
from collections.abc import Mapping
from typing import Any

from striprtf.striprtf import rtf_to_text

from rodedraad.sources.extraction.cleaning import (
    characters_notice,
    text_clean,
    text_passages,
    turns_find,
)
from rodedraad.sources.extraction.model import Found, Options

TOLD = {
    "footnotes_left_out": re.compile(r"(?<!\\)\\footnote(?![a-z])"),
    "headers_left_out": re.compile(r"(?<!\\)\\(?:header|footer)[lrf]?(?![a-z])"),
    "pictures_left_out": re.compile(r"(?<!\\)\\pict(?![a-z])"),
    "deleted_kept": re.compile(r"(?<!\\)\\deleted(?![a-z0-9])"),
}
SECOND_PICTURE = r"\nonshppict"


def rich_text_read(content: bytes, _options: Options) -> Found:
    """Return the text of a file, and its paragraphs.

    Notes, headers, footers and pictures are left out and deleted text of tracked changes stays in
    it; the notices say so.
    """
    file = content.decode("latin-1")
    cleaned, n = text_clean(rtf_to_text(file, errors="replace"))
    text = cleaned.strip("\n")
    notices = [*_notices(file), *characters_notice(n)]
    return text, turns_find(text, text_passages(text)), notices


def _notices(file: str) -> list[Mapping[str, Any]]:
    counts = {code: len(sign.findall(file)) for code, sign in TOLD.items()}
    counts["pictures_left_out"] -= file.count(SECOND_PICTURE)
    return [{"code": code, "n": n} for code, n in counts.items() if n > 0]
