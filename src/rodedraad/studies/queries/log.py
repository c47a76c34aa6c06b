"""What was done with the chosen cases, by whom and when?"""

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet

from rodedraad.studies.models import SelectionEvent, Study

CSV_COLUMNS = (
    "number", "at", "plan", "code", "name", "kind", "reason", "replaced_by", "corrects",
    "corrected_by", "person",
)  # fmt: skip


def log_events(study: Study) -> QuerySet[SelectionEvent]:
    """Return every line of the log of a study, newest first, the choice itself left out."""
    return (
        SelectionEvent.objects.filter(plan__study=study)
        .exclude(kind=SelectionEvent.Kind.CHOSEN)
        .select_related("plan", "case", "person", "replaced_by", "corrects", "corrected_by")
        .order_by("-pk")
    )


def log_rows(study: Study) -> Iterator[tuple[object, ...]]:
    """Yield the rows of the file, oldest first, the choice included; see ``CSV_COLUMNS``."""
    events: Iterable[SelectionEvent] = (
        SelectionEvent.objects.filter(plan__study=study)
        .select_related("plan", "case", "person", "replaced_by", "corrected_by")
        .order_by("pk")
    )
    for event in events:
        corrected_by = getattr(event, "corrected_by", None)
        yield (
            event.pk,
            event.at.isoformat(timespec="seconds"),
            event.plan.number,
            event.case.unit_code,
            event.case.name,
            event.kind,
            event.reason,
            event.replaced_by.unit_code if event.replaced_by else "",
            event.corrects_id or "",
            corrected_by.pk if corrected_by else "",
            event.person or "",
        )
