"""How does a researcher bring a file of answers, scores and measures in: check first, then add?"""

from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from rodedraad.accounts.origin import request_origin
from rodedraad.assessment.evidence import EvidenceFault, EvidenceRefusal
from rodedraad.assessment.evidence_file import FileAdded, example_rows, file_add, file_check
from rodedraad.assessment.evidence_file.forms import LONG, WIDE
from rodedraad.assessment.evidence_upload import (
    FILE_BYTES_LIMIT,
    LIMIT_WORDS,
    upload_keep,
    upload_take,
)
from rodedraad.assessment.evidence_words import evidence_kind_words
from rodedraad.assessment.people_rows import missing_words
from rodedraad.networks.asked import networks_step, person_of, study_asked, study_steps
from rodedraad.studies.access import DESIGNERS
from rodedraad.studies.csv_file import csv_response
from rodedraad.studies.models import Study, Wave

FORMS = {"feiten": LONG, "respondenten": WIDE}
ROWS_SHOWN = 10


class EvidenceFileForm(forms.Form):
    """A file, the wave that it belongs to, and what it is when its rows do not say so."""

    def __init__(self, study: Study, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        waves = study.waves.order_by("-reference_date")
        self.fields["wave"] = forms.ModelChoiceField(
            label=_("Wave"), queryset=waves, initial=waves.first(), empty_label=None
        )
        self.fields["source"] = forms.CharField(
            label=_("Source"),
            required=False,
            max_length=60,
            help_text=_("Title of the survey or document, for rows that do not name one."),
        )
        self.fields["file"] = forms.FileField(
            label=_("File"),
            help_text=_("CSV or Parquet, at most %(limit)s.") % {"limit": LIMIT_WORDS},
            max_length=200,
        )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def evidence_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the form; check the file that is sent; add it when the person says so."""
    study = study_asked(request, slug, *DESIGNERS)
    if request.method == "POST" and "key" in request.POST:
        return _add(request, study)
    sent = request.method == "POST"
    form = EvidenceFileForm(study, request.POST if sent else None, request.FILES if sent else None)
    context = _context(study, form)
    if sent and form.is_valid():
        wave, source = form.cleaned_data["wave"], form.cleaned_data["source"].strip()
        try:
            content = form.cleaned_data["file"].read(FILE_BYTES_LIMIT + 1)
            if len(content) > FILE_BYTES_LIMIT:
                raise EvidenceRefusal([EvidenceFault(0, "", "too_large", near=LIMIT_WORDS)])
            checked = file_check(wave, content, source=source)
        except EvidenceRefusal as refusal:
            context |= {"faults": refusal.faults, "n_faults": refusal.n}
        else:
            context |= _checked(checked, wave)
            if checked.new:
                person = person_of(request)
                context["key"] = upload_keep(wave, source, content, person=person)
    return render(request, "assessment/evidence_add.html", context)


@require_safe
@login_required
def example_file(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """Give a CSV with headings and example rows, in the terms of the newest wave."""
    study = study_asked(request, slug, *DESIGNERS)
    wave = study.waves.order_by("-reference_date").first()
    if wave is None:
        raise Http404(_("This study has no wave yet."))
    headings, rows = example_rows(wave, FORMS[form])
    return csv_response(f"sjabloon-{form}-{study.slug}", headings, rows)


def _add(request: HttpRequest, study: Study) -> HttpResponse:
    """Add the file that was checked, and go to its rows."""
    number = request.POST.get("wave", "")
    wave = study.waves.filter(pk=int(number)).first() if number.isdecimal() else None
    if wave is None:
        raise Http404(_("There is no such wave."))
    kept = upload_take(wave, request.POST["key"], person=person_of(request))
    if kept is None:
        messages.warning(request, _("The file was kept for an hour and is gone. Give it again."))
        return redirect("assessment:evidence_add", study.slug)
    try:
        added = file_add(
            wave,
            kept.content,
            source=kept.source,
            person=person_of(request),
            origin=request_origin(request),
        )
    except EvidenceRefusal as refusal:  # someone else added other rows in the meantime
        context = _context(study, EvidenceFileForm(study))
        context |= {"faults": refusal.faults, "n_faults": refusal.n}
        return render(request, "assessment/evidence_add.html", context)
    done = ngettext("%(n)s row is added.", "%(n)s rows are added.", added.new)
    messages.success(request, done % {"n": added.new})
    address = reverse("assessment:evidence", args=[study.slug])
    asked = {"meting": wave.label, "soort": next(iter(added.by_kind), "")}
    return redirect(f"{address}?{urlencode(asked)}")


def _context(study: Study, form: EvidenceFileForm) -> dict[str, object]:
    above = (_("Evidence"), reverse("assessment:evidence", args=[study.slug]))
    return {
        "study": study,
        "steps": study_steps(study, networks_step(study), above),
        "form": form,
    }


def _checked(checked: FileAdded, wave: Wave) -> dict[str, object]:
    """What the page shows of a file that is sound."""
    return {
        "checked": checked,
        "wave": wave,
        "kinds": [(evidence_kind_words(kind), n) for kind, n in checked.by_kind.items()],
        "reasons": [(missing_words(reason), n) for reason, n in checked.by_missing.items()],
        "rows": [
            row | {"kind": evidence_kind_words(row["kind"]), "why": missing_words(row["missing"])}
            for row in checked.rows.head(ROWS_SHOWN).iter_rows(named=True)
        ],
    }
