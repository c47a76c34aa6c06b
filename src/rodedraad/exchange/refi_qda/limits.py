"""How large may an archive and what is in it be? Counted while reading, whatever it declares."""

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The most that is read; ``ratio`` is how many times larger than its packed size a file is."""

    members: int = 100_000
    total_bytes: int = 8 * 1024 * MIB
    xml_bytes: int = 256 * MIB
    text_bytes: int = 64 * MIB
    all_text_bytes: int = 1024 * MIB
    ratio: int = 400
    ratio_from_bytes: int = 8 * MIB


LIMITS = Limits()
