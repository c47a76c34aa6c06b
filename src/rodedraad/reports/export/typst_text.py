"""How does the text of a report become Typst: the same blocks, written for the printed page?"""

from collections.abc import Callable, Mapping
from math import sqrt
from xml.etree import ElementTree

from rodedraad.errors import Refusal

Element = ElementTree.Element
LEFT_OUT = {"nav"}
LEFT_OUT_CLASS = "rd-on-screen"
PLAIN = {"body", "section", "div", "thead", "tbody", "figcaption", "span", "cite", "time", "data"}


def typst_text(body: str, pictures: Mapping[str, str]) -> str:
    """Return the Typst of a body of HTML.

    Navigation, and what is only meant for the screen (class ``rd-on-screen``), is left out. Every
    text becomes a string, so no character of it can be read as Typst.

    Parameters
    ----------
    body : well-formed HTML whose links and sources are addresses as they must come out
    pictures : file of each picture, by the address in ``src``

    Raises
    ------
    Refusal
        At an element that has no counterpart here: it would be lost without a word.
    """
    return _Writer(pictures).inside(ElementTree.fromstring(f"<body>{body}</body>"))  # noqa: S314


class _Writer:
    def __init__(self, pictures: Mapping[str, str]) -> None:
        self._pictures = pictures
        self._of: Mapping[str, Callable[[Element], str]] = {
            "p": lambda e: f"#par[{self.inside(e)}];\n",
            "h1": lambda e: self._heading(e, 1),
            "h2": lambda e: self._heading(e, 2),
            "h3": lambda e: self._heading(e, 3),
            "a": self._link,
            "strong": lambda e: f"#strong[{self.inside(e)}];",
            "em": lambda e: f"#emph[{self.inside(e)}];",
            "code": lambda e: f"#raw({typst_string(_words(e))});",
            "ul": self._list,
            "table": self._table,
            "figure": self._figure,
        }

    def inside(self, element: Element) -> str:
        """Return what stands in an element: its text and its children, in order."""
        block = element.tag in {"body", "section", "div", "ul", "table", "figure"}
        parts = [_text(element.text, block)]
        for child in element:
            parts.append(self._element(child))
            parts.append(_text(child.tail, block))
        return "".join(parts)

    def _element(self, element: Element) -> str:
        if _left_out(element):
            return ""
        language = element.get("lang")
        if language and element.tag in PLAIN:
            return f"#text(lang: {typst_string(language)})[{self.inside(element)}];"
        if element.tag in PLAIN:
            return self.inside(element)
        write = self._of.get(element.tag)
        if write is None:
            raise Refusal(
                f"The element <{element.tag}> of the report has no counterpart in the PDF. "
                "Give it one in rodedraad.reports.export.typst_text.",
                code="report_element_unknown",
                element=element.tag,
            )
        return write(element)

    def _heading(self, element: Element, level: int) -> str:
        return f"#heading(level: {level})[{self.inside(element)}];\n"

    def _link(self, element: Element) -> str:
        return f"#link({typst_string(element.get('href', ''))})[{self.inside(element)}];"

    def _list(self, element: Element) -> str:
        items = ", ".join(f"[{self.inside(item)}]" for item in element.iter("li"))
        return f"#list({items});\n"

    def _figure(self, element: Element) -> str:
        image = next(element.iter("img"))
        caption = next(element.iter("figcaption"))
        file = self._pictures[image.get("src", "")]
        return (
            f"#picture({typst_string(file)}, {typst_string(image.get('alt', ''))}, "
            f"[{self.inside(caption)}]);\n"
        )

    def _table(self, element: Element) -> str:
        caption, head, body = (next(element.iter(tag)) for tag in ("caption", "thead", "tbody"))
        header = list(head.iter("th"))
        numeric = ["numeric" in cell.get("class", "") for cell in header]
        rows = [list(row) for row in body.iter("tr")]
        columns = ", ".join(
            "auto" if numeric[at] else _share([_words(row[at]) for row in rows])
            for at in range(len(header))
        )
        align = ", ".join("right" if each else "left" for each in numeric)
        cells = [f"[{self._cell(cell)}]" for row in rows for cell in row]
        lines = ",\n".join(cells)
        return (
            f"#figure(kind: table, caption: [{self.inside(caption)}], table(columns: ({columns},), "
            f"align: ({align},), table.header({', '.join(f'[{self.inside(c)}]' for c in header)}),"
            f"\n{lines}));\n"
        )

    def _cell(self, cell: Element) -> str:
        return f"#strong[{self.inside(cell)}];" if cell.tag == "th" else self.inside(cell)


def _text(text: str | None, block: bool) -> str:
    if not text or (block and not text.strip()):
        return ""
    joined = " ".join(f".{text}.".split())[1:-1]
    return f"#{typst_string(joined)};" if joined else ""


def _share(texts: list[str]) -> str:
    """Return the share of the width for a column: more where its texts are longer."""
    mean = sum(map(len, texts)) / max(len(texts), 1)
    return f"{max(sqrt(mean), 2):.2f}fr"


def _words(element: Element) -> str:
    return "".join(element.itertext())


def typst_string(text: str) -> str:
    """Return the text as a Typst string, so that no character of it is read as Typst."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def printed(body: str) -> Element:
    """Return the body without navigation and without what is only meant for the screen."""
    tree = ElementTree.fromstring(f"<body>{body}</body>")  # noqa: S314
    for parent in list(tree.iter()):
        for child in list(parent):
            if _left_out(child):
                parent.remove(child)
    return tree


def _left_out(element: Element) -> bool:
    return element.tag in LEFT_OUT or LEFT_OUT_CLASS in element.get("class", "").split()
