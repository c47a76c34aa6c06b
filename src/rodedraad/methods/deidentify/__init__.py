"""What in Dutch text points to a person, and how is it replaced?"""

from rodedraad.methods.deidentify.accuracy import Accuracy, accuracy_by_kind
from rodedraad.methods.deidentify.persons import (
    Person,
    PersonName,
    PersonQuestion,
    Pseudonyms,
    pseudonyms_assign,
)
from rodedraad.methods.deidentify.recognition import recognise
from rodedraad.methods.deidentify.replacement import (
    LABELS,
    Piece,
    PositionMap,
    Replaced,
    replace_spans,
)
from rodedraad.methods.deidentify.spans import (
    CERTAINTIES,
    KINDS,
    Certainty,
    DeidentificationRefused,
    Gender,
    Kind,
    Span,
    spans_checked,
    spans_resolve,
)

__all__ = [
    "CERTAINTIES",
    "KINDS",
    "LABELS",
    "Accuracy",
    "Certainty",
    "DeidentificationRefused",
    "Gender",
    "Kind",
    "Person",
    "PersonName",
    "PersonQuestion",
    "Piece",
    "PositionMap",
    "Pseudonyms",
    "Replaced",
    "Span",
    "accuracy_by_kind",
    "pseudonyms_assign",
    "recognise",
    "replace_spans",
    "spans_checked",
    "spans_resolve",
]
