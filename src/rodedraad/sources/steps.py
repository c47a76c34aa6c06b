"""Where does a page about sources stand: the steps above it?"""

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rodedraad.sources.models import Source
from rodedraad.studies.models import Study

Step = tuple[str, str]


def study_steps(study: Study) -> list[Step]:
    """The steps above the list of sources."""
    title = study.title_en if get_language() == "en" else study.title_nl
    return [
        (_("Studies"), reverse("studies:list")),
        (title, reverse("studies:study", args=[study.slug])),
    ]


def list_steps(study: Study) -> list[Step]:
    """The steps above a page about sources, the list among them."""
    return [*study_steps(study), (_("Sources"), reverse("sources:list", args=[study.slug]))]


def source_steps(source: Source) -> list[Step]:
    """The steps above a page about one source, the source among them."""
    address = reverse("sources:source", args=[source.study.slug, source.uuid])
    return [*list_steps(source.study), (source.title, address)]
