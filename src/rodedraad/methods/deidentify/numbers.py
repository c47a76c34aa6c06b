"""Which numbers and addresses in Dutch text point to a person?"""

import re
from collections.abc import Iterator
from datetime import date

from rodedraad.methods.deidentify.checks import (
    IBAN_LENGTHS,
    bsn_valid,
    iban_valid,
    plate_series,
)
from rodedraad.methods.deidentify.spans import Certainty, Kind, Span

# How far before a number a word may stand that tells what number it is.
REACH = 40

_BSN_WORD = re.compile(r"(?i)\bbsn\b|\bbsn-|burger ?service ?n|\bsofi-?n|\bsofi\b")
_MONEY_BEFORE = re.compile(r"(?i)(?:€|\beur(?:o)?)\s*$")
_MONEY_AFTER = re.compile(r"(?i)\s*(?:€|eur(?:o)?\b|,-)")
_NINE = re.compile(
    r"(?<![\w.,/-])(?:\d{8,9}|\d{3}[ .]\d{3}[ .]\d{3}|\d{4}\.\d{2}\.\d{3})(?![\w/-]|[.,]\d)"
)

_IBAN_WORD = re.compile(r"(?i)\biban\b|rekening|\bgiro")
_IBAN = re.compile(r"(?<!\w)[A-Za-z]{2}\d{2}(?: ?[A-Za-z0-9]){11,30}")

_KVK_WORD = re.compile(r"(?i)\bk\.?v\.?k|kamer van koophandel|handelsregister")
_TWO_YEARS = r"(?:19|20)\d{2} (?:19|20)\d{2}"
_KVK = re.compile(
    r"(?<![\w.,/-])(?:\d{8}|\d{12}"
    rf"|(?<!\d )(?!{_TWO_YEARS})\d{{4}}(?: \d{{4}}){{1,2}}(?! ?\d))(?![\w/-]|[.,]\d)"
)

_PLATE_WORD = re.compile(
    r"(?i)kenteken|nummerplaat|nummerbord|\bauto\b|\bbusje\b|\bscooter\b|\btaxi\b"
)
_PLATE = re.compile(r"(?i)(?<![\w-])[a-z0-9]{1,3}[- ]?[a-z0-9]{2,3}[- ]?[a-z0-9]{1,3}(?![\w-])")

# Between two digits at most two signs; only after 06 or an area code " - " with spaces around it.
_NEXT_DIGIT = r"[ .)–/-]{0,2}\d"
_AFTER_DASH = r"\)? [–-] [1-9]"
_PHONE = re.compile(
    r"(?<![\w.,/+-])(?:(?:\+|00)31[ .-]?(?:\(0\)[ .-]?)?|\(0(?=[1-9]\d{1,3}\))|0(?=[1-9]))"
    rf"(?:[1-9](?:{_NEXT_DIGIT}){{8}}|6{_AFTER_DASH}(?:{_NEXT_DIGIT}){{7}}"
    rf"|[1-9]\d{_AFTER_DASH}(?:{_NEXT_DIGIT}){{6}}|[1-9]\d\d{_AFTER_DASH}(?:{_NEXT_DIGIT}){{5}})"
    r"(?![\w/-]|[.,]\d)"
)
_PHONE_ABROAD = re.compile(r"(?<![\w+])(?:\+|00)(?!31)[1-9]\d{0,2}(?:[ .()/-]{0,2}\d){7,11}(?!\w)")
_SERVICE = re.compile(r"0(?:800|90\d|6760)")

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+'-]*\w@(?:[\w-]+\.)+[a-zA-Z]{2,}")
_EMAIL_SPOKEN = re.compile(
    r"(?i)(?<![\w.])\w{1,40}(?:(?:[.-]| punt | streepje )\w{1,40}){0,5}"
    r"(?:\s?(?:\[at\]|\(at\)|\bapenstaartje\b|\bat\b)\s?)"
    r"\w{1,40}(?:(?:[.-]| punt )\w{1,40}){0,4}(?:\.| punt )(?:nl|com|org|net|eu|be|info)\b"
)

