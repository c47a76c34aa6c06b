"""What stands beside the answers in a file: who in general terms, and what the team made of it?

Which version was answered and how it compares, who was very quick or gave one answer throughout,
whom the team left out of results, and the weight.
"""

from collections.abc import Mapping, Sequence

import polars as pl
from django.utils import formats
from django.utils.translation import gettext as _

from rodedraad.exchange.survey_data.variables import Variable
from rodedraad.surveys.models import Survey, SurveyVersion, SurveyWeights
from rodedraad.surveys.results.flags import FLAGS, flags_judged
from rodedraad.surveys.results.leaving_out import flags_left_out
from rodedraad.surveys.results.weighting import weights_on

VERSION, NOTICED, WEIGHT = "version", "flags", "weight"
MARKS = (VERSION, NOTICED, WEIGHT)
"""What can be left out of a file: version and comparability, what was noticed, the weight."""
LEFT_OUT = "left_out"
ALL = (
    "respondent", "case", "role", "version", "comparable", "language", "day", "seconds",
    LEFT_OUT, *FLAGS, "weight",
)  # fmt: skip
"""Every name that may stand before the answers: no question takes one, whatever is chosen."""
Comparable = SurveyVersion.Comparable
COMPARABLE: Mapping[str, int] = {Comparable.YES: 1, Comparable.PARTLY: 2, Comparable.NO: 3}


def about_variables(
    survey: Survey, *, case: bool, role: bool, marks: Sequence[str], weights: SurveyWeights | None
) -> list[Variable]:
    """Return the variables that stand before the answers; anonymous ones have no day or time."""
    found = [Variable("respondent", _("Number of the response, not of a person"), "text",
                      "nominal")]  # fmt: skip
    if case:
        found.append(Variable("case", _("Code of the case (municipality)"), "text", "nominal"))
    if role:
        found.append(Variable("role", _("Letter of the role"), "text", "nominal"))
    if VERSION in marks:
        found += _of_version(survey)
    if survey.mode != Survey.Mode.ANONYMOUS:
        found += [
            Variable("language", _("Language in which was answered"), "text", "nominal"),
            Variable("day", _("Day of the answers"), "day", "scale"),
            Variable("seconds", _("Seconds that it took"), "number", "scale"),
        ]
    found += _noticed(survey, marks)
    if weights is not None:
        found.append(_of_weights(weights))
    return found


def weights_for(survey: Survey, marks: Sequence[str], *, case: bool) -> SurveyWeights | None:
    """Return the newest weights, when they are asked for and may stand in the file.

    A weight belongs to a case: without the case, or with small cases together, it would tell it.
    """
    if WEIGHT not in marks or not case:
        return None
    return SurveyWeights.objects.filter(survey=survey).order_by("-pk").first()


def marks_on(
    frame: pl.DataFrame, counted: pl.DataFrame, survey: Survey, weights: SurveyWeights | None
) -> pl.DataFrame:
    """Return the rows with comparability, what was noticed, what was left out, and the weight.

    ``counted`` is what ``flags_counted`` says of the same rows, in the same order. Who was left
    out has no weight.
    """
    flags = flags_judged(counted)
    left = flags_left_out(survey)
    out = flags.select(
        left_out=pl.any_horizontal(sorted(left)) if left else pl.lit(value=False)
    ).to_series()
    if out.len() != frame.height:  # a literal has one row
        out = pl.Series(LEFT_OUT, [False] * frame.height)
    codes = {
        number: COMPARABLE[comparable]
        for number, comparable in SurveyVersion.objects.filter(survey=survey).values_list(
            "number", "comparable"
        )
    }
    weight = pl.Series("weight", weights_on(frame, weights) if weights else [None] * frame.height,
                       pl.Float64)  # fmt: skip
    return frame.with_columns(
        pl.col("version").replace_strict(codes, return_dtype=pl.Int32).alias("comparable"),
        out.cast(pl.Int32).alias(LEFT_OUT),
        *(flags[name].cast(pl.Int32) for name in FLAGS),
        weight.fill_nan(None),
    ).with_columns(weight=pl.when(pl.col(LEFT_OUT) == 0).then(pl.col("weight")))


def _of_version(survey: Survey) -> list[Variable]:
    versions = SurveyVersion.objects.filter(survey=survey).exclude(frozen_at=None)
    told = tuple(
        (number, _("Version %(n)s") % {"n": number} + (f": {note}" if note else ""))
        for number, note in versions.order_by("number").values_list("number", "note")
    )
    compared = (
        (1, _("yes, wholly")), (2, _("for a part; see the note of the version")), (3, _("no")),
    )  # fmt: skip
    return [
        Variable("version", _("Version of the questionnaire"), "code", "nominal", told),
        Variable(
            "comparable",
            _("May answers to this version stand beside those to the version before?"),
            "code", "nominal", compared,
        ),
    ]  # fmt: skip


def _noticed(survey: Survey, marks: Sequence[str]) -> list[Variable]:
    yes_no = ((0, _("No")), (1, _("Yes")))
    left = flags_left_out(survey)
    words = {
        "speeder": _("Answered very quickly"),
        "straight_liner": _("Gave one answer throughout, which contradicts itself"),
    }
    about = _("Nobody is left out now.")
    if left:
        about = _("Left out now: %(flags)s. Results do not count these responses.") % {
            "flags": ", ".join(left)
        }
    found = [
        Variable(LEFT_OUT, _("Left out of results by the team"), "code", "nominal", yes_no,
                 about=about),
    ]  # fmt: skip
    if NOTICED in marks:
        found += [Variable(name, words[name], "code", "nominal", yes_no) for name in FLAGS]
    return found


def _of_weights(weights: SurveyWeights) -> Variable:
    about = _("Made on %(day)s; design effect %(effect)s. Empty where a response is left out.") % {
        "day": formats.date_format(weights.at, "j F Y"),
        "effect": formats.number_format(weights.result["design_effect"], 2),
    }
    return Variable("weight", _("Weight"), "number", "scale", about=about, is_weight=True)
