"""How does a questionnaire of ours become an XLSForm, and what of it does not come along?"""

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

import xlsxwriter

from rodedraad.exchange.questionnaire.result import Account, ReadSurvey
from rodedraad.exchange.questionnaire.texts import plain_text
from rodedraad.exchange.xlsform.translating import Translating

Element = Mapping[str, Any]
Row = dict[str, Any]
LANGUAGES = {"nl": "Nederlands (nl)", "en": "English (en)"}
SURVEY = ("type", "name", "label", "hint", "required", "relevant", "constraint",
          "constraint_message", "calculation", "choice_filter", "appearance", "default",
          "readonly", "parameters", "repeat_count", "required_message")  # fmt: skip
TRANSLATED = ("label", "hint", "constraint_message", "required_message")
OF_CHOICES = {"radiogroup": "select_one", "dropdown": "select_one", "checkbox": "select_multiple",
              "tagbox": "select_multiple", "ranking": "rank", "imagepicker": "select_one",
              "buttongroup": "select_one"}  # fmt: skip
INPUTS = {"date": "date", "time": "time", "datetime-local": "datetime", "number": "decimal",
          "range": "decimal", "tel": "phone number"}  # fmt: skip
MEDIA = {"image/*": "image", "audio/*": "audio", "video/*": "video"}
BOOLEAN = ({"value": "true", "text": {"default": "Ja", "en": "Yes"}},
           {"value": "false", "text": {"default": "Nee", "en": "No"}})  # fmt: skip
NOT_IN_NAMES = re.compile(r"[^\w.-]+", re.ASCII)
CELL_MOST = 32_000
HANDLED = frozenset({
    "type", "name", "title", "description", "isRequired", "requiredIf", "visibleIf", "validators",
    "choices", "choicesVisibleIf", "defaultValue", "readOnly", "html", "inputType", "min", "max",
    "step", "minErrorText", "maxErrorText", "showOtherItem", "requiredErrorText", "acceptedTypes",
    "templateElements", "elements", "panelCount", "minPanelCount", "maxPanelCount", "rows",
    "columns", "items", "rateMin", "rateMax", "rateValues", "expression", "construct", "item",
    "roles",
})  # fmt: skip


def xlsform_written(definition: Element, form_id: str) -> tuple[bytes, ReadSurvey]:
    """Return a workbook with the questionnaire, and the account of what did not come along."""
    writer = _Writer(definition)
    for page in definition.get("pages", []):
        writer.page(page)
    for one in definition.get("calculatedValues", []):
        writer.calculated(one)
    told = writer.account.read("xlsform", definition)
    return writer.book(definition.get("title", ""), form_id), told


