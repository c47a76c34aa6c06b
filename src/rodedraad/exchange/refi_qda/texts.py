"""Where do the words and files of a source come from, and where do its selections lie in them?"""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from lxml import etree

from rodedraad.exchange.refi_qda.archive import Archive, Media, file_name
from rodedraad.exchange.refi_qda.model import Place, PlainTextSelection, SyncPoint
from rodedraad.exchange.refi_qda.positions import (
    STANDARD,
    Placed,
    RawText,
    Span,
    spans_place,
)
from rodedraad.exchange.refi_qda.report import Fault
from rodedraad.exchange.refi_qda.text_bytes import text_decode
from rodedraad.exchange.refi_qda.tree_read import Fields, TreeReader

CARRIED = re.compile(r"(internal|relative)://", re.IGNORECASE)
OWN_ORIGIN = "Rode Draad"
FOLDERS = re.compile(r"[/\\]|^[A-Za-z]+:")


class Texts:
    """Brings texts and files from an archive to the things that are read from its XML.

    A project whose origin is ours is known to count as the standard does.
    """

    def __init__(self, archive: Archive, paths: Iterable[str], origin: str = "") -> None:
        self._own = origin.startswith(OWN_ORIGIN)
        members = {member for path in paths if (member := archive.member_of(path))}
        self._archive = archive
        self._bytes = archive.texts_read(sorted(members))
        self._declined: set[str] = set()
        self.used: set[str] = set()
        self.media: dict[str, Media] = {}
        self.reader: TreeReader | None = None

    @property
    def _reader(self) -> TreeReader:
        if self.reader is None:
            raise RuntimeError("texts are brought while a tree is read")
        return self.reader

    def files_account(self) -> None:
        """Count the files that arrived, and lose those that no source names."""
        for name in self._archive.media:
            if name in self.used:
                self._reader.kept += 1
            else:
                reason = "second-text" if name in self._declined else "no-file-of-project"
                self._reader.log.add("file", reason, name)

    def media_finish(self, values: Fields, element: Any) -> Fields:
        """Find the file of a source."""
        self._path_finish(values, "path", "path", element)
        return values

    def text_finish(self, values: Fields, element: Any) -> Fields:
        """Bring the words of a text, and place its selections in them."""
        raw = self._words(values, element)
        selections: tuple[PlainTextSelection, ...] = values["selections"]
        if raw is None:
            values["selections"] = tuple(replace(one, place=Place.NO_TEXT) for one in selections)
            return values
        values["text"] = raw.clean
        spans = [Span(one.start, one.end, one.name or "") for one in selections]
        placed = spans_place(raw, spans, certain=self._own)
        values["selections"] = tuple(
            one
            if place is Place.COUNTED and (one.start, one.end) == (start, end)
            else replace(one, start=start, end=end, place=place)
            for one, (start, end, place) in zip(selections, placed.spans, strict=True)
        )
        self._placed_tell(placed, values.get("name"), element)
        return values

    def transcript_finish(self, values: Fields, element: Any) -> Fields:
        """Bring the words of a transcript, and place its sync points in them."""
        raw = self._words(values, element)
        if raw is None:
            return values
        values["text"] = raw.clean
        points: tuple[SyncPoint, ...] = values["sync_points"]
        at = {point.guid: point.position for point in points}
        spans: list[Span] = []
        for one in values["selections"]:
            start, end = at.get(one.from_sync_point), at.get(one.to_sync_point)
            if start is not None and end is not None:
                spans.append(Span(start, end, one.name or ""))
        placed = spans_place(raw, spans, certain=self._own)
        ruler = raw.ruler(replace(placed.counting, last_included=False))
        mapped = [
            None if point.position is None else ruler.place(point.position) for point in points
        ]
        outside = sum(
            place is None and point.position is not None
            for place, point in zip(mapped, points, strict=True)
        )
        if outside:
            self._tell(
                "sync-point-outside",
                f"{outside} sync points of {values.get('name')!r} lie outside its text.",
                element,
            )
        values["sync_points"] = tuple(
            point if place is None else replace(point, position=place)
            for place, point in zip(mapped, points, strict=True)
        )
        self._placed_tell(replace(placed, spans=()), values.get("name"), element)
        return values

    def _words(self, values: Fields, element: Any) -> RawText | None:
        """Return the words of a text: its content, else the file that it names."""
        self._path_finish(values, "rich_text_path", "richTextPath", element)
        content = values.get("text")
        path = values.get("text_path")
        member = self._archive.member_of(path) if path is not None else None
        if path is None:
            return None if content is None else RawText(content)
        if member is None:
            if content is None:
                self._path_finish(values, "text_path", "plainTextPath", element)
                return None
            values["text_path"] = None
            self._lose("plainTextPath", "no-such-file", element)
            return RawText(content)
        values["text_path"] = None
        characters, encoding = text_decode(self._bytes[member])
        words = RawText(characters)
        if content and RawText(content).clean != words.clean:
            self._declined.add(member)
            self._lose("plainTextPath", "second-text", element)
            return RawText(content)
        if encoding != "utf-8":
            self._tell(
                "text-not-utf8", f"{member} is not UTF-8; it was read as {encoding}.", element
            )
        self._scheme_tell(path, member, element)
        self.used.add(member)
        return words

    def _path_finish(self, values: Fields, field: str, name: str, element: Any) -> None:
        """Find the file that a path means, and write the path as the standard does."""
        path = values.get(field)
        if path is None:
            return
        member = self._archive.member_of(path)
        if member is not None:
            self._scheme_tell(path, member, element)
            self.used.add(member)
            values[field] = f"internal://{file_name(member)}"
            self.media[values[field]] = self._archive.media[member]
        elif CARRIED.match(path) or not FOLDERS.search(path):
            outside = path.lower().startswith("relative:")
            code = "file-outside" if outside else "file-missing"
            where = "lies outside the project file" if outside else "is not in the project file"
            self._tell(code, f"The file {path!r} {where}.", element)
        else:
            values[field] = None
            self._lose(name, "local-path", element)

    def _placed_tell(self, placed: Placed, name: str | None, element: Any) -> None:
        """Tell how selections were counted, and which do not lie in the text or may not."""
        if placed.counting != STANDARD:
            self._tell(
                "positions-recounted",
                f"{name!r} counts {placed.counting}; {placed.named} of {placed.witnesses} names "
                "of selections quote the words found so.",
                element,
            )
        places = [place for _, _, place in placed.spans]
        for code, place, what in (
            ("selection-outside", Place.OUTSIDE, "lie outside its text"),
            ("positions-assumed", Place.ASSUMED, "may be counted another way; nothing tells"),
        ):
            if place in places:
                message = f"{places.count(place)} selections of {name!r} {what}."
                self._tell(code, message, element)

    def _scheme_tell(self, path: str, member: str, element: Any) -> None:
        if not path.lower().startswith("internal://"):
            message = f"The path {file_name(member)!r} is not written as internal://."
            self._tell("path-mended", message, element)

    def _lose(self, name: str, reason: str, element: Any) -> None:
        """Lose an attribute that was counted as kept."""
        self._reader.kept -= 1
        item = f"{etree.QName(element).localname}@{name}"
        self._reader.log.add(item, reason, f"line {element.sourceline}")

    def _tell(self, code: str, message: str, element: Any) -> None:
        self._reader.faults.append(Fault(code, message, element.sourceline))


def finishers(texts: Texts) -> dict[str, Any]:
    """Return what completes the things of each class that has words or a file."""
    media = ("PictureSource", "PdfSource", "AudioSource", "VideoSource")
    return {
        "TextSource": texts.text_finish,
        "Transcript": texts.transcript_finish,
        **dict.fromkeys(media, texts.media_finish),
    }
