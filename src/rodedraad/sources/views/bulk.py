"""How are facts of many sources changed at once: chosen in the list, by a table, or as suggested?

Each shows what will change first; nothing changes before a person says yes.
"""

import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rodedraad.accounts.origin import request_origin
from rodedraad.errors import Refusal
from rodedraad.sources.access import sources_asked, sources_for
from rodedraad.sources.actions import sources_change
from rodedraad.sources.extraction.answers import csv_rows
from rodedraad.sources.extraction.cleaning import text_clean
from rodedraad.sources.extraction.decoding import text_decode
from rodedraad.sources.facts_table import COLUMNS, Changes, TableRead, facts_read, facts_row
from rodedraad.sources.forms import FactsForm, FilterForm, ManyForm, TableForm
from rodedraad.sources.models import Source
from rodedraad.sources.steps import list_steps
from rodedraad.sources.wording import KINDS, LEVELS
from rodedraad.studies.access import DESIGNERS, StudyAccess, access_for
from rodedraad.studies.csv_file import csv_response

SHOWN = 50
TABLE_BYTES = 2 * 1024 * 1024


@require_POST
@login_required
def change(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what changes of the sources that were chosen; change it when the person says yes."""
    access = access_for(request.user, slug, *DESIGNERS)
    sources = _chosen(request, access)
    form = ManyForm(access.study, request.POST)
    wanted = form.changes() if form.is_valid() else {}
    if "yes" in request.POST and wanted:
        return _changed(request, access, [(source, wanted) for source in sources])
    context = {
        "study": access.study,
        "steps": list_steps(access.study),
        "form": form,
        "sources": sources[:SHOWN],
        "n": len(sources),
        "n_more": max(len(sources) - SHOWN, 0),
        "kept": [(name, value) for name, values in request.POST.lists() for value in values
                 if name in {"source", "all", *FilterForm.base_fields}],
        "sentences": form.sentences() if wanted else [],
    }  # fmt: skip
    return render(request, "sources/change.html", context)


@require_POST
@login_required
def cases(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep the suggested cases that a person left ticked: of sources that have none yet."""
    access = access_for(request.user, slug, *DESIGNERS)
    known = {str(case.pk): case for case in access.study.cases.all()}
    pairs = dict(value.split(" ", 1) for value in request.POST.getlist("case") if " " in value)
    uuids = [uuid for uuid in map(_uuid, pairs) if uuid]
    without = sources_for(access).filter(uuid__in=uuids, case=None)
    changes: Changes = [
        (source, {"case": known[pairs[str(source.uuid)]]})
        for source in without
        if pairs[str(source.uuid)] in known
    ]
    return _changed(request, access, changes)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def table(request: HttpRequest, slug: str) -> HttpResponse:
    """Read a table with facts, show what it changes and what is wrong; change it after a yes."""
    access = access_for(request.user, slug, *DESIGNERS)
    read: TableRead | None = None
    refusal: Refusal | None = None
    words = request.POST.get("words", "")
    form = TableForm(None if words else request.POST or None, request.FILES or None)
    try:
        if request.method == "POST" and not words and form.is_valid():
            words = _words(form.cleaned_data["table"])
        if words:
            rows = csv_rows(words)
            read = facts_read(rows, access.study, sources_for(access))
    except Refusal as fault:
        refusal = fault
    if read and read.changes and "yes" in request.POST:
        return _changed(request, access, read.changes)
    context = {
        "study": access.study,
        "steps": list_steps(access.study),
        "form": form,
        "refusal": refusal,
        "read": read,
        "words": words,
        "changes": _shown(read.changes[:SHOWN]) if read else [],
        "n_more": max(len(read.changes) - SHOWN, 0) if read else 0,
    }
    return render(request, "sources/table.html", context)


@require_safe
@login_required
def download(request: HttpRequest, slug: str) -> HttpResponse:
    """Give what is known of the sources that this person may see, as a table to fill in."""
    access = sources_asked(request.user, slug)
    sources = sources_for(access).select_related("case", "wave").order_by("title", "pk")
    names = [known[0] for known in COLUMNS.values()]
    return csv_response(f"bronnen-{access.study.slug}", names, map(facts_row, sources))


def _chosen(request: HttpRequest, access: StudyAccess) -> list[Source]:
    """Return the sources that were ticked, or all that meet the conditions when asked so."""
    seen: QuerySet[Source] = sources_for(access).order_by("title", "pk")
    if "all" in request.POST:
        form = FilterForm(access.study, request.POST)
        return list(form.meets(seen)) if form.is_valid() else []
    uuids = [uuid for uuid in map(_uuid, request.POST.getlist("source")) if uuid]
    return list(seen.filter(uuid__in=uuids))


def _changed(request: HttpRequest, access: StudyAccess, changes: Changes) -> HttpResponse:
    n = sources_change(access.study, changes, person=access.person, origin=request_origin(request))
    sentence = ngettext("One source is changed.", "%(n)s sources are changed.", n) % {"n": n}
    messages.success(request, sentence)
    return redirect("sources:list", access.study.slug)


def _words(file: Any) -> str:
    if (file.size or 0) > TABLE_BYTES:
        raise Refusal(
            "The table is larger than 2 MB. Split it, and send the parts one by one.",
            code="facts_too_large",
        )
    return text_clean(text_decode(file.read())[0])[0]


def _shown(changes: Changes) -> list[tuple[Source, list[tuple[str, str]]]]:
    """Return changes with the names of fields and new values in words."""
    labels = {name: field.label for name, field in FactsForm.base_fields.items()}
    return [
        (source, [(str(labels[name]), _in_words(value)) for name, value in fields.items()])
        for source, fields in changes
    ]


def _in_words(value: Any) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, datetime.date):
        return date_format(value)
    return str(KINDS.get(value) or LEVELS.get(value) or value)


def _uuid(given: str) -> UUID | None:
    try:
        return UUID(given)
    except ValueError:
        return None
