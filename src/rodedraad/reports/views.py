"""What does the report of a study say, and from which rows does each number in it come?"""

from urllib.parse import quote

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe

from rodedraad.accounts.origin import request_origin
from rodedraad.assessment.evidence_shown import evidence_page
from rodedraad.assessment.filters import evidence_rows
from rodedraad.assessment.passages import passages_of
from rodedraad.assessment.people_rows import reading_record, rows_seen
from rodedraad.assessment.run_titles import run_title
from rodedraad.assessment.runs_shown import runs_shown
from rodedraad.assessment.settings_shown import settings_shown
from rodedraad.country.current import current_country
from rodedraad.networks.asked import person_of, study_asked, study_steps
from rodedraad.reports.downloads import FORMS, report_download
from rodedraad.reports.models import Report
from rodedraad.reports.number_text import number_text
from rodedraad.reports.queries import (
    number_filters,
    report_latest,
    report_stale_runs,
)
from rodedraad.reports.rendering import Link, report_body, report_text
from rodedraad.studies.access import access_for
from rodedraad.studies.models import Study

PLACE = "-key-"


@require_safe
@login_required
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the newest report, with a notice when a conclusion in it is stale."""
    study = study_asked(request, slug)
    found = report_latest(study)
    context = {"study": study, "steps": study_steps(study), "report": found}
    if found is not None:
        text = report_text(found, _language())
        context |= {
            "title": text.title,
            "body": report_body(text, site_link(study, found)),
            "stale": [run_title(run.kind, _language()) for run in report_stale_runs(found)],
            "forms": FORMS,
        }
    return render(request, "reports/report.html", context)


@require_safe
@login_required
def number(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show one number: what it is, the run that made it, and its rows, a page at a time."""
    access = access_for(request.user, slug)
    study, person = access.study, access.person
    newest = report_latest(study)
    if newest is None:
        raise Http404(_("This study has no report yet."))
    found = get_object_or_404(newest.numbers.select_related("run"), key=key)
    rows = rows_seen(evidence_rows(study, number_filters(found)), may_design=access.may_design)
    page = evidence_page(
        rows, after=_row_number(request, "na"), before=_row_number(request, "voor")
    )
    reading_record(study, page.rows, person=person, origin=request_origin(request))
    passages = passages_of(access, page.rows)
    country = current_country()
    language = _language()
    above = (pgettext("document", "Report"), reverse("reports:report", args=[study.slug]))
    context = {
        "study": study,
        "steps": study_steps(study, above),
        "number": found,
        "label": found.label_en if language == "en" else found.label_nl,
        "text": number_text(found.value, found.decimals, found.unit, language),
        "shown": runs_shown(study, [found.run])[0],
        "run_title": run_title(found.run.kind, language),
        "settings": settings_shown(found.run.parameters, country),
        "sources": country.sources,
        "page": page,
        "rows": [(row, passages.get(row.pk)) for row in page.rows],
    }
    return render(request, "reports/number.html", context)


@require_safe
@login_required
def picture(request: HttpRequest, slug: str, pk: int, key: str, language: str) -> HttpResponse:
    """Give a picture of a report; it never changes, so the browser may keep it."""
    study = study_asked(request, slug)
    made = get_object_or_404(Report, study=study, pk=pk)
    found = get_object_or_404(made.pictures.only("svg"), key=key, language=language)
    headers = {"Cache-Control": "private, max-age=86400, immutable"}
    return HttpResponse(found.svg, content_type="image/svg+xml", headers=headers)


@require_GET
@login_required
def download(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """Give the report as a file, and record that it was done.

    Numbers in the one file lead to this site; those in the ZIP to the rows beside it.
    """
    study = study_asked(request, slug)
    found = report_latest(study)
    if found is None:
        raise Http404(_("This study has no report yet."))
    link = site_link(study, found, base=request.build_absolute_uri("/").rstrip("/"))
    content = report_download(
        found, form, _language(), link, person=person_of(request), origin=request_origin(request)
    )
    name = f"rapport-{study.slug}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=FORMS[form].content_type, headers=headers)


def site_link(study: Study, made: Report, base: str = "") -> Link:
    """Return where numbers and pictures lead on this site; ``base`` comes before each address."""
    number_url = base + reverse("reports:number", args=[study.slug, PLACE])
    picture_url = base + reverse("reports:picture", args=[study.slug, made.pk, PLACE, _language()])

    def link(what: str, key: str) -> str:
        address = number_url if what == "number" else picture_url
        return address.replace(PLACE, quote(key))

    return link


def _language() -> str:
    return "en" if get_language() == "en" else "nl"


def _row_number(request: HttpRequest, name: str) -> int | None:
    """Return the row number in the address to go on from. Raises ``Http404`` for another text."""
    text = request.GET.get(name, "")
    if text and not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise Http404(_("There is no such row."))
    return int(text) if text else None
