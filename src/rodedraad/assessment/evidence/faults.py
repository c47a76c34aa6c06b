"""What is wrong in rows that are to become evidence: each with row, column, problem and cure."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from rodedraad.errors import Refusal

TOLD = 100
FAULTS: dict[str, tuple[str | Promise, str | Promise]] = {
    "too_large": (_("The file is too large."), _("Give a file of at most %(near)s.")),
    "not_utf8": (_("The text is not UTF-8."), _("Save the file as “CSV UTF-8” and try again.")),
    "not_readable": (_("The file cannot be read."), _("Give a CSV or Parquet file.")),
    "ragged": (
        _("This row has another number of cells than the heading."),
        _("Put text with a separator in it between quotation marks."),
    ),
    "no_rows": (_("There are no rows."), _("Give one row for each fact or each respondent.")),
    "column_missing": (
        _("The column is missing."),
        _("Put it in the first row as a heading; see the templates."),
    ),
    "column_twice": (_("The column is there twice."), _("Remove one of the two.")),
    "source_missing": (
        _("It is not said which survey or document this is."),
        _("Fill in the column “source”, or give one source for all rows."),
    ),
    "source_id_missing": (
        _("The record in the source is missing."),
        _("Give the number or key that this record has in the source."),
    ),
    "too_long": (_("“%(value)s” is too long."), _("Use at most %(near)s characters.")),
    "simulated_source": (
        _("“%(value)s” says that the fact was made up."),
        _("Facts of a simulation belong in a simulated study. Give the real source."),
    ),
    "case_unknown": (
        _("There is no case “%(value)s” in this study."),
        _("Give the code or the name that the study has."),
    ),
    "case_near": (
        _("There is no case “%(value)s” in this study."),
        _("Did you mean “%(near)s”?"),
    ),
    "kind_unknown": (
        _("“%(value)s” is no kind of fact that can be brought in."),
        _("Use one of: %(near)s."),
    ),
    "item_unknown": (
        _("There is no item “%(value)s” in the framework of this wave."),
        _("Look up the code under Framework."),
    ),
    "construct_unknown": (
        _("There is no construct “%(value)s” in the framework of this wave."),
        _("Look up the code under Framework."),
    ),
    "construct_other": (
        _("The item belongs to another construct than “%(value)s”."),
        _("Leave the construct empty, or correct it."),
    ),
    "measure_unknown": (
        _("“%(value)s” is no measure of this study."),
        _("Use one of: %(near)s."),
    ),
    "about_unknown": (
        _("“%(value)s” is no type of source for this kind of fact."),
        _("Use one of: %(near)s."),
    ),
    "role_unknown": (
        _("“%(value)s” is no role of the framework."),
        _("Use one of the letters: %(near)s."),
    ),
    "respondent_missing": (
        _("The respondent is missing."),
        _("Give everyone a pseudonym of their own, such as R012."),
    ),
    "respondent_named": (
        _("“%(value)s” may be the name of a person."),
        _("Give a pseudonym: letters, digits, dots and hyphens, with at least one digit."),
    ),
    "raw_outside": (
        _("%(value)s is not on the scale."),
        _("Give a whole number from %(near)s."),
    ),
    "raw_missing": (
        _("There is no score or status."),
        _("Give a whole number from %(near)s, or leave the row out."),
    ),
    "raw_and_missing": (
        _("There is an answer and also a reason why there is none."),
        _("Keep one of the two."),
    ),
    "missing_unknown": (
        _("“%(value)s” is no answer, and no reason why there is none."),
        _("Use one of: %(near)s."),
    ),
    "twice": (
        _("The same record stands above already."),
        _("Remove one of the two, or correct the item, the respondent or the record."),
    ),
    "changed": (
        _("This record is in the evidence already, with another answer or role."),
        _("Facts are never changed. Leave the row out, or give another record its own number."),
    ),
}


@dataclass(frozen=True, slots=True)
class EvidenceFault:
    """One thing that is wrong; ``row`` counts from 1, 0 means the whole. In the page's language."""

    row: int
    column: str
    code: str
    value: str = ""
    near: str = ""

    @property
    def problem(self) -> str:
        """What is wrong."""
        return self._text(0)

    @property
    def cure(self) -> str:
        """How to mend it."""
        return self._text(1)

    def _text(self, which: int) -> str:
        return str(FAULTS[self.code][which]) % {"value": self.value[:80], "near": self.near}

    def __str__(self) -> str:
        place = f"row {self.row}" if self.row else "the file"
        column = f", column {self.column}" if self.column else ""
        return f"{place}{column}: {self.problem} {self.cure}"


class EvidenceRefusal(Refusal):
    """Rows that cannot become evidence, with their faults; nothing was written.

    ``faults`` holds the first hundred, ``n`` is how many there are.
    """

    code = "evidence_rows_invalid"

    def __init__(self, faults: Sequence[EvidenceFault], n: int | None = None) -> None:
        n = len(faults) if n is None else n
        self.n = n
        self.faults = tuple(sorted(faults, key=lambda fault: (fault.row, fault.column)))[:TOLD]
        with override("en"):
            lines = "\n".join(f"- {fault}" for fault in self.faults)
        more = f"\n- and {n - len(self.faults)} more" if n > len(self.faults) else ""
        super().__init__(
            f"These rows cannot become evidence: {n} wrong. Nothing was written. Mend them and "
            f"try again.\n{lines}{more}",
            n=n,
        )