class _Writer:
    def __init__(self, definition: Element) -> None:
        self.account = Account()
        self.rows: list[Row] = []
        self.lists: dict[str, tuple[str, list[Row]]] = {}
        self.languages: set[str] = set()
        self.to = Translating(definition, self.account, _form_name)

    def page(self, page: Element) -> None:
        name = str(page.get("name", ""))
        loose = name.startswith("pagina_") and not set(page) & {"title", "description", "visibleIf"}
        if loose:
            self.inside(page)
        else:
            self.block("group", page)

    def inside(self, block: Element) -> None:
        for element in block.get("templateElements") or block.get("elements") or []:
            self.element(element)

    def block(self, kind: str, block: Element, **more: str) -> None:
        self.rows.append({"type": f"begin {kind}", **self.common(block), **more})
        self.inside(block)
        self.rows.append({"type": f"end {kind}"})

    def element(self, element: Element) -> None:
        kind = str(element.get("type"))
        if kind == "panel":
            self.block("group", element)
        elif kind == "paneldynamic":
            count = element.get("maxPanelCount")
            same = count is not None and count == element.get("minPanelCount")
            self.block("repeat", element, repeat_count=str(count) if same else "")
        elif kind in ("matrix", "multipletext"):
            self.table(element, kind)
        elif (row := self.asked(element, kind)) is not None:
            self.rows.append({**self.common(element), **row})
            self.unsaid(element)
            self.account.carry()
        else:
            self.account.lose(str(element["name"]), "kind", kind)

    def common(self, element: Element) -> Row:
        """Return what every row can say."""
        row: Row = {"name": self.to.name(str(element.get("name", "")))}
        row["label"] = self.text(element.get("title", ""))
        row["hint"] = self.text(element.get("description", ""))
        if element.get("visibleIf"):
            row["relevant"] = self.to.condition(element, "visibleIf", "relevance")
        if element.get("isRequired"):
            row["required"] = "yes"
        elif element.get("requiredIf"):
            row["required"] = self.to.condition(element, "requiredIf", "required")
        row["required_message"] = self.text(element.get("requiredErrorText", ""))
        if element.get("readOnly"):
            row["readonly"] = "yes"
        if "type" in element and element["type"] not in ("panel", "paneldynamic"):
            constraint, message = self.to.constraint(element)
            row |= {"constraint": constraint, "constraint_message": self.text(message)}
        default = element.get("defaultValue")
        if default is not None:
            listed = default if isinstance(default, list) else [default]
            row["default"] = " ".join(str(one) for one in listed)
        return row

    def asked(self, element: Element, kind: str) -> Row | None:  # noqa: PLR0911 one for each kind
        """Return type and details of a row, or None when XLSForm has no such kind."""
        if kind == "html":
            return {"type": "note", "label": self.text(element.get("html", ""))}
        if kind == "checkbox" and list(element.get("choices", [])) == ["OK"]:
            return {"type": "acknowledge"}
        if kind in OF_CHOICES or kind in ("boolean", "rating"):
            return self.chosen(element, kind)
        if kind == "text":
            given = INPUTS.get(str(element.get("inputType", "")), "text")
            return {"type": "integer" if given == "decimal" and element.get("step") == 1 else given}
        if kind == "comment":
            return {"type": "text", "appearance": "multiline"}
        if kind == "file":
            return {"type": MEDIA.get(str(element.get("acceptedTypes", "")), "file")}
        if kind == "slider":
            bounds = (element.get("min", 0), element.get("max", 100), element.get("step", 1))
            return {"type": "range", "parameters": "start={} end={} step={}".format(*bounds)}
        if kind == "expression":
            return {
                "type": "calculate",
                "calculation": self.to.condition(element, "expression", "calculation"),
            }
        return None

    def chosen(self, element: Element, kind: str) -> Row:
        if kind == "boolean":
            choices: Any = BOOLEAN
        elif kind == "rating":
            choices = element.get("rateValues") or list(
                range(element.get("rateMin", 1), element.get("rateMax", 5) + 1)
            )
        else:
            choices = element.get("choices", [])
        several = OF_CHOICES.get(kind) in ("select_multiple", "rank")
        listed = self.list_of(choices, str(element["name"]), several=several)
        filtered = bool(element.get("choicesVisibleIf"))
        other = " or_other" if element.get("showOtherItem") and not filtered else ""
        if filtered and element.get("showOtherItem"):
            self.account.note(str(element["name"]), "attribute", "showOtherItem")
        row = {"type": f"{OF_CHOICES.get(kind, 'select_one')} {listed}{other}"}
        if kind == "dropdown":
            row["appearance"] = "minimal"
        if element.get("choicesVisibleIf"):
            row["choice_filter"] = self.to.condition(element, "choicesVisibleIf", "choice-filter")
        return row

    def table(self, element: Element, kind: str) -> None:
        """Write a table as a group with a question for each of its rows."""
        row = self.common(element)
        look = {"appearance": "table-list"} if kind == "matrix" else {}
        self.rows.append({"type": "begin group", **row, **look, "required": "", "default": "",
                          "constraint": "", "constraint_message": ""})  # fmt: skip
        listed = self.list_of(element.get("columns", []), str(element["name"]))
        for part in element.get("rows" if kind == "matrix" else "items") or []:
            one = part if isinstance(part, dict) else {"value": part}
            value = str(one.get("value", one.get("name")))
            made: Row = {
                "type": f"select_one {listed}",
                "name": self.to.name(f"{element['name']}_{value}"),
                "label": self.text(one.get("text") or one.get("title") or value),
            }
            if kind == "multipletext":
                made["type"] = INPUTS.get(str(one.get("inputType", "")), "text")
            if one.get("visibleIf"):
                about = {"name": value, "visibleIf": one["visibleIf"]}
                made["relevant"] = self.to.condition(about, "visibleIf", "relevance")
            if element.get("eachRowRequired") or element.get("isRequired"):
                made["required"] = "yes"
            self.rows.append(made)
        self.rows.append({"type": "end group"})
        self.unsaid(element)
        self.account.carry()

    def unsaid(self, element: Element) -> None:
        for name in sorted(set(element) - HANDLED - {"eachRowRequired", "reversed"}):
            self.account.note(str(element["name"]), "attribute", name)

    def list_of(self, choices: Any, name: str, *, several: bool = False) -> str:
        """Return the name of the list with these choices; equal lists are one.

        A form keeps more answers with spaces between them, so then a value has no space in it.
        """
        rows: list[Row] = []
        for one in choices:
            whole = one if isinstance(one, dict) else {"value": one}
            value = str(whole.get("value", whole.get("name")))
            plain = "_".join(value.split()) if several else value
            if plain != value:
                self.account.note(name, "renamed", value)
            if whole.get("visibleIf"):
                self.account.note(name, "choice-filter", str(whole["visibleIf"]))
            rows.append({"name": plain, "label": self.text(whole.get("text") or "")})
        key = repr(rows)
        if key not in self.lists:
            self.lists[key] = (f"lijst_{len(self.lists) + 1}", rows)
        return self.lists[key][0]

    def calculated(self, one: Element) -> None:
        told = self.to.condition(one, "expression", "calculation", quiet=True)
        if not told:
            self.account.lose(str(one["name"]), "calculation", str(one.get("expression")))
            return
        self.rows.append(
            {"type": "calculate", "name": self.to.name(str(one["name"])), "calculation": told}
        )
        self.account.carry()

    def text(self, given: Any) -> dict[str, str]:
        """Return a text by language, plain, with the answers that it quotes."""
        texts = given if isinstance(given, Mapping) else {"default": str(given)} if given else {}
        found = {code: self.to.piped(plain_text(str(text))) for code, text in texts.items() if text}
        self.languages |= set(found) - {"default"}
        return found

    def book(self, title: Any, form_id: str) -> bytes:
        """Return the workbook; every cell is text, so none of them is a formula."""
        file = io.BytesIO()
        book = xlsxwriter.Workbook(
            file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        )
        self.sheet(book, "survey", SURVEY, self.rows)
        choices = [{"list_name": name, **row} for name, rows in self.lists.values() for row in rows]
        self.sheet(book, "choices", ("list_name", "name", "label"), choices)
        told = title.get("default", "") if isinstance(title, Mapping) else str(title)
        settings = [{"form_title": told or form_id, "form_id": NOT_IN_NAMES.sub("_", form_id)}]
        self.sheet(book, "settings", ("form_title", "form_id"), settings)
        book.close()
        return file.getvalue()

    def sheet(self, book: Any, name: str, columns: tuple[str, ...], rows: list[Row]) -> None:
        sheet = book.add_worksheet(name)
        places = list(self.places(columns, rows))
        for at, (column, language) in enumerate(places):
            told = f"{column}::{LANGUAGES.get(language, language)}" if language else column
            sheet.write_string(0, at, told)
        for line, row in enumerate(rows, start=1):
            for at, (column, language) in enumerate(places):
                value = row.get(column, "")
                if isinstance(value, dict):
                    value = value.get(language or "default", "")
                if value != "":
                    sheet.write_string(line, at, str(value)[:CELL_MOST])

    def places(self, columns: tuple[str, ...], rows: list[Row]) -> Iterator[tuple[str, str]]:
        """Return the columns that hold something, those of texts for each language."""
        for column in columns:
            if column not in TRANSLATED:
                if column in ("type", "name", "list_name") or any(row.get(column) for row in rows):
                    yield column, ""
                continue
            for language in ("", *sorted(self.languages)):
                key = language or "default"
                if column == "label" or any(key in (row.get(column) or {}) for row in rows):
                    yield column, language


def _form_name(name: str) -> str:
    plain = NOT_IN_NAMES.sub("_", name) or "vraag"
    return plain if plain[0].isalpha() or plain[0] == "_" else f"_{plain}"
