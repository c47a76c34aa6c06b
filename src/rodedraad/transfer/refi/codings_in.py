"""How do the codings of a project come on the passages and texts of the study?"""

from collections.abc import Iterator
from typing import Any

from rodedraad.coding.codebook import codebook_current
from rodedraad.coding.models import Coding
from rodedraad.exchange.refi_qda import model
from rodedraad.exchange.refi_qda.model import Place
from rodedraad.exchange.refi_qda.values import guid_made, is_guid_made
from rodedraad.exchange.refi_qda.walk import holders_of
from rodedraad.sources.anchors import context_of
from rodedraad.transfer.copying import keys_reserve, values_copy
from rodedraad.transfer.refi.incoming import Holder, Incoming

CUT = ("…", "...")
Range = tuple[int, int]


def passage_guid(source: object, start: int, end: int) -> str:
    """Return the GUID of a passage, which here is only where it stands."""
    return guid_made(f"{source}:{start}-{end}")


class CodingsIn:
    """Brings the codings in; one that is there already is recognised, the rest written at once."""

    def __init__(self, into: Incoming) -> None:
        self._into = into
        fields = ("uuid", "pk", "code_id", "coder_id", "version_id", "start", "end", "removed_at")
        rows = Coding.objects.filter(study=into.study).order_by().values_list(*fields)
        self._here = {str(row[0]): row[1:] for row in rows.iterator(chunk_size=20_000)}
        self._seen: dict[str, tuple[Any, ...]] = {}
        self._new: list[dict[str, Any]] = []
        self._new_of: list[int] = []
        self._revived: list[int] = []
        self._version = codebook_current(into.study, person=into.person)

    def bring(self) -> None:
        """Bring all codings in; afterwards ``codings`` tells the key of each."""
        into = self._into
        for source in into.project.sources:
            for thing in holders_of(source):
                holder = into.holders.get(id(thing))
                if holder is not None:
                    self._of(source, thing, holder)
        keys = keys_reserve(Coding._meta.db_table, len(self._new))
        for thing, pk, row in zip(self._new_of, keys, self._new, strict=True):
            into.codings[thing] = row["id"] = pk
        into.added["coding"] += [(pk, 1) for pk in keys]
        values_copy(Coding, self._new)
        if self._revived:
            for coding in Coding.objects.filter(pk__in=self._revived):
                coding.removed_at = None
                coding.row_version += 1
                coding.save(update_fields=["removed_at", "row_version"])
                into.note_added(coding)

    def _of(self, source: Any, thing: Any, holder: Holder) -> None:
        """Bring in what is on one text: on its passages and on the whole."""
        account = self._into.account
        for coding in getattr(thing, "codings", ()):
            if holder.whole_id is None:
                account.lose(coding, holder.reason)
            else:
                self._coding(coding, holder.whole_id, None, (source,), holder)
        if not isinstance(thing, model.TextSource | model.Transcript):
            return
        for selection, place in _placed(thing):
            reason = _reason(holder, place)
            if reason or not selection.codings:
                self._not_placed(selection, reason)
                continue
            account.keep(selection, *self._told_already(selection, source, holder, place or (0, 0)))
            for coding in selection.codings:
                self._coding(
                    coding, holder.version_id or 0, place, (selection, source), holder,
                    unsure=getattr(selection, "place", None) is Place.ASSUMED,
                )  # fmt: skip

    def _not_placed(self, selection: Any, reason: str) -> None:
        """Account for a passage that gets no codings; its description becomes a memo."""
        account = self._into.account
        account.keep(selection, "guid", "name", *("creating_user", "created"))
        for coding in selection.codings:
            account.lose(coding, reason)
        account.log.add(
            type(selection).__name__, reason or "passage-without-code",
            str(selection.name or selection.guid)[:80],
            1 + sum(getattr(selection, one, None) is not None
                    for one in ("guid", "name", "creating_user", "created", "start", "end",
                                "from_sync_point", "to_sync_point")),
        )  # fmt: skip

    def _told_already(
        self, selection: Any, source: Any, holder: Holder, place: Range
    ) -> Iterator[str]:
        """Give what of a selection is also said by its codings, its words or where it stands."""
        if is_guid_made(selection.guid) and selection.guid == passage_guid(source.guid, *place):
            yield "guid"
        quote = holder.text[place[0] : place[1]]
        name = selection.name or ""
        for end in CUT:
            name = name.removesuffix(end)
        if quote.startswith(name) or " ".join(quote.split()).startswith(" ".join(name.split())):
            yield "name"
        coders = {one.creating_user for one in selection.codings}
        if selection.creating_user in coders:
            yield "creating_user"
        if selection.created in {one.created for one in selection.codings} or all(
            one.created is None for one in selection.codings
        ):
            yield "created"

    def _coding(
        self, one: model.Coding, version_id: int, place: Range | None, around: tuple[Any, ...],
        holder: Holder, *, unsure: bool = False,
    ) -> None:  # fmt: skip
        """Bring one coding in, or report why not."""
        into, account = self._into, self._into.account
        code = into.codes.get(one.code)
        if code is None:
            account.lose(one, "no-such-code")
            return
        coder = into.coder(one.creating_user)
        start, end = place or (None, None)
        what = (code.pk, coder.pk, version_id, start, end)
        guid = one.guid
        if self._seen.get(guid) == what:
            account.lose(one, "twice")
            return
        account.keep(one)
        if guid in self._seen:
            guid = guid_made(f"{guid}|{holder.source_id and around[-1].guid}|{start}-{end}"
                             f"|{one.code}|{one.creating_user}")  # fmt: skip
            account.lose_field(one, "guid", "guid-repeated")
        self._seen[guid] = what
        found = self._here.get(guid)
        if found is not None:
            self._recognise(one, found, what)
            return
        quote = before = after = ""
        if start is not None and end is not None:
            quote = holder.text[start:end]
            before, after = context_of(holder.text, start, end)
        self._new_of.append(id(one))
        self._new.append(
            {
                "uuid": guid,
                "study_id": into.study.pk,
                "version_id": version_id,
                "start": start,
                "end": end,
                "quote": quote,
                "before": before,
                "after": after,
                "anchor": (Coding.Anchor.UNSURE if unsure else Coding.Anchor.EXACT).value,
                "code_id": code.pk,
                "codebook_version_id": self._version.pk,
                "coder_id": coder.pk,
                "origin": Coding.Origin.IMPORT.value,
                "made_at": into.moment(one, *around),
            }
        )

    def _recognise(self, one: model.Coding, found: tuple[Any, ...], what: tuple[Any, ...]) -> None:
        """Leave a coding that the study has as it is there; say what the file says otherwise."""
        into = self._into
        pk, *stands, removed_at = found
        into.codings[id(one)] = pk
        if removed_at is not None and removed_at in into.taken_back:
            self._revived.append(pk)
            return
        into.known["codings"] += 1
        if removed_at is not None:
            into.account.lose_field(one, "guid", "removed-here")
        elif tuple(stands) != what:
            into.account.lose_field(one, "guid", "differs-here")


def _placed(thing: Any) -> Iterator[tuple[Any, Range | None]]:
    """Give the selections of a text with where they stand; of a transcript by its sync points."""
    if isinstance(thing, model.TextSource):
        for one in thing.selections:
            yield one, (one.start, one.end)
        return
    at = {point.guid: point.position for point in thing.sync_points}
    for one in thing.selections:
        start, end = at.get(one.from_sync_point or ""), at.get(one.to_sync_point or "")
        yield one, None if start is None or end is None else (start, end)


def _reason(holder: Holder, place: Range | None) -> str:
    """Return why a passage cannot be placed, or nothing."""
    if holder.version_id is None:
        return holder.reason or "no-text"
    if place is None or not 0 <= place[0] <= place[1] <= len(holder.text):
        return "outside-text"
    return ""
