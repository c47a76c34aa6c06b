"""On which facts does everything rest: the evidence table, one row of it, and it as a file?"""

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe

from rodedraad.accounts.audit import audit_record
from rodedraad.accounts.origin import request_origin
from rodedraad.assessment.evidence_form import EvidenceForm, constructs_of
from rodedraad.assessment.evidence_shown import (
    COUNTED_TO,
    evidence_csv,
    evidence_page,
    evidence_parquet,
    runs_with,
)
from rodedraad.assessment.evidence_words import (
    about_titles,
    about_words,
    evidence_kind_words,
    withdrawal_words,
)
from rodedraad.assessment.filters import RowFilter, evidence_rows
from rodedraad.assessment.models import Evidence
from rodedraad.assessment.passages import passages_of
from rodedraad.assessment.people_rows import (
    ABOUT_PEOPLE,
    missing_words,
    reading_record,
    role_words,
    rows_seen,
)
from rodedraad.assessment.queries import run_filters
from rodedraad.assessment.record_finders import records_of
from rodedraad.assessment.run_snippet import evidence_name
from rodedraad.assessment.run_titles import run_words
from rodedraad.assessment.runs_shown import RunShown, run_of, runs_of
from rodedraad.country.current import current_country
from rodedraad.country.queries.attribution import source_lines
from rodedraad.networks.asked import networks_step, person_of, study_asked, study_steps
from rodedraad.networks.models import Arrangement
from rodedraad.networks.wording import kind_titles
from rodedraad.sources.access import reading_record as source_reading_record
from rodedraad.studies.access import DESIGNERS, access_for
from rodedraad.studies.frame import MUNICIPALITY
from rodedraad.studies.models import Item, Study


@require_safe
@login_required
def evidence(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the rows that meet the conditions asked, a page at a time."""
    access = access_for(request.user, slug)
    study, designs = access.study, access.may_design
    form, shown = EvidenceForm(request.GET, study), _run_asked(request, study)
    rows = rows_seen(_rows(study, form, shown), may_design=designs)
    page = evidence_page(rows, after=_number(request, "na"), before=_number(request, "voor"))
    kept = request.GET.copy()
    for name in ("na", "voor"):
        kept.pop(name, None)
    reading_record(study, page.rows, person=person_of(request), origin=request_origin(request))
    passages, records = passages_of(access, page.rows), records_of(access, page.rows)
    context = {
        "study": study,
        "steps": study_steps(study, networks_step(study)),
        "form": form,
        "shown": shown,
        "page": page,
        "counted_to": COUNTED_TO,
        "rows": [
            (
                row,
                evidence_kind_words(row.kind),
                missing_words(row.missing),
                passages.get(row.pk),
                records.get(row.pk),
            )
            for row in page.rows
        ],
        "sources": current_country().sources,
        "constructs": form.constructs,
        "query": kept.urlencode(),
        "may_download": designs,
        "hidden": not designs
        and evidence_rows(study, (RowFilter(),)).filter(ABOUT_PEOPLE).exists(),
        "with_people": any(row.role or row.respondent for row in page.rows),
        "is_municipality": study.unit_kind == MUNICIPALITY,
    }
    return render(request, "assessment/evidence.html", context)


@require_safe
@login_required
def row(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show one row: the fact, where it stands in the published file, and which runs used it."""
    access = access_for(request.user, slug)
    study, person = access.study, access.person
    seen = rows_seen(Evidence.every.filter(study=study), may_design=access.may_design)
    found = get_object_or_404(seen.select_related("case", "wave", "withdrawal__person"), pk=pk)
    origin = request_origin(request)
    reading_record(study, [found], person=person, origin=origin)
    passage = passages_of(access, [found]).get(found.pk)
    if passage is not None:
        source_reading_record(access, passage.source, passage.version, origin=origin)
    country = current_country()
    kind, _slash, name = found.about.partition("/")
    arrangement = None
    if found.kind == Evidence.Kind.TIE:
        arrangement = Arrangement.objects.filter(wave=found.wave, key=found.about).first()
    above = (_("Evidence"), reverse("assessment:evidence", args=[study.slug]))
    context = {
        "study": study,
        "steps": study_steps(study, networks_step(study), above),
        "row": found,
        "kind_words": evidence_kind_words(found.kind),
        "about_words": about_words(found.about, about_titles(country)),
        "construct": constructs_of(study).get(found.construct, ""),
        "arrangement": arrangement,
        "is_municipality": found.case.unit_kind == MUNICIPALITY,
        "role": role_words(found.role),
        "passage": passage,
        "answers": records_of(access, [found]).get(found.pk),
        "withdrawal": found.withdrawal,
        "withdrawal_words": withdrawal_words(found.withdrawal) if found.withdrawal else (),
        "why_missing": missing_words(found.missing),
        "item": _item(found),
        "kind_title": kind_titles(country).get(kind, kind),
        "name": name,
        "sources": source_lines(country, [found.source] if found.source in country.sources else []),
        "runs": [
            (run, run_words(run.kind))
            for run in runs_with(found, runs_of(study).order_by("kind", "-pk").distinct("kind"))
            if found.withdrawal is None
        ],
    }
    return render(request, "assessment/row.html", context)


@require_GET
@login_required
def evidence_file(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """Give the rows as CSV or Parquet to who may design the study, and record that it was done."""
    study = study_asked(request, slug, *DESIGNERS)
    asked = EvidenceForm(request.GET, study)
    if not asked.is_valid():
        raise Http404(_("These conditions are not known."))
    rows = _rows(study, asked, _run_asked(request, study))
    audit_record(
        person=person_of(request),
        action="evidence_download",
        object=f"study:{study.slug} {form}",
        origin=request_origin(request),
    )
    name = evidence_name(study.slug, form)
    if form == "parquet":
        return FileResponse(evidence_parquet(rows), as_attachment=True, filename=name)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(
        evidence_csv(rows), content_type="text/csv; charset=utf-8", headers=headers
    )


def _item(row: Evidence) -> Item | None:
    """The statement that an answer is to, as its wave has it."""
    if row.kind != Evidence.Kind.ANSWER or row.wave is None:
        return None
    return Item.objects.filter(construct__framework=row.wave.framework_id, code=row.about).first()


def _run_asked(request: HttpRequest, study: Study) -> RunShown | None:
    pk = _number(request, "berekening")
    return None if pk is None else run_of(study, pk)


def _rows(study: Study, form: EvidenceForm, shown: RunShown | None) -> QuerySet[Evidence]:
    """The rows asked; none while the form has a fault."""
    filters = run_filters(shown.run) if shown else (RowFilter(),)
    if not form.is_valid():
        filters = ()
    rows = evidence_rows(study, filters)
    return rows.filter(form.row_filter().condition()) if filters else rows


def _number(request: HttpRequest, name: str) -> int | None:
    """The row or run number in the address. Raises ``Http404`` for what is no number."""
    text = request.GET.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise Http404(_("There is no such row."))
    return int(text)
