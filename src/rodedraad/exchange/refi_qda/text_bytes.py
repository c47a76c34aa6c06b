"""Which characters are in a text file of a project?"""

import codecs

WINDOWS = {
    byte: shown
    for byte in range(0x80, 0xA0)
    if (shown := bytes([byte]).decode("cp1252", errors="ignore"))
}
BYTE_ORDERS = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def text_decode(content: bytes) -> tuple[str, str]:
    """Return the characters of a text file and its encoding; a byte order mark stays.

    The standard asks UTF-8. A file that is not is read as UTF-16 when it starts with the mark of
    that, else as Windows-1252, in which every byte that has no meaning keeps its number.
    """
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    for mark, encoding in BYTE_ORDERS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace"), encoding
    return content.decode("latin-1").translate(WINDOWS), "windows-1252"
