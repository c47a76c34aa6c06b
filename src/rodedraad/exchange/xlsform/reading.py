"""How does an XLSForm become a questionnaire of ours?

Every row that asks or shows something is carried over or reported; what of it is lost is noted.
Faulty forms are read as far as they go; what pyxform says of the form as a whole is noted too.
"""

import contextlib
import io
import warnings
from typing import Any

from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

from rodedraad.exchange.questionnaire.definition import manners
from rodedraad.exchange.questionnaire.result import Account, ReadSurvey
from rodedraad.exchange.questionnaire.texts import by_language
from rodedraad.exchange.xlsform.elements import Element, Elements
from rodedraad.exchange.xlsform.rows import NO, Row
from rodedraad.exchange.xlsform.sheets import sheets_read
from rodedraad.exchange.xlsform.tree import Asked, Block, form_read

LOOSE_ON_A_PAGE = 8


def xlsform_read(content: bytes) -> ReadSurvey:
    """Return the questionnaire in a workbook, with the account of what did not come along.

    Raises
    ------
    SurveyFileRefused
        When the file is no workbook, is damaged, too large, or holds what can do harm.
    """
    account = Account()
    form = form_read(sheets_read(content), account)
    maker = Elements(form, account)
    pages = _Pages(maker).of(form.top)
    title = form.settings.get("title", "")
    definition: dict[str, Any] = manners() | {
        "title": by_language({form.language or "default": title}, form.language),
        "pages": pages,
    }
    if maker.calculated:
        definition["calculatedValues"] = maker.calculated
    _checked(content, account)
    return account.read("xlsform", definition)


def _checked(content: bytes, account: Account) -> None:
    """Note what pyxform, the reference reader, says of the form."""
    told: list[str] = []
    try:
        with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            convert(xlsform=content, warnings=told, validate=False)
    except PyXFormError as fault:
        account.note("", "form", str(fault))
    except Exception as fault:  # it falls over some forms that we have read by now
        account.note("", "form", f"{type(fault).__name__}: {str(fault)[:200]}")
    for one in told:
        account.note("", "pyxform", one)


class _Pages:
    """Lays a form out on pages: a group at the top is a page, loose questions share pages."""

    def __init__(self, maker: Elements) -> None:
        self.maker = maker
        self.pages: list[Element] = []
        self.loose: list[Element] = []

    def of(self, top: Block) -> list[Element]:
        for one in top.inside:
            if isinstance(one, Block) and one.what == "group":
                self.close()
                self.pages.append(self.page(one))
            else:
                self.loose += self.inside([one])
                if len(self.loose) >= LOOSE_ON_A_PAGE:
                    self.close()
        self.close()
        return [page for page in self.pages if page["elements"]]

    def close(self) -> None:
        if self.loose:
            name = f"pagina_{len(self.pages) + 1}"
            self.pages.append({"name": name, "elements": self.loose})
            self.loose = []

    def page(self, block: Block) -> Element:
        return {"name": block.name, "elements": self.inside(block.inside), **self.about(block)}

    def inside(self, parts: "list[Asked | Block]") -> list[Element]:
        found: list[Element] = []
        for one in parts:
            if isinstance(one, Asked):
                element = self.maker.made(one)
            elif one.what == "group":
                element = {"type": "panel", **self.page(one)}
            else:
                element = self.repeat(one)
            if element is not None and element.get("elements", True):
                found.append(element)
        return found

    def repeat(self, block: Block) -> Element | None:
        before, self.maker.here = self.maker.here, block
        elements = self.inside(block.inside)
        self.maker.here = before
        if not elements:
            return None
        element = {
            "type": "paneldynamic", "name": block.name, "templateElements": elements,
            "panelCount": 1, **self.about(block),
        }  # fmt: skip
        count = block.row["repeat_count"]
        if count.isdigit() and 0 < int(count) <= 100:
            element |= {"panelCount": int(count), "maxPanelCount": int(count),
                        "minPanelCount": int(count)}  # fmt: skip
        elif count:
            self.maker.account.note(block.name, "repeat-count", count)
        return element

    def about(self, block: Block) -> Element:
        """Return title, description and condition of a group."""
        row: Row = block.row
        told: Element = {}
        if title := self.maker.text(row, "label", None, block.name):
            told["title"] = title
        if hint := self.maker.text(row, "hint", None, block.name):
            told["description"] = hint
        if row["relevant"]:
            condition = self.maker.condition(row["relevant"], None, block.name, "relevance")
            told |= {"visibleIf": condition} if condition else {}
        if row["readonly"].lower() not in NO:
            told["readOnly"] = True
        return told
