"""Reads an SPSS system file by its published layout, byte for byte, with nothing of ours or theirs.

The layout is the one that the manual of GNU PSPP writes down ("System File Format"). Every
reader that we know for Python, and R's haven, is the same C library as the one that writes our
files, so it would not see a fault of its own.
"""

import struct
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

MEASURES = {0: "unknown", 1: "nominal", 2: "ordinal", 3: "scale"}
SEGMENT, KEPT = 255, 252
"""A text longer than 255 bytes stands in segments of 255, one for every 252 bytes of its width."""
SYSTEM_MISSING = -1.7976931348623157e308


@dataclass
class Place:
    """A variable as the dictionary has it: its short name, width (0 is a number), and the rest."""

    short: str
    width: int
    label: str = ""
    missing: tuple[float, ...] = ()
    is_range: bool = False
    name: str = ""
    measure: str = ""
    values: dict[float, str] = field(default_factory=dict)


@dataclass
class SystemFile:
    """What stands in the file: variables by name, rows, lines of notes, its label, its encoding."""

    label: str = ""
    encoding: str = ""
    notes: list[str] = field(default_factory=list)
    variables: dict[str, Place] = field(default_factory=dict)
    rows: list[dict[str, Any]] = field(default_factory=list)


class Bytes:
    """Little-endian parts of a file, taken from the front."""

    def __init__(self, content: bytes) -> None:
        self.content, self.at = content, 0

    def take(self, n: int) -> bytes:
        self.at += n
        return self.content[self.at - n : self.at]

    def whole(self, n: int = 1) -> Any:
        found = struct.unpack(f"<{n}i", self.take(4 * n))
        return found[0] if n == 1 else found

    def reals(self, n: int) -> tuple[float, ...]:
        return struct.unpack(f"<{n}d", self.take(8 * n))


def sav_read(path: Path) -> SystemFile:
    """Read a system file that is compressed by byte codes; fails on what the layout forbids."""
    source, found = Bytes(path.read_bytes()), SystemFile()
    assert source.take(4) == b"$FL2"
    source.take(60)
    layout, _size, compression, _weight, n_cases = source.whole(5)
    assert (layout, compression) == (2, 1)
    (bias,) = source.reals(1)
    source.take(17)
    label = source.take(64)
    source.take(3)
    places = _dictionary(source, found)
    found.label = label.decode(found.encoding).rstrip()
    assert found.encoding == "UTF-8"
    units = _units(source, bias)
    segments = _joined(places)
    while row := _row(units, segments):
        found.rows.append(row)
    assert n_cases == len(found.rows)
    found.variables = {first.name: first for first, _parts in segments}
    return found


def _dictionary(source: Bytes, found: SystemFile) -> list[Place]:
    slots: list[Place | None] = []
    labels: list[tuple[dict[bytes, bytes], tuple[int, ...]]] = []
    extra: dict[int, bytes] = {}
    notes: list[bytes] = []
    while (record := source.whole()) != 999:
        if record == 2:
            slots.append(_variable(source))
        elif record == 3:
            labels.append(_labels(source))
        elif record == 6:
            notes = [source.take(80) for _ in range(source.whole())]
        else:
            assert record == 7, record
            subtype, size, count = source.whole(3)
            extra[subtype] = source.take(size * count)
    source.whole()
    found.encoding = extra[20].decode("ascii")
    found.notes = [line.decode(found.encoding).rstrip() for line in notes]
    places = [place for place in slots if place is not None]
    long_names = dict(one.split("=") for one in extra[13].decode(found.encoding).split("\t"))
    widths = dict(
        one.split("=")
        for one in extra.get(14, b"").decode("ascii").replace("\0", "").split("\t")
        if one
    )
    display = struct.unpack(f"<{3 * len(places)}i", extra[11])
    for place, shown in zip(places, display[::3], strict=True):
        place.name = long_names.get(place.short, place.short)
        place.measure = MEASURES[shown]
        place.label = place.label.encode("latin-1").decode(found.encoding)
        place.width = int(widths.get(place.short, place.width))
    for told, numbers in labels:
        for number in numbers:
            place = slots[number - 1]
            assert place is not None
            place.values = {
                struct.unpack("<d", code)[0]: words.decode(found.encoding)
                for code, words in told.items()
            }
    return places


def _variable(source: Bytes) -> Place | None:
    width, has_label, n_missing, _shown, _written = source.whole(5)
    place = Place(source.take(8).decode("ascii").rstrip(), width)
    if has_label:
        length = source.whole()
        assert length <= 255
        place.label = source.take(-(-length // 4) * 4)[:length].decode("latin-1")
    place.missing, place.is_range = source.reals(abs(n_missing)), n_missing < 0
    return None if width == -1 else place


def _labels(source: Bytes) -> tuple[dict[bytes, bytes], tuple[int, ...]]:
    told: dict[bytes, bytes] = {}
    for _ in range(source.whole()):
        code, length = source.take(8), source.take(1)[0]
        assert length <= 120
        told[code] = source.take(-(-(length + 1) // 8) * 8 - 1)[:length]
    assert source.whole() == 4
    n = source.whole()
    numbers = source.whole(n)
    return told, (numbers,) if n == 1 else numbers


def _joined(places: list[Place]) -> list[tuple[Place, int]]:
    """Return each variable with how many segments it stands in."""
    left, found = iter(places), []
    for place in left:
        n = -(-place.width // KEPT) if place.width > SEGMENT else 1
        list(islice(left, n - 1))
        found.append((place, n))
    return found


def _units(source: Bytes, bias: float) -> Any:
    """Give the data eight bytes at a time, as the byte codes say them."""
    while codes := source.take(8):
        for code in codes:
            if code == 252:
                return
            if code == 253:
                yield source.take(8)
            elif code == 254:
                yield b" " * 8
            elif code == 255:
                yield struct.pack("<d", SYSTEM_MISSING)
            elif code:
                yield struct.pack("<d", code - bias)


def _row(units: Any, segments: list[tuple[Place, int]]) -> dict[str, Any] | None:
    row: dict[str, Any] = {}
    for place, n in segments:
        if place.width == 0:
            unit = next(units, None)
            if unit is None:
                return None
            value = struct.unpack("<d", unit)[0]
            row[place.name] = None if value == SYSTEM_MISSING else value
            continue
        last = place.width - (n - 1) * KEPT if n > 1 else place.width
        told = b""
        for part in range(n):
            width = SEGMENT if part < n - 1 else last
            taken = b"".join(islice(units, -(-width // 8)))
            if not taken:
                return None
            told += taken[:width]
        row[place.name] = told[: place.width].decode().rstrip()
    return row
