"""What of scores goes when somebody takes words back: quotes, and reasons that repeat them?"""

from collections.abc import Iterable
from typing import Any

from rodedraad.scoring.models import Score, Settlement
from rodedraad.sources.anchors import CONTEXT, context_of
from rodedraad.sources.erasing import Erased, rows_rewrite

RECORD = "score:"


def scores_erase(erased: Erased) -> Iterable[str]:
    """Erase the words from scores and reasons; a score that rested on them has no passage then.

    A score of a whole source stays, for it is about what all said; so no evidence goes.
    """
    changes: dict[int, dict[str, Any]] = {}
    gone: list[str] = []
    for one in Score.objects.filter(source=erased.source):
        now: dict[str, Any] = {"reason": erased.scrubbed(one.reason)}
        if erased.touches(one.version_id, one.start, one.end):
            now |= {"start": None, "end": None, "quote": "", "before": "", "after": "",
                    "anchor": Score.Anchor.LOST}  # fmt: skip
            gone.append(f"{RECORD}{one.uuid}")
        elif erased.touches(one.version_id, one.start, one.end, CONTEXT):
            text = erased.texts[one.version_id]
            now["before"], now["after"] = context_of(text, one.start or 0, one.end or 0)
        else:
            now["quote"] = erased.scrubbed(one.quote)
        different = {name: value for name, value in now.items() if getattr(one, name) != value}
        if different:
            changes[one.pk] = different
    rows_rewrite(Score, changes)
    rows_rewrite(Settlement, {
        one.pk: {"reason": reason}
        for one in Settlement.objects.filter(source=erased.source)
        if (reason := erased.scrubbed(one.reason)) != one.reason
    })  # fmt: skip
    return gone
