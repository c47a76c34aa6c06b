"""Does a number pass the check that its kind has: citizen number, bank account, number plate?"""

import re

# Lengths of an IBAN in the countries that Dutch accounts are most often exchanged with.
IBAN_LENGTHS = {
    "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CZ": 24, "DE": 22, "DK": 18, "ES": 24, "FI": 18,
    "FR": 27, "GB": 22, "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IT": 27, "LT": 20, "LU": 20,
    "LV": 21, "MT": 31, "NL": 18, "NO": 15, "PL": 28, "PT": 25, "RO": 24, "SE": 24, "SI": 19,
    "SK": 24, "TR": 26, "UA": 29,
}  # fmt: skip

# The fourteen ways in which letters (A) and digits (0) of Dutch number plates are grouped.
PLATE_SERIES = (
    "AA-00-00", "00-00-AA", "00-AA-00", "AA-00-AA", "AA-AA-00", "00-AA-AA", "00-AAA-0",
    "0-AAA-00", "AA-000-A", "A-000-AA", "AAA-00-A", "A-00-AAA", "0-AA-000", "000-AA-0",
)  # fmt: skip

_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
_OLD_SERIES = frozenset(PLATE_SERIES[:3])


def bsn_valid(digits: str) -> bool:
    """Whether 8 or 9 digits pass the test of eleven of the citizen service number (BSN).

    One in eleven numbers does, so it is a hint and no proof. Eight digits get a leading zero.

    >>> bsn_valid("111222333"), bsn_valid("111222334"), bsn_valid("000000000")
    (True, False, False)
    """
    full = digits.zfill(9)
    if len(full) != 9 or not (full.isascii() and full.isdigit()) or not int(full):
        return False
    weighed = (weight * int(digit) for weight, digit in zip(_WEIGHTS, full, strict=True))
    return sum(weighed) % 11 == 0


def iban_valid(number: str) -> bool:
    """Whether an account number has its country's length and passes ISO 7064 mod 97.

    Spaces and case do not matter. For a country that is not in ``IBAN_LENGTHS`` any length from
    15 to 34 will do.

    >>> iban_valid("NL91 ABNA 0417 1643 00"), iban_valid("NL91ABNA0417164301")
    (True, False)
    """
    plain = re.sub(r"\s", "", number).upper()
    if not re.fullmatch(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}", plain):
        return False
    if len(plain) != IBAN_LENGTHS.get(plain[:2], len(plain)):
        return False
    turned = plain[4:] + plain[:4]
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1


def plate_series(plate: str, *, any_letters: bool = False) -> str:
    """The series of a Dutch number plate, as ``AA-00-00``, or "" when it is none.

    Hyphens, spaces and case do not matter. Only the three oldest series use vowels, so that
    later plates spell no words; ``any_letters`` lets vowels pass in all.

    >>> plate_series("12-xyz-3"), plate_series("WMO-20-A"), plate_series("12-345-6")
    ('00-AAA-0', '', '')
    """
    plain = re.sub(r"[\s-]", "", plate).upper()
    shape = re.sub(r"[A-Z]", "A", re.sub(r"[0-9]", "0", plain))
    for series in PLATE_SERIES:
        if shape == series.replace("-", ""):
            odd = re.search(r"[AEIOU]", plain) and series not in _OLD_SERIES
            return series if any_letters or not odd else ""
    return ""
