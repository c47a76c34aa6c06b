"""What do the codes of a study show in short, and where does one see more?"""

import numpy as np
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rodedraad.overviews.asked import Asked, asked
from rodedraad.overviews.codes import TOP
from rodedraad.overviews.disclosure import cells_hidden, columns_hidden
from rodedraad.overviews.files import simulated_words
from rodedraad.overviews.matrix import counts, percent
from rodedraad.overviews.pictures.bars import bars_svg
from rodedraad.overviews.saturating import saturating
from rodedraad.overviews.shown import page_context
from rodedraad.overviews.views.saturation import curve_picture
from rodedraad.sources.steps import study_steps

MOST = 10
Bar = tuple[str, float, str]


@require_safe
@login_required
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show how much there is, the main codes that occur most widely, and the saturation."""
    looked = asked(request, slug, way=TOP)
    found = looked.material
    bars = _bars(looked)
    curve = saturating(found, looked.rows).curve
    few = found.public and bool(columns_hidden(_base(looked))[0])
    context = page_context(
        looked, request, bars=bars, n_codes=len(looked.lines), few=few,
        steps=study_steps(looked.study),
        n_cases=len({source.case for source in found.sources if source.case}),
        bars_svg=bars_svg(
            bars, label=_("Main codes by share of sources"), said=simulated_words(looked.study)
        ) if bars else "",
        curve=curve, curve_svg=curve_picture(curve, looked) if curve and bars else "",
    )  # fmt: skip
    return render(request, "overviews/overview.html", context)


def _base(looked: Asked) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array([int(looked.material.voices.max(initial=-1)) + 1], dtype=np.int64)


def _bars(looked: Asked) -> list[Bar]:
    """The share of all sources with each main code, the largest first."""
    found = looked.material
    if not found.sources:
        return []
    column = np.zeros(len(found.sources), dtype=np.int64)
    count = counts(found, looked.rows, column, 1)
    hidden = np.zeros(count.n_with.shape, dtype=bool)
    if found.public:
        hidden = cells_hidden(count.voices, count.n_voices)
    rows = [
        (line.code.name, int(count.n_with[i, 0]) / len(found.sources))
        for i, line in enumerate(looked.rows.lines)
        if count.n_with[i, 0] and not hidden[i, 0]
    ]
    rows.sort(key=lambda row: (-row[1], row[0]))
    return [(name, share, percent(share)) for name, share in rows[:MOST]]
