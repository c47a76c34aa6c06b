"""Small REFI-QDA files made by hand, and whole projects made by chance."""

import zipfile
from io import BytesIO
from typing import Any

from hypothesis import strategies as st

from rodedraad.exchange.refi_qda.model import (
    CLASSES,
    Code,
    Codebook,
    Project,
)
from rodedraad.exchange.refi_qda.shape import VALUES, WORDS, Dialect, Kind, Part, shape_of

SPACE = "urn:QDA-XML:project:1.0"
ANNA = "11111111-1111-4111-8111-111111111111"
BRAM = "22222222-2222-4222-8222-222222222222"
CODE = "00000001-0000-4000-8000-000000000000"
TEXT = "00000010-0000-4000-8000-000000000000"


def guid(number: int) -> str:
    return f"{number:08x}-0000-4000-8000-000000000000"


def qde(inside: str, *, attributes: str = 'name="made"', sources: str = "") -> str:
    """A project file with two users and one code, and what is given."""
    sources = f"<Sources>{sources}</Sources>" if sources else ""
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<Project xmlns="{SPACE}" {attributes}>'
        f'<Users><User guid="{ANNA}" name="Anna"/><User guid="{BRAM}" name="Bram"/></Users>'
        f'<CodeBook><Codes><Code guid="{CODE}" name="zorg" isCodable="true"/></Codes></CodeBook>'
        f"{sources}{inside}</Project>"
    )


def selection(start: int, end: int, *, name: str = "", number: int = 32) -> str:
    """A selection of a text with one coding by Anna."""
    named = f' name="{name}"' if name else ""
    return (
        f'<PlainTextSelection guid="{guid(number)}" startPosition="{start}" endPosition="{end}"'
        f'{named} creatingUser="{BRAM}"><Coding guid="{guid(number + 1000)}" '
        f'creatingUser="{ANNA}"><CodeRef targetGUID="{CODE}"/></Coding></PlainTextSelection>'
    )


def text_source(inside: str, *, path: str = "internal://a.txt", attributes: str = "") -> str:
    named = f'plainTextPath="{path}"' if path else ""
    return f'<TextSource guid="{TEXT}" name="gesprek" {named} {attributes}>{inside}</TextSource>'


def qdpx(
    xml: str | bytes, files: dict[str, bytes] | None = None, *, name: str = "project.qde"
) -> bytes:
    """A project archive."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, xml)
        for member, content in (files or {}).items():
            archive.writestr(member, content)
    return packed.getvalue()


def one_text(content: bytes, *selections: str) -> bytes:
    """A project with one text file and these selections."""
    xml = qde("", sources=text_source("".join(selections)))
    return qdpx(xml, {"sources/a.txt": content})


# Projects by chance: every class of the model, every field, in every combination.

LEGAL = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs",)).filter(
        lambda one: (one >= " " and one not in "\ufffe\uffff") or one in "\t\n\r"
    ),
    max_size=12,
)
WORDS_OF_TEXT = st.text(
    st.characters(codec="utf-8", exclude_characters="\r\ufeff", exclude_categories=("Cs",)),
    max_size=40,
)
GUIDS = st.integers(0, 60).map(guid)
DAYS = st.dates().map(str)
MOMENTS = st.builds("{}T{}{}".format, DAYS, st.times(), st.sampled_from(["", "Z", "+01:00"]))
VALUES_OF: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.GUID: GUIDS,
    Kind.STRING: LEGAL,
    Kind.BOOLEAN: st.booleans(),
    Kind.INTEGER: st.integers(-(10**20), 10**20),
    Kind.COLOUR: st.from_regex(r"#[0-9A-Fa-f]{3}([0-9A-Fa-f]{3})?", fullmatch=True),
    Kind.DECIMAL: st.decimals(allow_nan=False, allow_infinity=False, places=3).map("{:f}".format),
    Kind.DATE: DAYS,
    Kind.DATETIME: MOMENTS,
    **{kind: st.sampled_from(words) for kind, words in WORDS.items()},
}
CHARACTERS_OF = {Kind.BOOLEAN: st.sampled_from(["true", "false", "1", "0"])}


def things(of: type, depth: int = 3, dialect: Dialect = Dialect.PROJECT) -> st.SearchStrategy[Any]:
    """Things of one class of the model, as the standard allows them."""
    shape = shape_of(of, dialect)
    fields: dict[str, st.SearchStrategy[Any]] = {}
    for part in (*shape.attributes.values(), *shape.parts):
        if part.field not in {"text", "text_path"}:
            fields[part.field] = _field(part, depth, dialect)
    if "plainTextPath" in shape.attributes:
        fields["text"] = st.none() | WORDS_OF_TEXT
    for path in ("path", "rich_text_path"):
        if path in fields:
            fields[path] = st.none() | st.sampled_from(["internal://x.pdf", "relative:///y.mp4"])
    return st.builds(of, **fields)


def _field(part: Part, depth: int, dialect: Dialect) -> st.SearchStrategy[Any]:
    if part.how == "value":
        pairs = [
            st.tuples(st.just(name), CHARACTERS_OF.get(kind, VALUES_OF[kind].map(str)))
            for name, kind in VALUES.items()
        ]
        return st.none() | st.one_of(pairs)
    if part.how == "child":
        if not depth:
            return st.just(()) if part.many else st.none()
        of = [things(CLASSES[name], depth - 1, dialect) for name in part.names.values()]
        one = st.deferred(lambda: st.one_of(of))
        return st.lists(one, max_size=2).map(tuple) if part.many else st.none() | one
    if part.many:
        return st.lists(GUIDS, max_size=2).map(tuple)
    one = LEGAL if part.how == "text" else VALUES_OF[part.kind]
    return one if part.required else st.none() | one


PROJECTS = things(Project)
CODEBOOKS = st.builds(
    Codebook,
    origin=st.none() | LEGAL,
    codes=st.lists(things(Code, 3, Dialect.CODEBOOK), min_size=1, max_size=3).map(tuple),
    sets=st.lists(things(CLASSES["Set"], 3, Dialect.CODEBOOK), max_size=2).map(tuple),
)
