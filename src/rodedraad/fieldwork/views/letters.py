"""Letters to people, with a code to scan: all chosen ones in one PDF."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from rodedraad.accounts.origin import request_origin
from rodedraad.errors import Refusal
from rodedraad.fieldwork.access import contacts_asked
from rodedraad.fieldwork.forms import LettersForm
from rodedraad.fieldwork.letters import letters_pdf
from rodedraad.fieldwork.letters_made import letters_for
from rodedraad.fieldwork.links import subjects_of
from rodedraad.fieldwork.mail_defaults import LETTER_DEFAULTS
from rodedraad.fieldwork.people_file import roles_known
from rodedraad.fieldwork.steps import fieldwork_steps
from rodedraad.studies.models import Case


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def letters(request: HttpRequest, slug: str) -> HttpResponse:
    """Show which letters can be made, and make them; opening them is written in the log."""
    access = contacts_asked(request.user, slug)
    subjects = subjects_of(access.study)
    ends = next((each.ends_on for each in subjects if each.ends_on), None)
    initial = {
        "signed_by": access.person.name,
        "text_nl": LETTER_DEFAULTS["nl"],
        "text_en": LETTER_DEFAULTS["en"],
        "ends_on": ends.isoformat() if ends else "",
    }
    form = LettersForm(request.POST or None, initial=initial)
    form.fields["about"].choices = [(each.about, each.title) for each in subjects]  # type: ignore[attr-defined]
    form.fields["case"].queryset = Case.objects.filter(study=access.study)  # type: ignore[attr-defined]
    form.fields["role"].choices = [("", "–"), *roles_known().items()]  # type: ignore[attr-defined]
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            made = letters_for(
                access.study, **form.cleaned_data, person=access.person,
                origin=request_origin(request), site=settings.BASE_URL,
            )  # fmt: skip
            content = letters_pdf(made, access.study.title_nl)
        except Refusal as caught:
            refusal = caught
        else:
            name = f"brieven-{slug}.pdf"
            headers = {"Content-Disposition": f'attachment; filename="{name}"'}
            return HttpResponse(content, content_type="application/pdf", headers=headers)
    context = {
        "study": access.study,
        "steps": fieldwork_steps(access.study),
        "form": form,
        "refusal": refusal,
        "subjects": subjects,
    }
    return render(request, "fieldwork/letters.html", context)
