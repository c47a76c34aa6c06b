"""How reliable are free segments: do coders mark the same stretches with the same codes?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from rodedraad.methods.agreement.resampling import (
    Resampling,
    check_resampling,
    resampled,
    resampled_interval,
)
from rodedraad.methods.agreement.segments import (
    FloatArray,
    Marks,
    Segment,
    Segmentation,
    segmentation_of,
)
from rodedraad.methods.intervals import Interval
from rodedraad.methods.notices import Notice

FEWEST_DOCUMENTS = 2


@dataclass(frozen=True, slots=True)
class UnitisingAlpha:
    """Agreement on the segments of one code, or of all (``code`` is then None).

    ``alpha`` compares where segments begin and end (Krippendorff's alpha-U); ``positional``
    compares, character by character, whether the code is there. Either is None when undefined.
    ``shared``: characters that all coders marked, as a share of those that any coder marked.
    """

    code: str | None
    alpha: float | None
    interval: Interval | None
    observed: float
    expected: float
    positional: float | None
    positional_interval: Interval | None
    shared: float
    n_segments: int


@dataclass(frozen=True, slots=True)
class UnitisingAgreement:
    """Unitising alpha of all codes together and of each code; together is no mean over codes."""

    overall: UnitisingAlpha
    per_code: tuple[UnitisingAlpha, ...]
    n_documents: int
    n_characters: int
    n_coders: int
    unit: str
    universe: str
    resampling: Resampling
    notices: tuple[Notice, ...]


def unitising_alpha(
    segments: Sequence[Segment],
    *,
    lengths: Mapping[str, int],
    coders: Sequence[str],
    universe: str,
    resamples: int = 1000,
    seed: int,
    confidence: float = 0.95,
) -> UnitisingAgreement:
    """Krippendorff's alpha for segments that coders choose freely on a text.

    Alpha-U per code c is 1 - D_o / D_e. Observed: for every pair of coders, two segments that
    overlap differ by (difference of starts)^2 + (difference of ends)^2, a segment that lies in
    a gap of the other coder by its length squared. Expected: the same for segments laid on the
    text at random. Over all codes: 1 - sum of D_o / sum of D_e. So overlap counts, not only an
    exact match, and a code marked somewhere else entirely is punished most.

    Parameters
    ----------
    segments, lengths, coders
        See :func:`rodedraad.methods.agreement.segments.segmentation_of`. Documents are laid one
        after the other; segments and gaps do not cross from one to the next.
    universe : str
        Which text was coded, by whom, in which round.
    resamples : int
        Documents are drawn with replacement, since all that is in one document goes together;
        with one document there is no interval (a notice says so).

    Raises
    ------
    AgreementRefused
        See :func:`rodedraad.methods.agreement.segments.segmentation_of`.

    Notes
    -----
    Degenerate: alpha is None when nothing could differ (D_e = 0). D_e grows with the length
    of the text, so long uncoded parts raise alpha: code whole documents and say which.
    Checked against the example of Krippendorff (2004), tests/reference/agreement.

    Krippendorff, K. (1995). On the reliability of unitizing continuous data. Sociological
    Methodology 25, 47-76; (2004). Content analysis, 2nd ed., section 11.6.

    >>> marks = [Segment("d", "A", "x", 0, 10), Segment("d", "B", "x", 0, 10)]
    >>> unitising_alpha(marks, lengths={"d": 100}, coders=["A", "B"], universe="one text",
    ...                 resamples=0, seed=1).overall.alpha
    1.0
    """
    data = segmentation_of(segments, lengths=lengths, coders=coders)
    n_documents = len(data.documents)
    resampling = Resampling(
        drawn="document",
        n_drawn=n_documents,
        resamples=resamples if n_documents >= FEWEST_DOCUMENTS else 0,
        seed=seed,
        confidence=confidence,
    )
    check_resampling(resampling)
    notices: list[Notice] = []
    if resamples and n_documents < FEWEST_DOCUMENTS:
        notices.append(Notice("one_document"))
    parts = [CodeParts.of(data, k) for k in range(len(data.codes))]

    def measured(code: str | None, of: Sequence[CodeParts], n_segments: int) -> UnitisingAlpha:
        result, said = _measured(code, of, n_segments, resampling)
        notices.extend(notice for notice in said if notice not in notices)
        return result

    return UnitisingAgreement(
        overall=measured(None, parts, sum(data.n_segments)),
        per_code=tuple(
            measured(code, [part], n)
            for code, part, n in zip(data.codes, parts, data.n_segments, strict=True)
        ),
        n_documents=n_documents,
        n_characters=int(data.lengths.sum()),
        n_coders=len(data.coders),
        unit="segment",
        universe=universe,
        resampling=resampling,
        notices=tuple(notices),
    )


@dataclass(frozen=True, slots=True, eq=False)
class CodeParts:
    """What one code adds up to per document; all arrays (n_documents,) but ``in_gaps``.

    ``in_gaps`` (n_documents, n_documents): segments of one in the gaps of the other.
    """

    n_coders: int
    lengths: FloatArray
    differences: FloatArray
    n_segments: FloatArray
    overlaps: FloatArray
    in_gaps: FloatArray
    own_places: FloatArray
    unlike: FloatArray
    marked: FloatArray
    marked_by_all: FloatArray
    marked_by_any: FloatArray

    @classmethod
    def of(cls, data: Segmentation, code: int) -> "CodeParts":
        marks = data.marks[code]
        segments = [np.concatenate([one.lengths for one in row]) for row in marks]
        gaps = [np.concatenate([one.gaps for one in row]) for row in marks]
        covered = np.array(
            [_covered(row, length) for row, length in zip(marks, data.lengths, strict=True)]
        )
        return cls(
            n_coders=len(data.coders),
            lengths=data.lengths,
            differences=np.array([_differences(row) for row in marks]),
            n_segments=np.array([float(one.size) for one in segments]),
            overlaps=np.array([(2 * x**3 - 3 * x**2 + x).sum() / 3 for x in segments]),
            in_gaps=np.array([[_in_gaps(x, gap) for gap in gaps] for x in segments]),
            own_places=np.array([(x * (x - 1)).sum() for x in segments]),
            unlike=covered[:, 0],
            marked=covered[:, 1],
            marked_by_all=covered[:, 2],
            marked_by_any=covered[:, 3],
        )

    def disagreements(self, times: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Observed and expected disagreement (n_draws,) when documents are drawn this often."""
        m = self.n_coders
        length = times @ self.lengths
        observed = (times @ self.differences) / (m * (m - 1) * length**2)
        among = (times @ self.n_segments - 1) * (times @ self.overlaps)
        between = ((times @ self.in_gaps) * times).sum(axis=1)
        places = m * length * (m * length - 1) - times @ self.own_places
        return observed, 2 / length * (among + between) / places

    def positions(self, times: FloatArray) -> tuple[FloatArray, FloatArray]:
        """The same for characters: is the code there or not?"""
        total = self.n_coders * (times @ self.lengths)
        marked = times @ self.marked
        observed = (times @ self.unlike) / total
        return observed, 2 * marked * (total - marked) / (total * (total - 1))


def _measured(
    code: str | None, parts: Sequence[CodeParts], n_segments: int, resampling: Resampling
) -> tuple[UnitisingAlpha, tuple[Notice, ...]]:
    once = np.ones((1, parts[0].lengths.size))
    observed, expected = _added([part.disagreements(once) for part in parts])

    def both(times: FloatArray) -> FloatArray:
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.column_stack(
                (
                    _alpha(*_added([part.disagreements(times) for part in parts])),
                    _alpha(*_added([part.positions(times) for part in parts])),
                )
            )

    draws = resampled(both, resampling).reshape(-1, 2)
    interval, notices = resampled_interval(draws[:, 0], resampling)
    positional_interval, _ = resampled_interval(draws[:, 1], resampling)
    alpha, positional = (None if np.isnan(x) else float(x) for x in both(once)[0])
    any_coder = sum(part.marked_by_any.sum() for part in parts)
    if observed[0] == 0:
        interval = positional_interval = None
        notices = (Notice("no_disagreement", {"code": code}), *notices)
    result = UnitisingAlpha(
        code=code,
        alpha=alpha,
        interval=None if alpha is None else interval,
        observed=float(observed[0]),
        expected=float(expected[0]),
        positional=positional,
        positional_interval=None if positional is None else positional_interval,
        shared=float(sum(part.marked_by_all.sum() for part in parts) / any_coder),
        n_segments=n_segments,
    )
    return result, notices


def _added(pairs: Sequence[tuple[FloatArray, FloatArray]]) -> tuple[FloatArray, FloatArray]:
    return (
        np.sum([observed for observed, _ in pairs], axis=0),
        np.sum([expected for _, expected in pairs], axis=0),
    )


def _alpha(observed: FloatArray, expected: FloatArray) -> FloatArray:
    return np.where(expected > 0, 1 - observed / expected, np.nan)


def _differences(row: Sequence[Marks]) -> float:
    """Sum over ordered pairs of coders of how far their segments lie apart."""
    total = 0.0
    for k, one in enumerate(row):
        for other in row[k + 1 :]:
            apart = (one.starts[:, None] - other.starts) ** 2 + (
                one.ends[:, None] - other.ends
            ) ** 2
            meet = (one.starts[:, None] < other.ends) & (other.starts < one.ends[:, None])
            total += apart[meet].sum()
            total += (one.lengths[~meet.any(axis=1)] ** 2).sum()
            total += (other.lengths[~meet.any(axis=0)] ** 2).sum()
    return 2 * float(total)


def _in_gaps(lengths: FloatArray, gaps: FloatArray) -> float:
    """Places where segments of these lengths fit in the gaps, each weighed by length squared."""
    room = np.maximum(gaps[None, :] - lengths[:, None] + 1, 0.0)
    return float((lengths[:, None] ** 2 * room).sum())


def _covered(row: Sequence[Marks], length: float) -> FloatArray:
    """Of characters: disagreement, marks over coders, marked by all, marked by anyone."""
    m = len(row)
    starts = np.concatenate([one.starts for one in row])
    ends = np.concatenate([one.ends for one in row])
    places = np.concatenate((starts, ends, [length]))
    steps = np.concatenate((np.ones_like(starts), -np.ones_like(ends), [0.0]))
    order = np.argsort(places, kind="stable")
    n_marking = np.cumsum(steps[order])[:-1]
    stretch = np.diff(places[order])
    unlike = 2 * n_marking * (m - n_marking) / (m - 1)
    return np.array(
        [
            (unlike * stretch).sum(),
            (n_marking * stretch).sum(),
            stretch[n_marking == m].sum(),
            stretch[n_marking > 0].sum(),
        ]
    )
