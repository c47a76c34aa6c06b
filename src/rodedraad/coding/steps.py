"""Where does a page about coding stand: the steps above it, and who asks for it?"""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from rodedraad.coding.models import Coder
from rodedraad.coding.rounds import coder_for
from rodedraad.sources.steps import study_steps
from rodedraad.studies.access import DESIGNERS, StudyAccess, access_for
from rodedraad.studies.models import Study

Step = tuple[str, str]


def codebook_steps(study: Study) -> list[Step]:
    """The steps above a page about the codebook, the codebook among them."""
    return [*study_steps(study), (_("Codebook"), reverse("coding:codebook", args=[study.slug]))]


def coder_asked(request: HttpRequest, slug: str) -> tuple[StudyAccess, Coder]:
    """Return the study for who may code in it, and which coder they are; 404 for others."""
    access = access_for(request.user, slug, *DESIGNERS)
    return access, coder_for(access.study, access.person)
