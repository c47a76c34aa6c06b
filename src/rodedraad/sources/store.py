"""Where are the bytes of a source as they came? In files named by what is in them."""

import hashlib
import re
import unicodedata
from pathlib import Path, PurePosixPath

from rodedraad.errors import Refusal
from rodedraad.files import file_replace
from rodedraad.home import home_folder

FOLDER = "originals"
SHA256 = re.compile(r"[0-9a-f]{64}")
NAME_AT_MOST = 120
UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u202a-\u202e\u2066-\u2069]+')


def original_keep(content: bytes) -> str:
    """Keep the bytes under their SHA-256 and return that; the same bytes are kept once.

    Raises
    ------
    Refusal
        When the disk is full or the data folder cannot be written.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    path = original_path(sha256)
    if not path.exists():
        with file_replace(path) as temporary:
            temporary.write_bytes(content)
    return sha256


def original_path(sha256: str) -> Path:
    """Return where the bytes with this SHA-256 lie, or would lie."""
    if not SHA256.fullmatch(sha256):
        raise ValueError("That is no SHA-256 in small hexadecimal digits.")
    return home_folder() / FOLDER / sha256[:2] / sha256


def original_read(sha256: str) -> bytes:
    """Return the bytes as they came.

    Raises
    ------
    Refusal
        When the file is gone, or is not what it was any more.
    """
    path = original_path(sha256)
    content = path.read_bytes() if path.exists() else b""
    if hashlib.sha256(content).hexdigest() != sha256:
        raise Refusal(
            "The original file is gone from the data folder, or was changed there. The text that "
            "was taken out of it is still here. Restore the folder 'originals' from a backup.",
            code="original_lost",
        )
    return content


def original_forget(sha256: str) -> None:
    """Remove bytes that nothing names any more, because somebody took back what is in them."""
    original_path(sha256).unlink(missing_ok=True)


def safe_file_name(name: str) -> str:
    """Return the last part of a file name without anything that a system or browser acts on.

    >>> safe_file_name("../../etc/passwd")
    'passwd'
    """
    last = PurePosixPath(unicodedata.normalize("NFC", name).replace("\\", "/")).name
    cleaned = UNSAFE.sub("_", last).strip(" .")
    stem, dot, extension = cleaned.rpartition(".")
    if dot and len(extension) <= 10:
        return f"{stem[: NAME_AT_MOST - len(extension) - 1]}.{extension}"
    return cleaned[:NAME_AT_MOST] or "file"