_POSTCODE = re.compile(
    r"(?<![\w.,€/-])[1-9]\d{3}[ \u00a0]?(?!SA|SD|SS)(?:[A-Z]{2}|[a-z]{2}(?=[\s,.;:)]|$))(?![\w-])"
    r"(?:,? ?(?:nr\.? ?|nummer |- ?)?\d{1,4}(?:[ -]?[a-zA-Z])?(?![\w.,/-]\w|\w))?"
)
_POSTCODE_WORD = re.compile(r"(?i)postcode|woon|adres|verhuis")

STREET = (
    "straat|laan|weg|plein|kade|gracht|singel|dreef|steeg|pad|hof|dijk|markt|boulevard|plantsoen|"
    "wal|burg|haven|park|akker|veld|erf|oord|ring|baan|zoom|horst|waard|donk|kamp|brink|oever|dam"
)
_ADDRESS = re.compile(
    r"(?<!\w)(?:[A-ZÀ-Þ][\w'’.-]{0,30} "
    r"(?:(?:[A-ZÀ-Þ][\w'’.-]{0,30}|van|de|der|den|het|ten|ter|'t) ){0,3})?"
    rf"[A-ZÀ-Þ][\w'’-]{{0,30}}(?:{STREET}) \d{{1,4}}"
    r"(?: ?[a-zA-Z](?!\w))?(?:[-/ ](?:\d{1,3}|bis|hs|[IV]+)(?!\w))?(?!\w|[.,]\d)"
)

_MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september",
    "oktober", "november", "december",
)  # fmt: skip
_DATE = re.compile(
    r"(?i)(?<![\w/.-])(?:(?P<d>\d{1,2})(?P<s>[-/. ])(?P<m>\d{1,2})(?P=s)(?P<y>\d{4}|\d{2})"
    r"|(?P<iy>\d{4})-(?P<im>\d{2})-(?P<id>\d{2})"
    rf"|(?P<wd>\d{{1,2}}) (?P<wm>{'|'.join(_MONTHS)}),? (?P<wy>\d{{4}}))(?![\w/-])"
)
_YEAR = re.compile(r"(?<![\w/.-])(?:19|20)\d{2}(?![\w/-]|[.,]\d)")
_BORN_BEFORE = re.compile(
    r"(?i)\b(?:geboren|geboorte(?:datum|dag|jaar)|geb|gebdat)\b[^;!?\n]{0,25}$"
    r"|\b(?:(?:hij|zij|ze) is|ik ben) van $"
)
_BORN_AFTER = re.compile(r"(?i)[^.;!?\n]{0,25}\b(?:geboren|jarig)\b")
_BORN_IN = re.compile(r"(?i)(?:\bgeboren (?:in|rond|omstreeks)|\bgeboortejaar:?) $")


def numbers_found(text: str) -> Iterator[Span]:
    """Every number, electronic address and home address that points to a person.

    A number with a check digit and a word that tells what it is, is sure. A wrong check digit
    after such a word is told as possible (a slip of the pen still points to somebody).
    """
    yield from _bsn(text)
    yield from _iban(text)
    yield from _kvk(text)
    yield from _plates(text)
    yield from _phones(text)
    yield from _matches(text, _EMAIL, "email", "sure", "email")
    yield from _matches(text, _EMAIL_SPOKEN, "email", "likely", "email_spoken")
    yield from _postcodes(text)
    yield from _matches(text, _ADDRESS, "address", "likely", "street_and_number")
    yield from _births(text)


def _span(
    match: re.Match[str],
    kind: Kind,
    certainty: Certainty,
    rule: str,
    *,
    end: int | None = None,
    doubt: str = "",
) -> Span:
    stop = match.end() if end is None else end
    return Span(
        kind, match.start(), stop, match.string[match.start() : stop], certainty, rule, doubt
    )


def _matches(
    text: str, pattern: re.Pattern[str], kind: Kind, certainty: Certainty, rule: str
) -> Iterator[Span]:
    for match in pattern.finditer(text):
        yield _span(match, kind, certainty, rule)


def _announced(word: re.Pattern[str], match: re.Match[str]) -> bool:
    """Whether the word stands shortly before the number, in the same paragraph."""
    before = match.string[max(0, match.start() - REACH) : match.start()]
    return bool(word.search(before.rpartition("\n\n")[2]))


