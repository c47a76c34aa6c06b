"""Which questionnaire follows from the framework: the statements of each construct for a role.

The definition is SurveyJS JSON. Every text is ``{"default": Dutch, "en": English}``. A row of a
matrix has the code of its item as value, and answers 1 to 5, ``dk`` (I do not know) or ``na``
(does not apply): apart from each other, from not answered, and from not asked.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from rodedraad.studies.models import Construct, Item, Wave

ROWS_OF_A_PAGE = 8
"""A page on a telephone holds no more statements than this."""
DONT_KNOW, NOT_APPLICABLE = "dk", "na"
Text = Mapping[str, str]
Definition = dict[str, Any]


def text_of(nl: str, en: str) -> dict[str, str]:
    """Return a text as SurveyJS keeps it; Dutch is the default."""
    return {"default": nl, "en": en} if en else {"default": nl}


SCALE: tuple[tuple[int | str, Text], ...] = (
    (1, text_of("Helemaal oneens", "Strongly disagree")),
    (2, text_of("Oneens", "Disagree")),
    (3, text_of("Niet eens, niet oneens", "Neither agree nor disagree")),
    (4, text_of("Eens", "Agree")),
    (5, text_of("Helemaal eens", "Strongly agree")),
    (DONT_KNOW, text_of("Weet ik niet", "I do not know")),
    (NOT_APPLICABLE, text_of("Niet van toepassing", "Does not apply")),
)
MISSING = {DONT_KNOW: "dont_know", NOT_APPLICABLE: "not_applicable"}
INTRODUCTION = text_of(
    "Denk bij deze stellingen aan uw gemeente en het sociaal domein in de afgelopen twaalf "
    "maanden.",
    "Think of your municipality and the social domain over the past twelve months.",
)
OPEN_QUESTION = text_of(
    "Wilt u nog iets toelichten? Noem geen namen van mensen.",
    "Is there anything you would like to explain? Please do not name people.",
)


def definition_of(wave: Wave, roles: Collection[str], title: Text | None = None) -> Definition:
    """Return the questionnaire of a wave for one or more roles.

    Constructs follow the order of the framework. An item is there when it is for one of the roles.
    With one role nothing is routed; with more, ``role`` of the response hides what is not for it.
    """
    asked = set(roles)
    blocks: list[list[Definition]] = [[]]
    rows = 0
    for construct in _constructs(wave):
        items = [item for item in construct.items.all() if asked & set(item.roles)]
        if not items:
            continue
        if rows and rows + len(items) > ROWS_OF_A_PAGE:
            blocks.append([])
            rows = 0
        blocks[-1].append(matrix_of(construct, items, asked))
        rows += len(items)
    pages = [
        {"name": f"p{number}", "elements": elements}
        for number, elements in enumerate(blocks, start=1)
        if elements
    ]
    if pages:
        pages[0]["description"] = dict(INTRODUCTION)
    pages.append({"name": "slot", "elements": [_open_question()]})
    return {**manners(), "title": dict(title or {}), "pages": pages}


def _constructs(wave: Wave) -> Sequence[Construct]:
    return list(wave.framework.constructs.prefetch_related("items"))


def matrix_of(construct: Construct, items: Sequence[Item], roles: Collection[str]) -> Definition:
    """Return the matrix of a construct with these statements."""
    return {
        "type": "matrix",
        "name": construct.code,
        "construct": construct.code,
        "title": text_of("Bent u het eens met deze stellingen?", "Do you agree with these?"),
        "columns": [
            {"value": value, "text": dict(text)}
            | ({"missing": MISSING[str(value)]} if value in MISSING else {})
            for value, text in SCALE
        ],
        "rows": [
            {"value": item.code, "text": text_of(item.text_nl, item.text_en)}
            | ({"visibleIf": _for_roles(item, roles)} if set(roles) - set(item.roles) else {})
            for item in items
        ],
        "reversed": [item.code for item in items if item.reversed],
    }


def _for_roles(item: Item, roles: Collection[str]) -> str:
    """Return the condition under which a row is asked; ``role`` is a variable of the survey."""
    listed = ", ".join(f"'{role}'" for role in item.roles if role in roles)
    return f"{{role}} anyof [{listed}]"


def _open_question() -> Definition:
    return {"type": "comment", "name": "open", "title": dict(OPEN_QUESTION), "maxLength": 4000}


def manners() -> Definition:
    """How every questionnaire of ours behaves; the server and the guard count on it."""
    return {
        "locale": "nl",
        "checkErrorsMode": "onNextPage",
        "clearInvisibleValues": "onComplete",
        "textUpdateMode": "onTyping",
        "showProgressBar": True,
        "progressBarType": "pages",
        "showQuestionNumbers": "off",
        "questionErrorLocation": "bottom",
        "maxTextLength": 4000,
        "widthMode": "static",
        "width": "44rem",
    }
