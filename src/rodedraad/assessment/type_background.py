"""What is known of cases beside their type: size, part of the country, reputation?"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from rodedraad.country.current import current_country
from rodedraad.errors import Refusal
from rodedraad.methods.relations.cross_table import CrossTable, cross_table
from rodedraad.studies.frame import MUNICIPALITY, SIZE_CLASSES, case_frame
from rodedraad.studies.models import Case, Study, Wave

SIZE, PART_OF_COUNTRY, FORERUNNER = "size", "part_of_country", "forerunner"
PERMUTATIONS = 1999
SEED = 1


@dataclass(frozen=True, slots=True)
class Background:
    """One division of the cases; null where it is not known."""

    key: str
    title: str
    group_of: Mapping[str, str]
    order: tuple[str, ...]


def backgrounds(study: Study, wave: Wave) -> list[Background]:
    """Return the divisions to set beside the types, on the reference date of the wave.

    Size and part of the country are known of municipalities only.
    """
    found: list[Background] = []
    if study.unit_kind == MUNICIPALITY:
        sizes = _frame_groups(study, wave, SIZE)
        parts = _frame_groups(study, wave, PART_OF_COUNTRY)
        found = [
            Background(SIZE, _("Number of inhabitants"), sizes, SIZE_CLASSES),
            Background(
                PART_OF_COUNTRY, _("Part of the country"), parts, tuple(sorted(set(parts.values())))
            ),
        ]
    words = {True: _("forerunner"), False: _("no forerunner")}
    named = Case.objects.filter(study=study, forerunner__isnull=False).order_by()
    reputation = {
        code: words[is_one] for code, is_one in named.values_list("unit_code", "forerunner")
    }
    found.append(
        Background(FORERUNNER, _("Reputation before the study"), reputation, tuple(words.values()))
    )
    return found


def compared(
    label_of: Mapping[str, str], background: Background, labels: tuple[str, ...]
) -> CrossTable:
    """Lay the types across one division of the same cases."""
    cases = sorted(label_of)
    return cross_table(
        [label_of[case] for case in cases],
        [background.group_of.get(case) for case in cases],
        row_order=labels,
        column_order=background.order,
        permutations=PERMUTATIONS,
        seed=SEED,
    )


def _frame_groups(study: Study, wave: Wave, stratum: str) -> dict[str, str]:
    """The group of every municipality on the reference date; none when it is not known then."""
    try:
        frame = case_frame(
            study, current_country(), wave.reference_date, strata=(stratum,), indicators=()
        )
    except Refusal:
        return {}
    return {unit.code: label for unit, label in zip(frame.units, frame.strata or (), strict=True)}
