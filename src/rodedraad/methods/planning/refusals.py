"""Which design cannot be planned as asked, and how is that mended?"""

from rodedraad.errors import Refusal


class PlanningRefusal(Refusal):
    """A design with a size, strength or share outside what can exist."""

    code = "planning_refused"


def check_between(name: str, value: float, low: float, high: float) -> None:
    """Refuse a setting outside its range, both ends allowed.

    Raises
    ------
    PlanningRefusal: names the setting, what it was and its range.
    """
    if not low <= value <= high:
        raise PlanningRefusal(
            f"{name} must lie from {low:g} to {high:g}. Got {value:g}.",
            code="planning_setting",
            setting=name,
            value=value,
        )
