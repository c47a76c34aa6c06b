"""What of coding goes when somebody takes words back: quotes, their history, and notes of them?

Codings on the words stay, as lost and without a quote: that something was coded there is work of
the coder. Nothing can bring the words back, also not undo.
"""

from collections.abc import Iterable
from typing import Any

from rodedraad.coding.models import Change, Code, CodebookVersion, Coding, Memo
from rodedraad.sources.anchors import CONTEXT, context_of
from rodedraad.sources.erasing import Erased, rows_rewrite

QUOTED = ("quote", "before", "after")
RECORD = "coding:"


def codings_erase(erased: Erased) -> Iterable[str]:
    """Erase the words from codings, their history, memos and codes; return records of evidence."""
    gone: set[str] = set()
    near: set[str] = set()
    for one in Coding.objects.filter(version__in=list(erased.places)):
        if _is_of_it(one, erased):
            gone.add(str(one.uuid))
            one.start = one.end = None
            one.quote = one.before = one.after = ""
            one.anchor = Coding.Anchor.LOST
        elif erased.touches(one.version_id, one.start, one.end, CONTEXT):
            near.add(str(one.uuid))
            text = erased.texts[one.version_id]
            one.before, one.after = context_of(text, one.start or 0, one.end or 0)
        else:
            continue
        one.row_version += 1
        one.save(update_fields=["start", "end", *QUOTED, "anchor", "row_version"])
    study = erased.source.study_id
    _texts_scrub(Memo, study, erased)
    _texts_scrub(Code, study, erased)
    rows_rewrite(Change, _changed(Change, study, erased, "things", gone | near))
    rows_rewrite(CodebookVersion, _changed(CodebookVersion, study, erased, "codes", set()))
    return [f"{RECORD}{uuid}" for uuid in sorted(gone)]


def _is_of_it(one: Coding, erased: Erased) -> bool:
    if one.start is not None:
        return erased.touches(one.version_id, one.start, one.end)
    quote = one.quote.strip()
    return bool(quote) and (
        erased.scrubbed(quote) != quote or any(quote in words for words in erased.words)
    )


def _texts_scrub(model: type[Memo] | type[Code], study: int, erased: Erased) -> None:
    names = [
        field.name
        for field in model._meta.concrete_fields
        if field.get_internal_type() in ("TextField", "CharField")
    ]
    for one in model._default_manager.filter(study=study):
        changed = [name for name in names if _scrub_field(one, name, erased)]
        if changed:
            one.row_version += 1
            one.save(update_fields=[*changed, "row_version"])


def _scrub_field(one: Any, name: str, erased: Erased) -> bool:
    before = getattr(one, name)
    after = erased.scrubbed(before)
    setattr(one, name, after)
    return bool(before != after)


def _changed(
    model: type[Change] | type[CodebookVersion],
    study: int,
    erased: Erased,
    name: str,
    uuids: set[str],
) -> dict[int, dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    for pk, value in model._default_manager.filter(study=study).values_list("pk", name):
        now = erased.scrubbed(_without_quotes(value, uuids))
        if now != value:
            found[pk] = {name: now}
    return found


def _without_quotes(value: Any, uuids: set[str]) -> Any:
    """Return the things of a step, without quote and surroundings of these codings."""
    if not uuids or not isinstance(value, list):
        return value
    return [
        one | {side: _blank(one[side]) for side in ("before", "after") if one.get(side)}
        if one.get("uuid") in uuids else one
        for one in value
    ]  # fmt: skip


def _blank(state: dict[str, Any]) -> dict[str, Any]:
    return state | {name: "" for name in QUOTED if name in state}
