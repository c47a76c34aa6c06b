"""How do the codes of a study become a codebook for other programs, and the other way round?

Other programs know one description of a code: definition, include, exclude and example go into it
with an English word before each, and are told apart by that when they come back.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from rodedraad.coding.actions.codes import COLOUR, NAME_AT_MOST, codes_add
from rodedraad.coding.changes import codebook_lock
from rodedraad.coding.models import Code, Coder
from rodedraad.errors import Refusal
from rodedraad.exchange.refi_qda import model
from rodedraad.exchange.refi_qda.codebook_file import codebook_read
from rodedraad.exchange.refi_qda.codebook_table import codebook_from_csv

PARTS = {"include": "Include", "exclude": "Exclude", "example": "Example"}
PART = re.compile(r"^(Include|Exclude|Example): ", re.MULTILINE)
SHORT_COLOUR = re.compile(r"^#([0-9a-fA-F])([0-9a-fA-F])([0-9a-fA-F])$")


@dataclass(frozen=True, slots=True)
class CodesRead:
    """What came in of a codebook: how many codes, how many were there already, what was left."""

    added: int
    known: int
    left_out: tuple[str, ...]


def codebook_for_others(codes: Mapping[str, Mapping[str, Any]]) -> model.Codebook:
    """Return the codes of a codebook version as a codebook of REFI-QDA."""

    def under(parent: str | None) -> tuple[model.Code, ...]:
        return tuple(
            model.Code(
                guid=uuid,
                name=code["name"],
                is_codable=code["is_codable"],
                color=code["colour"] or None,
                description=code_words(code) or None,
                codes=under(uuid),
            )
            for uuid, code in codes.items()
            if code["parent"] == parent
        )

    return model.Codebook(codes=under(None))


def codes_read(coder: Coder, content: bytes, file_name: str) -> CodesRead:
    """Add the codes of a codebook file to those of the study, as one step that can be undone.

    A code whose identity the study has already is left as it is here.

    Raises
    ------
    Refusal
        When the file is neither a codebook of REFI-QDA nor a table, or a name is taken.
    """
    lower = file_name.lower()
    if lower.endswith(".qdc"):
        read = codebook_read(content)
        codebook, losses = read.codebook, read.losses
    elif lower.endswith((".csv", ".txt", ".tsv")):
        codebook, losses = codebook_from_csv(content)
    else:
        raise Refusal(
            "Choose a codebook of REFI-QDA (.qdc) or a table (.csv).", code="codebook_file_kind"
        )
    codebook_lock(coder.study)
    here = {str(code.uuid): code for code in Code.objects.filter(study=coder.study)}
    given = list(_flat(codebook.codes, None, here))
    new = [(code, parent) for code, parent in given if code.pk is None]
    codes_add(coder, new)
    left = [f"{loss.item}: {loss.count}" for loss in losses]
    if codebook.sets:
        left.append(f"Set: {len(codebook.sets)}")
    return CodesRead(len(new), len(given) - len(new), tuple(left))


def _flat(
    codes: Sequence[model.Code], parent: Code | None, here: dict[str, Code]
) -> Iterator[tuple[Code, Code | None]]:
    for order, one in enumerate(codes):
        uuid = str(UUID(one.guid))
        code = here.get(uuid)
        if code is None:
            code = here[uuid] = Code(uuid=UUID(uuid), order=order, **code_fields(one))
        yield code, parent
        yield from _flat(one.codes, code, here)


def code_fields(one: model.Code) -> dict[str, Any]:
    """Return the fields of a code of the study that a code of a file gives."""
    words, *parts = PART.split((one.description or "").replace("\r\n", "\n"))
    found = dict(zip(parts[::2], parts[1::2], strict=True))
    colour = SHORT_COLOUR.sub(r"#\1\1\2\2\3\3", one.color or "", count=1)
    return {
        "name": " ".join(one.name.split())[:NAME_AT_MOST] or "?",
        "is_codable": one.is_codable,
        "colour": colour if COLOUR.fullmatch(colour) else "",
        "definition": words.strip(),
        **{name: found.get(word, "").strip() for name, word in PARTS.items()},
    }


def code_words(code: Mapping[str, Any]) -> str:
    """Return the one description that other programs know of a code."""
    parts = [f"{word}: {code[name]}" for name, word in PARTS.items() if code[name]]
    return "\n\n".join(([code["definition"]] if code["definition"] else []) + parts)
