"""What did the coders of a closed round mark, and what do we know of who finished what?"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db.models import Count, OuterRef, QuerySet, Subquery, Sum

from rodedraad.agreement.models import Finished
from rodedraad.agreement.units import CHARACTER, Laid, units_laid
from rodedraad.coding.models import Code, Coder, Coding, Round
from rodedraad.errors import Refusal
from rodedraad.methods.agreement.passages import Passages, passages_of
from rodedraad.methods.agreement.resampling import FEW_TO_RESAMPLE
from rodedraad.sources.models import SourceVersion

NAN = float("nan")
Row = tuple[int, int, int, int | None, int | None, int | None, int | None]


@dataclass(frozen=True, slots=True)
class Read:
    """Everything that agreement of a round rests on.

    ``rows`` gives for each coding version, coder, code, start, end, strength and valence, in the
    order in which they were made; ``done`` who finished which source.
    """

    round: Round
    versions: Sequence[SourceVersion]
    coders: Sequence[Coder]
    codes: Sequence[Code]
    rows: Sequence[Row]
    done: frozenset[tuple[int, int]]
    laid: Laid
    n_left: int

    @property
    def ranges(self) -> list[Row]:
        """The codings on a passage, without those on a whole source."""
        return [row for row in self.rows if row[3] is not None]

    def finished(self) -> "np.ndarray[Any, np.dtype[np.bool_]]":
        """Who finished what, (n_sources, n_coders)."""
        return np.array(
            [
                [(version.source_id, coder.pk) in self.done for coder in self.coders]
                for version in self.versions
            ],
            dtype=np.bool_,
        )

    def fingerprint(self) -> str:
        """Return a digest of everything that goes into the figures."""
        units = (
            None if self.laid.units is None else [np.asarray(x).tolist() for x in self.laid.units]
        )
        whole = [
            [[one.source_id, one.number, one.n_characters] for one in self.versions],
            [str(one.uuid) for one in self.coders],
            sorted(self.done),
            self.rows,
            units,
        ]
        return hashlib.sha256(json.dumps(whole).encode()).hexdigest()


def closed_require(of: Round) -> None:
    """Let only a closed blind round be compared.

    Raises
    ------
    Refusal
        ``agreement_not_blind`` or ``agreement_open``.
    """
    if of.kind != Round.Kind.BLIND:
        raise Refusal(
            "Agreement is of a blind round only: in other rounds coders saw each other's work.",
            code="agreement_not_blind",
        )
    if of.closed_at is None:
        raise Refusal(
            "This round is still open. Agreement can be worked out when it is closed.",
            code="agreement_open",
        )


def round_read(of: Round) -> Read:
    """Read a closed blind round: its texts as they were when it closed, and what was coded.

    A coding on an earlier text that was not carried over counts for nothing; ``n_left`` tells.

    Raises
    ------
    Refusal
        When the round is not blind or not closed.
    """
    closed_require(of)
    versions = list(versions_of_round(of))
    all_codings = Coding.objects.filter(round=of, removed_at=None)
    codings = (
        all_codings.filter(version__in=versions)
        .exclude(anchor=Coding.Anchor.LOST)
        .exclude(origin=Coding.Origin.SUGGESTION, accepted_at=None)
        .order_by("pk")
    )
    rows = list(
        codings.values_list("version", "coder", "code", "start", "end", "strength", "valence")
    )
    return Read(
        round=of,
        versions=versions,
        coders=list(of.coders.order_by("pk")),
        codes=list(Code.objects.filter(pk__in={row[2] for row in rows}).order_by("pk")),
        rows=rows,
        done=frozenset(Finished.objects.filter(round=of).values_list("source", "coder")),
        laid=units_laid(of, versions),
        n_left=all_codings.count() - len(rows),
    )


def versions_of_round(of: Round) -> QuerySet[SourceVersion]:
    """Return the text of each source of a round as it was when the round closed."""
    before = SourceVersion.objects.filter(source=OuterRef("source"))
    if of.closed_at is not None:
        before = before.filter(made_at__lte=of.closed_at)
    newest = before.order_by("-number").values("pk")[:1]
    found = SourceVersion.objects.filter(source__coding_rounds=of, pk=Subquery(newest))
    return found.defer("text").select_related("source").order_by("source__title", "source__pk")


def passages_read(read: Read, universe: str) -> Passages:
    """Lay out what was read for the coefficients.

    Intervals draw sources; when there are fewer than ten, paragraphs.

    Raises
    ------
    AgreementRefused
        When no source was finished by two coders.
    """
    version = {one.pk: at for at, one in enumerate(read.versions)}
    coder = {one.pk: at for at, one in enumerate(read.coders)}
    code = {one.pk: at for at, one in enumerate(read.codes)}
    rows = [
        (version[v], coder[c], code[k], a, b, NAN if s is None else s, NAN if d is None else d)
        for v, c, k, a, b, s, d in read.ranges
        if c in coder and a is not None and b is not None and a < b
    ]
    finished = read.finished()
    few = int(finished.any(axis=1).sum()) < FEW_TO_RESAMPLE if finished.size else True
    return passages_of(
        rows,
        coders=[str(one.uuid) for one in read.coders],
        codes=[str(one.uuid) for one in read.codes],
        lengths=[one.n_characters for one in read.versions],
        finished=finished.reshape(len(read.versions), len(read.coders)),
        unit=read.round.unit or CHARACTER,
        universe=universe,
        units=read.laid.units,
        blocks=read.laid.blocks if few else None,
        drawn="paragraph" if few else "source",
    )


def round_clock(of: Round) -> dict[str, int]:
    """Return in two short queries what changes when a coding or finish of a round changes."""
    told = Coding.objects.filter(round=of).aggregate(
        codings=Count("pk"), versions=Sum("row_version"), removed=Count("removed_at")
    )
    told["finished"] = Finished.objects.filter(round=of).count()
    return {name: value or 0 for name, value in told.items()}
