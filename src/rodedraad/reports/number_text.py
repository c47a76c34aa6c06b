"""How is a number written in Dutch and in English?"""

MINUS = "\N{MINUS SIGN}"
_DUTCH = str.maketrans({",": ".", ".": ","})


def number_text(value: float, decimals: int, unit: str, language: str) -> str:
    """Return the number as people write it: 1.234,5 in Dutch and 1,234.5 in English.

    A percentage is written against its number, any other unit after a space that does not break.

    >>> number_text(1234.5, 1, "", "nl"), number_text(1234.5, 1, "", "en")
    ('1.234,5', '1,234.5')
    >>> number_text(46.2, 0, "%", "nl")
    '46%'
    """
    text = f"{abs(value):,.{decimals}f}"
    if language == "nl":
        text = text.translate(_DUTCH)
    if value < 0 and any(digit in text for digit in "123456789"):
        text = MINUS + text
    if not unit:
        return text
    return f"{text}%" if unit == "%" else f"{text}\N{NO-BREAK SPACE}{unit}"
