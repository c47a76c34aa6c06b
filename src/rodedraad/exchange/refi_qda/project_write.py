"""How is a project written as a REFI-QDA archive that is valid and always the same?"""

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import IO, Any

from lxml import etree

from rodedraad.exchange.refi_qda.archive import FOLDER, Media
from rodedraad.exchange.refi_qda.model import Project
from rodedraad.exchange.refi_qda.positions import BOM
from rodedraad.exchange.refi_qda.refusals import NotWritable
from rodedraad.exchange.refi_qda.report import Loss
from rodedraad.exchange.refi_qda.schema import ROOTS, schema_faults
from rodedraad.exchange.refi_qda.shape import Dialect
from rodedraad.exchange.refi_qda.tree_write import ILLEGAL, TreeWriter
from rodedraad.exchange.refi_qda.walk import paths_all
from rodedraad.files import file_replace

NO_MEDIA: Mapping[str, Media] = MappingProxyType({})
INTERNAL = "internal://"
MADE = (1980, 1, 1, 0, 0, 0)
UNIX = 3
LEVEL = 6
CHUNK = 1024 * 1024
INLINE = {"Note", "Representation", "TextDescription"}
LARGEST_INLINE = 100_000


@dataclass(frozen=True, slots=True)
class WrittenProject:
    """What was left out of a project that was written; ``files`` names its texts and media."""

    losses: tuple[Loss, ...]
    files: tuple[str, ...]


def project_write(
    project: Project, path: Path, *, media: Mapping[str, Media] = NO_MEDIA
) -> WrittenProject:
    """Write a project as a .qdpx archive, whole or not at all.

    The same project gives the same bytes. ``media`` are the files that its paths name (the
    ``media`` of a read project); a path without one is written all the same.

    Raises
    ------
    NotWritable: the standard does not allow what is in the project; nothing is written.
    """
    with file_replace(path) as temporary, temporary.open("wb") as file:
        return _write(project, file, media)


def project_bytes(project: Project, *, media: Mapping[str, Media] = NO_MEDIA) -> bytes:
    """Return the bytes of the .qdpx archive that ``project_write`` writes."""
    file = BytesIO()
    _write(project, file, media)
    return file.getvalue()


def _write(project: Project, file: IO[bytes], media: Mapping[str, Media]) -> WrittenProject:
    files = _TextFiles(project, media)
    writer = TreeWriter(Dialect.PROJECT, files.place)
    xml = xml_bytes(writer.root("Project", project), Dialect.PROJECT)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as archive:
        archive.writestr(_entry("project.qde"), xml)
        for name, text in sorted(files.texts.items()):
            archive.writestr(_entry(FOLDER + name), text)
        for name in sorted(files.media):
            with (
                files.media[name].open() as source,
                archive.open(_entry(FOLDER + name), "w", force_zip64=True) as target,
            ):
                while chunk := source.read(CHUNK):
                    target.write(chunk)
    return WrittenProject(
        writer.log.losses(), tuple(sorted(FOLDER + name for name in (*files.texts, *files.media)))
    )


def xml_bytes(root: Any, dialect: Dialect) -> bytes:
    """Return a tree as UTF-8 text, and refuse one that the standard does not allow."""
    faults = schema_faults(root, dialect)
    if faults:
        raise NotWritable(
            f"This cannot be written as a REFI-QDA {ROOTS[dialect][0]}: {faults[0][1]} "
            "Mend it and export again.",
            faults=len(faults),
        )
    tree = etree.ElementTree(root)
    return etree.tostring(tree, encoding="utf-8", xml_declaration=True, pretty_print=True)


def _entry(name: str) -> zipfile.ZipInfo:
    """Return a member of the archive without a trace of when and where it was made."""
    entry = zipfile.ZipInfo(name, MADE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = UNIX
    entry.external_attr = 0o644 << 16
    return entry


class _TextFiles:
    """Chooses where each text stands, and gives each text file a name of its own."""

    def __init__(self, project: Project, media: Mapping[str, Media]) -> None:
        self.texts: dict[str, bytes] = {}
        paths = sorted(set(paths_all(project)))
        self.media = {path.removeprefix(INTERNAL): media[path] for path in paths if path in media}
        self._taken = {path.removeprefix(INTERNAL).lower() for path in paths}

    def place(self, thing: Any, element: str) -> dict[str, str]:
        """Return the words of a short note as content, and of any other text the file's path."""
        words: str = thing.text
        if "\r" in words or words.startswith(BOM):
            raise NotWritable(
                f"The text {thing.name!r} has other line ends than line feeds, or a byte order "
                "mark, so positions in it are not certain. Clean it before it is coded."
            )
        if element in INLINE and len(words) <= LARGEST_INLINE and not ILLEGAL.search(words):
            return {"text": words}
        try:
            content = words.encode("utf-8")
        except UnicodeEncodeError as fault:
            raise NotWritable(
                f"The text {thing.name!r} holds half a character at {fault.start}. Mend it."
            ) from fault
        name = f"{thing.guid}.txt"
        number = 1
        while name in self._taken or self.texts.get(name, content) != content:
            number += 1
            name = f"{thing.guid}-{number}.txt"
        self.texts[name] = content
        return {"text_path": INTERNAL + name}
