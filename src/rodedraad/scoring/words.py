"""In which words do pages tell a score, why something is left out, and why rows were taken back?"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rodedraad.scoring.models import Score
from rodedraad.scoring.scale import levels_of

WHY_LEFT_OUT: Mapping[str, tuple[str | Promise, str | Promise]] = {
    "no_construct": (
        _("the code has no construct"),
        _("Give the code a construct in the codebook, if it measures one."),
    ),
    "code_retired": (
        _("the code is not in use any more"),
        _("Code the passage again with a code that is."),
    ),
    "blind": (
        _("made in a blind round"),
        _("Settle it in a consensus round; that is what counts."),
    ),
    "consensus_open": (
        _("the consensus round is still open"),
        _("Close the round when it is done."),
    ),
    "no_case": (_("the source has no case"), _("Fill in the case of the source.")),
    "no_wave": (_("the source has no wave"), _("Fill in the wave of the source.")),
    "not_settled": (
        _("scorers differ"),
        _("Choose which score holds, under differences."),
    ),
    "passage_lost": (
        _("the passage is not in the new text"),
        _("Look at the score again and choose a passage."),
    ),
    "no_score": (
        _("looked at, without a score"),
        _("Nothing to do: “do not know” and “not applicable” are no score."),
    ),
    "role_unknown": (
        _("the role of who speaks is missing or unknown"),
        _("Fill in the letter of the role in the facts of the source."),
    ),
    "respondent_named": (
        _("the pseudonym of who speaks may be a name"),
        _("Give a pseudonym with at least one digit in the facts of the source."),
    ),
    "construct_unknown": (
        _("the construct is not in the framework of the wave"),
        _("Correct the construct of the code."),
    ),
    "measure_unknown": (
        _("the measure is not in this study"),
        _("Nothing to do, or add the measure to the study."),
    ),
    "about_unknown": (
        _("this kind of source gives no such fact"),
        _("Correct the kind of the source."),
    ),
    "simulated_source": (
        _("the source says that it was made up"),
        _("Give the source its real title."),
    ),
}
OTHERWISE = (_("it does not fit the framework"), _("Look at the code and the source."))
NO_SCORE: Mapping[str, str | Promise] = {
    "dont_know": _("do not know"),
    "not_applicable": _("not applicable"),
    "": _("no score"),
}
STATES: Mapping[str, str | Promise] = {
    "new": _("new"),
    "changed": _("changed: the old row is taken back"),
    "gone": _("not there any more: the row is taken back"),
    "kept": _("in the evidence already"),
    "left_out": _("left out"),
}


def score_words(score: Score) -> str:
    """What a score says: ``2 Worked out``, ``do not know``; for one that is taken away, that."""
    if score.raw is not None:
        words = dict(levels_of(score.kind)).get(score.raw, "")
        return f"{score.raw} {words}".strip()
    return str(NO_SCORE[score.missing])


def why_words(why: str) -> tuple[str, str]:
    """Why something is left out, and what can be done about it."""
    problem, cure = WHY_LEFT_OUT.get(why, OTHERWISE)
    return str(problem), str(cure)


def short_words() -> list[str]:
    """Return what the states are called above a narrow column, in the order of ``STATES``."""
    return [str(_("new")), str(_("changed")), str(_("gone")), str(_("there")), str(_("left out"))]
