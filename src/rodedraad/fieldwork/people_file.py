"""Which people are in a file, and what is wrong in it: all faults at once, nothing written."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.functional import Promise
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from rodedraad.errors import Refusal
from rodedraad.fieldwork.people import PersonGiven, mails_taken
from rodedraad.fieldwork.vault import ContactData
from rodedraad.sources.extraction.answers import csv_rows, workbook_rows
from rodedraad.sources.extraction.cleaning import text_clean
from rodedraad.sources.extraction.decoding import text_decode
from rodedraad.studies.models import Case, Wave
from rodedraad.studies.template.framework_files import framework

LARGEST_BYTES = 5_000_000
MOST_ROWS = 20_000
MOST_FAULTS = 200
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "case": ("case", "casus", "gemeente", "municipality", "code"),
    "role": ("role", "rol"),
    "name": ("name", "naam"),
    "mail": ("mail", "e-mail", "email", "e-mailadres", "mailadres"),
    "telephone": ("telephone", "telefoon", "phone", "telefoonnummer"),
    "organisation": ("organisation", "organisatie", "organization"),
    "language": ("language", "taal"),
    "address": ("address", "adres", "straat", "street"),
    "postcode": ("postcode", "postal code"),
    "place": ("place", "plaats", "woonplaats"),
}
NEEDED = ("case", "role")
LONGEST: Mapping[str, int] = {
    "name": 200, "mail": 254, "telephone": 40, "organisation": 200, "address": 300,
    "postcode": 20, "place": 100,
}  # fmt: skip
LANGUAGES: Mapping[str, str] = {
    "": "nl", "nl": "nl", "nederlands": "nl", "dutch": "nl", "en": "en", "engels": "en",
    "english": "en",
}  # fmt: skip
TELEPHONE = re.compile(r"\+?[\d\s().-]{6,39}")
Text = str | Promise
FAULTS: Mapping[str, tuple[Text, Text]] = {
    "column_missing": (
        _("The column “%(value)s” is missing."),
        _("Put “gemeente”, “rol”, “naam” and “mail” in the first row, as headings."),
    ),
    "column_twice": (
        _("Two columns say the same thing."),
        _("Keep one of them, or give the other another heading."),
    ),
    "column_unknown": (
        _("The column “%(value)s” is not known."),
        _("Remove it, or give it a heading that the page names."),
    ),
    "no_rows": (_("There are no people in the file."), _("Give one row for each person.")),
    "case_unknown": (
        _("The study has no case “%(value)s”."),
        _("Give the code or the name of a case as the study has it."),
    ),
    "case_ambiguous": (
        _("More than one case is called “%(value)s”."),
        _("Give the code of the case instead of its name."),
    ),
    "role_unknown": (
        _("There is no role “%(value)s”."),
        _("Give one of these letters: %(known)s."),
    ),
    "unreachable": (
        _("This person has no mail address, telephone number or postal address."),
        _("Give at least one of them."),
    ),
    "name_missing": (_("The name is missing."), _("Give a name: mails and letters begin with it.")),
    "mail_wrong": (_("This is no mail address."), _("Write it as name@organisation.nl.")),
    "mail_twice": (
        _("The same mail address stands in row %(value)s."),
        _("Remove one of the two rows, or give this person another address."),
    ),
    "mail_taken": (
        _("Somebody with this mail address takes part in this wave already."),
        _("Remove the row, or give another address."),
    ),
    "telephone_wrong": (
        _("This is no telephone number."),
        _("Use digits, spaces and hyphens, with + before a country."),
    ),
    "language_unknown": (_("The language “%(value)s” is not known."), _("Use nl or en.")),
    "too_long": (_("This is too long."), _("Use at most %(value)s characters.")),
    "lines": (_("This has line breaks in it."), _("Put it on one line.")),
}
SHOWN = frozenset({"case", "role", "language", "header"})
"""Columns whose value a fault may repeat: the others hold contact data."""


@dataclass(frozen=True, slots=True)
class PeopleFault:
    """One thing that is wrong: where, what, and how to mend it, in the language of the page."""

    row: int
    column: str
    code: str
    value: str = ""

    @property
    def problem(self) -> str:
        """What is wrong."""
        return self._text(0)

    @property
    def cure(self) -> str:
        """How to mend it."""
        return self._text(1)

    def _text(self, which: int) -> str:
        known = ", ".join(roles_known())
        return str(FAULTS[self.code][which]) % {"value": self.value[:80], "known": known}

    def __str__(self) -> str:
        where = f"row {self.row}, {self.column}" if self.column else f"row {self.row}"
        return f"{where}: {self.problem} {self.cure}"


class PeopleRefusal(Refusal):
    """A file of people that cannot be used, with all its faults; nothing was written."""

    code = "people_invalid"

    def __init__(self, faults: Sequence[PeopleFault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: fault.row))
        with override("en"):
            lines = "\n".join(f"- {fault}" for fault in self.faults[:MOST_FAULTS])
        super().__init__(
            f"Nobody was brought in: {len(self.faults)} places are wrong. Mend them and try "
            f"again.\n{lines}",
            n=len(self.faults),
        )


def roles_known() -> dict[str, str]:
    """Return the letters of the roles of people, with their names in the language of the page."""
    english = get_language() == "en"
    return {role.code: role.name.en if english else role.name.nl for role in framework().roles}


def people_read(wave: Wave, content: bytes, name: str) -> list[PersonGiven]:
    """Return the people in a CSV or XLSX file, checked whole.

    Raises
    ------
    Refusal
        ``people_file_large`` or ``people_file_kind``; ``PeopleRefusal`` with every fault.
    """
    rows = _rows(content, name)
    if not rows:
        raise PeopleRefusal([PeopleFault(1, "", "no_rows")])
    columns, faults = _columns(rows[0])
    body = [
        (number, row) for number, row in enumerate(rows[1:], start=2) if any(map(str.strip, row))
    ]
    if not body:
        faults.append(PeopleFault(1, "", "no_rows"))
    if faults:
        raise PeopleRefusal(faults)
    return _Reading(wave, columns, rows[0]).people(body)


def _rows(content: bytes, name: str) -> list[list[str]]:
    if len(content) > LARGEST_BYTES:
        raise Refusal(
            f"The file is larger than {LARGEST_BYTES // 1_000_000} MB. Split it.",
            code="people_file_large",
            most=LARGEST_BYTES // 1_000_000,
        )
    ending = name.rpartition(".")[2].lower()
    if ending == "xlsx":
        rows, _sheet, _others = workbook_rows(content)
    elif ending in ("csv", "txt", "tsv"):
        rows = csv_rows(text_clean(text_decode(content)[0])[0])
    else:
        raise Refusal(
            "Give a CSV file or an Excel file that ends on .csv or .xlsx.", code="people_file_kind"
        )
    if len(rows) > MOST_ROWS + 1:
        raise Refusal(
            f"The file has more than {MOST_ROWS:,} rows. Split it.",
            code="people_file_long",
            most=MOST_ROWS,
        )
    return rows


def _columns(heads: Sequence[str]) -> tuple[dict[str, int], list[PeopleFault]]:
    known = {name: column for column, names in COLUMNS.items() for name in names}
    columns: dict[str, int] = {}
    faults = []
    for at, head in enumerate(heads):
        plain = " ".join(head.split()).lower()
        if not plain:
            continue
        column = known.get(plain)
        if column is None:
            faults.append(PeopleFault(1, head, "column_unknown", head))
        elif column in columns:
            faults.append(PeopleFault(1, head, "column_twice"))
        else:
            columns[column] = at
    faults += [
        PeopleFault(1, "", "column_missing", COLUMNS[needed][-1 if needed == "role" else 2])
        for needed in NEEDED
        if needed not in columns
    ]
    return columns, faults


class _Reading:
    """Reads rows one by one and gathers what is wrong."""

    def __init__(self, wave: Wave, columns: Mapping[str, int], heads: Sequence[str]) -> None:
        self._wave = wave
        self._columns = columns
        self._heads = heads
        self._faults: list[PeopleFault] = []
        self._cases: dict[str, list[Case]] = {}
        for case in Case.objects.filter(study=wave.study_id):
            for called in {case.unit_code.lower(), case.name.lower()}:
                self._cases.setdefault(called, []).append(case)

    def people(self, body: Sequence[tuple[int, Sequence[str]]]) -> list[PersonGiven]:
        read = [(number, self._person(number, row)) for number, row in body]
        self._mails([(number, each) for number, each in read if each and each.contact.mail])
        if self._faults:
            raise PeopleRefusal(self._faults)
        return [each for _number, each in read if each]

    def _person(self, row: int, cells: Sequence[str]) -> PersonGiven | None:
        value = {
            column: cells[at].strip() if at < len(cells) else ""
            for column, at in self._columns.items()
        }
        case = self._case(row, value["case"])
        role = value["role"].upper()
        if role not in roles_known():
            self._fault(row, "role", "role_unknown", value["role"])
        language = LANGUAGES.get(value.get("language", "").lower())
        if language is None:
            self._fault(row, "language", "language_unknown", value["language"])
        contact = self._contact(row, value)
        return PersonGiven(case, role, language or "nl", contact) if case else None

    def _case(self, row: int, given: str) -> Case | None:
        found = self._cases.get(given.lower(), [])
        if len(found) == 1:
            return found[0]
        self._fault(row, "case", "case_ambiguous" if found else "case_unknown", given)
        return None

    def _contact(self, row: int, value: Mapping[str, str]) -> ContactData:
        for column, most in LONGEST.items():
            given = value.get(column, "")
            if len(given) > most:
                self._fault(row, column, "too_long", str(most))
            elif "\n" in given or "\r" in given:
                self._fault(row, column, "lines")
        mail, telephone = value.get("mail", ""), value.get("telephone", "")
        if mail and not mail_is_right(mail):
            self._fault(row, "mail", "mail_wrong")
        if telephone and not TELEPHONE.fullmatch(telephone):
            self._fault(row, "telephone", "telephone_wrong")
        place = " ".join(filter(None, (value.get("postcode"), value.get("place"))))
        address = "\n".join(filter(None, (value.get("address"), place)))
        if not value.get("name"):
            self._fault(row, "name", "name_missing")
        if not (mail or telephone or address):
            self._fault(row, "mail", "unreachable")
        return ContactData(
            name=value.get("name", ""),
            mail=mail,
            telephone=telephone,
            organisation=value.get("organisation", ""),
            address=address,
        )

    def _mails(self, read: Sequence[tuple[int, PersonGiven]]) -> None:
        taken = mails_taken(self._wave, {each.contact.mail for _number, each in read})
        first: dict[str, int] = {}
        for number, each in read:
            mail = each.contact.mail.lower()
            if mail in taken:
                self._fault(number, "mail", "mail_taken")
            elif mail in first:
                self._fault(number, "mail", "mail_twice", str(first[mail]))
            first.setdefault(mail, number)

    def _fault(self, row: int, column: str, code: str, value: str = "") -> None:
        """Keep a fault; its column is called as the file calls it."""
        at = self._columns.get(column)
        shown = column if at is None else self._heads[at].strip()
        self._faults.append(PeopleFault(row, shown, code, value))


def mail_is_right(mail: str) -> bool:
    """Tell whether a text is one mail address, without line breaks or other headers in it."""
    try:
        validate_email(mail)
    except ValidationError:
        return False
    return True
