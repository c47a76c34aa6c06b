"""Where does a page about fieldwork stand: the steps above it?"""

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from rodedraad.sources.steps import Step, study_steps
from rodedraad.studies.models import Study


def fieldwork_steps(study: Study) -> list[Step]:
    """The steps above a page of fieldwork, its overview among them."""
    try:
        return [
            *study_steps(study),
            (_("Fieldwork"), reverse("fieldwork:overview", args=[study.slug])),
        ]
    except NoReverseMatch:
        return study_steps(study)


def people_steps(study: Study) -> list[Step]:
    """The steps above a page about somebody, the list of people among them."""
    address = reverse("fieldwork:people", args=[study.slug])
    return [*fieldwork_steps(study), (_("People"), address)]


def mail_steps(study: Study) -> list[Step]:
    """The steps above a page about a mail, the list of mails among them."""
    return [*fieldwork_steps(study), (_("Mail"), reverse("fieldwork:mailings", args=[study.slug]))]


def consent_steps(study: Study) -> list[Step]:
    """The steps above a text that asks for consent, the list of texts among them."""
    address = reverse("fieldwork:consent_texts", args=[study.slug])
    return [*fieldwork_steps(study), (_("Consent"), address)]
