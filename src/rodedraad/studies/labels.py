"""How a unit is labelled a forerunner: a reputation from before the study, with its source."""

from collections import defaultdict
from difflib import get_close_matches

from django.db import transaction

from rodedraad.accounts.audit import audit_record
from rodedraad.accounts.models import Person
from rodedraad.errors import Refusal
from rodedraad.studies.models import Case, Study
from rodedraad.studies.row_faults import RowFault, RowsRefusal

LINES_LIMIT = 500


@transaction.atomic
def forerunners_label(
    study: Study, lines: str, *, label: bool | None, source: str, person: Person | None, origin: str
) -> int:
    """Label the units named in ``lines``, one code or name on a line; return how many.

    ``label`` null takes the label and its source away. The label says nothing of what the study
    finds, and no rule for types reads it.

    Raises
    ------
    RowsRefusal
        With every line that is no unit of the study; then none is labelled.
    Refusal
        When a label has no source.
    """
    if label is not None and not source.strip():
        raise Refusal(
            "Say where the label comes from: a document, a list or a person.",
            code="label_without_source",
        )
    cases, faults = _cases_named(study, lines)
    if faults:
        raise RowsRefusal(faults)
    for case in cases:
        case.forerunner = label
        case.forerunner_source = "" if label is None else source.strip()
    Case.objects.bulk_update(cases, ["forerunner", "forerunner_source"])
    audit_record(
        person=person,
        action="forerunners_labelled",
        object=f"study:{study.slug} {len(cases)}",
        origin=origin,
    )
    return len(cases)


def _cases_named(study: Study, lines: str) -> tuple[list[Case], list[RowFault]]:
    if len(lines.splitlines()) > LINES_LIMIT:
        return [], [RowFault(LINES_LIMIT + 1, "too_many_rows", limit=str(LINES_LIMIT))]
    called: dict[str, list[Case]] = defaultdict(list)
    name_of: dict[str, str] = {}
    for case in Case.objects.filter(study=study).select_for_update():
        name_of[case.name.casefold()] = case.name
        for name in {case.name.casefold(), case.unit_code.casefold()}:
            called[name].append(case)
    found: dict[int, Case] = {}
    faults = []
    for row, line in enumerate(lines.splitlines(), start=1):
        wanted = line.strip().casefold()
        match called.get(wanted, []):
            case []:
                if wanted:
                    faults.append(_unknown(row, line.strip(), name_of))
            case [one]:
                found[one.pk] = one
            case _:
                faults.append(RowFault(row, "ambiguous", line.strip()))
    if not found and not faults:
        faults.append(RowFault(0, "no_rows"))
    return list(found.values()), faults


def _unknown(row: int, line: str, name_of: dict[str, str]) -> RowFault:
    near = get_close_matches(line.casefold(), name_of, n=1)
    if near:
        return RowFault(row, "unknown_near", line, near=name_of[near[0]])
    return RowFault(row, "unknown", line)
