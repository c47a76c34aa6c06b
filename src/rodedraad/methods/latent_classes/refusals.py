"""Which rows or settings can no class model be made of, and how is that mended?"""

from rodedraad.errors import Refusal


class ClassRefusal(Refusal):
    """Rows that cannot be read for a class model, or a model that cannot be made of them."""

    code = "classes_refused"


def check_at_least(name: str, value: int, lowest: int) -> None:
    """Refuse a setting that is too low.

    Raises
    ------
    ClassRefusal: names the setting, what it was and the lowest it may be.
    """
    if value < lowest:
        raise ClassRefusal(
            f"{name} must be at least {lowest}. Got {value}.",
            code="classes_setting",
            setting=name,
            value=value,
        )


def check_confidence(confidence: float) -> None:
    """Refuse a confidence that is not between 0 and 1.

    Raises
    ------
    ClassRefusal: says what it was.
    """
    if not 0 < confidence < 1:
        raise ClassRefusal(
            f"Confidence lies between 0 and 1. Got {confidence}.", code="classes_confidence"
        )
