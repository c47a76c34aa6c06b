"""How far do coders agree who marked passages of the same sources with codes?"""

from collections.abc import Callable
from dataclasses import dataclass

from rodedraad.methods.agreement.passage_codes import (
    MOST_CODERS,
    Presence,
    presence_by_code,
    presence_of_any,
)
from rodedraad.methods.agreement.passage_draws import Draws, Figure
from rodedraad.methods.agreement.passage_sets import judged_alpha, sets_alpha
from rodedraad.methods.agreement.passage_unitising import FreePassages, free_passages
from rodedraad.methods.agreement.passages import Marks, Passages, marks_of
from rodedraad.methods.agreement.refusals import AgreementRefused
from rodedraad.methods.agreement.resampling import FEW_TO_RESAMPLE, Resampling
from rodedraad.methods.notices import Notice

PARTS = 3


@dataclass(frozen=True, slots=True)
class Judged:
    """Ordinal alpha of strength or valence, over units that two coders gave the code."""

    figure: Figure
    n_units: int


@dataclass(frozen=True, slots=True)
class CodeOutcome:
    """Agreement on one code."""

    code: str
    presence: Presence
    unitising: Figure | None
    strength: Judged | None
    valence: Judged | None


@dataclass(frozen=True, slots=True)
class PassageAgreement:
    """Agreement per code, and over all codes in ways that are no mean over codes.

    ``any_code``: is there a code at all; ``sets``: alpha of whole sets with MASI as distance;
    ``same_sets``: share of pairs of judgements that are the same set; ``unitising``: alpha-U of all
    passages, over ``n_sources_all`` sources that every coder finished.
    """

    per_code: tuple[CodeOutcome, ...]
    any_code: Presence
    sets: Figure
    same_sets: float
    unitising: Figure | None
    strength: Judged | None
    valence: Judged | None
    coders: tuple[str, ...]
    n_units: int
    n_sources: int
    n_sources_all: int
    unit: str
    universe: str
    resampling: Resampling
    notices: tuple[Notice, ...]


def passage_agreement(
    passages: Passages,
    *,
    resamples: int = 1000,
    seed: int,
    confidence: float = 0.95,
    between: Callable[[], object] = lambda: None,
) -> PassageAgreement:
    """Every coefficient of agreement on marked passages, with bootstrap intervals.

    Parameters
    ----------
    passages : see :func:`rodedraad.methods.agreement.passages.passages_of`
    resamples : int
        0 = no intervals. Blocks of ``passages`` are drawn, the same draws for every figure;
        unitising alpha always draws sources.
    seed : int
    between : callable
        Called ``PARTS`` times, between the parts of the work; what it raises ends the work.

    Raises
    ------
    AgreementRefused
        Nobody marked anything, more than 60 coders, a wrong number of resamples.

    Notes
    -----
    Equal to ``agreement_coefficients``, ``set_alpha``, ``krippendorff_alpha`` and
    ``unitising_alpha`` on a table with a row for each unit; tests hold it to that. Time goes with
    the number of passages and how much they overlap: see ``benchmarks/coding_agreement.py``.

    >>> from rodedraad.methods.agreement.passages import passages_of
    >>> nan = float("nan")
    >>> rows = [(0, 0, 0, 0, 10, nan, nan), (0, 1, 0, 5, 15, nan, nan)]
    >>> both = passages_of(rows, coders=["A", "B"], codes=["x"], lengths=[100],
    ...                    finished=[[True, True]], unit="character", universe="one text")
    >>> found = passage_agreement(both, resamples=0, seed=1).per_code[0].presence
    >>> found.n_any, found.n_all, round(found.figures[0].estimate, 2)
    (15, 5, 0.9)
    """
    if len(passages.coders) > MOST_CODERS:
        raise AgreementRefused(
            f"At most {MOST_CODERS} coders can be compared. Got {len(passages.coders)}.",
            code="agreement_coders_many",
        )
    marks = marks_of(passages)
    if not marks.code.size:
        raise AgreementRefused(
            "No coder marked anything, so there is nothing to compare.",
            code="agreement_no_segments",
        )
    n_blocks = passages.block_sizes.size
    draws = Draws.of(
        passages.drawn, n_blocks, resamples=resamples, seed=seed, confidence=confidence
    )
    free = free_passages(passages, resamples=resamples, seed=seed, confidence=confidence)
    between()
    presence, notices = presence_by_code(passages, marks, draws)
    between()
    sets, same, said = sets_alpha(passages, marks, draws)
    between()
    return PassageAgreement(
        per_code=tuple(
            _outcome(passages, marks, draws, free, code, one) for code, one in presence.items()
        ),
        any_code=presence_of_any(passages, marks, draws),
        sets=sets,
        same_sets=same,
        unitising=free.overall,
        strength=_judged(passages, marks, draws, "strength"),
        valence=_judged(passages, marks, draws, "valence"),
        coders=passages.coders,
        n_units=passages.n_units,
        n_sources=passages.lengths.size,
        n_sources_all=free.n_sources,
        unit=passages.unit,
        universe=passages.universe,
        resampling=draws.resampling,
        notices=(*_few(draws), *_undefined((*notices, *said, *free.notices))),
    )


def _outcome(
    passages: Passages, marks: Marks, draws: Draws, free: FreePassages, code: int, found: Presence
) -> CodeOutcome:
    low, high = marks.code.searchsorted([code, code + 1])
    own = Marks(
        marks.code[low:high], marks.cell[low:high], marks.coder[low:high], marks.passage[low:high]
    )
    return CodeOutcome(
        code=passages.codes[code],
        presence=found,
        unitising=free.per_code.get(code),
        strength=_judged(passages, own, draws, "strength"),
        valence=_judged(passages, own, draws, "valence"),
    )


def _judged(passages: Passages, marks: Marks, draws: Draws, name: str) -> Judged | None:
    judged = passages.strength if name == "strength" else passages.valence
    found = judged_alpha(passages, marks, judged, name, draws)
    return None if found is None else Judged(*found)


def _few(draws: Draws) -> tuple[Notice, ...]:
    n, drawn = draws.resampling.n_drawn, draws.resampling.drawn
    if n >= FEW_TO_RESAMPLE:
        return ()
    return (Notice("few_to_resample", {"n": n, "drawn": drawn}),)


def _undefined(notices: tuple[Notice, ...]) -> tuple[Notice, ...]:
    """Return the remark on the figure with most resamples in which it was undefined."""
    return tuple(sorted(notices, key=lambda one: str(one.context.get("n", 0)).zfill(9))[-1:])
