"""People, a survey that is open, and a mailing: what the tests of people and mail start from."""

import datetime

from rodedraad.fieldwork.mailing import mailing_make
from rodedraad.fieldwork.models import Mailing, Participation
from rodedraad.fieldwork.people import PersonGiven, people_add
from rodedraad.fieldwork.vault import ContactData
from rodedraad.studies.models import Case, Framework, Study, Wave
from rodedraad.surveys.models import Survey

DAY = datetime.date(2026, 3, 4)
ZONE = datetime.timezone(datetime.timedelta(hours=1))
NOON = datetime.datetime(2026, 3, 4, 12, tzinfo=ZONE)  # a Wednesday
NAMES = "Qwertina Zandkasteel", "Ypsilon Wolkbreuk"
SECRETS = (*NAMES, "zandkasteel", "wolkbreuk", "Kasteelweg 7", "06-55512345", "Loket Zuidplein")


def wave_make(slug: str = "proef", survey: bool = True) -> Wave:
    study = Study.objects.create(
        slug=slug, title_nl=f"Onderzoek {slug}", title_en=f"Study {slug}",
        template_key="change-factors", template_version="1.0", template={},
    )  # fmt: skip
    framework = Framework.objects.create(study=study, version=1)
    wave = Wave.objects.create(
        study=study, label="2026", reference_date=datetime.date(2026, 1, 1), framework=framework
    )
    Case.objects.create(study=study, unit_code="GM0001", name="Proefstad")
    if survey:
        Survey.objects.create(
            study=study, wave=wave, slug="vragen", title_nl="Vragen", state="open"
        )
    return wave


def people_make(wave: Wave, n: int = 2, *, domain: str = "post.test") -> list[Participation]:
    case = Case.objects.filter(study=wave.study).earliest("pk")
    people = [
        PersonGiven(
            case,
            "U",
            "nl",
            ContactData(
                name=NAMES[at % 2],
                mail=f"{NAMES[at % 2].split()[1]}{at}@{domain}",
                telephone="06-55512345",
                organisation="Loket Zuidplein",
                address="Kasteelweg 7\n1234 AB Proefstad",
            ),
        )
        for at in range(n)
    ]
    return people_add(wave, people, person=None, origin="test")


def about_of(wave: Wave) -> str:
    return f"survey:{Survey.objects.get(study=wave.study).uuid}"


def invitation_of(wave: Wave, step: str = "invitation") -> Mailing:
    return mailing_make(
        wave.study, about_of(wave), step, ends_on=DAY, signed_by="De onderzoekers",
        person=None, origin="test",
    )  # fmt: skip
