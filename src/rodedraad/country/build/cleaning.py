"""How is a published name cleaned: encoding repaired, blanks trimmed, made into a key?"""

import re
import unicodedata

_BROKEN = re.compile("[ÃÂâ][\u0080-\u00bf\u0152-\u0178\u02c6\u02dc\u2013-\u20ac\u2122]")


def encoding_repaired(text: str) -> str:
    """Undo UTF-8 that was read as Windows-1252 (``FryslÃ¢n``); other text stays as it is."""
    if not _BROKEN.search(text):
        return text
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text


def cleaned(text: str) -> str:
    """The text with repaired encoding and single blanks, none at the ends."""
    return " ".join(encoding_repaired(text).split())


def folded(text: str) -> str:
    """Small letters without accents, for comparing names."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold()


def slug(text: str) -> str:
    """A key of small letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", folded(text).replace("'", "")).strip("-")
