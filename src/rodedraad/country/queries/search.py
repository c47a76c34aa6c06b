"""Which municipalities does someone mean by a name or a code?"""

import unicodedata
from dataclasses import dataclass
from datetime import date

from rodedraad.country.codes import MunicipalityMalformed, municipality_code
from rodedraad.country.history import Country, Municipality

# What people call it every day, where that is not part of the official name.
EVERYDAY_NAMES = {"GM0518": "Den Haag", "GM0796": "Den Bosch"}


@dataclass(frozen=True)
class Found:
    """What a search gives: the municipalities of the day, and others that bear it elsewhen.

    ``unknown_code`` is the code as we write it, when a code is asked that never existed.
    """

    rows: tuple[Municipality, ...]
    elsewhen: tuple[Municipality, ...] = ()
    unknown_code: str = ""


def municipalities_found(country: Country, *, text: str, when: date) -> Found:
    """Search by part of a name, without regard to accents, or by code in any spelling."""
    today = country.municipalities_on(when)
    if not text.strip():
        return Found(today)
    try:
        code = municipality_code(text)
    except MunicipalityMalformed:
        return _named(country, text, when)
    known = country.municipalities.get(code)
    if known is None:
        return Found((), unknown_code=code)
    return Found((known,)) if known.existed_on(when) else Found((), (known,))


def _named(country: Country, text: str, when: date) -> Found:
    wanted = plain(text)
    if not wanted:
        return Found(())
    named = [each for each in country.municipalities.values() if wanted in _names(each)]
    # Those that begin with it come first: who types "Ede" does not look for "Medemblik".
    named.sort(key=lambda each: (not plain(each.name).startswith(wanted), plain(each.name)))
    rows = tuple(each for each in named if each.existed_on(when))
    return Found(rows, () if rows else tuple(named))


def _names(municipality: Municipality) -> str:
    return plain(municipality.name) + "|" + plain(EVERYDAY_NAMES.get(municipality.code, ""))


def plain(text: str) -> str:
    """Small letters and digits only, without accents.

    >>> plain("Súdwest-Fryslân"), plain("'s-Gravenhage")
    ('sudwestfryslan', 'sgravenhage')
    """
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in parts if letter.isalnum())
