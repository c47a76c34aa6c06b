"""How is the code of a municipality written, and which spellings of it do we accept?"""

import re

from rodedraad.errors import Refusal

_ACCEPTED = re.compile(r"(?:GM)?([0-9]{1,4})", re.IGNORECASE)


class MunicipalityMalformed(Refusal):
    """A text that cannot be a municipality code."""

    code = "municipality-malformed"


def municipality_code(text: str) -> str:
    """The one way to write a municipality code: ``GM`` and four digits.

    Takes codes padded with blanks (Statistics Netherlands), in small letters (TOOI), without
    ``GM`` and without leading zeros. Does not say whether the municipality exists.

    Raises ``MunicipalityMalformed`` for anything else, such as a name.

    >>> municipality_code(" gm0363   "), municipality_code("34")
    ('GM0363', 'GM0034')
    """
    found = _ACCEPTED.fullmatch(text.strip())
    if found is None:
        message = (
            f"'{text}' is not a municipality code. Give GM and four digits, such as GM0363; "
            f"look up the code of a name in the list of municipalities."
        )
        raise MunicipalityMalformed(message, text=text)
    return f"GM{found.group(1):>04}"
