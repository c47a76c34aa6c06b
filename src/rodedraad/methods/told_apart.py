"""With how many decimals does a number not look like the threshold that it does not reach?"""

MOST_PLACES = 6


def places_apart(value: float | None, threshold: float, least: int = 2) -> int:
    """Return the fewest decimals, from ``least`` on, with which the two look different.

    Numbers that are the same in ``MOST_PLACES`` decimals count as equal, and get ``least``.
    """
    if value is None or round(value, MOST_PLACES) == round(threshold, MOST_PLACES):
        return least
    places = range(least, MOST_PLACES)
    return next((n for n in places if round(value, n) != round(threshold, n)), MOST_PLACES)