def _bsn(text: str) -> Iterator[Span]:
    for match in _NINE.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        before = text[max(0, match.start() - 8) : match.start()]
        money = _MONEY_BEFORE.search(before) or _MONEY_AFTER.match(text, match.end())
        valid = bsn_valid(digits)
        if _announced(_BSN_WORD, match):
            if valid:
                yield _span(match, "bsn", "sure", "bsn_word_and_check")
            else:
                yield _span(match, "bsn", "possible", "bsn_word", doubt="check_failed")
        elif valid and len(digits) == 9 and not money and not _announced(_KVK_WORD, match):
            yield _span(match, "bsn", "likely", "bsn_check")


def _iban(text: str) -> Iterator[Span]:
    for match in _IBAN.finditer(text):
        end = _iban_end(match)
        if end is not None:
            yield _span(match, "iban", "sure", "iban_check", end=end)
        elif _announced(_IBAN_WORD, match) and match[0][:2].upper() in IBAN_LENGTHS:
            end = _end_after(match, IBAN_LENGTHS[match[0][:2].upper()])
            yield _span(match, "iban", "possible", "iban_word", end=end, doubt="check_failed")


def _iban_end(match: re.Match[str]) -> int | None:
    country = match[0][:2].upper()
    lengths = (IBAN_LENGTHS[country],) if country in IBAN_LENGTHS else range(34, 14, -1)
    for length in lengths:
        end = _end_after(match, length)
        whole = end == len(match.string) or not match.string[end].isalnum()
        if whole and iban_valid(match.string[match.start() : end]):
            return end
    return None


def _end_after(match: re.Match[str], n_signs: int) -> int:
    """Where the ``n_signs``-th sign of the match that is no space ends, or the match does."""
    signs = [place for place, sign in enumerate(match[0]) if not sign.isspace()]
    return match.start() + signs[min(n_signs, len(signs)) - 1] + 1


def _kvk(text: str) -> Iterator[Span]:
    for match in _KVK.finditer(text):
        if _announced(_KVK_WORD, match):
            yield _span(match, "kvk", "likely", "kvk_word")


def _plates(text: str) -> Iterator[Span]:
    for match in _PLATE.finditer(text):
        announced = _announced(_PLATE_WORD, match)
        series = plate_series(match[0], any_letters=announced)
        if not series:
            continue
        groups = re.split(r"[- ]", match[0])
        whole = [len(group) for group in groups] == [len(group) for group in series.split("-")]
        if announced and (whole or len(groups) == 1):
            yield _span(match, "plate", "sure", "plate_word")
        elif whole and "-" in match[0] and match[0] == match[0].upper():
            yield _span(match, "plate", "likely", "plate_series")


def _phones(text: str) -> Iterator[Span]:
    for match in _PHONE.finditer(text):
        if not _SERVICE.match(re.sub(r"\D", "", match[0])):
            yield _span(match, "telephone", "likely", "telephone_netherlands")
    yield from _matches(text, _PHONE_ABROAD, "telephone", "possible", "telephone_abroad")


def _postcodes(text: str) -> Iterator[Span]:
    for match in _POSTCODE.finditer(text):
        letters = re.search(r"[A-Za-z]{2}", match[0])
        if letters and letters[0].isupper():
            yield _span(match, "postcode", "likely", "postcode")
        elif _announced(_POSTCODE_WORD, match):
            yield _span(match, "postcode", "likely", "postcode_word")


def _births(text: str) -> Iterator[Span]:
    for match in _DATE.finditer(text):
        before = text[max(0, match.start() - 2 * REACH) : match.start()]
        told = _BORN_BEFORE.search(before) or _BORN_AFTER.match(text, match.end())
        if told and _is_date(match):
            yield _span(match, "birth_date", "likely", "birth_word_and_date")
    for match in _YEAR.finditer(text):
        if _BORN_IN.search(text[max(0, match.start() - REACH) : match.start()]):
            yield _span(match, "birth_date", "possible", "birth_year")


def _is_date(match: re.Match[str]) -> bool:
    told = match.groupdict()
    month = told["m"] or told["im"] or str(_MONTHS.index((told["wm"] or "mei").lower()) + 1)
    year = int(told["y"] or told["iy"] or told["wy"])
    try:
        date(
            year if year > 99 else 2000 + year,
            int(month),
            int(told["d"] or told["id"] or told["wd"]),
        )
    except ValueError:
        return False
    return True
