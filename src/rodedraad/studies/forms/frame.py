"""What is filled in about the frame: units by hand or from a file, and the label forerunner."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rodedraad.studies.models import Case
from rodedraad.studies.wording import CASE_ROLES

LABELS = {"yes": True, "no": False, "unknown": None}


class FrameFilter(forms.Form):
    """Which units of the frame are shown."""

    zoek = forms.CharField(label=_("Name or code"), required=False, max_length=100)
    rol = forms.ChoiceField(label=_("Place in the study"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        shown = (Case.Role.MAIN, Case.Role.RESERVE, Case.Role.WITHDRAWN, Case.Role.FRAME)
        self.fields["rol"].choices = [
            ("", _("everything")), *((role, CASE_ROLES[role]) for role in shown)
        ]  # fmt: skip


class UnitForm(forms.Form):
    """One unit that is typed in."""

    code = forms.CharField(
        max_length=80,
        label=_("Code"),
        help_text=_("A short code of your own, without spaces. It cannot be changed later."),
    )
    name = forms.CharField(max_length=200, label=_("Name"))


class UnitsFileForm(forms.Form):
    """Many units in one file."""

    file = forms.FileField(
        label=_("CSV file"),
        help_text=_("The first row holds the headings “code” and “name”."),
        max_length=200,
    )


class ForerunnerForm(forms.Form):
    """Units with the label, and who says so."""

    lines = forms.CharField(
        label=_("Names or codes, one on each line"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    label = forms.ChoiceField(
        label=_("Label"),
        choices=(
            ("yes", _("forerunner")),
            ("no", _("no forerunner")),
            ("unknown", _("not known: take the label away")),
        ),
        initial="yes",
        widget=forms.RadioSelect,
    )
    source = forms.CharField(
        label=_("Source"),
        required=False,
        max_length=300,
        help_text=_("Where this reputation stands: title, publisher and year, or an address."),
    )

    def clean(self) -> dict[str, Any]:
        """A label has a source."""
        given = super().clean() or {}
        if given.get("label") in {"yes", "no"} and not given.get("source", "").strip():
            self.add_error("source", _("Say where the label comes from."))
        return given
