"""What do pages about runs need of a study: the names of cases, the wave of a run?"""

from rodedraad.assessment.models import Run
from rodedraad.assessment.queries import run_filters
from rodedraad.studies.models import Case, Study, Wave


def case_names(study: Study) -> dict[str, str]:
    """Return the name of every case of the study by code."""
    return dict(Case.objects.filter(study=study).order_by().values_list("unit_code", "name"))


def run_wave(run: Run, study: Study) -> Wave | None:
    """Return the wave whose rows a run used; null when it used rows outside the waves only."""
    labels = {row_filter.wave for row_filter in run_filters(run) if row_filter.wave}
    return study.waves.filter(label=min(labels)).first() if labels else None
