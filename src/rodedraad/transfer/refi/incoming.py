"""What is known while a project comes in: who, which codes, which texts, and what is new?"""

import datetime
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from rodedraad.accounts.models import Person
from rodedraad.coding.models import Code, Coder
from rodedraad.exchange.refi_qda.model import Project
from rodedraad.exchange.refi_qda.values import guid_made
from rodedraad.sources.models import Source
from rodedraad.studies.models import Study
from rodedraad.transfer.refi.account import Account

NOBODY = guid_made("Rode Draad: a coder who is not named")
NOBODY_NAME = "?"


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person says of the texts of a project: what sort they are, and who may see them."""

    kind: str = Source.Kind.OTHER
    confidentiality: str = Source.Confidentiality.TEAM


@dataclass(slots=True)
class Holder:
    """Where the words of a source of the file stand in the study.

    ``version_id`` is None when these words do not stand there as they do in the file; ``whole_id``
    is the version that codings of the whole go to. ``reason`` says why there is none.
    """

    source_id: int
    text: str
    version_id: int | None
    whole_id: int | None
    reason: str = ""


@dataclass(slots=True)
class Incoming:
    """One project on its way into a study; ``taken_back`` are moments at which imports were."""

    study: Study
    person: Person | None
    project: Project
    choices: Choices
    taken_back: frozenset[datetime.datetime]
    now: datetime.datetime = field(default_factory=timezone.now)
    account: Account = field(init=False)
    coders: dict[str, Coder] = field(default_factory=dict)
    codes: dict[str, Code] = field(default_factory=dict)
    holders: dict[int, Holder] = field(default_factory=dict)
    codings: dict[int, int] = field(default_factory=dict)
    added: dict[str, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))
    known: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.account = Account(self.project)

    def is_back(self, thing: Any, ended: str) -> bool:
        """Tell whether a thing went out because its import was taken back."""
        return getattr(thing, ended) in self.taken_back

    def moment(self, thing: Any, *others: Any) -> datetime.datetime:
        """Return when a thing was made, as the file says it, else when what it is in was."""
        if thing.created is not None and _moment(thing.created) is None:
            self.account.lose_field(thing, "created", "invalid-date")
        every = (thing, *others, self.project)
        found = (_moment(one.created) for one in every if one.created is not None)
        return next((one for one in found if one is not None), self.now)

    def coder(self, guid: str | None) -> Coder:
        """Return the coder that a GUID names; one that is not among the users is made."""
        guid = guid or NOBODY
        if guid not in self.coders:
            name = NOBODY_NAME if guid == NOBODY else guid[:8]
            self.coders[guid] = self.coder_make(guid, name)
        return self.coders[guid]

    def coder_make(self, guid: str, name: str) -> Coder:
        """Make a coder of the study."""
        made = Coder.objects.create(study=self.study, name=name, uuid=UUID(guid))
        self.note_added(made)
        return made

    def note_added(self, thing: models.Model) -> None:
        """Remember that the import made or brought back a thing."""
        version = getattr(thing, "row_version", 0)
        self.added[type(thing)._meta.model_name or ""].append((thing.pk, version))


@lru_cache(maxsize=10_000)
def _moment(characters: str) -> datetime.datetime | None:
    """Return a moment in UTC; without a zone it is taken to be UTC."""
    try:
        found = parse_datetime(characters)
        if found is None:
            return None
        if timezone.is_naive(found):
            found = found.replace(tzinfo=datetime.UTC)
        return found.astimezone(datetime.UTC)
    except (ValueError, OverflowError):
        return None
