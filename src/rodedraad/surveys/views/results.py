"""How often was each answer given, by everyone, by role and by type?"""

from collections.abc import Iterator, Mapping

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rodedraad.assessment.construct_names import construct_names
from rodedraad.studies.csv_file import csv_response
from rodedraad.surveys.models import Survey, SurveyWeights
from rodedraad.surveys.results.answers_now import Answers, answers_now
from rodedraad.surveys.results.counted import Distribution, Row
from rodedraad.surveys.results.pages_read import (
    ROLE,
    TYPE,
    Block,
    Grouping,
    block_counted,
    blocks_of,
    grouping_of,
)
from rodedraad.surveys.results.stacked_picture import stacked_svg
from rodedraad.surveys.views.results_asked import (
    SurveyAsked,
    share_shown,
    survey_asked,
    text_shown,
)


@require_safe
@login_required
def results(request: HttpRequest, slug: str, survey: str) -> HttpResponse:
    """Show the answers to one construct or question, as a picture and a table."""
    asked = survey_asked(request, slug, survey)
    context = asked.context("results")
    if _too_early(asked):
        return render(request, "surveys/results/answers.html", context | {"too_early": True})
    answers = answers_now(asked.survey)
    blocks = blocks_of(answers)
    block = next((one for one in blocks if one.key == request.GET.get("deel")), None)
    block = block or next(iter(blocks), None)
    by, weights = _by(request), _weights(request, asked.survey)
    grouping = grouping_of(asked.survey, answers, by)
    names = construct_names(asked.survey.wave)
    context |= {
        "answers": answers,
        "n": answers.counted.height,
        "blocks": [(one.key, _block_words(names, one)) for one in blocks],
        "part": block,
        "by": by,
        "splits": [("", _("everyone")), (ROLE, _("by role")), (TYPE, _("by type of the case"))],
        "no_groups": bool(by) and not grouping.groups,
        "weights": weights,
        "weights_choices": list(asked.survey.weights.all()[:10]) if asked.access.may_design else
        [one for one in [weights] if one],
    }  # fmt: skip
    if block is not None and answers.counted.height:
        found = block_counted(
            answers, block, grouping, weights, outside=not asked.access.may_design
        )
        context |= _shown(asked, block, found, grouping, weights)
    return render(request, "surveys/results/answers.html", context)


@require_safe
@login_required
def results_csv(request: HttpRequest, slug: str, survey: str) -> HttpResponse:
    """Return the same numbers of all questions as a file, with the same ones hidden."""
    asked = survey_asked(request, slug, survey)
    if _too_early(asked):
        raise PermissionDenied
    answers = answers_now(asked.survey)
    by, weights = _by(request), _weights(request, asked.survey)
    grouping = grouping_of(asked.survey, answers, by)
    heads = ["construct", "question", "text", "group", "answer", "n", "share", "weighted",
             "n_group"]  # fmt: skip
    rows = _csv_rows(asked, answers, grouping, weights)
    return csv_response(f"{slug}-{survey}-{by or 'iedereen'}", heads, rows)


def _csv_rows(
    asked: SurveyAsked, answers: Answers, grouping: Grouping, weights: SurveyWeights | None
) -> Iterator[list[object]]:
    outside = not asked.access.may_design
    for block in blocks_of(answers):
        for one in block_counted(answers, block, grouping, weights, outside=outside):
            words = text_shown(one.column.row_title or one.column.title)
            for row in (one.total, *one.rows):
                group = grouping.groups.get(row.group, "")
                for choice, part in zip(one.choices, row.parts, strict=True):
                    yield [
                        block.construct, one.column.name, words, group, text_shown(choice.text),
                        part.n, None if part.share is None else round(part.share, 4),
                        "yes" if weights else "no", row.n,
                    ]  # fmt: skip


def _too_early(asked: SurveyAsked) -> bool:
    """Whether a client would see answers come in one by one."""
    return not asked.access.may_design and asked.survey.state != Survey.State.CLOSED


def _by(request: HttpRequest) -> str:
    by = request.GET.get("uitsplitsing", "")
    return by if by in {ROLE, TYPE} else ""


def _weights(request: HttpRequest, survey: Survey) -> SurveyWeights | None:
    chosen = request.GET.get("gewichten", "")
    return survey.weights.filter(pk=chosen).first() if chosen.isdecimal() else None


def _block_words(names: Mapping[str, str], block: Block) -> str:
    if block.construct:
        return f"{block.construct} {names.get(block.construct, '')}".strip()
    return text_shown(dict(block.title))


def _shown(
    asked: SurveyAsked,
    block: Block,
    found: list[Distribution],
    grouping: Grouping,
    weights: SurveyWeights | None,
) -> dict[str, object]:
    rows: list[tuple[str, bool, Row]] = []
    for one in found:
        rows.append((_column_words(one), False, one.total))
        rows += [(grouping.groups[row.group], True, row) for row in one.rows]
    title = _block_words(construct_names(asked.survey.wave), block)
    label = _("Answers to %(title)s, weighted") if weights else _("Answers to %(title)s")
    label %= {"title": title}
    same = all(one.choices == found[0].choices for one in found)
    choices = found[0].choices
    hidden = _("too few answers, or all the same")
    said = _("Simulated data") if asked.access.study.simulated else ""
    picture = (
        stacked_svg(
            [(words, is_part, "" if row.n is None else f"n={row.n}",
              [part.share for part in row.parts]) for words, is_part, row in rows],
            [(text_shown(dict(choice.text)), bool(choice.missing)) for choice in choices],
            label=label, hidden=hidden, said=said,
        )
        if same
        else ""
    )  # fmt: skip
    return {
        "title": title,
        "label": label,
        "picture": picture,
        "heads": [text_shown(dict(choice.text)) for choice in choices],
        "rows": [(words, is_part, row, [(part.n, share_shown(part.share)) for part in row.parts])
                 for words, is_part, row in rows],
        "hidden_words": hidden,
        "any_hidden": any(part.n is None for _w, _p, row in rows for part in row.parts),
    }  # fmt: skip


def _column_words(one: Distribution) -> str:
    words = text_shown(dict(one.column.row_title or one.column.title))
    return f"{one.column.item} {words}" if one.column.item else words
