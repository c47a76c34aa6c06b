"""Which form has a file: does what is in it fit its name?"""

from pathlib import PurePosixPath

from rodedraad.sources.extraction.model import ExtractionRefused

EXTENSIONS = {
    "pdf": "pdf",
    "docx": "docx",
    "odt": "odt",
    "rtf": "rtf",
    "html": "html",
    "htm": "html",
    "xhtml": "html",
    "md": "markdown",
    "markdown": "markdown",
    "txt": "text",
    "text": "text",
    "vtt": "vtt",
    "srt": "srt",
    "csv": "csv",
    "tsv": "csv",
    "xlsx": "xlsx",
    "xml": "parliament",
}
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "rtf": "application/rtf",
    "html": "text/html",
    "markdown": "text/markdown",
    "text": "text/plain",
    "vtt": "text/vtt",
    "srt": "application/x-subrip",
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parliament": "application/xml",
}
PACKED = frozenset({"docx", "odt", "xlsx"})
PLAIN = frozenset({"markdown", "text", "vtt", "srt"})
"""Forms that our own code reads: they need no process apart."""
MACROS = frozenset({"docm", "dotm", "xlsm", "xltm"})
ARCHIVES = frozenset(
    {"zip", "7z", "rar", "gz", "tgz", "tar", "bz2", "xz", "zst", "qdpx", "eml", "msg"}
)
OLD_OFFICE = frozenset({"doc", "xls", "ppt"})
OLD_OFFICE_SIGN = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_SIGN = "EncryptedPackage".encode("utf-16-le")
ZIP_SIGNS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
ARCHIVE_SIGNS = (
    b"\x1f\x8b",
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!",
    b"BZh",
    b"\xfd7zXZ",
    b"\x28\xb5\x2f\xfd",
)
KNOWN = "PDF, DOCX, ODT, RTF, HTML, Markdown, TXT, VTT, SRT, CSV, XLSX or parliament XML"


def form_of(content: bytes, name: str) -> str:
    """Return the form of a file: by its name, when what is in it does not say otherwise.

    Raises
    ------
    ExtractionRefused: it is empty, an archive, locked, has macros, has a form that is not read, or
        its name says another form than it has.
    """
    extension = _extension(name)
    if not content.strip(b"\x00 \t\r\n"):
        raise ExtractionRefused(
            "The file is empty. Check whether it was saved and copied whole.", code="file_empty"
        )
    _office_refuse(content, extension)
    if content.startswith(ARCHIVE_SIGNS):
        raise archive_refusal()
    form = name_require(name)
    found = _found(content)
    wants = form if form in {"pdf", "rtf"} else "packed" if form in PACKED else "plain"
    if found != wants:
        raise differs_refusal(extension)
    return form


def name_require(name: str) -> str:
    """Return the form that a name says, before anything of the file is there.

    Raises
    ------
    ExtractionRefused: files with such a name are not read.
    """
    extension = _extension(name)
    if extension in MACROS:
        raise macros_refusal()
    if extension in OLD_OFFICE:
        raise _old_office_refusal()
    if extension in ARCHIVES:
        raise archive_refusal()
    form = EXTENSIONS.get(extension)
    if form is None:
        raise ExtractionRefused(
            f"Files that end in '.{extension}' are not read. Save it as {KNOWN}.",
            code="file_type_unknown",
            extension=extension,
        )
    return form


def _extension(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).suffix.lower().removeprefix(".")


def _found(content: bytes) -> str:
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"%PDF-") or b"\n%PDF-" in start or b"\r%PDF-" in start:
        return "pdf"
    if start.startswith(b"{\\rtf"):
        return "rtf"
    return "packed" if content.startswith(ZIP_SIGNS) else "plain"


def _office_refuse(content: bytes, extension: str) -> None:
    if not content.startswith(OLD_OFFICE_SIGN) and extension not in OLD_OFFICE:
        return
    if ENCRYPTED_SIGN in content:
        raise encrypted_refusal()
    raise _old_office_refusal()


def _old_office_refusal() -> ExtractionRefused:
    return ExtractionRefused(
        "This is a file of an old Office version, which is not read. Open it, choose Save as, and "
        "save it as DOCX, XLSX or PDF.",
        code="file_old_office",
    )


def archive_refusal() -> ExtractionRefused:
    """Return the refusal of a file with other files in it."""
    return ExtractionRefused(
        "This is an archive: archives are not opened. Unpack it, and add the files in it.",
        code="file_is_archive",
    )


def encrypted_refusal() -> ExtractionRefused:
    """Return the refusal of a file that is locked with a password."""
    return ExtractionRefused(
        "The file is locked with a password. Save it without one, and add it again.",
        code="file_encrypted",
    )


def macros_refusal() -> ExtractionRefused:
    """Return the refusal of a file that carries a program."""
    return ExtractionRefused(
        "The file holds macros: small programs that could do harm. Save it as DOCX, XLSX, ODT or "
        "PDF without macros, and add that.",
        code="file_macros",
    )


def differs_refusal(extension: str) -> ExtractionRefused:
    """Return the refusal of a file that is not what its name says."""
    return ExtractionRefused(
        f"The name ends in '.{extension}', but what is in the file is something else. Open it in "
        "the program it came from, and save it again.",
        code="file_type_differs",
        extension=extension,
    )
