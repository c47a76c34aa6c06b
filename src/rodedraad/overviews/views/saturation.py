"""Did the last sources still bring new codes?"""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rodedraad.methods.saturation import Saturation
from rodedraad.overviews.asked import Asked, asked
from rodedraad.overviews.files import picture_response, simulated_words, table_response
from rodedraad.overviews.paging import PICTURES
from rodedraad.overviews.pictures.curve import curve_svg
from rodedraad.overviews.saturating import Saturating, saturating
from rodedraad.overviews.shown import page_context

PER_PAGE = 50


@require_safe
@login_required
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the curve with its band, and what each source added."""
    looked = asked(request, slug)
    found = saturating(looked.material, looked.rows)
    curve = found.curve
    context = page_context(
        looked, request, found=found, curve=curve,
        svg=curve_picture(curve, looked) if curve else "",
        page=Paginator(_rows(found), PER_PAGE).get_page(request.GET.get("page")),
    )  # fmt: skip
    return render(request, "overviews/saturation.html", context)


@require_safe
@login_required
def file(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """Send the numbers behind the curve, or the picture."""
    looked = asked(request, slug)
    found = saturating(looked.material, looked.rows)
    name = f"{slug}-verzadiging"
    if form in PICTURES:
        if found.curve is None:
            raise Http404
        return picture_response(form, name, curve_picture(found.curve, looked))
    heads = [
        _("Sources"), _("Source"), _("New codes"), _("Codes found"), _("Mean of other orders"),
        _("5%"), _("95%"),
    ]  # fmt: skip
    if found.public:
        heads = [heads[0], *heads[4:]]
    return table_response(form, name, looked.study, heads, _rows(found))


def _rows(found: Saturating) -> list[list[object]]:
    """A row per source; to a client only the mean and the band: a source is a person there."""
    curve = found.curve
    if curve is None:
        return []
    rows: list[list[object]] = []
    for at, mean in enumerate(curve.mean.tolist()):
        band = [round(mean, 1), round(float(curve.low[at]), 1), round(float(curve.high[at]), 1)]
        own: list[object] = []
        if not found.public:
            own = [found.sources[at].title, int(curve.new[at]), int(curve.found[at])]
        rows.append([at + 1, *own, *band])
    return rows


def curve_picture(curve: Saturation, looked: Asked) -> str:
    """Draw the curve of a study."""
    return curve_svg(
        curve, label=_("Different codes found after so many sources"), across=_("sources"),
        keys=(_("as added"), _("mean of other orders"), _("middle 90 percent of these")),
        own=not looked.material.public, said=simulated_words(looked.study),
    )  # fmt: skip
