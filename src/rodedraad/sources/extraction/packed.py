"""What is in a DOCX, ODT or XLSX, which are archives of XML, and is it safe to read?"""

import zipfile
from io import BytesIO
from typing import Any

from rodedraad.exchange.refi_qda.refusals import XmlRefused
from rodedraad.exchange.refi_qda.safe_xml import xml_read
from rodedraad.exchange.zip_faults import ZIP_FAULTS
from rodedraad.sources.extraction.forms import differs_refusal, encrypted_refusal, macros_refusal
from rodedraad.sources.extraction.limits import LIMITS
from rodedraad.sources.extraction.model import ExtractionRefused

MUST_HOLD = {"docx": "word/document.xml", "odt": "content.xml", "xlsx": "xl/workbook.xml"}
LOCKED = 0x1
PROGRAMS = ("vbaproject.bin", "vbadata.xml")
PROGRAM_FOLDERS = ("basic/", "scripts/")
EMBEDDED = ("/embeddings/", "/activex/", "object ")
CHUNK = 256 * 1024


class Packed:
    """The members of a checked archive, by name; read one at a time and never past a bound."""

    def __init__(self, content: bytes, form: str) -> None:
        try:
            self._archive = zipfile.ZipFile(BytesIO(content))
            self._members = {entry.filename: entry for entry in self._archive.infolist()}
        except (*ZIP_FAULTS, KeyError) as fault:
            raise damaged_refusal() from fault
        _safe_require(self._archive.infolist())
        if MUST_HOLD[form] not in self._members:
            raise differs_refusal(form)
        self.n_embedded = sum(
            any(sign in f"/{name.lower()}" for sign in EMBEDDED) and not name.endswith("/")
            for name in self._members
        )

    @property
    def names(self) -> list[str]:
        """Names of all members, in the order of the archive."""
        return list(self._members)

    def read(self, name: str) -> bytes:
        """Return the bytes of a member, counted while unpacking: its header is not believed."""
        entry = self._members[name]
        parts: list[bytes] = []
        size = 0
        try:
            with self._archive.open(entry) as file:
                while part := file.read(CHUNK):
                    size += len(part)
                    _size_require(size, entry.compress_size, LIMITS.xml_bytes)
                    parts.append(part)
        except (*ZIP_FAULTS, KeyError) as fault:
            raise damaged_refusal() from fault
        return b"".join(parts)

    def xml(self, name: str) -> Any:
        """Return the root element of a member, or None when there is no such member."""
        return tree_of(self.read(name)) if name in self._members else None

    def xml_check(self) -> None:
        """Refuse entities in any XML of the archive, before another library reads it."""
        for name in self.names:
            if name.endswith((".xml", ".rels", ".vml")):
                tree_of(self.read(name))


def tree_of(content: bytes) -> Any:
    """Return the root element of XML in which nothing expands and nothing is fetched.

    Raises
    ------
    ExtractionRefused: it declares a document type or entities, or is damaged.
    """
    try:
        root, faults = xml_read(content)
    except XmlRefused as fault:
        if b"<!" in content and b"DOCTYPE" in content.upper():
            raise entities_refusal() from fault
        raise damaged_refusal() from fault
    if faults:
        raise damaged_refusal()
    return root


def _safe_require(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > LIMITS.members or len({entry.filename for entry in entries}) < len(entries):
        raise unsafe_refusal()
    total = 0
    for entry in entries:
        name = entry.filename.replace("\\", "/").lower()
        if entry.flag_bits & LOCKED:
            raise encrypted_refusal()
        if name.endswith(PROGRAMS) or (
            name.startswith(PROGRAM_FOLDERS) and not name.endswith(("/", "-lc.xml", "-lb.xml"))
        ):
            raise macros_refusal()
        total += entry.file_size
        _size_require(entry.file_size, entry.compress_size, LIMITS.unpacked_bytes)
    if total > LIMITS.unpacked_bytes:
        raise unsafe_refusal()


def _size_require(size: int, packed: int, most: int) -> None:
    too_dense = size > LIMITS.ratio_from_bytes and size > LIMITS.ratio * max(packed, 1)
    if size > most or too_dense:
        raise unsafe_refusal()


def unsafe_refusal() -> ExtractionRefused:
    """Return the refusal of an archive that would unpack to far too much."""
    return ExtractionRefused(
        "The file would unpack to far more than a document holds, which can be an attack. Open it "
        "in the program it came from, and save it again, as PDF if need be.",
        code="file_unsafe",
    )


def entities_refusal() -> ExtractionRefused:
    """Return the refusal of XML in which entities can be declared."""
    return ExtractionRefused(
        "The file declares a document type or entities in its XML, which can hide an attack. Save "
        "it again with the program it came from.",
        code="file_entities",
    )


def damaged_refusal() -> ExtractionRefused:
    """Return the refusal of a file that cannot be read to its end."""
    return ExtractionRefused(
        "The file is damaged: it cannot be read to its end. Get it again from where it came, or "
        "save it again.",
        code="file_damaged",
    )
