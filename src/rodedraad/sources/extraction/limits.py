"""How large may a file be, and how long may it take? Counted while reading, whatever it says."""

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The most that is read of one file; ``ratio`` is unpacked to packed size of a member."""

    file_bytes: int = 100 * MIB
    characters: int = 20_000_000
    passage_characters: int = 20_000
    pages: int = 3_000
    members: int = 5_000
    unpacked_bytes: int = 400 * MIB
    xml_bytes: int = 64 * MIB
    ratio: int = 200
    ratio_from_bytes: int = 2 * MIB
    rows: int = 200_000
    seconds: int = 120
    memory_bytes: int = 3 * 1024 * MIB


LIMITS = Limits()
