"""The marked sentences of ``tests/reference/deidentify``, read and measured."""

import json
import re
from collections.abc import Mapping
from pathlib import Path

from rodedraad.methods.deidentify import (
    KINDS,
    Accuracy,
    Kind,
    Span,
    accuracy_by_kind,
    recognise,
)

FOLDER = Path(__file__).parents[1] / "reference" / "deidentify"
ALLOWED = tuple((FOLDER / "allowed.txt").read_text().split("\n")[:-1])
DEDUCE = json.loads((FOLDER / "deduce_names.json").read_text())
MARK = re.compile(r"\{(\w+):([^{}]*)\}")


def sentences_of(name: str) -> dict[str, tuple[str, tuple[Span, ...]]]:
    """Per id the sentence and what a person marked in it."""
    rows = (json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text().splitlines())
    return {row["id"]: sentence_of(row["marked"]) for row in rows}


def sentence_of(marked: str) -> tuple[str, tuple[Span, ...]]:
    text = ""
    spans: list[Span] = []
    end = 0
    for match in MARK.finditer(marked):
        text += marked[end : match.start()]
        assert match[1] in KINDS, marked
        spans.append(Span(match[1], len(text), len(text) + len(match[2]), match[2], "sure", ""))
        text += match[2]
        end = match.end()
    return text + marked[end:], tuple(spans)


def found_in(key: str, text: str, *, deduce: bool) -> tuple[Span, ...]:
    ranges = DEDUCE[key] if deduce else ()
    elsewhere = [Span("person", a, b, text[a:b], "likely", "deduce") for a, b in ranges]
    return recognise(text, allowed=ALLOWED, found_elsewhere=elsewhere)


def measured(name: str, *, deduce: bool) -> Mapping[Kind, Accuracy]:
    return accuracy_by_kind(
        (marked, found_in(key, text, deduce=deduce))
        for key, (text, marked) in sentences_of(name).items()
    )
