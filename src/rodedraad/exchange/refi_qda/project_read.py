"""What does a REFI-QDA project hold, and what of it did not arrive?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rodedraad.exchange.refi_qda.archive import Archive, Media, archive_open
from rodedraad.exchange.refi_qda.coherence import coherence_faults
from rodedraad.exchange.refi_qda.limits import LIMITS, MIB, Limits
from rodedraad.exchange.refi_qda.model import Project
from rodedraad.exchange.refi_qda.refusals import NotRefi
from rodedraad.exchange.refi_qda.report import Fault, Loss
from rodedraad.exchange.refi_qda.safe_xml import xml_read
from rodedraad.exchange.refi_qda.schema import schema_faults
from rodedraad.exchange.refi_qda.shape import Dialect
from rodedraad.exchange.refi_qda.texts import Texts, finishers
from rodedraad.exchange.refi_qda.tree_read import TreeReader

ZIP = b"PK"
FAULTS_SHOWN = 200


@dataclass(frozen=True, slots=True)
class ReadProject:
    """A project as it was read.

    ``found`` elements, attributes and files were in the file; ``kept`` of them are in
    ``project``, and ``reported`` in ``losses``: together they are all. ``valid`` tells whether
    the XML was as the standard wants it; ``faults`` tell what was not, and what is doubtful.
    ``media`` are the files in the archive, by their path in the project; they are read from the
    archive when they are opened.
    """

    project: Project
    losses: tuple[Loss, ...]
    faults: tuple[Fault, ...]
    found: int
    kept: int
    valid: bool
    media: Mapping[str, Media] = field(repr=False)

    @property
    def reported(self) -> int:
        """How many elements, attributes and files did not arrive."""
        return sum(loss.count for loss in self.losses)


def project_read(source: Path | bytes, *, limits: Limits = LIMITS) -> ReadProject:
    """Read a project: a .qdpx archive, or the XML of one (.qde) without its files.

    A file that breaks the standard is read as far as it goes. Texts get line feeds only and no
    byte order mark, and every position is brought along; see ``Place`` for how sure each is.

    Raises
    ------
    ArchiveRefused, XmlRefused: the file is damaged, too large or dangerous.
    NotRefi: it is something else.
    """
    archive = _archive_of(source, limits)
    root, faults = root_read(archive.xml, Dialect.PROJECT, "Project")
    texts = Texts(archive, root.xpath("//@plainTextPath"), root.get("origin", ""))
    reader = TreeReader(Dialect.PROJECT, finishers(texts))
    texts.reader = reader
    found = reader.items_of(root) + len(archive.media)
    valid = not faults
    project: Project = reader.read(root, Project)
    texts.files_account()
    account_check(found, reader)
    return ReadProject(
        project,
        reader.log.losses(),
        (*faults, *reader.faults, *coherence_faults(project)),
        found,
        reader.kept,
        valid,
        texts.media,
    )


def root_read(content: bytes, dialect: Dialect, name: str) -> tuple[Any, list[Fault]]:
    """Return the root of a file of this dialect, and what the standard does not allow in it.

    Raises
    ------
    NotRefi: another root.
    """
    root, broken = xml_read(content)
    space, _, found = root.tag.rpartition("}")
    if found != name:
        raise NotRefi(
            f"The file holds <{found}>, where REFI-QDA has <{name}>. Choose a file that was "
            "exported as REFI-QDA: .qdpx for a project, .qdc for a codebook.",
            found=found,
        )
    faults = [Fault("not-well-formed", message, line) for line, message in broken]
    if space != f"{{{dialect.value}":
        faults.append(
            Fault("other-namespace", f"The namespace is not {dialect.value}.", root.sourceline)
        )
        _namespace_mend(root, space, dialect)
    wrong = schema_faults(root, dialect)
    faults += [Fault("not-valid", message, line) for line, message in wrong[:FAULTS_SHOWN]]
    if len(wrong) > FAULTS_SHOWN:
        faults.append(Fault("not-valid", f"And {len(wrong) - FAULTS_SHOWN} more of these."))
    return root, faults


def account_check(found: int, reader: TreeReader) -> None:
    """Make sure that what came in is what was kept and what was reported."""
    if found != reader.kept + reader.log.total:
        raise RuntimeError(
            f"{found} things in the file, {reader.kept} kept, {reader.log.total} reported"
        )


def content_read(source: Path | bytes, most: int) -> bytes:
    """Return the bytes of a file that is no archive, and refuse a very large one."""
    if isinstance(source, bytes):
        content = source
    else:
        with source.open("rb") as file:
            content = file.read(most + 1)
    if len(content) > most:
        raise NotRefi(f"The file is larger than {most // MIB} MiB. Split it.")
    return content


def _archive_of(source: Path | bytes, limits: Limits) -> Archive:
    if content_start(source) == ZIP:
        return archive_open(source, limits)
    return Archive(content_read(source, limits.xml_bytes), "")


def content_start(source: Path | bytes) -> bytes:
    """Return the first two bytes of a file."""
    if isinstance(source, bytes):
        return source[:2]
    with source.open("rb") as file:
        return file.read(2)


def _namespace_mend(root: Any, space: str, dialect: Dialect) -> None:
    """Give everything of the root's own namespace the namespace of the standard."""
    prefix = f"{space}}}" if space else ""
    for element in root.iter():
        name = element.tag.removeprefix(prefix)
        if "}" not in name:
            element.tag = f"{{{dialect.value}}}{name}"
