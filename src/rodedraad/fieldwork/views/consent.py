"""In which words are people asked to agree, and how does a study write its own?"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from rodedraad.accounts.origin import request_origin
from rodedraad.errors import Refusal
from rodedraad.fieldwork.access import fieldwork_asked
from rodedraad.fieldwork.consent_defaults import CONSENT_DEFAULTS
from rodedraad.fieldwork.consents import consent_text_save, consent_texts_now
from rodedraad.fieldwork.models import ConsentText
from rodedraad.fieldwork.steps import consent_steps, fieldwork_steps
from rodedraad.fieldwork.wording import PURPOSES


@require_safe
@login_required
def texts(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the words of each purpose as they are now."""
    access = fieldwork_asked(request.user, slug)
    now = consent_texts_now(access.study)
    rows = [(purpose, now.get(purpose) or _ours(purpose)) for purpose in PURPOSES]
    context = {"study": access.study, "steps": fieldwork_steps(access.study), "rows": rows}
    return render(request, "fieldwork/consent_texts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def text(request: HttpRequest, slug: str, purpose: str) -> HttpResponse:
    """Show all versions of the words of a purpose, and let a new one be made."""
    access = fieldwork_asked(request.user, slug)
    if purpose not in PURPOSES:
        raise Http404("There is no such purpose.")
    now = consent_texts_now(access.study).get(purpose) or _ours(purpose)
    given = {"nl": now.text_nl, "en": now.text_en}
    refusal = None
    if request.method == "POST":
        given = {name: request.POST.get(name, "") for name in given}
        try:
            made = consent_text_save(
                access.study, purpose, nl=given["nl"], en=given["en"], person=access.person,
                origin=request_origin(request),
            )  # fmt: skip
        except Refusal as caught:
            refusal = caught
        else:
            messages.success(request, _("Version %(n)s holds from now on.") % {"n": made.version})
            return redirect("fieldwork:consent_texts", slug)
    versions = ConsentText.objects.filter(study=access.study, purpose=purpose).order_by("-version")
    context = {
        "study": access.study,
        "steps": consent_steps(access.study),
        "purpose": purpose,
        "given": given,
        "versions": versions,
        "refusal": refusal,
    }
    return render(request, "fieldwork/consent_text.html", context)


def _ours(purpose: str) -> ConsentText:
    """Our own words, not kept in the study yet."""
    words = CONSENT_DEFAULTS[purpose]
    return ConsentText(purpose=purpose, version=0, text_nl=words["nl"], text_en=words["en"])
