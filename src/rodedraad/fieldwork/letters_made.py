"""To whom does a letter go, and what stands in it?"""

import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from rodedraad.accounts.models import Person
from rodedraad.errors import Refusal
from rodedraad.fieldwork.letters import PaperLetter
from rodedraad.fieldwork.links import link_of
from rodedraad.fieldwork.mail_words import text_check, text_fill
from rodedraad.fieldwork.mailing import participations_fitting, subject_for
from rodedraad.fieldwork.models import Mailing, Participation
from rodedraad.fieldwork.models.mail import Step
from rodedraad.fieldwork.people_list import reach_of
from rodedraad.fieldwork.sending import values_of
from rodedraad.fieldwork.vault import contacts_open
from rodedraad.studies.models import Case, Study


def letters_for(
    study: Study,
    *,
    about: str,
    case: Case | None,
    role: str,
    unmailed: bool,
    ends_on: datetime.date | None,
    signed_by: str,
    text_nl: str,
    text_en: str,
    person: Person,
    origin: str,
    site: str,
) -> list[PaperLetter]:
    """Return the letters to people who have not finished, and write down that they were opened.

    Who has no postal address or no link gets none.

    Raises
    ------
    Refusal
        When the text has a field that is not known, or the last day is not given.
    """
    subject_for(study, about)
    for text in (text_nl, text_en):
        text_check(text)
        if "{einddatum}" in text and ends_on is None:
            raise Refusal(
                "The letter names the last day to answer. Fill in that day.",
                code="mail_end_missing",
            )
    people = _chosen(study, about, case, role, unmailed)
    opened = contacts_open(study, people, reason="letters", person=person, origin=origin)
    made = Mailing(study=study, about=about, ends_on=ends_on, signed_by=signed_by)
    letters, today = [], {language: _today(language) for language in ("nl", "en")}
    for each in people:
        data, path = opened.get(each.uuid), link_of(about, each)
        if data is None or not data.address or path is None:
            continue
        link = site + path
        text = text_en if each.language == "en" and text_en else text_nl
        language = "en" if text is text_en else "nl"
        filled = text_fill(text.replace("\r\n", "\n"), values_of(made, each, data.name, link, ""))
        lines = [data.name, data.organisation, *data.address.split("\n")]
        lines = [line for line in lines if line]
        letters.append(PaperLetter(language, lines, today[language], filled, link))
    return letters


def _today(language: str) -> str:
    with override(language):
        return date_format(timezone.localdate(), "j F Y")


def _chosen(
    study: Study, about: str, case: Case | None, role: str, unmailed: bool
) -> list[Participation]:
    found = participations_fitting(study, about, Step.INVITATION, [role] if role else [])
    found = found.select_related("case", "study").order_by("case__name", "pseudonym")
    if case is not None:
        found = found.filter(case=case)
    people = list(found)
    if unmailed:
        reach = reach_of(people)
        people = [each for each in people if reach.get(str(each.uuid)) != "mail"]
    return people
