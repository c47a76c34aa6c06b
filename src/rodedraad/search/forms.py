"""Which question does a person ask on the page, of which texts, and in which order?"""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rodedraad.coding.models import Code
from rodedraad.coding.tree import Line
from rodedraad.search.query import QUERY_AT_MOST
from rodedraad.search.scope import BY_CASE, BY_TITLE, NEWEST, OLDEST, Limits, Text, values_in
from rodedraad.sources.wording import KINDS

TEXTS, PASSAGES, MEMOS = "teksten", "passages", "memos"
PLACES: Mapping[str, str | Promise] = {
    TEXTS: _("all texts"),
    PASSAGES: _("coded passages"),
    MEMOS: _("memos"),
}
ORDERS: Mapping[str, str | Promise] = {
    BY_TITLE: _("by source"),
    BY_CASE: _("by case"),
    NEWEST: _("newest first"),
    OLDEST: _("oldest first"),
}
ALL = ("", _("all"))
CONDITIONS = ("casus", "soort", "rol", "code", "periode", "vanaf", "tot")


class DateInput(forms.DateInput):
    """A date chosen in the browser."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class SearchForm(forms.Form):
    """The question and its conditions; an empty field is no condition."""

    q = forms.CharField(
        label=_("What do you look for?"), required=False, max_length=QUERY_AT_MOST,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )  # fmt: skip
    waar = forms.ChoiceField(label=_("Search in"), required=False, choices=list(PLACES.items()))
    casus = forms.TypedChoiceField(
        label=_("Case"), required=False, coerce=int, empty_value=None, choices=()
    )
    soort = forms.ChoiceField(label=_("Kind of source"), required=False, choices=())
    rol = forms.ChoiceField(label=_("Role of who speaks"), required=False, choices=())
    code = forms.ChoiceField(label=_("In passages with the code"), required=False, choices=())
    periode = forms.ChoiceField(label=_("Period it is about"), required=False, choices=())
    vanaf = forms.DateField(label=_("Date from"), required=False, widget=DateInput)
    tot = forms.DateField(label=_("Date up to"), required=False, widget=DateInput)
    orde = forms.ChoiceField(label=_("Order"), required=False, choices=list(ORDERS.items()))

    def __init__(self, texts: Sequence[Text], lines: Sequence[Line], *args: Any) -> None:
        super().__init__(*args)
        self._codes = {str(line.code.uuid): line.code for line in lines}
        names = {text.case: text.case_name for text in texts if text.case is not None}
        cases = sorted(names.items(), key=lambda pair: pair[1].casefold())
        self._choose("casus", cases)
        self._choose("soort", [(kind, KINDS[kind]) for kind in values_in(texts, "kind")])
        self._choose("rol", [(role, role) for role in values_in(texts, "role")])
        self._choose("periode", [(one, one) for one in values_in(texts, "period")])
        self._choose("code", [(str(line.code.uuid), line.indented) for line in lines])

    def clean(self) -> dict[str, Any]:
        """Refuse a last day that comes before the first."""
        given: dict[str, Any] = super().clean() or {}
        first, last = given.get("vanaf"), given.get("tot")
        if first and last and last < first:
            self.add_error("tot", _("This day comes before the first one. Choose a later day."))
        return given

    def _choose(self, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
        self.fields[name].choices = [ALL, *choices]  # type: ignore[attr-defined]

    @property
    def line(self) -> str:
        """The question as it was typed."""
        return self.cleaned_data["q"].strip()

    @property
    def place(self) -> str:
        """Where is searched."""
        return self.cleaned_data["waar"] or TEXTS

    @property
    def order(self) -> str:
        """In which order the answers stand."""
        return self.cleaned_data["orde"] or BY_TITLE

    @property
    def chosen_code(self) -> Code | None:
        """The code in whose passages is searched."""
        return self._codes.get(self.cleaned_data["code"])

    def limits(self) -> Limits:
        """Return the conditions of a valid form on the texts."""
        given = self.cleaned_data
        return Limits(
            case=given["casus"], role=given["rol"], kind=given["soort"], period=given["periode"],
            since=given["vanaf"], until=given["tot"],
        )  # fmt: skip

    def kept(self) -> dict[str, str]:
        """Return what was chosen besides the question, to ask it again."""
        return {name: self.data[name] for name in (*CONDITIONS, "waar", "orde")
                if self.data.get(name)}  # fmt: skip

    @property
    def place_differs(self) -> bool:
        """Whether another place or order is chosen than the usual one."""
        return bool(self.data.get("waar") or self.data.get("orde"))

    @property
    def has_conditions(self) -> bool:
        """Whether one of the conditions is used."""
        return any(self.data.get(name) for name in CONDITIONS)
