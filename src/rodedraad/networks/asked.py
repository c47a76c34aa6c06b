"""Which study does a page ask for, may this person see it, and where does the page stand?"""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rodedraad.accounts.models import Person
from rodedraad.studies.access import study_for
from rodedraad.studies.models import Study

Step = tuple[str, str]


def person_of(request: HttpRequest) -> Person:
    """Return who is signed in; a view without ``login_required`` refuses."""
    if not isinstance(request.user, Person):
        raise PermissionDenied
    return request.user


def study_asked(request: HttpRequest, slug: str, *roles: str) -> Study:
    """Return the study when the person may see it. Raises ``Http404``."""
    return study_for(person_of(request), slug, *roles)


def study_title(study: Study) -> str:
    """The title of a study in the language of the page."""
    return study.title_en if get_language() == "en" else study.title_nl


def study_steps(study: Study, *further: Step) -> list[Step]:
    """The way to a page of the networks: studies, this study, its networks, and ``further``."""
    steps = [
        (_("Studies"), _address("studies:list")),
        (study_title(study), _address("studies:study", study.slug)),
        *further,
    ]
    return [(label, address) for label, address in steps if address]


def networks_step(study: Study) -> Step:
    """The first page about networks, as a step above another page."""
    return _("Networks"), reverse("networks:overview", args=[study.slug])


def _address(name: str, *arguments: str) -> str:
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""
