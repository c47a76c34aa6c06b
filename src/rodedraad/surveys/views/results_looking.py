"""Which responses and which statements need a look before anyone concludes from them?"""

from collections.abc import Sequence

import polars as pl
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rodedraad.accounts.origin import request_origin
from rodedraad.assessment.construct_names import construct_names
from rodedraad.assessment.people_rows import role_words
from rodedraad.errors import Refusal
from rodedraad.jobs.actions import job_ask
from rodedraad.studies.access import DESIGNERS
from rodedraad.surveys.results.answers_now import Answers, answers_now
from rodedraad.surveys.results.flags import (
    FLAGS,
    LEAST_ITEMS,
    LEAST_TIMED,
    SECONDS_PER_ITEM,
    SPEEDER,
    STRAIGHT_LINER,
)
from rodedraad.surveys.results.item_figures import (
    FEW,
    RESPONSES_AT_ONCE,
    constructs_of,
    figures_fingerprint,
    item_figures_make,
)
from rodedraad.surveys.results.leaving_out import flagged_leave_out
from rodedraad.surveys.results.work import ITEM_FIGURES
from rodedraad.surveys.views.results_asked import share_shown, survey_asked, text_shown


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def flagged(request: HttpRequest, slug: str, survey: str) -> HttpResponse:
    """Show which responses stand out, and results with and without them; keep what counts."""
    asked = survey_asked(request, slug, survey, *DESIGNERS)
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            made = flagged_leave_out(
                asked.survey, request.POST.getlist("kenmerk"),
                reason=request.POST.get("reden", ""), person=asked.access.person,
                origin=request_origin(request),
            )  # fmt: skip
        except Refusal as fault:
            refusal = fault
        else:
            said = _("Kept: these responses do not count.") if made.flags else _(
                "Kept: all responses count."
            )  # fmt: skip
            messages.success(request, said)
            return redirect("surveys:results_flagged", slug, survey)
    answers = answers_now(asked.survey)
    flags = answers.flags
    names = construct_names(asked.survey.wave)
    context = asked.context("results_flagged") | {
        "n": answers.frame.height,
        "flags": [
            (flag, *words, int(flags[flag].sum()), flag in answers.left_out)
            for flag, words in _flag_words().items()
        ],
        "groups": _by_role(answers),
        "means": [
            (f"{code} {names.get(code, '')}".strip(), *_means(answers, [one.name for one in items],
             [one.name for one in items if one.is_reversed]))
            for code, items in constructs_of(answers).items()
        ],
        "log": [
            (one, [_flag_words()[flag][0] for flag in one.flags])
            for one in asked.survey.left_out.select_related("person")[:20]
        ],
        "reason": request.POST.get("reden", ""),
        "refusal": refusal,
    }  # fmt: skip
    status = 422 if refusal else 200
    return render(request, "surveys/results/flagged.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def item_figures(request: HttpRequest, slug: str, survey: str) -> HttpResponse:
    """Show alpha, omega and the figures of each statement; work them out when asked."""
    asked = survey_asked(request, slug, survey, *DESIGNERS)
    answers = answers_now(asked.survey)
    if request.method == "POST":
        study, person, origin = asked.access.study, asked.access.person, request_origin(request)
        if answers.counted.height > RESPONSES_AT_ONCE:
            job = job_ask(study, ITEM_FIGURES, {"survey": survey}, person, origin=origin)
            return redirect("jobs:job", slug, job.pk)
        item_figures_make(asked.survey, person=person, origin=origin)
        return redirect("surveys:results_items", slug, survey)
    kept = asked.survey.item_statistics.first()
    names = construct_names(asked.survey.wave)
    texts = {one.name: text_shown(dict(one.row_title or one.title)) for one in answers.items}
    context = asked.context("results_items") | {
        "n": answers.counted.height,
        "n_left_out": answers.n_left_out,
        "has_items": bool(answers.items),
        "kept": kept,
        "is_stale": kept is not None and kept.fingerprint != figures_fingerprint(answers),
        "constructs": [
            _construct_shown(told, names, texts) for told in kept.result["constructs"]
        ] if kept else [],
    }  # fmt: skip
    return render(request, "surveys/results/items.html", context)


def _flag_words() -> dict[str, tuple[str, str]]:
    return {
        SPEEDER: (
            _("Very quick"),
            _(
                "Quicker than a third of the median of the same version and role (when at least "
                "%(timed)s were timed), or under %(seconds)s seconds for each statement answered "
                "(Greszki and others 2015; Huang and others 2012)."
            )
            % {"timed": LEAST_TIMED, "seconds": f"{SECONDS_PER_ITEM:.0f}"},
        ),
        STRAIGHT_LINER: (
            _("The same answer in a row"),
            _(
                "The same answer to at least %(least)s statements in a row and to half of all, "
                "with statements among them that are put the other way round (Curran 2016)."
            )
            % {"least": LEAST_ITEMS},
        ),
    }


def _by_role(answers: Answers) -> list[tuple[str, int, list[int]]]:
    grouped = answers.flags.group_by("role").agg(pl.len(), *(pl.col(flag).sum() for flag in FLAGS))
    return [
        (role_words(role) or _("no role"), n, list(rest))
        for role, n, *rest in grouped.sort("role").iter_rows()
    ]


def _means(
    answers: Answers, names: Sequence[str], turned: Sequence[str]
) -> tuple[float | None, float | None, int]:
    """The mean over all responses and over those without any flag, turned round where needed."""
    values = [6 - pl.col(name) if name in turned else pl.col(name) for name in names]
    scores = answers.frame.select(pl.mean_horizontal(values)).to_series()
    plain = answers.flags.select(~pl.any_horizontal(*FLAGS)).to_series()
    known = scores.is_not_null()
    every, some = scores.mean(), scores.filter(plain).mean()
    return (
        every if isinstance(every, float) else None,
        some if isinstance(some, float) else None,
        int((known & plain).sum()),
    )


def _construct_shown(
    told: dict[str, object], names: dict[str, str], texts: dict[str, str]
) -> dict[str, object]:
    code = str(told["construct"])
    notices = [str(one["code"]) for one in told.get("notices", [])]  # type: ignore[attr-defined]
    rows = [
        row | {
            "text": texts.get(row["item"], ""),
            "dont_know": share_shown(row["dont_know"]),
            "not_applicable": share_shown(row["not_applicable"]),
            "unanswered": share_shown(row["unanswered"]),
        }
        for row in told["items"]  # type: ignore[attr-defined]
    ]  # fmt: skip
    return told | {
        "name": f"{code} {names.get(code, '')}".strip(),
        "items": rows,
        "why_not": _refused_words(str(told["refused"])) if told["refused"] else "",
        "warnings": [words for key, words in _notice_words().items() if key in notices],
    }


def _refused_words(code: str) -> str:
    return {
        "scale_too_few_items": _("there are fewer than two statements with answers"),
        "scale_too_few_respondents": _("fewer than three people answered two statements"),
        "scale_constant_item": _("everyone gave the same answer to a statement"),
        "scale_no_common_respondents": _("two statements were never answered by the same people"),
        "scale_items_cancel": _("the statements cancel each other out"),
    }.get(code, _("the answers do not allow it"))


def _notice_words() -> dict[str, str]:
    return {
        "few_respondents": _(
            "Fewer than %(few)s people: these figures can be far off."
        ) % {"few": FEW},
        "two_items": _("Two statements only: there is no omega."),
        "negative_item_rest": _(
            "A statement goes against the rest. Is it put the other way round?"
        ),
        "negative_alpha": _("The statements do not belong together: alpha is below 0."),
        "heywood": _("One statement explains itself wholly; do not trust omega."),
        "not_converged": _("Omega could not be worked out."),
        "not_positive_definite": _("The answers contradict each other; do not trust omega."),
    }  # fmt: skip
