"""What do pages show of scores: which numbers may be seen, and in which words?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from rodedraad.assessment.models import Run
from rodedraad.assessment.pictures.heatmap import shade_of
from rodedraad.assessment.runs_shown import RunShown
from rodedraad.assessment.score_runs import Scale, construct_scales
from rodedraad.country.wording import NOTHING, number_shown
from rodedraad.studies.models import Construct, Wave
from rodedraad.studies.wording import worded

AGREED = 0.70
ICC1_STEPS = (0.05, 0.10, 0.25)
ICC2_FIRM = 0.70
SOURCES = ("survey", "document", "interview")


@dataclass(frozen=True)
class ScaleShown:
    """What a scale is called; ``obstacle`` says that a high score is more of an obstacle."""

    scale: Scale
    name: str
    obstacle: bool

    @property
    def code(self) -> str:
        """The code of its construct."""
        return self.scale.construct


@dataclass(frozen=True)
class Seen:
    """The score of a case as this person may see it; null where hidden or not known.

    ``hidden``: too few people for who may not see all. ``unpublished``: seen by a researcher,
    and not for publication.
    """

    combined: float | None
    survey: float | None
    document: float | None
    interview: float | None
    sd: float | None
    rwg: float | None
    hidden: bool
    some_hidden: bool
    unpublished: bool
    conflict: bool
    case: Mapping[str, Any]

    def of(self, source: str) -> float | None:
        """The score by one source."""
        return getattr(self, source)


@dataclass(frozen=True)
class RoleSeen:
    """The mean of one role in a case; ``text`` says so when it may not be seen."""

    role: str
    name: str
    n: int
    text: str
    pooled: str
    unpublished: bool


@dataclass(frozen=True)
class Cell:
    """One cell of the matrix of cases and scales."""

    text: str
    shade: int = 0
    hidden: bool = False
    unpublished: bool = False
    conflict: bool = False

    @property
    def classes(self) -> str:
        """How it looks; put together here, as a page has three thousand of them."""
        marks = {
            "sc-hidden": self.hidden,
            "sc-unpublished": self.unpublished,
            "sc-conflict": self.conflict,
        }
        return " ".join([f"mx-{self.shade}", *(name for name, holds in marks.items() if holds)])


def scales_shown(wave: Wave) -> dict[str, ScaleShown]:
    """Return the scales of a wave by subject, with their names in the language of the page."""
    return {
        scale.subject: ScaleShown(
            scale, _scale_name(construct, scale), bool(construct.details.get("obstacle"))
        )
        for construct in wave.framework.constructs.prefetch_related("items")
        for scale in construct_scales(construct)
    }


def _scale_name(construct: Construct, scale: Scale) -> str:
    names = [
        part["name"] for part in construct.details.get("parts") or () if part["key"] == scale.part
    ]
    return ": ".join([worded(construct, "name"), *(worded(name).lower() for name in names)])


def seen(case: Mapping[str, Any], *, everything: bool) -> Seen:
    """Return what may be seen of the score of one case.

    Who may not see everything sees no score that fewer than five people stand behind. Where
    fewer were interviewed, the survey is not shown apart either, as the interviews could be
    worked out from the rest.
    """
    hidden = bool(case["suppressed"]) and not everything
    some = not everything and (hidden or bool(case["interview_suppressed"]))
    return Seen(
        combined=None if hidden else case["combined"],
        survey=None if some else case["survey"],
        document=case["document"],
        interview=None if some else case["interview"],
        sd=None if some else case["sd"],
        rwg=None if some else case["rwg"],
        hidden=hidden,
        some_hidden=some,
        unpublished=everything and bool(case["suppressed"]),
        conflict=bool(case["conflict"]) and not hidden,
        case=case,
    )


def roles_seen(
    case: Mapping[str, Any], names: Mapping[str, str], *, everything: bool
) -> list[RoleSeen]:
    """Return the means of the roles of one case, in the order of the framework."""
    hidden = seen(case, everything=everything).some_hidden
    order = {role: i for i, role in enumerate(names)}
    found: list[RoleSeen] = []
    for role, own in sorted(case["roles"].items(), key=lambda each: order.get(each[0], 99)):
        small = bool(own["suppressed"])
        text = number_shown(own["mean"], 2)
        if hidden or (small and not everything):
            text = too_few()
        pooled = ", ".join(names.get(other, other) for other in own["pooled_with"])
        found.append(RoleSeen(role, names.get(role, role), own["n"], text, pooled, small))
    return found


def cell_of(case: Mapping[str, Any] | None, role: str, *, everything: bool) -> Cell:
    """Return the cell of a case in the matrix: combined, or the mean of one role."""
    if case is None or (role and role not in case["roles"]):
        return Cell(NOTHING)
    visible = seen(case, everything=everything)
    if role:
        return _role_cell(case["roles"][role], visible, everything=everything)
    if visible.hidden:
        return Cell(too_few(), hidden=True)
    return Cell(
        number_shown(visible.combined, 2),
        shade_of(visible.combined),
        unpublished=visible.unpublished,
        conflict=visible.conflict,
    )


def _role_cell(own: Mapping[str, Any], visible: Seen, *, everything: bool) -> Cell:
    small = bool(own["suppressed"])
    if visible.some_hidden or (small and not everything):
        return Cell(too_few(), hidden=True)
    return Cell(number_shown(own["mean"], 2), shade_of(own["mean"]), unpublished=small)


def too_few() -> str:
    """What stands where a score may not be seen."""
    return _("too few answers")


def agreement_words(rwg: float | None) -> str:
    """Whether people of one case agree, by the usual guide."""
    if rwg is None:
        return NOTHING
    return _("they agree") if rwg >= AGREED else _("they differ")


def icc1_words(icc: float | None) -> str:
    """How much cases differ, by the usual guide."""
    if icc is None:
        return ""
    words = (
        _("cases hardly differ"),
        _("small difference between cases"),
        _("medium difference between cases"),
        _("large difference between cases"),
    )
    return words[sum(icc >= step for step in ICC1_STEPS)]


def icc2_words(icc: float | None) -> str:
    """Whether the mean of a case is firm, by the usual guide."""
    if icc is None:
        return ""
    return _("means of cases are firm") if icc >= ICC2_FIRM else _("means of cases are not firm")


def limits_shown(interval: Sequence[float] | None) -> str:
    """Return an interval in words of two decimals; empty when there is none."""
    if not interval:
        return ""
    low, high = (number_shown(limit, 2) for limit in interval)
    return _("%(low)s to %(high)s") % {"low": low, "high": high}


def stale_subjects(runs: Iterable[RunShown]) -> list[str]:
    """Return which scores rest on rows that changed since."""
    return [shown.run.subject for shown in runs if shown.stale]


SCORE_COLUMNS = (
    "case", "name", "stratum", "construct", "part", "obstacle", "combined", "survey", "document",
    "interview", "n_respondents", "n_without_score", "sd", "rwg", "n_documents", "n_interviews",
    "gap", "conflict", "suppressed", "run",
)  # fmt: skip


def score_csv_rows(
    runs: Iterable[Run],
    scales: Mapping[str, ScaleShown],
    cases: Mapping[str, tuple[str, str]],
    *,
    everything: bool,
) -> Iterable[tuple[object, ...]]:
    """Yield the scores of cases (code -> name and stratum), as this person may see them."""
    for run in runs:
        shown = scales.get(run.subject)
        for code, case in sorted(run.result["cases"].items()):
            visible = seen(case, everything=everything)
            name, stratum = cases.get(code, (code, ""))
            yield (
                code,
                name,
                stratum,
                run.result["construct"],
                run.result["part"],
                int(shown.obstacle) if shown else "",
                visible.combined,
                visible.survey,
                visible.document,
                visible.interview,
                case["n_respondents"],
                case["n_without_score"],
                visible.sd,
                visible.rwg,
                case["n_documents"],
                case["n_interviews"],
                None if visible.some_hidden else case["gap"],
                int(visible.conflict),
                int(case["suppressed"]),
                run.pk,
            )
