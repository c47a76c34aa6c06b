"""Where does a page about making people unknown stand: the steps above it?"""

from django.urls import reverse
from django.utils.translation import gettext as _

from rodedraad.sources.steps import Step, list_steps
from rodedraad.studies.models import Study


def overview_steps(study: Study) -> list[Step]:
    """The steps above a page about people in all texts, the overview among them."""
    address = reverse("deidentification:overview", args=[study.slug])
    return [*list_steps(study), (_("Make people unknown"), address)]
