"""What stands in one row of a table of scores: a case, or a construct, with all its sources?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rodedraad.assessment.evidence_form import asked_by
from rodedraad.assessment.filters import RowFilter
from rodedraad.assessment.pictures.score_strip import score_strip, source_legend_sign
from rodedraad.assessment.runs_shown import RunShown
from rodedraad.assessment.scores_shown import (
    SOURCES,
    RoleSeen,
    ScaleShown,
    Seen,
    agreement_words,
    roles_seen,
    seen,
)
from rodedraad.studies.models import Study, Wave


@dataclass(frozen=True)
class ScoreLine:
    """One case, or one construct of a case, with its strip, its roles and its rows."""

    title: str
    address: str
    note: str
    seen: Seen
    strip: SafeString
    roles: list[RoleSeen]
    agreement: str
    evidence: Mapping[str, str]
    shown: RunShown


def score_line(
    study: Study,
    wave: Wave,
    shown: RunShown,
    scale: ScaleShown,
    code: str,
    *,
    title: str,
    address: str,
    note: str,
    roles: Mapping[str, str],
    everything: bool,
) -> ScoreLine:
    """Return the row of one case on one scale, as this person may see it."""
    case = shown.run.result["cases"][code]
    visible = seen(case, everything=everything)
    return ScoreLine(
        title=title,
        address=address,
        note=note,
        seen=visible,
        strip=score_strip(
            combined=visible.combined,
            **{source: visible.of(source) for source in SOURCES},
            conflict=visible.conflict,
        ),
        roles=roles_seen(case, roles, everything=everything),
        agreement=agreement_words(visible.rwg),
        evidence=_evidence(study, wave, scale, code),
        shown=shown,
    )


def _evidence(study: Study, wave: Wave, scale: ScaleShown, code: str) -> dict[str, str]:
    """The address of the rows behind each source of one score."""
    page = reverse("assessment:evidence", args=[study.slug])
    filters = {
        "survey": RowFilter(wave=wave.label, kind="answer", construct=scale.code, case=code),
        **{
            about: RowFilter(
                wave=wave.label, kind="rubric", construct=scale.code, about=about, case=code
            )
            for about in SOURCES[1:]
        },
    }
    return {name: f"{page}?{urlencode(asked_by(each))}" for name, each in filters.items()}


@dataclass(frozen=True)
class RoleTable:
    """The means of roles: names of the columns, and per line what each role says (or null)."""

    columns: list[str]
    rows: list[tuple[ScoreLine, list[RoleSeen | None]]]


def role_table(lines: Sequence[ScoreLine], names: Mapping[str, str]) -> RoleTable:
    """Return the means of the roles that occur in these lines, in the order of the framework."""
    occurring = {role.role for line in lines for role in line.roles}
    codes = [code for code in names if code in occurring]
    codes += sorted(occurring - set(codes))
    rows = []
    for line in lines:
        own = {role.role: role for role in line.roles}
        rows.append((line, [own.get(code) for code in codes]))
    return RoleTable([names.get(code, code) for code in codes], rows)


def source_signs() -> list[tuple[SafeString, str]]:
    """Return the sign of each source and what it stands for."""
    words = {
        "survey": _("survey"),
        "document": _("documents"),
        "interview": _("interviews"),
        "combined": _("combined: the middle one"),
    }
    return [(source_legend_sign(name), text) for name, text in words.items()]
