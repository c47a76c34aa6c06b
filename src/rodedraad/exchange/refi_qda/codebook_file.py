"""How is a codebook by itself (.qdc) read and written?"""

from dataclasses import dataclass, replace
from pathlib import Path

from rodedraad.exchange.refi_qda.coherence import coherence_faults
from rodedraad.exchange.refi_qda.limits import LIMITS, Limits
from rodedraad.exchange.refi_qda.model import Codebook, Project
from rodedraad.exchange.refi_qda.project_read import account_check, content_read, root_read
from rodedraad.exchange.refi_qda.project_write import xml_bytes
from rodedraad.exchange.refi_qda.report import Fault, Loss, LossLog
from rodedraad.exchange.refi_qda.shape import Dialect
from rodedraad.exchange.refi_qda.tree_read import TreeReader
from rodedraad.exchange.refi_qda.tree_write import TreeWriter
from rodedraad.exchange.refi_qda.walk import codes_all
from rodedraad.files import file_replace


@dataclass(frozen=True, slots=True)
class ReadCodebook:
    """A codebook as it was read; the counts and reports are as of a read project."""

    codebook: Codebook
    losses: tuple[Loss, ...]
    faults: tuple[Fault, ...]
    found: int
    kept: int
    valid: bool

    @property
    def reported(self) -> int:
        """How many elements and attributes did not arrive."""
        return sum(loss.count for loss in self.losses)


@dataclass(frozen=True, slots=True)
class WrittenCodebook:
    """What was left out of a codebook that was written."""

    losses: tuple[Loss, ...]


def codebook_read(source: Path | bytes, *, limits: Limits = LIMITS) -> ReadCodebook:
    """Read a codebook (.qdc); one that breaks the standard is read as far as it goes.

    Raises
    ------
    XmlRefused: the XML cannot be read, or is dangerous.
    NotRefi: it is something else.
    """
    content = content_read(source, limits.xml_bytes)
    root, faults = root_read(content, Dialect.CODEBOOK, "CodeBook")
    reader = TreeReader(Dialect.CODEBOOK, {})
    found = reader.items_of(root)
    codebook: Codebook = reader.read(root, Codebook)
    account_check(found, reader)
    every = (*faults, *reader.faults, *coherence_faults(codebook))
    losses = reader.log.losses()
    return ReadCodebook(codebook, losses, every, found, reader.kept, not faults)


def codebook_write(codebook: Codebook, path: Path) -> WrittenCodebook:
    """Write a codebook as a .qdc file, whole or not at all; the same gives the same bytes.

    Raises
    ------
    NotWritable: the standard does not allow what is in it, such as no code at all.
    """
    content, written = _written(codebook)
    with file_replace(path) as temporary:
        temporary.write_bytes(content)
    return written


def codebook_bytes(codebook: Codebook) -> bytes:
    """Return the bytes of the .qdc file that ``codebook_write`` writes."""
    return _written(codebook)[0]


def codebook_of(project: Project) -> Codebook:
    """Return the codebook of a project, with the sets that hold codes."""
    sets = tuple(replace(one, sources=(), notes=()) for one in project.sets if one.codes)
    return Codebook(origin=project.origin, codes=project.codes, sets=sets)


def _written(codebook: Codebook) -> tuple[bytes, WrittenCodebook]:
    writer = TreeWriter(Dialect.CODEBOOK, lambda *_: {})
    content = xml_bytes(writer.root("CodeBook", codebook), Dialect.CODEBOOK)
    _left_out(codebook, writer.log)
    return content, WrittenCodebook(writer.log.losses())


def _left_out(codebook: Codebook, log: LossLog) -> None:
    """Note what a codebook file has no place for."""
    for code in codes_all(codebook.codes):
        if code.notes:
            log.add("Code/NoteRef", "not-in-codebook-format", code.name, len(code.notes))
    for one in codebook.sets:
        if one.sources:
            log.add("Set/MemberSource", "not-in-codebook-format", one.name, len(one.sources))
        if one.notes:
            log.add("Set/MemberNote", "not-in-codebook-format", one.name, len(one.notes))
