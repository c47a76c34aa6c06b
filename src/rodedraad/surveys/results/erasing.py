"""How do open answers of somebody who takes them back leave the sources that hold them?"""

import csv
from io import StringIO

from django.db import transaction

from rodedraad.accounts.audit import audit_record
from rodedraad.assessment.evidence.withdrawing import rows_withdraw
from rodedraad.assessment.models import Evidence
from rodedraad.sources.erasing import words_erase
from rodedraad.sources.models import Source
from rodedraad.sources.store import original_forget, original_keep, original_path, original_read
from rodedraad.surveys.models import AnswersSource, Survey

TAKEN_BACK = "answers_gone"


@transaction.atomic
def open_answers_erase(survey: Survey, pseudonym: str, *, origin: str) -> int:
    """Erase what somebody wrote from every source of a survey; return from how many.

    From the kept file, every version of the text, codings, scores, suggestions and notes. Codings
    on the words stay as lost; evidence that rested on them is taken back.
    """
    n = 0
    for one in AnswersSource.objects.filter(survey=survey).select_related("source"):
        done = words_erase(one.source, pseudonym)
        _file_without(one.source, pseudonym)
        if done is None:
            continue
        n += 1
        rows = Evidence.objects.filter(study=survey.study_id, source_id__in=done[1])
        if pks := list(rows.order_by().values_list("pk", flat=True)):
            rows_withdraw(
                survey.study, pks, what=survey.slug, reason=TAKEN_BACK, person=None, origin=origin
            )
    if n:
        audit_record(
            person=None, action="answers_erase", origin=origin,
            object=f"study:{survey.study.slug} survey:{survey.slug} sources:{n}",
        )  # fmt: skip
    return n


def _file_without(source: Source, pseudonym: str) -> None:
    """Keep the file without the rows of somebody; the old one goes once nothing names it."""
    old = source.sha256
    if not original_path(old).exists():
        return
    rows = list(csv.reader(StringIO(original_read(old).decode())))
    kept = [row for row in rows if not row or row[0] != pseudonym]
    if len(kept) == len(rows):
        return
    out = StringIO()
    csv.writer(out).writerows(kept)
    content = out.getvalue().encode()
    source.sha256, source.size = original_keep(content), len(content)
    source.save(update_fields=["sha256", "size"])
    if not Source.objects.filter(sha256=old).exists():
        transaction.on_commit(lambda: original_forget(old))
