"""Does a questionnaire that went out still ask whom the framework says, statement by statement?

A version that went out is never changed, and the framework may be. Then people of a role get a
statement that is not for them any more, or miss one that is.
"""

from dataclasses import dataclass

from rodedraad.studies.models import Item
from rodedraad.surveys.models import Survey, SurveyVersion
from rodedraad.surveys.results.columns import columns_of


@dataclass(frozen=True, slots=True)
class RolesChanged:
    """A statement: whom the questionnaire asks it, and whom the framework says now."""

    item: str
    asked: tuple[str, ...]
    now: tuple[str, ...]


def roles_changed(survey: Survey, version: SurveyVersion) -> list[RolesChanged]:
    """Return the statements of which the roles differ, in the order of the questionnaire.

    Only roles that the survey asks count. One query; none while a version can still be changed.
    """
    if version.frozen_at is None:
        return []
    of_survey = set(survey.roles)
    items = Item.objects.filter(construct__framework=survey.wave.framework_id)
    roles = dict(items.values_list("code", "roles"))
    found: list[RolesChanged] = []
    for column in columns_of(version.definition):
        if column.item not in roles:
            continue
        asked = of_survey if column.roles is None else of_survey & column.roles
        now = of_survey & set(roles[column.item])
        if asked != now:
            found.append(RolesChanged(column.item, tuple(sorted(asked)), tuple(sorted(now))))
    return found
