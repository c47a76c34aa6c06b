"""What lies in a .qdpx archive, and is it safe to open?

Nothing is ever unpacked to a disk: members are read from the archive by name, bounded in size.
"""

import re
import stat
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import IO

from rodedraad.exchange.refi_qda.limits import LIMITS, MIB, Limits
from rodedraad.exchange.refi_qda.refusals import ArchiveRefused, NotRefi
from rodedraad.exchange.zip_faults import ZIP_FAULTS

PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
LOCKED = 0x1
DRIVE = re.compile(r"^[A-Za-z]:")
SCHEME = re.compile(r"^(internal|relative|absolute):/*", re.IGNORECASE)
FOLDER = "sources/"


@dataclass(frozen=True, slots=True)
class Media:
    """A file of an archive: its name there, its size, and how to open it."""

    name: str
    size: int
    _archive: Path | bytes = field(repr=False)

    def open(self) -> IO[bytes]:
        """Open the file to read its bytes; closing it closes the archive too."""
        with zipfile.ZipFile(_readable(self._archive)) as archive:
            return archive.open(self.name)


@dataclass(frozen=True, slots=True)
class Archive:
    """The XML of a project and the other files of its archive, by name."""

    xml: bytes
    xml_name: str
    media: Mapping[str, Media] = field(default_factory=dict)
    _source: Path | bytes = b""
    _limits: Limits = LIMITS
    _by_end: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def member_of(self, path: str) -> str | None:
        """Return the name of the file that a path of the XML means, if it is in the archive.

        The scheme and the folders before the name are not trusted, and case does not count: the
        file is the one with that name in ``sources``, else the only one with that name.
        """
        end = file_name(SCHEME.sub("", path.strip())).lower()
        found = self._by_end.get(end, ())
        inside = [name for name in found if name.replace("\\", "/").lower() == FOLDER + end]
        if len(inside) == 1 or len(found) == 1:
            return (inside or found)[0]
        return None

    def texts_read(self, names: Iterable[str]) -> dict[str, bytes]:
        """Return the bytes of these members.

        Raises
        ------
        ArchiveRefused: one is larger than a text may be, or all together are, or is damaged.
        """
        texts: dict[str, bytes] = {}
        left = self._limits.all_text_bytes
        if not self.media:
            return texts
        with zipfile.ZipFile(_readable(self._source)) as archive:
            for name in names:
                texts[name] = member_read(archive, name, min(self._limits.text_bytes, left))
                left -= len(texts[name])
        return texts


def archive_open(source: Path | bytes, limits: Limits) -> Archive:
    """Read the XML of a project archive and list its other files.

    Raises
    ------
    ArchiveRefused: damaged, locked, too large or packed too tightly; a member is a link, leads
        outside the archive, or is there twice.
    NotRefi: no .qde file, or more than one.
    """
    try:
        with zipfile.ZipFile(_readable(source)) as archive:
            members = [one for one in archive.infolist() if not one.is_dir()]
            _members_check(members, limits)
            xml_name = _xml_name([one.filename for one in members])
            xml = member_read(archive, xml_name, limits.xml_bytes)
    except ZIP_FAULTS as fault:
        raise ArchiveRefused(
            f"The archive is damaged ({fault}). Export the project again, or fetch it again."
        ) from fault
    media = {
        one.filename: Media(one.filename, one.file_size, source)
        for one in members
        if one.filename != xml_name
    }
    by_end: dict[str, list[str]] = {}
    for name in media:
        by_end.setdefault(file_name(name).lower(), []).append(name)
    return Archive(xml, xml_name, MappingProxyType(media), source, limits, by_end)


def member_read(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    """Return the bytes of one member, and refuse when they are more than ``most``."""
    try:
        with archive.open(name) as member:
            content = member.read(most + 1)
    except ZIP_FAULTS as fault:
        raise ArchiveRefused(
            f"{name} in the archive is damaged ({fault}). Export the project again.", member=name
        ) from fault
    if len(content) > most:
        raise ArchiveRefused(
            f"{name} in the archive is larger than {most // MIB} MiB. Split the project.",
            member=name,
        )
    return content


def file_name(path: str) -> str:
    """Return the last part of a path of any system."""
    return PurePosixPath(path.replace("\\", "/")).name


def _members_check(members: Sequence[zipfile.ZipInfo], limits: Limits) -> None:
    """Refuse an archive that asks too much of the machine, or reaches out of itself."""
    total = sum(one.file_size for one in members)
    if len(members) > limits.members or total > limits.total_bytes:
        raise ArchiveRefused(
            f"The archive holds {len(members)} files of {total} bytes together; at most "
            f"{limits.members} files and {limits.total_bytes} bytes are read. Split the project.",
        )
    seen: set[str] = set()
    for one in members:
        fault = _member_fault(one, limits)
        if one.filename in seen:
            fault = "is there twice"
        seen.add(one.filename)
        if fault:
            raise ArchiveRefused(
                f"The archive is refused: {one.filename!r} {fault}. Export the project again "
                "with the program that made it.",
                member=one.filename,
            )


def _member_fault(one: zipfile.ZipInfo, limits: Limits) -> str:
    """Return what is wrong with a member of an archive, or nothing."""
    name = one.filename.replace("\\", "/")
    if name.startswith("/") or DRIVE.match(name) or ".." in name.split("/") or "\0" in name:
        return "leads to a place outside the archive"
    mode = one.external_attr >> 16
    if mode and stat.S_IFMT(mode) not in {0, stat.S_IFREG}:
        return "is a link or a device"
    if one.flag_bits & LOCKED:
        return "is locked with a password"
    if one.compress_type not in PACKED:
        return "is packed in a way that the standard does not have"
    if one.file_size > max(limits.ratio_from_bytes, limits.ratio * one.compress_size):
        return "is packed far tighter than text or media can be"
    return ""


def _xml_name(names: Sequence[str]) -> str:
    """Return the one .qde file: at the root, or else the only one there is."""
    every = [name for name in names if name.lower().endswith(".qde") and "__MACOSX" not in name]
    found = [name for name in every if "/" not in name] or every
    if len(found) != 1:
        raise NotRefi(
            f"The archive holds {len(found)} project files (.qde), where it must hold one. Choose "
            "a project that was exported as REFI-QDA.",
            found=len(found),
        )
    return found[0]


def _readable(source: Path | bytes) -> IO[bytes] | Path:
    return BytesIO(source) if isinstance(source, bytes) else source
