"""What is said in a VTT or SRT file, by whom and when?"""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rodedraad.sources.extraction.model import ExtractionRefused, Piece

TIMES = re.compile(
    r"^\s*(?P<from>(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3})\s*-->\s*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}"
)
VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+(?P<who>[^>]+)>")
TAG = re.compile(r"</?[a-zA-Z0-9.:\s_-]*[^<>]*>")
NAMED = re.compile(r"^(?P<who>[^\W\d_][\w.'() -]{0,39}?):\s+(?P<words>\S.*)$", re.DOTALL)
HEADS = ("WEBVTT", "NOTE", "STYLE", "REGION")


@dataclass(frozen=True, slots=True)
class Cue:
    """What one person says in one caption, from ``at`` (``0:01:02``)."""

    at: str
    who: str
    words: str


def subtitles_read(text: str) -> tuple[list[Piece], list[Mapping[str, Any]]]:
    """Return what is said, one paragraph for each turn; the label has the speaker and the time.

    Captions after each other of one speaker are one turn. A turn begins with the name of who
    speaks, as in a written transcript. Without names each caption is a paragraph.
    """
    cues = list(_cues(text))
    if not cues:
        raise ExtractionRefused(
            "The file holds no captions with times. Export the transcript again as VTT or SRT, or "
            "add it as TXT or DOCX.",
            code="captions_missing",
        )
    named = [cue for cue in cues if cue.who]
    notices: list[Mapping[str, Any]] = [] if named else [{"code": "speakers_unknown"}]
    return list(_turns(cues)), notices


def _cues(text: str) -> Iterator[Cue]:
    for block in re.split(r"\n[^\S\n]*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        lines = block.strip("\n").split("\n")
        at = next((n for n, line in enumerate(lines) if TIMES.match(line)), None)
        if at is None or (at > 0 and lines[0].startswith(HEADS[1:])):
            continue
        found = TIMES.match(lines[at])
        said = "\n".join(lines[at + 1 :])
        if found and said.strip():
            yield from _spoken(_time(found["from"]), said)


def _spoken(at: str, said: str) -> Iterator[Cue]:
    """Give what each voice says in one caption."""
    before, *voiced = VOICE.split(said)
    plain = _plain(before)
    if plain:
        named = NAMED.match(plain)
        yield Cue(at, named["who"], named["words"]) if named else Cue(at, "", plain)
    for who, words in zip(voiced[::2], voiced[1::2], strict=True):
        if _plain(words):
            yield Cue(at, " ".join(html.unescape(who).split()), _plain(words))


def _plain(words: str) -> str:
    return " ".join(html.unescape(TAG.sub("", words)).split())


def _time(found: str) -> str:
    """Return a time as hours, minutes and seconds, without parts of seconds."""
    *hours, minutes, seconds = re.split(r"[.,]", found)[0].split(":")
    return f"{int(hours[0]) if hours else 0}:{int(minutes):02}:{seconds}"


def _turns(cues: list[Cue]) -> Iterator[Piece]:
    words: list[str] = []
    first: Cue | None = None
    for cue in cues:
        if first is not None and (not cue.who or cue.who != first.who):
            goes_on = not cue.who and first.who
            if not goes_on:
                yield _turn(first, words)
                first, words = cue, [cue.words]
                continue
        first = first or cue
        words.append(cue.words)
    if first is not None:
        yield _turn(first, words)


def _turn(first: Cue, words: list[str]) -> Piece:
    said = " ".join(words)
    if first.who:
        return Piece(f"{first.who}: {said}", "turn", f"{first.who} {first.at}")
    return Piece(said, "turn", first.at)
