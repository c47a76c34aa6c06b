"""How many people came in by the open links of a study? Fieldwork asks; nobody is known."""

from django.utils.translation import get_language

from rodedraad.fieldwork.monitor_tallies import OpenTally
from rodedraad.studies.models import Study
from rodedraad.surveys.models import StratumLink, Survey
from rodedraad.surveys.ways_in import ABOUT


def link_tallies(study: Study) -> list[OpenTally]:
    """Return what the open links of anonymous surveys counted, by survey, case and role."""
    english = get_language() == "en"
    links = StratumLink.objects.filter(
        survey__study=study, survey__mode=Survey.Mode.ANONYMOUS
    ).select_related("survey")
    return [
        OpenTally(
            about=f"{ABOUT}{link.survey.uuid}",
            title=(english and link.survey.title_en) or link.survey.title_nl,
            wave=link.survey.wave_id,
            case=link.case_id,
            role=link.role,
            n_asked=link.n_asked,
            n_started=_sum(link, "started"),
            n_done=_sum(link, "complete"),
            n_out=_sum(link, "screened_out") + _sum(link, "over_quota"),
        )
        for link in links
    ]


def _sum(link: StratumLink, what: str) -> int:
    return sum(day.get(what, 0) for day in link.counts.values())
