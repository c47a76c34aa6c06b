"""In which encoding is a text file, and what are its characters?"""

import codecs
from collections.abc import Mapping
from typing import Any

from charset_normalizer import from_bytes

from rodedraad.sources.extraction.model import ExtractionRefused

BYTE_ORDERS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
LETTERS_OF_DUTCH = frozenset(
    "àáâäçèéêëìíîïñòóôöùúûüÿÀÁÂÄÇÈÉÊËÌÍÎÏÑÒÓÔÖÙÚÛÜŸ‘’“”„–—…•€§°«»²³½´·©®ØøåÅ\xa0"
)
DOUBLE_MARK = "ï»¿"


def text_decode(content: bytes) -> tuple[str, list[Mapping[str, Any]]]:
    """Return the characters of a text file, and a notice when its encoding was not plain.

    UTF-16 or UTF-32 by its byte order mark, UTF-16 without one by where its NUL bytes stand; else
    UTF-8 when every byte fits it; else Windows-1252 when all that is not ASCII is what Dutch and
    its neighbours use; else what charset-normalizer finds most likely, which the notice names.

    Raises
    ------
    ExtractionRefused: no encoding fits, or the file holds no text.
    """
    for mark, encoding in BYTE_ORDERS:
        if content.startswith(mark):
            return _strict(content, encoding), [_notice(encoding)]
    encoding = _utf_16_unmarked(content)
    if encoding:
        return _strict(content, encoding), [_notice(encoding)]
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _legacy(content)
    return _double_mend(text)


def _utf_16_unmarked(content: bytes) -> str:
    """Name the UTF-16 in which most letters have their NUL byte on the same side, or ""."""
    first, second = content[::2].count(0), content[1::2].count(0)
    if min(first, second) or max(first, second) * 8 <= len(content) * 3:
        return ""
    return "utf-16-le" if second else "utf-16-be"


def _legacy(content: bytes) -> tuple[str, list[Mapping[str, Any]]]:
    if b"\x00" in content:
        raise _not_text()
    try:
        text = content.decode("cp1252")
        odd = sum(not (c.isascii() or c in LETTERS_OF_DUTCH) for c in text)
        if odd * 10 <= sum(not c.isascii() for c in text):
            return text, [_notice("windows-1252")]
    except UnicodeDecodeError:
        pass
    best = from_bytes(content[: 1024 * 1024]).best()
    if best is None:
        raise _not_text()
    return _strict(content, best.encoding), [_notice(best.encoding, sure=False)]


def _strict(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as fault:
        raise ExtractionRefused(
            f"The file says that it is {encoding}, but byte {fault.start} is not. Open it in the "
            "program it came from and save it again as UTF-8.",
            code="encoding_unknown",
            encoding=encoding,
        ) from fault


def _double_mend(text: str) -> tuple[str, list[Mapping[str, Any]]]:
    """Undo an encoding that was done twice; a byte order mark that was, proves it."""
    if not text.startswith(DOUBLE_MARK):
        return text, []
    try:
        once = b"".join(_byte(character) for character in text).decode("utf-8-sig")
    except UnicodeError:
        return text, [{"code": "double_encoding"}]
    return once, [{"code": "double_encoding_mended"}]


def _byte(character: str) -> bytes:
    """Return the byte that was read as ``character``, by Windows-1252 or its numbers."""
    if ord(character) < 256:
        return bytes([ord(character)])
    return character.encode("cp1252")


def _notice(encoding: str, *, sure: bool = True) -> Mapping[str, Any]:
    code = "encoding" if sure else "encoding_unsure"
    return {"code": code, "encoding": encoding.replace("_", "-")}


def _not_text() -> ExtractionRefused:
    return ExtractionRefused(
        "The file holds no text in any encoding we know. Open it in the program it came from and "
        "save it as UTF-8 text, or as DOCX or PDF.",
        code="encoding_unknown",
    )
