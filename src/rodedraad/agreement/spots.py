"""At which places of a closed round do coders agree, and at which do they not?"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from django.db import transaction

from rodedraad.agreement.models import Spot
from rodedraad.agreement.reading import Read, Row, round_read
from rodedraad.coding.models import Round
from rodedraad.methods.agreement.ratings import IntArray

BATCH = 2_000
Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Given:
    """One coding in the count of units, from its first to after its last, and in characters."""

    coder: int
    first: int
    after: int
    start: int
    end: int
    judged: tuple[int | None, int | None]


@transaction.atomic
def spots_make(of: Round, *, read: Read | None = None) -> int:
    """Write down every place of a closed blind round once, in reading order; return how many.

    Compared are the sources that two or more coders finished, and of them what these coders gave.
    Agreed means: all gave the code to the same units, with the same strength and direction.
    """
    Round.objects.select_for_update(no_key=True).get(pk=of.pk)
    known = of.spots.count()
    if known:
        return known
    rows = read or round_read(of)
    place = {version.pk: at for at, version in enumerate(rows.versions)}
    made = sorted(
        _spots(rows), key=lambda one: (place[one.version_id], one.start or 0, one.end or 0)
    )
    Spot.objects.bulk_create(made, batch_size=BATCH)
    return len(made)


def _spots(read: Read) -> Iterator[Spot]:
    looked: dict[int, set[int]] = defaultdict(set)
    coders = {coder.pk for coder in read.coders}
    for source, coder in read.done:
        if coder in coders:
            looked[source].add(coder)
    rows: dict[tuple[int, int, bool], list[Row]] = defaultdict(list)
    for row in read.rows:
        rows[row[0], row[2], row[3] is None].append(row)
    for at, version in enumerate(read.versions):
        who = looked[version.source_id]
        if len(who) < 2:
            continue
        counted = _counted(read, at)
        for code in read.codes:
            ranged = [x for x in rows.get((version.pk, code.pk, False), ()) if x[1] in who]
            whole = [x for x in rows.get((version.pk, code.pk, True), ()) if x[1] in who]
            groups = list(
                _groups(_Given(x[1], *counted(x), x[3] or 0, x[4] or 0, x[5:]) for x in ranged)
            )
            if whole:
                groups.append([_Given(x[1], 0, 1, 0, 0, x[5:]) for x in whole])
            for group in groups:
                is_whole = group[0].end == 0
                gave = {one.coder for one in group}
                yield Spot(
                    round=read.round,
                    version=version,
                    source_id=version.source_id,
                    code=code,
                    start=None if is_whole else min(one.start for one in group),
                    end=None if is_whole else max(one.end for one in group),
                    agreed=gave == who and _alike(group),
                    n_gave=len(gave),
                    n_looked=len(who),
                )


def _counted(read: Read, at: int) -> Callable[[Row], Range]:
    """Return what counts a coding of one text in units; outside all of them, in characters."""
    if read.laid.units is None:
        return lambda row: (row[3] or 0, row[4] or 0)
    source, start, end = (np.asarray(x) for x in read.laid.units)
    starts: IntArray = start[source == at]
    ends: IntArray = end[source == at]

    def units(row: Row) -> Range:
        first = int(np.searchsorted(ends, row[3] or 0, side="right"))
        after = int(np.searchsorted(starts, row[4] or 0, side="left"))
        far = starts.size + 1
        return (first, after) if after > first else (far + (row[3] or 0), far + (row[4] or 0))

    return units


def _groups(given: Iterable[_Given]) -> Iterator[list[_Given]]:
    """Put together what overlaps, directly or through another."""
    group: list[_Given] = []
    reached = 0
    for one in sorted(given, key=lambda one: (one.first, one.after)):
        if group and one.first >= reached:
            yield group
            group = []
        reached = max(reached, one.after) if group else one.after
        group.append(one)
    if group:
        yield group


def _alike(group: list[_Given]) -> bool:
    """Tell whether all coders in a group gave the same units, and judged them the same."""
    by_coder: dict[int, list[_Given]] = defaultdict(list)
    for one in group:
        by_coder[one.coder].append(one)
    covered = {tuple(_covered(own)) for own in by_coder.values()}
    judged = {frozenset(one.judged for one in own) for own in by_coder.values()}
    return len(covered) == 1 and len(judged) == 1


def _covered(own: list[_Given]) -> Iterator[Range]:
    first, after = own[0].first, own[0].after
    for one in own[1:]:
        if one.first > after:
            yield first, after
            first = one.first
        after = max(after, one.after)
    yield first, after
