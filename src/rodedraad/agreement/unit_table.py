"""What did each coder say of each unit: the table that every coefficient rests on?"""

from collections.abc import Iterator

import numpy as np

from rodedraad.agreement.reading import Read, passages_read
from rodedraad.methods.agreement.passages import marks_of

FIRST = ("source", "title", "start", "end", "n_units", "code")


def unit_columns(read: Read) -> list[str]:
    """Return the names of the columns: one for each coder who finished a source."""
    passages = passages_read(read, "")
    names = {str(one.uuid): one.name for one in read.coders}
    return [*FIRST, *(names[uuid] for uuid in passages.coders)]


def unit_rows(read: Read, seen: set[int]) -> Iterator[list[object]]:
    """Yield a row for each unit and code that a coder gave: 1, 0, or empty for not finished.

    A row of characters is a stretch of ``n_units`` of them over which nothing changes. Units that
    are not named got no code from anybody who finished the source. ``seen`` limits the sources.
    """
    passages = passages_read(read, "")
    marks = marks_of(passages)
    n_coders, n_cells = len(passages.coders), passages.cell_starts.size
    finished = read.finished()
    versions = [one for one, row in zip(read.versions, finished, strict=True) if row.any()]
    names = {str(one.uuid): one.name for one in read.codes}
    key, first = np.unique(marks.code * n_cells + marks.cell, return_index=True)
    ends = [*first, marks.code.size][1:]
    for one, low, high in zip(key, first, ends, strict=True):
        code, cell = divmod(int(one), n_cells)
        source = int(passages.block_sources[passages.cell_blocks[cell]])
        version = versions[source]
        if version.source_id not in seen:
            continue
        gave = set(marks.coder[low:high].tolist())
        offset = int(passages.offsets[source])
        told = [
            (int(coder in gave) if passages.finished[source, coder] else None)
            for coder in range(n_coders)
        ]
        yield [
            str(version.source.uuid), version.source.title,
            int(passages.cell_starts[cell]) - offset, int(passages.cell_ends[cell]) - offset,
            int(passages.cell_weights[cell]), names[passages.codes[code]], *told,
        ]  # fmt: skip
