"""How do XLSForm, LimeSurvey and SurveyJS write a condition?"""

import re

from rodedraad.exchange.expressions.syntax import Dialect

_SPACE = r"(?P<space>\s+)"
_NUMBER = r"(?P<number>\d+(?:\.\d+)?|\.\d+)"
_TEXT = r"(?P<text>'[^']*'|\"[^\"]*\")"
_TEXT_ESCAPED = r"(?P<text>'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"
_PLAIN = {op: op for op in ("and", "or", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*")}

XPATH = Dialect(
    marks=re.compile(
        "|".join(
            (
                _SPACE,
                _TEXT,
                r"(?P<question>\$\{[^}]+\})",
                _NUMBER,
                r"(?P<path>(?:\.\.)?/[^\s,()=<>!+*|]*)",
                r"(?P<self>\.)",
                r"(?P<name>[A-Za-z_][\w.:-]*)",
                r"(?P<op><=|>=|!=|[=<>+*()\-,|\[\]])",
            )
        )
    ),
    binary=_PLAIN | {"div": "/", "mod": "%"},
)

LIMESURVEY = Dialect(
    marks=re.compile(
        "|".join(
            (
                _SPACE,
                _TEXT_ESCAPED,
                r"(?P<name>\d+X\d+X\w+(?:\.\w+)*|[A-Za-z_]\w*(?:\.\w+)*)",
                _NUMBER,
                r"(?P<op><=|>=|==|!=|&&|\|\||[<>+*/()\-,!])",
            )
        )
    ),
    binary={
        **{op: op for op in ("and", "or", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/")},
        "==": "=", "eq": "=", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">=",
        "&&": "and", "||": "or",
    },
    nots=frozenset({"!", "not"}),
    escapes=True,
)  # fmt: skip

SURVEYJS = Dialect(
    marks=re.compile(
        "|".join(
            (
                _SPACE,
                _TEXT_ESCAPED,
                r"(?P<question>\{[^}]+\})",
                _NUMBER,
                r"(?P<name>[A-Za-z_]\w*)",
                r"(?P<op><=|>=|==|!=|<>|&&|\|\||[=<>+*/%()\-,!\[\]])",
            )
        )
    ),
    binary={
        **_PLAIN, "/": "/", "%": "%", "==": "=", "<>": "!=", "&&": "and", "||": "or",
        "equal": "=", "notequal": "!=", "less": "<", "greater": ">", "lessorequal": "<=",
        "greaterorequal": ">=", "contains": "contains", "contain": "contains",
        "notcontains": "notcontains", "anyof": "anyof", "allof": "allof",
    },
    nots=frozenset({"!", "negate"}),
    after={"empty": "empty", "notempty": "notempty"},
    escapes=True,
)  # fmt: skip
