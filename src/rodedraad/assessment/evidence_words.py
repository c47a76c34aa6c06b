"""How are evidence rows and conditions on them written for a person: kind, unit, what about?"""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from rodedraad.assessment.filters import RowFilter
from rodedraad.assessment.models import Withdrawal
from rodedraad.country.history import Country
from rodedraad.country.wording import in_language
from rodedraad.networks.wording import kind_titles

AboutTitles = Mapping[str, str]
CASES_NAMED = 3


def evidence_kind_words(kind: str) -> str:
    """Where a fact comes from, in words."""
    return {
        "tie": _("tie"),
        "figure": _("figure"),
        "answer": _("answer"),
        "rubric": _("score of a source"),
        "measure": _("status of a measure"),
        "coding": _("coded passage"),
    }.get(kind, kind)


def withdrawal_words(withdrawal: Withdrawal) -> tuple[str, str]:
    """Of what rows were taken back, and why, in words; a person's own reason as it is."""
    if withdrawal.kind == Withdrawal.Kind.IMPORT:
        wave, _colon, rest = withdrawal.what.partition(": ")
        kind, _comma, source = rest.partition(", ")
        return f"{source}, {evidence_kind_words(kind)}, {wave}", withdrawal.reason
    why = {
        "texts_changed": _("The coding or score says something else now."),
        "texts_gone": _("The coding or score does not count any more."),
    }.get(withdrawal.reason) or withdrawal.reason
    return _("codings and scores of texts"), why


def unit_words(unit: str) -> str:
    """The unit of a raw figure; one that needs no words, or is not known, as it is."""
    return {
        "inhabitants": _("inhabitants"),
        "persons": _("persons"),
        "number": _("number"),
        "degrees": _("degrees"),
        "addresses per km²": _("addresses per km²"),
        "inhabitants per km² of land": _("inhabitants per km² of land"),
        "per 1,000 inhabitants": _("per 1,000 inhabitants"),
        "x 1,000": _("x 1,000"),
        "x 1,000 euro": _("x 1,000 euro"),
        "x 1000 euro": _("x 1,000 euro"),
        "status": _("status"),
        "presence": _("is there"),
        "presence for": _("is there, for it"),
        "presence neither": _("is there, neither for nor against"),
        "presence against": _("is there, against it"),
        "strength": _("strength"),
        "strength for": _("strength, for it"),
        "strength neither": _("strength, neither for nor against"),
        "strength against": _("strength, against it"),
    }.get(unit, unit)


def about_titles(country: Country) -> AboutTitles:
    """What the first part of ``about`` is called: a kind of arrangement, or a figure."""
    figures = {
        row["key"]: in_language(row, "title")
        for row in country.table("indicators").sort("year").iter_rows(named=True)
    }
    own = {
        "inhabitants": _("Inhabitants"),
        "spending": _("Social-domain spending"),
        "longitude": _("Longitude of the centre"),
        "latitude": _("Latitude of the centre"),
    }
    return {**kind_titles(country), **figures, **own}


def about_words(about: str, titles: AboutTitles) -> str:
    """What a row is about: ``Jeugdregio's: Twente``, ``Inwoners, 2015``; else as it is."""
    first, slash, rest = about.partition("/")
    title = titles.get(first)
    if title is None or not slash:
        return about
    year, _slash, taakveld = rest.partition("/")
    if first == "spending" and taakveld:
        rest = _("%(year)s, taakveld %(taakveld)s") % {"year": year, "taakveld": taakveld}
    if not rest:
        return title
    return f"{title}{', ' if year.isdecimal() else ': '}{rest.rstrip('/')}"


def _cases_words(codes: Sequence[str], names: Mapping[str, str]) -> str:
    if len(codes) > CASES_NAMED:
        return _("%(n)s cases") % {"n": len(codes)}
    return ", ".join(names.get(code, code) for code in codes)


def filter_words(
    row_filter: RowFilter, titles: AboutTitles, names: Mapping[str, str] | None = None
) -> str:
    """The conditions of a filter on one line; ``names`` are those of cases by code."""
    parts = []
    if row_filter.about is not None or row_filter.about_prefix is not None:
        parts.append(about_words(row_filter.about or row_filter.about_prefix or "", titles))
    if row_filter.construct is not None:
        parts.append(_("construct %(code)s") % {"code": row_filter.construct})
    if row_filter.kind is not None and row_filter.about is None and row_filter.about_prefix is None:
        parts.append(evidence_kind_words(row_filter.kind))
    if row_filter.case is not None:
        parts.append((names or {}).get(row_filter.case, row_filter.case))
    if row_filter.cases is not None:
        parts.append(_cases_words(row_filter.cases, names or {}))
    if row_filter.wave is not None:
        wave = row_filter.wave
        parts.append(_("wave %(wave)s") % {"wave": wave} if wave else _("outside the waves"))
    return ", ".join(parts) or _("all rows")
