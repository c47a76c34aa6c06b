"""Which stretches of which documents did each coder mark, with which code?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from rodedraad.methods.agreement.refusals import AgreementRefused

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Segment:
    """A marked stretch: from ``start`` up to but not including ``end``, in characters."""

    document: str
    coder: str
    code: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """What one coder marked with one code in one document.

    ``starts`` and ``ends`` (n_segments,) in rising order; ``gaps`` (n_gaps,): lengths of the
    unmarked stretches.
    """

    starts: FloatArray
    ends: FloatArray
    gaps: FloatArray

    @property
    def lengths(self) -> FloatArray:
        return self.ends - self.starts


@dataclass(frozen=True, slots=True, eq=False)
class Segmentation:
    """All marks: ``marks[code][document][coder]``, in the order of the names."""

    codes: tuple[str, ...]
    documents: tuple[str, ...]
    lengths: FloatArray
    coders: tuple[str, ...]
    marks: tuple[tuple[tuple[Marks, ...], ...], ...]
    n_segments: tuple[int, ...]


def segmentation_of(
    segments: Sequence[Segment], *, lengths: Mapping[str, int], coders: Sequence[str]
) -> Segmentation:
    """Sort segments per code, document and coder.

    Parameters
    ----------
    segments : in any order
    lengths : document -> its length in characters; also of documents in which nobody marked
        anything
    coders : who read all these documents, also those who marked nothing

    Raises
    ------
    AgreementRefused
        Fewer than two coders, no segment, an unknown document or coder, a segment without length or
        outside its document, or two segments of one coder and code that overlap.
    """
    if len(set(coders)) < 2 or len(set(coders)) != len(coders):
        raise AgreementRefused(
            f"Agreement needs at least two different coders. Got {', '.join(coders) or 'none'}.",
            code="agreement_shape",
        )
    if not segments:
        raise AgreementRefused(
            "No coder marked anything, so there is nothing to compare. Check the segments.",
            code="agreement_no_segments",
        )
    sorted_out: dict[tuple[str, str, str], list[Segment]] = {}
    for segment in segments:
        _check(segment, lengths, coders)
        sorted_out.setdefault((segment.code, segment.document, segment.coder), []).append(segment)
    codes = tuple(sorted({segment.code for segment in segments}))
    documents = tuple(lengths)
    return Segmentation(
        codes=codes,
        documents=documents,
        lengths=np.array([lengths[document] for document in documents], dtype=np.float64),
        coders=tuple(coders),
        marks=tuple(
            tuple(
                tuple(
                    _marks(sorted_out.get((code, document, coder), []), lengths[document])
                    for coder in coders
                )
                for document in documents
            )
            for code in codes
        ),
        n_segments=tuple(sum(segment.code == code for segment in segments) for code in codes),
    )


def _check(segment: Segment, lengths: Mapping[str, int], coders: Sequence[str]) -> None:
    where = f"Segment {segment.start}-{segment.end} of coder '{segment.coder}'"
    if segment.document not in lengths:
        raise AgreementRefused(
            f"{where} is in document '{segment.document}', of which the length is not given. Add "
            "the document and its length.",
            code="agreement_document_unknown",
            document=segment.document,
        )
    if segment.coder not in coders:
        raise AgreementRefused(
            f"{where} is of somebody who is not among the coders: {', '.join(coders)}. Add the "
            "coder, or leave out the segment.",
            code="agreement_coder_unknown",
            coder=segment.coder,
        )
    if not 0 <= segment.start < segment.end <= lengths[segment.document]:
        raise AgreementRefused(
            f"{where} does not lie in document '{segment.document}', which runs from 0 to "
            f"{lengths[segment.document]}, or has no length. Correct its place.",
            code="agreement_segment_outside",
            document=segment.document,
            start=segment.start,
            end=segment.end,
        )


def _marks(segments: Sequence[Segment], length: int) -> Marks:
    ordered = sorted(segments, key=lambda segment: segment.start)
    for one, other in pairwise(ordered):
        if other.start < one.end:
            raise AgreementRefused(
                f"Coder '{one.coder}' gave code '{one.code}' in document '{one.document}' to "
                f"{one.start}-{one.end} and to {other.start}-{other.end}, which overlap. Make "
                "them one segment.",
                code="agreement_segments_overlap",
                coder=one.coder,
                document=one.document,
            )
    starts = np.array([segment.start for segment in ordered], dtype=np.float64)
    ends = np.array([segment.end for segment in ordered], dtype=np.float64)
    between = np.append(starts, length) - np.append(0.0, ends)
    return Marks(starts, ends, between[between > 0])
