"""Which responses count in results? All of them, until a person decides otherwise and says why."""

from collections.abc import Collection

import polars as pl
from django.db import transaction

from rodedraad.accounts.audit import audit_record
from rodedraad.accounts.models import Person
from rodedraad.errors import Refusal
from rodedraad.surveys.models import LeftOut, Survey
from rodedraad.surveys.results.flags import FLAGS

REASON_AT_MOST = 1_000


@transaction.atomic
def flagged_leave_out(
    survey: Survey, flags: Collection[str], *, reason: str, person: Person | None, origin: str
) -> LeftOut:
    """Let responses with these flags not count in results and evidence; none: all count.

    Nothing is erased, and every table says how many are left out. Lead and researchers may.

    Raises
    ------
    Refusal
        ``left_out_reason`` without a reason, ``left_out_flag`` for a flag that there is not.
    """
    if unknown := set(flags) - set(FLAGS):
        raise Refusal(
            f"There is no flag '{sorted(unknown)[0]}'. Choose one of the page.",
            code="left_out_flag",
        )
    if not reason.strip() or len(reason) > REASON_AT_MOST:
        raise Refusal(
            f"Say why, in at most {REASON_AT_MOST} characters.",
            code="left_out_reason",
            most=REASON_AT_MOST,
        )
    made = LeftOut.objects.create(
        survey=survey, flags=[flag for flag in FLAGS if flag in flags], reason=reason.strip(),
        person=person,
    )  # fmt: skip
    audit_record(
        person=person, action="responses_left_out", origin=origin,
        object=f"study:{survey.study.slug} survey:{survey.slug} {','.join(made.flags) or 'none'}",
    )  # fmt: skip
    return made


def flags_left_out(survey: Survey) -> tuple[str, ...]:
    """Return the flags whose responses do not count now."""
    newest = LeftOut.objects.filter(survey=survey).first()
    return tuple(newest.flags) if newest is not None else ()


def counting(frame: pl.DataFrame, flags: pl.DataFrame, left_out: Collection[str]) -> pl.DataFrame:
    """Return the rows of the answers that count; ``flags`` is of the same rows, in order."""
    if not left_out:
        return frame
    return frame.filter(flags.select(~pl.any_horizontal(sorted(left_out))).to_series())
