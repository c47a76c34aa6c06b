"""Where does a page about coding stand: the steps above it, who asks for it, and the way back?"""

from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from rodedraad.coding.models import Coder
from rodedraad.coding.rounds import coder_for
from rodedraad.sources.models import Paragraph, Source, SourceVersion
from rodedraad.sources.steps import source_steps, study_steps
from rodedraad.studies.access import DESIGNERS, StudyAccess, access_for
from rodedraad.studies.models import Study

Step = tuple[str, str]
NUMBER_AT_MOST = 9


def codebook_steps(study: Study) -> list[Step]:
    """The steps above a page about the codebook, the codebook among them."""
    return [*study_steps(study), (_("Codebook"), reverse("coding:codebook", args=[study.slug]))]


def reader_steps(source: Source) -> list[Step]:
    """The steps above a page about the codings of a source, its reader among them."""
    address = reverse("coding:reader", args=[source.study.slug, source.uuid])
    return [*source_steps(source), (_("Read and code"), address)]


def coder_asked(request: HttpRequest, slug: str) -> tuple[StudyAccess, Coder]:
    """Return the study for who may code in it, and which coder they are; 404 for others."""
    access = access_for(request.user, slug, *DESIGNERS)
    return access, coder_for(access.study, access.person)


def version_newest(source: Source, place: int | None = None) -> SourceVersion:
    """Return the newest version of a source without its text; 404 when it has none.

    ``paragraph_at`` of it is the number of the paragraph in which ``place`` lies, or that follows.
    """
    after = Paragraph.objects.filter(version=OuterRef("pk"), end__gt=place or 0)
    number = Subquery(after.order_by("number").values("number")[:1])
    found = source.versions.defer("text").order_by("-number")
    version = found.annotate(paragraph_at=number).first() if place is not None else found.first()
    if version is None:
        raise Http404("This source has no text.")
    return version


def gone_back(request: HttpRequest, otherwise: str) -> HttpResponse:
    """Go back to the page of this site that a form came from, or else to an address."""
    back = request.POST.get("back", "")
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/")
    return redirect(back if is_ours else otherwise)


def number_given(given: str | None) -> int | None:
    """Return a number that was sent, or None when there is none that can be meant."""
    fits = given is not None and given.isdecimal() and len(given) <= NUMBER_AT_MOST
    return int(given) if fits and given else None


def choice_given(given: str | None, known: tuple[int, ...]) -> int | None:
    """Return which of the known numbers was sent, or None."""
    return next((one for one in known if str(one) == given), None)
