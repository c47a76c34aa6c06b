"""What do the templates look like that a person fills in: a fact, or a respondent, on a row?"""

from django.utils.translation import gettext as _

from rodedraad.assessment.evidence.facts import Kind
from rodedraad.assessment.evidence.known import known_in
from rodedraad.assessment.evidence_file.forms import LONG, WIDE
from rodedraad.studies.models import Case, Item, Wave

FORMS = (LONG, WIDE)
LONG_COLUMNS = (
    "case", "kind", "construct", "item", "source_type", "role", "respondent", "raw", "source",
    "source_id",
)  # fmt: skip
FIXED = ("case", "role", "respondent", "source")

Rows = list[tuple[object, ...]]


def example_rows(wave: Wave, form: str) -> tuple[tuple[str, ...], Rows]:
    """Return headings and example rows of a form, in the terms of this wave.

    The long form has a row of every kind that the wave knows. The wide form has a column for each
    item; a cell stays empty when its item is not asked of that role.
    """
    first = Case.objects.filter(study=wave.study_id).order_by("unit_code").first()
    case = first.unit_code if first else "GM0000"
    items = list(
        Item.objects.filter(construct__framework=wave.framework_id)
        .select_related("construct")
        .order_by("construct__order", "order")
    )
    return _wide(case, items) if form == WIDE else _long(case, items, wave)


def _long(case: str, items: list[Item], wave: Wave) -> tuple[tuple[str, ...], Rows]:
    known = known_in(wave)
    rows: Rows = []
    survey, plan, talk = _("staff survey"), _("policy plan"), _("interview 3")
    if items:
        item, role = items[0].code, items[0].roles[0]
        rows.append((case, Kind.ANSWER, "", item, "", role, "R001", 4, survey, "1"))
        rows.append((case, Kind.ANSWER, "", item, "", role, "R002", _("do not know"), survey, "2"))
        construct = items[0].construct.code
        rows.append((case, Kind.RUBRIC, construct, "", "document", "", "", 2, plan, "plan-1"))
        rows.append((case, Kind.RUBRIC, construct, "", "interview", role, "R003", 3, talk, "3"))
    if known.measures:
        measure = known.measures[0]
        rows.append((case, Kind.MEASURE, measure, "", "document", "", "", 3, plan, "plan-1"))
    return LONG_COLUMNS, rows


def _wide(case: str, items: list[Item]) -> tuple[tuple[str, ...], Rows]:
    headings = (*FIXED, *(item.code for item in items))
    roles = list(dict.fromkeys(role for item in items for role in item.roles))[:2]
    rows: Rows = [
        (
            case,
            role,
            f"R{number:03}",
            _("staff survey"),
            *(3 + number % 2 if role in item.roles else "" for item in items),
        )
        for number, role in enumerate(roles, start=1)
    ]
    return headings, rows
