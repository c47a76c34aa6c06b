"""What is said in a VTT or SRT file, by whom and when?"""

import html
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from rodedraad.sources.extraction.model import ExtractionRefused, Piece

TIMES = re.compile(
    r"^\s*(?P<from>(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3})\s*-->\s*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}"
)
VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+(?P<who>[^>]+)>")
TAG = re.compile(r"</?[a-zA-Z0-9.:\s_-]*[^<>]*>")
NAMED = re.compile(r"^(?P<who>[^\W\d_][\w.'() -]{0,39}?):\s+(?P<words>\S.*)$", re.DOTALL)
DASH = re.compile(r"^[^\S\n]*[-\u2010-\u2015](?=[^\S\n]*[^\W\d_])", re.MULTILINE)
IN_BRACKETS = re.compile(r"\([^()]*\)")
INSIDE_NAMES = frozenset(
    {"aan", "al", "bin", "da", "de", "den", "der", "di", "du", "el", "en", "het", "in", "la", "le"}
    | {"op", "te", "ten", "ter", "van", "von", "'s", "'t"}
)
SAYINGS = frozenset(
    {"antwoord", "bijvoorbeeld", "conclusie", "dus", "kortom", "let op", "namelijk", "nota bene"}
    | {"opmerking", "samengevat", "vraag"}
)
HEADS = ("WEBVTT", "NOTE", "STYLE", "REGION")


@dataclass(frozen=True, slots=True)
class Cue:
    """What one person says in one caption, from ``at`` (``0:01:02``).

    ``marked`` says that the file itself marks the name as a voice; ``dashed`` that a dash begins
    what is said, so that it is not of the speaker before.
    """

    at: str
    who: str
    words: str
    marked: bool = False
    dashed: bool = False


def subtitles_read(text: str) -> tuple[list[Piece], list[Mapping[str, Any]]]:
    """Return what is said, one paragraph for each turn; the label has the speaker and the time.

    Captions after each other of one speaker are one turn. A turn begins with the name of who
    speaks, as in a written transcript. Without names each caption is a paragraph. A line that
    begins with a dash is a turn of its own, of someone unknown when it has no name. Words before a
    colon are a speaker when they look like a name or begin more captions; see ``_is_speaker``.
    """
    found = list(_cues(text))
    heads = Counter(cue.who for cue in found)
    cues = [cue if _is_speaker(cue, heads[cue.who]) else _without_name(cue) for cue in found]
    if not cues:
        raise ExtractionRefused(
            "The file holds no captions with times. Export the transcript again as VTT or SRT, or "
            "add it as TXT or DOCX.",
            code="captions_missing",
        )
    named = [cue for cue in cues if cue.who]
    notices: list[Mapping[str, Any]] = [] if named else [{"code": "speakers_unknown"}]
    dashed = sum(cue.dashed and not cue.who for cue in cues)
    if named and dashed:
        notices.append({"code": "turns_without_speaker", "n": dashed})
    refused = {cue.who for cue, kept in zip(found, cues, strict=True) if cue.who != kept.who}
    unsure = sorted(who for who in refused if who.lower() not in SAYINGS)
    if unsure:
        words = ", ".join(unsure)[:1000]
        notices.append({"code": "speakers_not_taken", "n": len(unsure), "words": words})
    return list(_turns(cues)), notices


def _is_speaker(cue: Cue, captions: int) -> bool:
    """Return whether the name before a colon is one: each word has a capital, or it returns."""
    if not cue.who or cue.marked:
        return True
    if cue.who.lower() in SAYINGS:
        return False
    first, *others = IN_BRACKETS.sub("", cue.who).split()
    is_name = first[0].isupper() and all(
        not word[0].islower() or word.lower() in INSIDE_NAMES for word in others
    )
    ends_in_name = not others or others[-1].lower() not in INSIDE_NAMES
    return captions > 1 or (is_name and ends_in_name)


def _without_name(cue: Cue) -> Cue:
    return replace(cue, who="", words=f"{cue.who}: {cue.words}")


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
    before = TAG.sub("", before)
    starts = [dash.start() for dash in DASH.finditer(before)]
    for start, end in pairwise([0, *(place for place in starts if place), len(before)]):
        plain, dashed = _plain(before[start:end]), start in starts
        if plain:
            named = NAMED.match(DASH.sub("", plain).lstrip() if dashed else plain)
            who, words = (named["who"], named["words"]) if named else ("", plain)
            yield Cue(at, who, words, dashed=dashed)
    for who, words in zip(voiced[::2], voiced[1::2], strict=True):
        if _plain(words):
            yield Cue(at, " ".join(html.unescape(who).split()), _plain(words), marked=True)


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
            goes_on = not cue.who and first.who and not cue.dashed
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
