"""Which numbers stand in a report: each with its words, the run that made it and its rows."""

from collections.abc import Iterator
from dataclasses import dataclass

from rodedraad.assessment.filters import RowFilter
from rodedraad.assessment.models import Run
from rodedraad.errors import Refusal


@dataclass(frozen=True, slots=True)
class Number:
    """One number as a report shows it.

    ``rows`` are filters on the evidence table: together the rows that the number came from.
    """

    key: str
    value: float
    decimals: int
    unit: str
    label_nl: str
    label_en: str
    run: Run
    rows: tuple[RowFilter, ...]


class NumberBook:
    """The numbers of one report, in the order in which they were entered."""

    def __init__(self) -> None:
        self._numbers: dict[str, Number] = {}

    def enter(
        self,
        key: str,
        value: float | None,
        *,
        nl: str,
        en: str,
        run: Run,
        rows: tuple[RowFilter, ...],
        decimals: int = 0,
        unit: str = "",
    ) -> str:
        """Enter a number and return its key; a number that is not known is refused.

        Raises
        ------
        Refusal
            When ``value`` is null: a report says in words that something is not known.
        """
        if value is None:
            raise Refusal(
                f"The number '{key}' has no value. Say in the text that it is not known.",
                code="number_without_value",
                key=key,
            )
        if key in self._numbers:
            raise Refusal(
                f"The number '{key}' was entered twice. Give each number a key of its own.",
                code="number_twice",
                key=key,
            )
        self._numbers[key] = Number(key, float(value), decimals, unit, nl, en, run, rows)
        return key

    def __getitem__(self, key: str) -> Number:
        return self._numbers[key]

    def __iter__(self) -> Iterator[Number]:
        return iter(self._numbers.values())

    def __len__(self) -> int:
        return len(self._numbers)

    def __contains__(self, key: object) -> bool:
        return key in self._numbers
