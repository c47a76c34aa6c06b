"""How do the notes and descriptions of a project become memos, each with what it is about?"""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from rodedraad.coding.models import Memo
from rodedraad.exchange.refi_qda import model
from rodedraad.exchange.refi_qda.values import guid_made
from rodedraad.exchange.refi_qda.walk import codes_all, holders_of
from rodedraad.transfer.copying import keys_give, rows_copy
from rodedraad.transfer.refi.incoming import Incoming

About = dict[str, int]
"""The field of a memo that points at what it is about, and the key of that; empty: the study."""


@dataclass(slots=True)
class MemosIn:
    """Brings the notes in; a note stands with one thing, the first that points at it."""

    into: Incoming
    about: dict[str, About] = field(default_factory=dict)
    things: dict[str, About] = field(default_factory=dict)
    described: list[tuple[Any, About, tuple[Any, ...]]] = field(default_factory=list)
    new: list[Memo] = field(default_factory=list)
    notes: set[str] = field(default_factory=set)

    def bring(self) -> None:
        """Bring all notes in, and account for links, which may place a note."""
        self.notes = {note.guid for note in self.into.project.notes}
        self._pointers()
        for link in self.into.project.links:
            self._link(link)
        here = {
            str(uuid): (pk, text, removed)
            for uuid, pk, text, removed in Memo.objects.filter(study=self.into.study).values_list(
                "uuid", "pk", "text", "removed_at"
            )
        }
        for thing, about, around in self.described:
            guid = guid_made(f"{thing.guid}|description")
            self._memo(thing, guid, thing.description, about, around, here, "description")
        seen: set[str] = set()
        for note in self.into.project.notes:
            self._note(note, seen, here)
        rows_copy(keys_give(self.new))
        for memo in self.new:
            self.into.note_added(memo)

    def _pointers(self) -> None:
        into = self.into
        for code in codes_all(into.project.codes):
            about = {"code_id": into.codes[code.guid].pk}
            self.things[code.guid] = about
            self._point(code, about)
        for source in into.project.sources:
            holder = into.holders.get(id(source))
            of_source: About = {"source_id": holder.source_id} if holder else {}
            if holder is None or not holder.source_id:
                continue  # it was accounted for with all that is in it
            self.things[source.guid] = of_source
            for thing in (one for one in holders_of(source) if id(one) in into.holders):
                self._holder(thing, of_source, source)
        for guid in into.project.note_references:
            self._place(into.project, guid, {})

    def _holder(self, thing: Any, of_source: About, source: Any) -> None:
        """Place what is noted at a text, its passages and its codings."""
        self._point(thing, of_source)
        self._describe(thing, of_source, (source,))
        if isinstance(thing, model.TextSource | model.Transcript):
            for selection in thing.selections:
                self._selection(selection, of_source, source)
        for coding in getattr(thing, "codings", ()):
            self._coding(coding)

    def _selection(self, selection: Any, of_source: About, source: Any) -> None:
        codings = [self.into.codings[id(one)] for one in selection.codings
                   if id(one) in self.into.codings]  # fmt: skip
        about = {"coding_id": codings[0]} if codings else of_source
        self.things.setdefault(selection.guid, about)
        self._point(selection, about)
        self._describe(selection, about, (source,))
        for coding in selection.codings:
            self._coding(coding)

    def _coding(self, coding: model.Coding) -> None:
        pk = self.into.codings.get(id(coding))
        if pk is not None:
            self.things.setdefault(coding.guid, {"coding_id": pk})
            self._point(coding, {"coding_id": pk})

    def _describe(self, thing: Any, about: About, around: tuple[Any, ...]) -> None:
        if thing.description and thing.description.strip():
            self.described.append((thing, about, around))

    def _point(self, thing: Any, about: About) -> None:
        for guid in thing.notes:
            self._place(thing, guid, about)

    def _place(self, thing: Any, guid: str, about: About) -> None:
        if guid not in self.notes:
            self.into.account.lose_pointer(thing, "NoteRef", "note-empty")
        elif self.about.setdefault(guid, about) != about:
            self.into.account.lose_pointer(thing, "NoteRef", "note-one-place")

    def _link(self, link: model.Link) -> None:
        """Let a link between a note and something else place the note; other links are lost."""
        account = self.into.account
        for note, other in ((link.origin, link.target), (link.target, link.origin)):
            if note in self.notes and note not in self.about and other in self.things:
                self.about[note] = self.things[other]
                account.keep(link)
                for name in ("guid", "name", "direction", "color", "notes"):
                    account.lose_field(link, name, "no-place")
                return
        account.lose(link, "no-place")

    def _note(self, note: model.TextSource, seen: set[str], here: dict[str, Any]) -> None:
        account = self.into.account
        for one in note.selections:
            account.lose(one, "note-coded")
        for one in note.codings:
            account.lose(one, "note-coded")
        for one in note.values:
            account.lose(one, "variable")
        account.keep(note, "creating_user")
        account.lose_field(note, "notes", "note-one-place")
        parts = (note.name, note.description, note.text)
        words = "\n\n".join(part for part in parts if part and part.strip())
        if note.name and note.text and _same_start(note.name, note.text):
            words = note.text
        if not words:
            account.lose_field(note, "guid", "note-empty")
            return
        guid = note.guid
        if guid in seen:
            guid = guid_made(f"{guid}|{words}")
            account.lose_field(note, "guid", "guid-repeated")
        seen.add(guid)
        self._memo(note, guid, words, self.about.get(note.guid, {}), (), here, "text")

    def _memo(
        self, thing: Any, guid: str, words: str, about: About, around: tuple[Any, ...],
        here: dict[str, Any], field: str,
    ) -> None:  # fmt: skip
        into = self.into
        text = words.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
        found = here.get(guid)
        if found is not None:
            pk, there, removed_at = found
            if removed_at is not None and removed_at in into.taken_back:
                memo = Memo.objects.get(pk=pk)
                memo.removed_at = None
                memo.row_version += 1
                memo.save(update_fields=["removed_at", "row_version"])
                into.note_added(memo)
                return
            into.known["memos"] += 1
            if removed_at is not None:
                into.account.lose_field(thing, field, "removed-here")
            elif there != text:
                into.account.lose_field(thing, field, "differs-here")
            return
        maker = getattr(thing, "creating_user", None)
        self.new.append(
            Memo(
                uuid=UUID(guid),
                study=into.study,
                text=text,
                coder=into.coder(maker),
                made_at=into.moment(thing, *around),
                **about,
            )
        )


def _same_start(name: str, text: str) -> bool:
    short = " ".join(name.removesuffix("...").removesuffix("…").split())
    return " ".join(text.split()).startswith(short)
