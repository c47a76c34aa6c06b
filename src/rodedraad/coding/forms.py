"""What is filled in about codes, codebook files and codings."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rodedraad.coding.actions.codes import NAME_AT_MOST, CodeFacts
from rodedraad.coding.models import Code
from rodedraad.coding.tree import Line

PATTERNS = {
    Code.Pattern.SOLID: _("solid line"),
    Code.Pattern.DASHED: _("dashed line"),
    Code.Pattern.DOTTED: _("dotted line"),
    Code.Pattern.DOUBLE: _("double line"),
}
FILE_AT_MOST = 5_000_000


class CodeForm(forms.Form):
    """What a code says and how it looks; ``row_version`` guards against writing over another."""

    name = forms.CharField(label=_("Name"), max_length=NAME_AT_MOST)
    definition = forms.CharField(
        label=_("Definition"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    include = forms.CharField(
        label=_("What belongs to it"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    exclude = forms.CharField(
        label=_("What does not"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    example = forms.CharField(
        label=_("Example"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    construct = forms.ChoiceField(
        label=_("Construct"),
        required=False,
        help_text=_("What the passages become evidence of."),
    )
    colour = forms.RegexField(
        label=_("Colour"),
        regex=r"^#[0-9a-fA-F]{6}$",
        required=False,
        help_text=_("Like #1A2B3C; may be left out."),
    )
    pattern = forms.ChoiceField(label=_("Kind of line"), choices=list(PATTERNS.items()))
    is_codable = forms.BooleanField(
        label=_("Passages can get this code"),
        required=False,
        initial=True,
        help_text=_("No: it is a heading for the codes under it."),
    )
    row_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, constructs: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["construct"].choices = [("", "–"), *constructs]  # type: ignore[attr-defined]

    def facts(self) -> CodeFacts:
        """Return what was filled in, with line feeds only."""
        given: dict[str, Any] = {name: self.cleaned_data[name] for name in CodeFacts.__slots__}
        for name, value in given.items():
            if isinstance(value, str):
                given[name] = value.replace("\r\n", "\n")
        return CodeFacts(**given)


class PlaceForm(forms.Form):
    """Where a code stands: under which one, and after how many others."""

    parent = forms.ChoiceField(label=_("Under"), required=False)
    position = forms.IntegerField(
        label=_("Place among these"), min_value=1, initial=1, help_text=_("1 is the first.")
    )
    row_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, lines: list[Line], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].choices = [  # type: ignore[attr-defined]
            ("", _("at the top")),
            *((str(line.code.uuid), line.indented) for line in lines),
        ]


class CodebookFileForm(forms.Form):
    """A codebook from another program, or a table."""

    file = forms.FileField(
        label=_("File"), help_text=_("A codebook of REFI-QDA (.qdc), or a table (.csv).")
    )

    def clean_file(self) -> Any:
        """Refuse what is far bigger than any codebook."""
        given = self.cleaned_data["file"]
        if given.size > FILE_AT_MOST:
            raise forms.ValidationError(_("A codebook file has at most 5 MB. Choose another one."))
        return given
