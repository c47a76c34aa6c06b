"""What is wrong in a table of legal facts? Each fault with its entry, field and cure."""

import re
from collections import Counter
from collections.abc import Iterator

from pydantic import ValidationError

from rodedraad.networks.legal_table import YEARS, LegalBasis, LegalRef, LegalTable, PrescribedName


def shape_faults(error: ValidationError, data: object) -> Iterator[str]:
    """Tell what has the wrong shape: a field that is missing, unknown or of another type."""
    for detail in error.errors(include_url=False):
        path = detail["loc"]
        field = ".".join(str(step + 1) if isinstance(step, int) else step for step in path)
        place = _entry_at(data, path)
        cure = f"Give {path[-1] if path else 'the table'} as docs/reference/legal-basis.md says."
        yield f"{place}field {field}: {detail['msg']}. {cure}"


def _entry_at(data: object, path: tuple[int | str, ...]) -> str:
    """Name the entry in which a path lies, by number and key."""
    match path, data:
        case ("entries", int(row), *_), {"entries": list(entries)} if row < len(entries):
            key = entries[row].get("key") if isinstance(entries[row], dict) else None
            return f"entry {row + 1} '{key}', "
    return ""


def meaning_faults(table: LegalTable) -> Iterator[str]:
    """Tell what has the right shape and makes no sense: doubles, unknown parties, bad years."""
    for key, times in Counter(entry.key for entry in table.entries).items():
        if times > 1:
            yield f"entry '{key}', field key: it occurs {times} times. Keep one."
    parties = {party.key for party in table.parties}
    for row, entry in enumerate(table.entries, start=1):
        for field, problem in _entry_faults(entry, parties):
            yield f"entry {row} '{entry.key}', field {field}: {problem}"
    for row, named in enumerate(table.prescribed_names, start=1):
        for field, problem in _name_faults(named, table):
            yield f"prescribed name {row}, field {field}: {problem}"


def _name_faults(named: PrescribedName, table: LegalTable) -> Iterator[tuple[str, str]]:
    basis = table.by_key().get(named.basis)
    if basis is None or not basis.prescribes_cooperation:
        yield "basis", f"'{named.basis}' is no prescribed kind. Name the key of an entry that is."
    try:
        re.compile(named.pattern)
    except re.error as error:
        yield "pattern", f"it is no regular expression ({error}). Correct it."


def _entry_faults(entry: LegalBasis, parties: set[str]) -> Iterator[tuple[str, str]]:
    for row, ref in enumerate(entry.legal_refs, start=1):
        for field, problem in _ref_faults(ref):
            yield f"legal_refs.{row}.{field}", problem
    prescribing = [ref for ref in entry.legal_refs if ref.what == "prescribes"]
    named = {party for ref in prescribing for party in ref.prescribed_parties}
    for party in sorted({*entry.prescribed_parties, *named} - parties):
        yield "prescribed_parties", f"'{party}' is unknown. Use or add a key of 'parties'."
    if set(entry.prescribed_parties) != named:
        yield "prescribed_parties", "it differs from the prescribing articles. Make them agree."
    if entry.prescribes_cooperation and not prescribing:
        yield "legal_refs", "nothing prescribes here. Add the article, or say false."
    if prescribing and not entry.prescribes_cooperation:
        yield "prescribes_cooperation", "an article prescribes. Say true, or correct the article."
    yield from _knowledge_faults(entry)


def _knowledge_faults(entry: LegalBasis) -> Iterator[tuple[str, str]]:
    """Does the entry claim no more than was established?"""
    answered = entry.researched and entry.kind == "cooperation"
    if answered and entry.prescribes_cooperation is None:
        yield "prescribes_cooperation", "it is researched. Say true or false."
    if not answered and entry.prescribes_cooperation is not None:
        yield "prescribes_cooperation", "nobody established it. Leave it null."
    for year in YEARS:
        field = f"in_force_{year}"
        known = entry.in_force(year)
        if known is not None and not answered:
            yield field, "nobody established it. Leave it null."
        if known and answered and not entry.refs_of(year):
            yield field, f"no article applies to {year}. Add the year to applies_to, or say null."
        if known and year == 2022 and all(shown.year != year for shown in entry.evidence):
            yield field, "the texts are older than 2022. Add evidence of that year, or say null."


def _ref_faults(ref: LegalRef) -> Iterator[tuple[str, str]]:
    if (ref.what == "prescribes") != bool(ref.prescribed_parties):
        yield (
            "prescribed_parties",
            f"an article that {ref.what} has {'' if ref.what == 'prescribes' else 'no '}parties. "
            "Correct the parties, or 'what'.",
        )
    if (ref.read_in == "law_files") != (ref.read_version is None):
        yield "read_version", "say which version was read, but null for the law files."
    if (ref.read_in == "official_journal") != (ref.text_version_date is not None):
        yield "text_version_date", "give the date of the journal, null where the text names none."
