"""Every type of question with answers a browser can give, and answers that only a tamperer gives.

Each entry: elements of a page, good answers, and bad ones. Types without a value have no good
answer; whatever is sent for them is bad.
"""

from typing import Any

CHOICES = [1, 2, 3]
LETTERS = ["a", "b", "c"]
IMAGES = [{"value": "a", "imageLink": "a.png"}, {"value": "b", "imageLink": "b.png"}]
COLUMNS = [{"name": "x", "cellType": "text"}, {"name": "y", "cellType": "dropdown"}]
PIXEL = "data:image/png;base64,iVBORw0KGgo="
FILE = {"name": "a.png", "type": "image/png", "content": PIXEL}

Case = tuple[dict[str, Any], list[Any], list[Any]]


def one(kind: str, **more: Any) -> dict[str, Any]:
    return {"type": kind, "name": "q", **more}


CASES: dict[str, Case] = {
    "text": (one("text", maxLength=5), ["abc", "é😀x"], [7, ["a"], {"a": 1}, "abcdef", True]),
    "text number": (
        one("text", inputType="number", min=0, max=10),
        [0, 7.5],
        ["abc", "7", 11, -1, [3]],
    ),
    "text date": (one("text", inputType="date"), ["2026-11-22"], ["22-11-2026", 20261122, "x"]),
    "comment": (one("comment", maxLength=10), ["woord"], [5, "x" * 11, ["woord"]]),
    "boolean": (one("boolean"), [True, False], ["abc", "true", 1, [True]]),
    "boolean with values": (
        one("boolean", valueTrue="ja", valueFalse="nee"),
        ["ja", "nee"],
        [True, "misschien"],
    ),
    "rating": (one("rating", rateMin=1, rateMax=5), [1, 5], [0, 6, 999, "abc", "3", [3]]),
    "radiogroup": (one("radiogroup", choices=CHOICES), [1, 3], [4, "1", "iets", [1]]),
    "radiogroup with other": (
        one("radiogroup", choices=CHOICES, showOtherItem=True),
        [2],
        ["eigen tekst", 9],
    ),
    "dropdown": (one("dropdown", choices=LETTERS), ["a"], ["d", ["a"], 0, {"a": 1}]),
    "buttongroup": (one("buttongroup", choices=LETTERS), ["b"], ["d", ["b"], 1]),
    "checkbox": (
        one("checkbox", choices=LETTERS, maxSelectedChoices=2),
        [["a"], ["a", "b"]],
        ["a", ["a", "a"], ["a", "b", "c"], ["d"], {"a": True}],
    ),
    "tagbox": (one("tagbox", choices=LETTERS), [["c", "a"]], ["a", ["a", "a"], ["z"]]),
    "imagepicker": (one("imagepicker", choices=IMAGES), ["a"], ["c", ["a"], 1]),
    "imagepicker several": (
        one("imagepicker", choices=IMAGES, multiSelect=True),
        [["a", "b"]],
        ["a", ["c"]],
    ),
    "imagemap": (
        one("imagemap", imageLink="kaart.png", multiSelect=True, areas=[{"value": "noord"}]),
        [["noord"]],
        [["zuid"], "noord", ["noord", "noord"]],
    ),
    "ranking": (
        one("ranking", choices=LETTERS),
        [["c", "a", "b"]],
        [["a"], ["a", "b"], ["a", "b", "z"], ["a", "a", "b"], "a", ["a", "b", "c", "c"]],
    ),
    "ranking of a selection": (
        one("ranking", choices=LETTERS, selectToRankEnabled=True),
        [["a"]],
        [["a", "a"], ["z"]],
    ),
    "matrix": (
        one("matrix", columns=CHOICES, rows=LETTERS),
        [{"a": 1}, {"a": 1, "b": 2, "c": 3}],
        [{"a": 77}, {"d": 1}, {"a": [1]}, [1], {"a": "1"}],
    ),
    "matrix with checkboxes": (
        one("matrix", cellType="checkbox", columns=CHOICES, rows=LETTERS),
        [{"a": [1, 2]}],
        [{"a": 1}, {"a": [4]}, {"a": [1, 1]}],
    ),
    "matrixdropdown": (
        one("matrixdropdown", columns=COLUMNS, choices=CHOICES, rows=LETTERS),
        [{"a": {"x": "t", "y": 1}}],
        [{"a": {"y": 9}}, {"a": {"z": 1}}, {"d": {"x": "t"}}, {"a": {"x": 5}}],
    ),
    "matrixdynamic": (
        one("matrixdynamic", columns=COLUMNS, choices=CHOICES, maxRowCount=2),
        [[{"x": "t", "y": 2}], []],
        [[{"y": 9}], [{"z": 1}], [{}, {}, {}], {"0": {"x": "t"}}, [{"x": ["t"]}]],
    ),
    "paneldynamic": (
        one("paneldynamic", maxPanelCount=2, templateElements=[{"type": "text", "name": "t"}]),
        [[{"t": "woord"}]],
        [[{"u": 1}], [{"t": 5}], [{}, {}, {}], {"t": "woord"}],
    ),
    "multipletext": (
        one("multipletext", items=[{"name": "n", "inputType": "number"}, {"name": "t"}]),
        [{"n": 3, "t": "x"}],
        [{"n": "drie"}, {"z": 1}, {"t": 3}, "x"],
    ),
    "slider": (one("slider", min=0, max=10), [4], [11, -1, "4", [4]]),
    "slider range": (
        one("slider", sliderType="range", min=0, max=10),
        [[2, 8]],
        [[2, 11], 5, [1, 2, 3]],
    ),
    "file": (
        one("file", storeDataAsText=True),
        [[FILE]],
        ["a.png", [{**FILE, "content": "http://elders/a.png"}], [FILE, FILE], [{**FILE, "z": 1}]],
    ),
    "signaturepad": (one("signaturepad"), [PIXEL], ["javascript:alert(1)", 5, "x" * 50]),
    "expression": (one("expression", expression="1 + 1"), [], [2, 3, "4"]),
    "html": (one("html", html="<p>Uitleg</p>"), [], ["x", {"a": 1}]),
    "image": (one("image", imageLink="a.png"), [], ["x", 1]),
    "empty": (one("empty"), [], ["x", 1]),
    "nonvalue": (one("nonvalue"), [], ["x"]),
    "textbase": (one("textbase"), ["woord"], [1, ["woord"], {"a": 1}, "x" * 20_001]),
}

GOOD = [(name, value) for name, (_, good, _) in CASES.items() for value in good]
BAD = [(name, value) for name, (_, _, bad) in CASES.items() for value in bad]


def definition_of(name: str) -> dict[str, Any]:
    return {"pages": [{"name": "p", "elements": [CASES[name][0]]}]}
