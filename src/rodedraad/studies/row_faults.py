"""What is wrong in rows that someone typed or uploaded: each with row, problem and cure."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from rodedraad.errors import Refusal

Text = str | Promise
FAULTS: dict[str, tuple[Text, Text]] = {
    "too_large": (_("The file is too large."), _("Give a file of at most %(limit)s.")),
    "not_utf8": (_("The text is not UTF-8."), _("Save the file as “CSV UTF-8” and try again.")),
    "no_rows": (_("There are no rows."), _("Give one row for each unit.")),
    "too_many_rows": (_("There are too many rows."), _("Give at most %(limit)s rows.")),
    "column_missing": (
        _("The column “%(value)s” is missing."),
        _("Put “code” and “name” in the first row, as headings."),
    ),
    "not_csv": (_("This row cannot be read."), _("Check the quotation marks in this row.")),
    "code_missing": (_("The code is missing."), _("Give every unit a code of its own.")),
    "code_wrong": (
        _("The code “%(value)s” cannot be used."),
        _("Use letters, digits, dots, hyphens and underscores, 80 at most, without spaces."),
    ),
    "code_twice": (
        _("The code “%(value)s” stands above already."),
        _("Remove one of the two rows, or give it another code."),
    ),
    "code_taken": (
        _("The study has another unit with the code “%(value)s”."),
        _("Give this unit another code, or take over the name that the study has."),
    ),
    "name_missing": (_("The name is missing."), _("Give every unit a name.")),
    "name_wrong": (
        _("The name cannot be used."),
        _("Use one line of at most 200 characters."),
    ),
    "unknown": (
        _("There is no “%(value)s” in this study."),
        _("Check the spelling, or give the code."),
    ),
    "unknown_near": (
        _("There is no “%(value)s” in this study."),
        _("Did you mean “%(near)s”?"),
    ),
    "ambiguous": (
        _("More than one unit is called “%(value)s”."),
        _("Give the code instead of the name."),
    ),
}


@dataclass(frozen=True, slots=True)
class RowFault:
    """One thing that is wrong; ``row`` counts from 1, 0 means the whole. In the page's language."""

    row: int
    code: str
    value: str = ""
    near: str = ""
    limit: str = ""

    @property
    def problem(self) -> str:
        """What is wrong."""
        return self._text(0)

    @property
    def cure(self) -> str:
        """How to mend it."""
        return self._text(1)

    def _text(self, which: int) -> str:
        shown = {"value": self.value[:80], "near": self.near, "limit": self.limit}
        return str(FAULTS[self.code][which]) % shown

    def __str__(self) -> str:
        return f"{self.row}: {self.problem} {self.cure}"


class RowsRefusal(Refusal):
    """Rows that cannot be used, with all their faults; nothing was written."""

    code = "rows_invalid"

    def __init__(self, faults: Sequence[RowFault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: fault.row))
        with override("en"):
            lines = "\n".join(f"- row {fault}" for fault in self.faults)
        super().__init__(
            f"The rows cannot be used: {len(self.faults)} wrong. Mend them and try again.\n{lines}",
            n=len(self.faults),
        )
