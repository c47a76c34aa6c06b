"""How do the words of somebody who takes them back leave every version of a text?

Versions are never changed, with this one exception (docs/decisions/0003). The words become signs
of the same length, so every other passage stays where it is. What other rooms hold of the words
they erase themselves; see ``erasing_rooms``.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, models, transaction

from rodedraad.sources.anchors import reanchor
from rodedraad.sources.erasing_rooms import erasers
from rodedraad.sources.models import Paragraph, Source, SourceVersion

FILLER = "█"
LEFT_OUT = "[…]"
RUN_WORDS = 5
"""So many words in a row are taken to be those of the person, wherever they stand."""
SHORT = 20
Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased of a source: the places by version, the texts as they are now, the words."""

    source: Source
    places: Mapping[int, tuple[Range, ...]]
    texts: Mapping[int, str]
    words: tuple[str, ...]

    def touches(self, version: int, start: int | None, end: int | None, around: int = 0) -> bool:
        """Whether a passage, with so many characters around it, holds something of it."""
        if start is None or end is None:
            return False
        ranges = self.places.get(version, ())
        return any(start - around < one[1] and end + around > one[0] for one in ranges)

    def scrubbed(self, value: Any) -> Any:
        """Return a text, or anything of JSON, without runs of these words."""
        if isinstance(value, str):
            return scrub(value, self.words)
        if isinstance(value, dict):
            return {key: self.scrubbed(one) for key, one in value.items()}
        if isinstance(value, list):
            return [self.scrubbed(one) for one in value]
        return value


@transaction.atomic
def words_erase(source: Source, label: str) -> tuple[Erased, list[str]] | None:
    """Erase all paragraphs with this label from every version; None when there are none.

    In a version that a person corrected the words are looked up by their surroundings. Returns
    what was erased, and the records of evidence that rested on it.
    """
    Source.objects.select_for_update(no_key=True).get(pk=source.pk)
    versions = list(source.versions.order_by("number"))
    own: dict[int, list[Range]] = {}
    rows = Paragraph.objects.filter(version__in=versions, label=label)
    for version, start, end in rows.values_list("version", "start", "end"):
        own.setdefault(version, []).append((start, end))
    if not own:
        return None
    texts = {one.pk: one.text for one in versions}
    words = tuple(
        sorted({texts[pk][start:end] for pk, found in own.items() for start, end in found})
    )
    places = {pk: tuple(own.get(pk) or _looked_up(pk, texts, own, words)) for pk in texts}
    erased = Erased(source, places, {pk: _filled(texts[pk], places[pk]) for pk in texts}, words)
    _versions_write(erased, label)
    records = [one for eraser in erasers() for one in eraser(erased)]
    return erased, records


def rows_rewrite(model: type[models.Model], changes: Mapping[int, Mapping[str, Any]]) -> None:
    """Write rows anew that the database refuses to change; keys and moments stay.

    Only for erasing: they are copied, changed, removed, and put back in one transaction.
    """
    if not changes:
        return
    table, keys = model._meta.db_table, list(changes)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE erasing ON COMMIT DROP AS SELECT * FROM {table} "  # noqa: S608
                       "WHERE id = ANY(%s)", [keys])  # fmt: skip
        for key, fields in changes.items():
            for name, value in fields.items():
                field = model._meta.get_field(name)
                given = field.get_db_prep_save(value, connection)  # type: ignore[union-attr]
                cursor.execute(
                    f'UPDATE erasing SET "{field.column}" = %s WHERE id = %s',  # type: ignore[union-attr] # noqa: S608
                    [given, key],
                )
        cursor.execute(f"DELETE FROM {table} WHERE id = ANY(%s)", [keys])  # noqa: S608
        cursor.execute(f"INSERT INTO {table} SELECT * FROM erasing")  # noqa: S608
        cursor.execute("DROP TABLE erasing")


def scrub(text: str, words: Sequence[str]) -> str:
    """Return a text without runs of at least five of these words, or all of them when fewer.

    >>> scrub("Zij zei: wij hebben echt veel te weinig tijd, elke dag.",
    ...       ["Wij hebben echt veel te weinig tijd"])
    'Zij zei: wij […], elke dag.'
    """
    return _replaced(text, _runs(text, words), LEFT_OUT)


def _looked_up(
    version: int,
    texts: Mapping[int, str],
    own: Mapping[int, Sequence[Range]],
    words: Sequence[str],
) -> list[Range]:
    """Where the words stand in a version without labels: runs of them, and what lies around these.

    A place that is not sure never reaches outside the paragraphs in which runs of the words stand.
    """
    text = texts[version]
    found = list(_runs(text, words))
    inside = _paragraphs_with(version, found)
    for pk, ranges in own.items():
        for start, end in ranges:
            place = reanchor(texts[pk], text, start, end)
            if place.start is None or place.end is None:
                continue
            if place.is_sure:
                found.append((place.start, place.end))
            else:
                found += _within((place.start, place.end), inside)
    return found


def _paragraphs_with(version: int, runs: Sequence[Range]) -> list[Range]:
    rows = Paragraph.objects.filter(version=version).values_list("start", "end")
    return [one for one in rows if any(one[0] < run[1] and one[1] > run[0] for run in runs)]


def _within(place: Range, inside: Sequence[Range]) -> list[Range]:
    cut = [(max(place[0], one[0]), min(place[1], one[1])) for one in inside]
    return [one for one in cut if one[0] < one[1]]


def _runs(text: str, words: Sequence[str]) -> Iterable[Range]:
    """Where runs of words stand in a text, in whatever lines they are broken."""
    plain = " ".join(text.split())
    for one in words:
        given = one.split()
        n = min(RUN_WORDS, len(given))
        if not given or (len(given) < RUN_WORDS and len(one) < SHORT):
            continue
        for at in range(len(given) - n + 1):
            run = given[at : at + n]
            if " ".join(run) in plain:
                wanted = r"\s+".join(re.escape(word) for word in run)
                yield from ((hit.start(), hit.end()) for hit in re.finditer(wanted, text))


def _filled(text: str, ranges: Sequence[Range]) -> str:
    filled = list(text)
    for start, end in ranges:
        filled[start:end] = FILLER * (end - start)
    return "".join(filled)


def _replaced(text: str, ranges: Iterable[Range], by: str) -> str:
    made, reached = "", 0
    for start, end in sorted(ranges):
        if start >= reached:
            made += text[reached:start] + by
        reached = max(reached, end)
    return made + text[reached:]


def _versions_write(erased: Erased, label: str) -> None:
    touched = [pk for pk, ranges in erased.places.items() if ranges]
    rows_rewrite(
        SourceVersion,
        {
            pk: {
                "text": erased.texts[pk],
                "sha256": hashlib.sha256(erased.texts[pk].encode()).hexdigest(),
            }
            for pk in touched
        },
    )
    for one in Paragraph.objects.filter(version__in=touched):
        if erased.touches(one.version_id, one.start, one.end):
            one.text = erased.texts[one.version_id][one.start : one.end]
            one.label = "" if one.label == label else one.label
            one.save(update_fields=["text", "label"])
