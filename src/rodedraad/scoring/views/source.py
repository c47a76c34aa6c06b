"""How does a person score a source, one construct or measure after another?"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from rodedraad.accounts.origin import request_origin
from rodedraad.coding.models import Coder, Round
from rodedraad.coding.rounds import round_now
from rodedraad.coding.steps import coder_asked, number_given, version_newest
from rodedraad.errors import Refusal
from rodedraad.scoring.carry import scores_carry, scores_outdated
from rodedraad.scoring.found import Choice, passages_coded, passages_with
from rodedraad.scoring.models import Score
from rodedraad.scoring.newest import scores_visible
from rodedraad.scoring.scale import EVIDENCE_FROM, Line, levels_of, lines_of
from rodedraad.scoring.score_actions import (
    Given,
    redo_next,
    score_give,
    score_redo,
    score_undo,
    undo_next,
)
from rodedraad.scoring.words import score_words
from rodedraad.sources.access import reading_record, source_for
from rodedraad.sources.models import Source, SourceVersion
from rodedraad.sources.steps import source_steps

NONE_KEPT = "geen"


@dataclass(frozen=True, slots=True)
class LineShown:
    """A line of the list: what I say, what others say, and whether it is the one at hand."""

    line: Line
    mine: str
    is_lost: bool
    others: list[tuple[str, str]]
    is_here: bool


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def source(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """Show one construct or measure with its levels; keep what is said, and go to the next."""
    access, coder = coder_asked(request, slug)
    found = source_for(access, uuid)
    version = version_newest(found)
    lines = lines_of(access.study, found)
    if request.method == "POST" and request.POST.get("wat") == "meenemen":
        scores_carry(access.study, found)
        return redirect("scoring:source", slug, uuid)
    given = request.POST if request.method == "POST" else request.GET
    scores = list(scores_visible(coder, access.study).filter(source=found).select_related("coder"))
    mine = {(one.kind, one.construct): one for one in scores if one.coder_id == coder.pk}
    key = given.get("onderdeel", "")
    line = _line_sent(lines, key) if request.method == "POST" else _line_asked(lines, key, mine)
    refusal: Refusal | None = None
    if request.method == "POST" and line is not None and given.get("wat") == "bewaar":
        try:
            return _keep(request, coder, found, line, lines, mine)
        except Refusal as fault:
            refusal = fault
    reading_record(access, found, version, origin=request_origin(request))
    in_round = round_now(coder, found)
    context = {
        "study": access.study,
        "steps": source_steps(found),
        "source": found,
        "is_blind": in_round is not None and in_round.kind == Round.Kind.BLIND,
        "round": in_round,
        "lines": _shown(lines, line, scores, coder),
        "n_done": sum(1 for each in lines if _is_given(mine.get((each.kind, each.code)))),
        "n": len(lines),
        "n_to_carry": scores_outdated(access.study, found).count() if version.number > 1 else 0,
        "undo": undo_next(coder, found),
        "redo": redo_next(coder, found),
        "refusal": refusal,
    }
    if line is not None:
        here = mine.get((line.kind, line.code))
        context |= _form(request, coder, version, line, here)
    return render(request, "scoring/source.html", context, status=422 if refusal else 200)


@require_POST
@login_required
def turn(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """Undo the newest step in this source, or do it again."""
    access, coder = coder_asked(request, slug)
    found = source_for(access, uuid)
    is_redo = request.POST.get("wat") == "opnieuw"
    do = score_redo if is_redo else score_undo
    made = do(coder, found, in_round=round_now(coder, found))
    said = _("Done again: %(code)s.") if is_redo else _("Undone: %(code)s.")
    messages.success(request, said % {"code": made.construct})
    return _to(slug, uuid, f"{made.kind}-{made.construct}")


def _keep(
    request: HttpRequest,
    coder: Coder,
    source: Source,
    line: Line,
    lines: list[Line],
    mine: Mapping[tuple[str, str], Score],
) -> HttpResponse:
    given = request.POST
    level = given.get("niveau", "")
    made = score_give(
        coder,
        source,
        Given(
            kind=line.kind,
            construct=line.code,
            raw=_level_sent(level),
            missing=level if level in Score.Missing.values else "",
            reason=given.get("reden", "").replace("\r\n", "\n"),
            date=_date(given.get("datum", "")),
            place=_place_sent(given.get("passage", "")),
        ),
        in_round=round_now(coder, source),
        seen=number_given(given.get("gezien")) or 0,
    )
    said = {"code": line.code, "score": score_words(made)}
    messages.success(request, _("Kept: %(code)s, %(score)s.") % said)
    done = {key for key, score in mine.items() if score.is_given} | {(line.kind, line.code)}
    at = lines.index(line)
    rest = [each for each in lines[at + 1 :] + lines[:at] if (each.kind, each.code) not in done]
    return _to(source.study.slug, source.uuid, (rest[0] if rest else line).key)


def _form(
    request: HttpRequest, coder: Coder, version: SourceVersion, line: Line, score: Score | None
) -> dict[str, object]:
    """What the form shows: what was sent, else what is kept; and passages to choose from."""
    sent = request.POST if request.method == "POST" else None
    asked = (sent or request.GET).get("zoek", "").strip()[:200]
    chosen = _choice_of(version, sent.get("passage", "")) if sent else _kept(score)
    coded = passages_coded(coder, version, line.kind, line.code)
    searched = passages_with(version, asked)
    keys = {chosen.key} if chosen else set()
    choices = [chosen] if chosen else []
    for each in [*coded, *searched]:
        if each.key not in keys:
            keys.add(each.key)
            choices.append(each)
    level = sent.get("niveau", "") if sent else _level(score)
    levels = [(str(value), f"{value}", words) for value, words in levels_of(line.kind)]
    return {
        "line": line,
        "levels": levels,
        "missing": [("dont_know", _("do not know")), ("not_applicable", _("not applicable"))],
        "level": level,
        "reason": sent.get("reden", "") if sent else (score.reason if score else ""),
        "date": sent.get("datum", "") if sent else _iso(score),
        "seen": sent.get("gezien", "") if sent else (score.pk if score else 0),
        "choices": choices,
        "chosen": chosen.key if chosen else "",
        "asked": asked,
        "n_found": len(searched),
        "is_measure": line.kind == Score.Kind.MEASURE,
        "evidence_from": EVIDENCE_FROM,
        "is_lost": score is not None and score.anchor == Score.Anchor.LOST,
        "lost_quote": score.quote if score else "",
    }


def _shown(
    lines: list[Line], here: Line | None, scores: list[Score], coder: Coder
) -> list[LineShown]:
    by_line: dict[tuple[str, str], list[Score]] = {}
    for one in scores:
        if one.is_given:
            by_line.setdefault((one.kind, one.construct), []).append(one)
    shown: list[LineShown] = []
    for line in lines:
        of = by_line.get((line.kind, line.code), [])
        mine = next((one for one in of if one.coder_id == coder.pk), None)
        shown.append(
            LineShown(
                line=line,
                mine=score_words(mine) if mine else "",
                is_lost=mine is not None and mine.anchor == Score.Anchor.LOST,
                others=[(one.coder.name, score_words(one)) for one in of if one is not mine],
                is_here=line is here,
            )
        )
    return shown


def _line_asked(lines: list[Line], key: str, mine: Mapping[tuple[str, str], Score]) -> Line | None:
    """Return the line that was asked, else the first that has no score, else the first."""
    asked = next((line for line in lines if line.key == key), None)
    open_ones = (line for line in lines if not _is_given(mine.get((line.kind, line.code))))
    return asked or next(open_ones, lines[0] if lines else None)


def _line_sent(lines: list[Line], key: str) -> Line:
    """Return the line that a form is about.

    Raises
    ------
    Refusal
        ``score_construct`` when the source has no such line: nothing else is scored instead.
    """
    sent = next((line for line in lines if line.key == key), None)
    if sent is None:
        raise Refusal(
            f"'{key}' is not scored in this source. Choose one from the list.",
            code="score_construct",
            construct=key,
        )
    return sent


def _is_given(score: Score | None) -> bool:
    return score is not None and score.is_given


def _level(score: Score | None) -> str:
    if score is None:
        return ""
    return score.missing or ("" if score.raw is None else str(score.raw))


def _iso(score: Score | None) -> str:
    return score.date.isoformat() if score is not None and score.date else ""


def _kept(score: Score | None) -> Choice | None:
    if score is None or score.start is None or score.end is None:
        return None
    return (
        None if score.anchor == Score.Anchor.LOST else Choice(score.start, score.end, score.quote)
    )


def _choice_of(version: SourceVersion, key: str) -> Choice | None:
    """Return the passage that a form names, with the words that stand there."""
    place = _place(key)
    if place is None:
        return None
    start, end = place
    texts = version.paragraphs.filter(end__gt=start, start__lt=end).order_by("number")[:20]
    words = " ".join(row.text[max(0, start - row.start) : max(0, end - row.start)] for row in texts)
    return Choice(start, end, words)


def _place(key: str) -> tuple[int, int] | None:
    first, _dash, last = key.partition("-")
    start, end = number_given(first), number_given(last)
    return None if start is None or end is None else (start, end)


def _place_sent(key: str) -> tuple[int, int] | None:
    """Return the passage that was chosen, or None when none was.

    Raises
    ------
    Refusal
        ``score_place`` for what is no passage.
    """
    place = _place(key)
    if key and place is None:
        raise Refusal("Choose a passage from the list, or no passage.", code="score_place")
    return place


def _level_sent(level: str) -> int | None:
    """Return the level that was chosen; None for a missing value, and when nothing was chosen.

    Raises
    ------
    Refusal
        ``score_level`` for what is neither: it would take away the score that is there.
    """
    raw = number_given(level)
    if level and raw is None and level not in Score.Missing.values:
        raise Refusal("Choose one of the levels that the page shows.", code="score_level")
    return raw


def _date(given: str) -> datetime.date | None:
    """Return the day that was filled in.

    Raises
    ------
    Refusal
        ``score_date`` for what is no day.
    """
    if not given.strip():
        return None
    try:
        return datetime.date.fromisoformat(given.strip())
    except ValueError as fault:
        raise Refusal(
            "Write the date as year-month-day, like 2016-01-31.", code="score_date"
        ) from fault


def _to(slug: str, uuid: UUID, key: str) -> HttpResponse:
    address = reverse("scoring:source", args=[slug, uuid])
    return redirect(f"{address}?onderdeel={key}#score")
