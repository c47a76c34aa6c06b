"""What are our tables and their columns called on a page?"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

TABLES = {
    "municipalities": gettext_lazy("Municipality"),
    "events": gettext_lazy("Change of municipalities"),
    "population": gettext_lazy("Inhabitants"),
    "region_types": gettext_lazy("Kind of region"),
    "regions": gettext_lazy("Membership of a region"),
    "joint_arrangements": gettext_lazy("Membership of a joint arrangement"),
    "indicators": gettext_lazy("Description of a background figure"),
    "figures": gettext_lazy("Background figures"),
    "spending": gettext_lazy("Social-domain expenditure"),
    "spending_classification": gettext_lazy("Classification of expenditure"),
    "boundaries": gettext_lazy("Boundary"),
}
COLUMNS = {
    "code": gettext_lazy("Municipality code"),
    "name": gettext_lazy("Name"),
    "begin_date": gettext_lazy("First day"),
    "end_date": gettext_lazy("Last day"),
    "province_code": gettext_lazy("Province code"),
    "province": gettext_lazy("Province"),
    "event_id": gettext_lazy("Event"),
    "date": gettext_lazy("Date"),
    "kind": gettext_lazy("Kind"),
    "from_code": gettext_lazy("From municipality"),
    "to_code": gettext_lazy("To municipality"),
    "partial": gettext_lazy("Divided over several"),
    "share": gettext_lazy("Share (0-1)"),
    "legal_basis_url": gettext_lazy("Legal basis"),
    "year": gettext_lazy("Year"),
    "inhabitants": gettext_lazy("Inhabitants"),
    "region_type": gettext_lazy("Kind of region"),
    "region_code": gettext_lazy("Region code"),
    "region": gettext_lazy("Region"),
    "domain": gettext_lazy("Domain"),
    "arrangement": gettext_lazy("Joint arrangement"),
    "arrangement_key": gettext_lazy("Our key of the arrangement"),
    "place": gettext_lazy("Place"),
    "postcode": gettext_lazy("Postcode"),
    "participant": gettext_lazy("Member"),
    "participant_kind": gettext_lazy("Kind of member"),
    "named_code": gettext_lazy("Municipality that the source names"),
    "match": gettext_lazy("How it was matched"),
    "why": gettext_lazy("Why"),
    "key": gettext_lazy("Our key"),
    "title_nl": gettext_lazy("Dutch title"),
    "title_en": gettext_lazy("English title"),
    "unit_nl": gettext_lazy("Dutch unit"),
    "unit_en": gettext_lazy("English unit"),
    "weight_key": gettext_lazy("Weighted by"),
    "direction": gettext_lazy("Direction"),
    "source_column": gettext_lazy("Column in the source"),
    "report": gettext_lazy("Accounts or budget"),
    "taakveld": gettext_lazy("Taakveld"),
    "taakveld_title": gettext_lazy("Title of the taakveld"),
    "amount_keur": gettext_lazy("Amount, x 1,000 euro"),
    "group": gettext_lazy("Comparable group"),
    "group_title_nl": gettext_lazy("Dutch title of the group"),
    "group_title_en": gettext_lazy("English title of the group"),
    "subgroup": gettext_lazy("Part of the group"),
    "valid_from": gettext_lazy("In force from"),
    "valid_to": gettext_lazy("In force to"),
    "quality": gettext_lazy("Quality"),
    "base_set": gettext_lazy("Published set"),
    "note": gettext_lazy("Note"),
    "in_2016": gettext_lazy("Published for 2016"),
    "in_2022": gettext_lazy("Published for 2022"),
    "n_regions_2016": gettext_lazy("Number of regions in 2016"),
    "n_regions_2022": gettext_lazy("Number of regions in 2022"),
}


def table_words(name: str) -> str:
    """The name of one of our tables."""
    return str(TABLES[name])


def column_words(column: str) -> str:
    """The name of a column; a new column without one shows as it is written."""
    return str(COLUMNS.get(column, column))


def status_words(status: str) -> str:
    """What a status of a figure means."""
    return {
        "ok": _("published"),
        "unknown": _("unknown, unreliable or secret"),
        "impossible": _("cannot occur here"),
        "absent": _("not in the source"),
    }.get(status, status)
