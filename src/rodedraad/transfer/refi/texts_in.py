"""How do the sources of a project become texts of the study, with where their passages stand?"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from uuid import UUID

from rodedraad.exchange.refi_qda import model
from rodedraad.exchange.refi_qda.archive import Media
from rodedraad.exchange.refi_qda.values import guid_made
from rodedraad.sources.extraction.cleaning import text_passages
from rodedraad.sources.models import Paragraph, Source, SourceVersion
from rodedraad.sources.store import safe_file_name
from rodedraad.transfer.copying import keys_give, rows_copy
from rodedraad.transfer.originals import Originals
from rodedraad.transfer.refi.incoming import Holder, Incoming
from rodedraad.transfer.refi.variables import fact_of, facts_of

BOM = "\ufeff"
EXTRACTOR = "REFI-QDA"
PDF_AT_MOST = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Given:
    """A text of the file: the thing that has the words, the source it is of, and its media."""

    thing: Any
    source: Any
    guid: str
    text: str | None
    pdf: Media | None = None


class TextsIn:
    """Brings the texts in: what is there already is recognised, the rest is written at once."""

    def __init__(self, into: Incoming, media: Mapping[str, Media], originals: Originals) -> None:
        self._into = into
        self._media = media
        self._originals = originals
        self._here = {str(one.uuid): one for one in Source.objects.filter(study=into.study)}
        self._guids: set[str] = set()

    def bring(self) -> None:
        """Bring all texts in; afterwards ``holders`` tells where each stands."""
        into = self._into
        new: list[Given] = []
        for source in into.project.sources:
            for given in self._given(source):
                found = self._here.get(given.guid)
                if found is None:
                    new.append(given)
                else:
                    self._recognise(given, found)
        self._write(new)

    def _given(self, source: model.Source) -> Iterator[Given]:
        """Give the texts of a source, and account for the source itself."""
        into, account = self._into, self._into.account
        if isinstance(source, model.TextSource):
            account.keep(source)
            yield self._one(source, source, source.guid, source.text)
            return
        if isinstance(source, model.PdfSource):
            account.keep(source, "path")
            for area in source.selections:
                account.lose(area, "pdf-area")
            told = source.representation
            if told is not None:
                account.keep(told)
                account.lose_field(told, "guid", "no-place")
                account.lose_field(told, "name", "no-place")
            pdf = self._media.get(source.path or "")
            if source.path is not None and pdf is None:
                account.lose_field(source, "path", "no-text")
            text = told.text if told is not None else None
            yield self._one(told or source, source, source.guid, text, pdf)
            return
        if isinstance(source, model.PictureSource):
            texts, reason = [source.text_description], "picture"
        else:
            texts, reason = list(source.transcripts), "sound"
        told = [one for one in texts if one is not None]
        if not told:
            account.lose(source, reason)
            return
        account.keep(source)
        account.lose_field(source, "guid", reason)
        into.holders[id(source)] = Holder(0, "", None, None, reason)
        for area in source.selections:
            account.lose(area, reason)
        for one in told:
            account.keep(one)
            for point in getattr(one, "sync_points", ()):
                account.lose(point, "time")
            yield self._one(one, source, one.guid, one.text)

    def _one(
        self, thing: Any, source: Any, guid: str, text: str | None, pdf: Media | None = None
    ) -> Given:
        if guid in self._guids:
            self._into.account.lose_field(source, "guid", "guid-repeated")
            guid = guid_made(f"{guid}|{source.name}|{_digest(text or '')}|{len(self._guids)}")
        self._guids.add(guid)
        clean = text
        if text is not None and ("\0" in text or text.startswith(BOM)):
            clean = text.replace("\0", "\ufffd")
            clean = "\ufffd" + clean[1:] if clean.startswith(BOM) else clean
            where = str(source.name or guid)[:80]
            self._into.account.log.add("text", "illegal-character", where, 0)
        return Given(thing, source, guid, clean, pdf)

    def _recognise(self, given: Given, source: Source) -> None:
        """Find the version that has these words; what is known of the source stays."""
        into = self._into
        if source.removed_at is not None and into.is_back(source, "removed_at"):
            source.removed_at = None
            source.save(update_fields=["removed_at"])
            into.note_added(source)
        elif source.removed_at is not None:
            self._hold(given, Holder(source.pk, "", None, None, "removed-here"))
            into.account.log.add(type(given.source).__name__, "removed-here", source.title, 0)
            self._values(given)
            return
        else:
            into.known["sources"] += 1
        versions = list(source.versions.order_by("-number").defer("text"))
        digest = _digest(given.text or "")
        same = next((one for one in versions if one.sha256 == digest), None)
        newest = versions[0].pk if versions else None
        reason = "" if same else ("no-text" if given.text is None else "text-differs")
        if reason == "text-differs":
            into.account.lose_field(given.thing, "text", reason)
        at = same.pk if same else None
        self._hold(given, Holder(source.pk, given.text or "", at, newest, reason))
        self._values(given)
        if (given.source.name or "") and _title(given) != source.title:
            into.account.lose_field(given.source, "name", "differs-here")

    def _values(self, given: Given) -> Mapping[str, Any]:
        """Account for the variables of a source, and return the facts among them."""
        values = getattr(given.source, "values", ())
        for one in values:
            if fact_of(one) is None:
                self._into.account.lose(one, "variable")
            else:
                self._into.account.keep(one)
        return facts_of(values)

    def _write(self, new: list[Given]) -> None:
        """Write sources, their first versions and the paragraphs of these."""
        into = self._into
        sources = keys_give([self._source(given) for given in new])
        versions: list[SourceVersion] = []
        for given, source in zip(new, sources, strict=True):
            text = given.text or ""
            versions.append(
                SourceVersion(
                    source=source,
                    number=1,
                    text=text,
                    sha256=_digest(text),
                    n_characters=len(text),
                    extractor=EXTRACTOR,
                    notices=[] if given.text is not None else [{"code": "no_text"}],
                    made_at=into.now,
                    made_by=into.person,
                )
            )
        keys_give(versions)
        passages: list[Paragraph] = []
        for given, source, version in zip(new, sources, versions, strict=True):
            into.note_added(source)
            at = version.pk if given.text is not None else None
            reason = "" if given.text is not None else "no-text"
            self._hold(given, Holder(source.pk, version.text, at, version.pk, reason))
            passages += _passages(version)
        rows_copy(sources)
        rows_copy(versions)
        rows_copy(keys_give(passages))

    def _hold(self, given: Given, holder: Holder) -> None:
        """Remember where the words of a thing stand, for the thing and the source it is of."""
        self._into.holders[id(given.thing)] = holder
        self._into.holders.setdefault(id(given.source), holder)
        if self._into.holders[id(given.source)].source_id == 0:
            self._into.holders[id(given.source)] = holder

    def _source(self, given: Given) -> Source:
        into = self._into
        title = _title(given)
        if given.source.name and title != given.source.name:
            into.account.lose_field(given.source, "name", "name-changed")
        content, name, media_type = (given.text or "").encode(), f"{title}.txt", "text/plain"
        if given.pdf is not None and given.pdf.size <= PDF_AT_MOST:
            with given.pdf.open() as file:
                content = file.read(PDF_AT_MOST)
            name, media_type = PurePosixPath(given.pdf.name).name, "application/pdf"
        facts = {"kind": into.choices.kind, "confidentiality": into.choices.confidentiality}
        facts |= self._values(given)
        return Source(
            uuid=UUID(given.guid),
            study=into.study,
            title=title,
            file_name=safe_file_name(name),
            media_type=media_type,
            size=len(content),
            sha256=self._originals.keep(content),
            added_at=into.moment(given.source),
            added_by=into.person,
            **facts,
        )


def _title(given: Given) -> str:
    """Return the name of a source on one line; a transcript without one has that of its sound."""
    name = getattr(given.thing, "name", None) or given.source.name or "?"
    if given.guid == given.source.guid:
        name = given.source.name or name
    return " ".join(name.split())[:300] or "?"


def _passages(version: SourceVersion) -> list[Paragraph]:
    return [
        Paragraph(
            version=version, number=number, start=one.start, end=one.end, kind=one.kind,
            label=one.label, text=version.text[one.start : one.end],
        )
        for number, one in enumerate(text_passages(version.text), start=1)
    ]  # fmt: skip


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
