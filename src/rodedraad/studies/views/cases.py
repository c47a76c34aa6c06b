"""Which cases were chosen, where do they lie, and does the choice hold?"""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from rodedraad.accounts.audit import audit_record
from rodedraad.accounts.origin import request_origin
from rodedraad.country.current import current_country
from rodedraad.country.history import Country
from rodedraad.country.pictures.shapes import first_map_year, shapes_of_year
from rodedraad.studies.access import access_for
from rodedraad.studies.csv_file import csv_response
from rodedraad.studies.frame import MUNICIPALITY
from rodedraad.studies.models import SelectionPlan
from rodedraad.studies.pictures.cases_map import cases_map
from rodedraad.studies.pictures.strips import balance_strip, spread_strip
from rodedraad.studies.queries.case_list import (
    CSV_COLUMNS,
    ChosenCases,
    case_rows,
    chosen_cases,
    plan_newest,
)
from rodedraad.studies.queries.plans import balance_rows, plan_notices, spread_rows


@require_safe
@login_required
def cases_page(request: HttpRequest, study: str) -> HttpResponse:
    """Show the chosen cases on the map and in a table, and how they were chosen."""
    access = access_for(request.user, study)
    plan = plan_newest(access.study)
    context: dict[str, object] = {"study": access.study, "access": access, "plan": plan}
    if plan is not None:
        found, country = chosen_cases(plan), current_country()
        context |= {
            "found": found,
            "map": _map(plan, country, found),
            "balance": [
                (row, balance_strip(row.frame, row.chosen, logged=row.logged) if row.chosen else "")
                for row in balance_rows(plan, country)
            ],
            "spread": [
                (row, spread_strip(row.chosen, mean=row.mean, low=row.low, high=row.high))
                for row in spread_rows(plan)
            ],
            "notices": plan_notices(plan, country),
        }
    return render(request, "studies/cases.html", context)


@require_safe
@login_required
def cases_file(request: HttpRequest, study: str) -> HttpResponse:
    """Give the chosen cases, their reserves and who withdrew, as a file."""
    access = access_for(request.user, study)
    plan = plan_newest(access.study)
    rows = case_rows(chosen_cases(plan)) if plan else ()
    audit_record(
        person=access.person,
        action="selection_download",
        object=f"study:{access.study.slug} cases",
        origin=request_origin(request),
    )
    return csv_response(f"{access.study.slug}-cases", CSV_COLUMNS, rows)


def _map(plan: SelectionPlan, country: Country, found: ChosenCases) -> SafeString | None:
    """Draw the map of the reference date; null for other units, or before the first boundaries."""
    year = plan.reference_date.year
    if plan.study.unit_kind != MUNICIPALITY or year < first_map_year(country):
        return None
    return cases_map(shapes_of_year(country, year), found)
