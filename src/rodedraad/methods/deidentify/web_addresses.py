"""Which web addresses in a text lead to a page about one person?"""

import re
from collections.abc import Iterator

from rodedraad.methods.deidentify.first_names import ALSO_A_WORD, FIRST_NAMES
from rodedraad.methods.deidentify.spans import Span

_ADDRESS = re.compile(
    r"(?i)(?<![\w@.])(?:https?://|www\.|(?:[a-z]{2}\.)?(?:linkedin|facebook|instagram|twitter|tiktok|x)\.com/)[^\s<>\"”’]+"
)
_PROFILE = re.compile(
    r"(?i)(?:linkedin\.com/in|facebook\.com|instagram\.com|twitter\.com|tiktok\.com|//x\.com)/@?\w|/~\w"
)
_NAMES = frozenset(name.lower() for name in FIRST_NAMES - ALSO_A_WORD if len(name) > 2)


def web_addresses_found(text: str) -> Iterator[Span]:
    """Profiles on social media, and addresses in which a first name and a next word stand."""
    for match in _ADDRESS.finditer(text):
        address = match[0].rstrip(".,;:!?)]'")
        if _PROFILE.search(address) or _names(address):
            end = match.start() + len(address)
            yield Span("url", match.start(), end, address, "likely", "address_of_a_person")


def _names(address: str) -> bool:
    parts = re.findall(r"[a-zà-ÿ]+", address.lower())
    return any(part in _NAMES for part in parts[:-1])
