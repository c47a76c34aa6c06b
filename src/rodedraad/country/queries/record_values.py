"""How is a code or a short English text of our tables written for a person?"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, pgettext_lazy

from rodedraad.country.history import Country
from rodedraad.country.queries.changes import kind_words
from rodedraad.country.wording import date_shown, in_language, number_shown

CHANGES = frozenset({"merger", "enlargement", "recoding"})
# Years and identifiers that happen to be numbers are not grouped by thousands.
PLAIN_NUMBERS = frozenset({"year", "base_set", "valid_from", "valid_to"})

VALUES: Mapping[str, Mapping[str, Any]] = {
    "domain": {
        "social": gettext_lazy("social domain"),
        "safety": gettext_lazy("safety"),
        "physical": gettext_lazy("physical domain"),
        "administrative": gettext_lazy("administrative"),
    },
    "kind": {
        "cooperation": gettext_lazy("cooperation of municipalities"),
        "state": gettext_lazy("division of the state"),
        "statistical": gettext_lazy("division for statistics"),
        "count": gettext_lazy("a number: can be added up"),
        "mean": gettext_lazy("a mean"),
        "rate": gettext_lazy("a share or rate"),
    },
    "match": {
        "exact": gettext_lazy("same name"),
        "variant": gettext_lazy("other spelling of the name"),
        "predecessor": gettext_lazy("name of a former municipality"),
        "unmatched": gettext_lazy("not matched to a municipality"),
    },
    "quality": {
        "exact": pgettext_lazy("boundary", "as published"),
        "derived": pgettext_lazy("boundary", "put together from published boundaries"),
        "approximate": pgettext_lazy("boundary", "approximate"),
    },
    "report": {"accounts": gettext_lazy("accounts"), "budget": gettext_lazy("budget")},
    "direction": {"none": gettext_lazy("neither high nor low is better")},
    "subgroup": {"wmo": "Wmo", "youth": gettext_lazy("youth care")},
    "group": {
        "access": gettext_lazy("access"),
        "care": gettext_lazy("care"),
        "community": gettext_lazy("community"),
        "employment": gettext_lazy("employment"),
        "income": gettext_lazy("income"),
        "sheltered_work": gettext_lazy("sheltered work"),
    },
    "weight_key": {
        "dwellings": gettext_lazy("dwellings"),
        "households": gettext_lazy("households"),
        "inhabitants": gettext_lazy("inhabitants"),
        "land_area": gettext_lazy("land area"),
    },
    "participant_kind": {
        "municipality": gettext_lazy("municipality"),
        "province": gettext_lazy("province"),
        "water_board": gettext_lazy("water board"),
        "foreign": gettext_lazy("member abroad"),
        "other": gettext_lazy("other body"),
    },
}
NOTES = frozenset(
    {
        gettext_noop("Areas of a programme of the state."),
        gettext_noop("Municipalities with police, prosecution and tax service."),
        gettext_noop(
            "Offices that carry out a national act; municipalities do not cooperate in them."
        ),
        gettext_noop("Only municipalities that take part are listed (107 of 390)."),
        gettext_noop("Partnerships of school boards that must consult the municipalities."),
        gettext_noop(
            "Published without explanation; read as a division of safety services, because it "
            "follows the safety regions."
        ),
        gettext_noop(
            "Regions of employers in care and welfare, not of municipalities or the state."
        ),
        gettext_noop("Regions of one national body; the Regioatlas files it under social."),
        gettext_noop("Serve municipalities jointly."),
        gettext_noop("Six environmental services that serve the others."),
        gettext_noop("Some municipalities take part in two."),
    }
)
REASONS: Mapping[str, Any] = {
    "province": gettext_lazy("a province is no municipality"),
    "water board": gettext_lazy("a water board is no municipality"),
    "German member": gettext_lazy("a member in Germany"),
    "piece of a name that the source cut": gettext_lazy("piece of a name that the source cut"),
    "no municipality of this name": gettext_lazy("no municipality of this name"),
}
REASON_SHAPES: tuple[tuple[re.Pattern[str], Any], ...] = (
    (
        re.compile(r"ended on (?P<date>[0-9-]+), divided over (?P<heirs>.+)"),
        gettext_lazy("ended on %(date)s and was divided over %(heirs)s"),
    ),
    (
        re.compile(r"ended on (?P<date>[0-9-]+), wholly in (?P<heirs>.+)"),
        gettext_lazy("ended on %(date)s and went wholly into %(heirs)s"),
    ),
    (
        re.compile(r"other spelling of (?P<name>.+)"),
        gettext_lazy("other spelling of %(name)s"),
    ),
    (
        re.compile(r"(?P<name>.+): more members from (?P<here>.+) than from (?P<there>.+)"),
        gettext_lazy("%(name)s: more members from %(here)s than from %(there)s"),
    ),
    (re.compile(r"(?P<name>.+): letter missing"), gettext_lazy("%(name)s, with a letter missing")),
    (
        re.compile(r"(?P<name>.+): wrong first letter"),
        gettext_lazy("%(name)s, with a wrong first letter"),
    ),
    (
        re.compile(r"(?P<name>.+): first part of the name"),
        gettext_lazy("the first part of the name %(name)s"),
    ),
)
LICENCES: Mapping[str, Any] = {
    "Government reference data": gettext_lazy("Government reference data"),
    "No copyright (art. 11 Auteurswet)": gettext_lazy("No copyright (art. 11 Auteurswet)"),
}


def value_words(country: Country, column: str, value: object) -> str:
    """A value of one column in the language of the page; a name or key as it is."""
    match value:
        case None:
            return ""
        case bool():
            return _("yes") if value else _("no")
        case date():
            return date_shown(value)
        case int() | float():
            return str(value) if column in PLAIN_NUMBERS else number_as_published(value)
        case _:
            return _text_words(country, column, str(value))


def _text_words(country: Country, column: str, text: str) -> str:
    if column == "region_type":
        return _region_types(country).get(text, text)
    if column == "why":
        return reason_words(text)
    if text in NOTES:
        return _(text)
    if text in CHANGES:
        return kind_words(text)
    return str(VALUES.get(column, {}).get(text, text))


def participant_words(kind: str) -> str:
    """What kind of member of a joint arrangement it is."""
    words = VALUES["participant_kind"]
    return str(words.get(kind, words["other"]))


def reason_words(why: str) -> str:
    """Why a member was matched so, or not at all; an unknown reason as it is."""
    for shape, words in REASON_SHAPES:
        if found := shape.fullmatch(why):
            given = found.groupdict()
            if "date" in given:
                given["date"] = date_shown(date.fromisoformat(given["date"]))
            return str(words) % given
    return str(REASONS.get(why, why))


def licence_words(licence: str) -> str:
    """On what terms a source may be used; the name of a licence as it is."""
    return str(LICENCES.get(licence, licence))


def number_as_published(value: float | None) -> str:
    """A number with the decimals it has, at most six; nothing when it is missing."""
    if value is None:
        return ""
    decimals = len(f"{value:.6f}".rstrip("0").partition(".")[2])
    return number_shown(value, decimals)


def _region_types(country: Country) -> dict[str, str]:
    types = country.table("region_types").iter_rows(named=True)
    return {row["key"]: in_language(row, "title") for row in types}
