"""How does the codebook leave the site as a file, and come in as one?"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from rodedraad.accounts.audit import audit_record
from rodedraad.accounts.origin import request_origin
from rodedraad.coding.codebook import codebook_codes
from rodedraad.coding.codebook_exchange import codebook_for_others, codes_read
from rodedraad.coding.forms import CodebookFileForm
from rodedraad.coding.steps import codebook_steps, coder_asked
from rodedraad.errors import Refusal
from rodedraad.exchange.refi_qda.codebook_table import codebook_csv, codebook_markdown
from rodedraad.sources.access import sources_asked


@require_safe
@login_required
def table(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the codes of now as CSV."""
    access = sources_asked(request.user, slug)
    text, _losses = codebook_csv(codebook_for_others(codebook_codes(access.study)))
    return _file(text, "text/csv", f"{slug}-codeboek.csv")


@require_safe
@login_required
def words(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the codes of now as Markdown, to read or to put in an annex."""
    access = sources_asked(request.user, slug)
    book = codebook_for_others(codebook_codes(access.study))
    text = codebook_markdown(book, title=_("Codebook"), sets_title=_("Groups of codes"))
    return _file(text, "text/markdown", f"{slug}-codeboek.md")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def read(request: HttpRequest, slug: str) -> HttpResponse:
    """Add the codes of a file to those of the study."""
    access, coder = coder_asked(request, slug)
    form = CodebookFileForm(request.POST or None, request.FILES or None)
    context: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["file"]
        try:
            result = codes_read(coder, given.read(), given.name)
        except Refusal as refusal:
            context["refusal"] = refusal
        else:
            named = f"study:{slug} codes:{result.added}"
            audit_record(
                person=access.person,
                action="codebook_import",
                object=named,
                origin=request_origin(request),
            )
            done = ngettext("%(n)s code is added.", "%(n)s codes are added.", result.added)
            messages.success(request, done % {"n": result.added})
            if result.known:
                known = ngettext(
                    "%(n)s code was there already and stays as it is.",
                    "%(n)s codes were there already and stay as they are.",
                    result.known,
                )
                messages.info(request, known % {"n": result.known})
            if result.left_out:
                left = _("Not taken over from the file: %(what)s.")
                messages.warning(request, left % {"what": ", ".join(result.left_out)})
            return redirect("coding:codebook", slug)
    context |= {"study": access.study, "steps": codebook_steps(access.study)}
    return render(request, "coding/codebook_read.html", context)


def _file(text: str, media_type: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type=f"{media_type}; charset=utf-8", headers=headers)
