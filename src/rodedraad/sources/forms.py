"""Which files and facts does a person give, and which sources do they ask for?"""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from rodedraad.sources.actions import SourceFacts
from rodedraad.sources.extraction import Options
from rodedraad.sources.extraction.forms import EXTENSIONS
from rodedraad.sources.models import Source
from rodedraad.sources.wording import KINDS, LEVELS, choices_of
from rodedraad.studies.models import Study

ACCEPTED = ",".join(f".{extension}" for extension in EXTENSIONS)


class FilesInput(forms.ClearableFileInput):
    """A field in which several files can be chosen at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or more files."""

    widget = FilesInput(attrs={"accept": ACCEPTED})

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Return all files; an empty one is left to the reader of files, which tells it by name."""
        given = data if isinstance(data, list | tuple) else [data]
        if not any(given):
            super().clean(None, initial)
        return [file for file in given if file]


class DateInput(forms.DateInput):
    """A date chosen in the browser."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class FactsForm(forms.Form):
    """What is known of a source besides its text."""

    title = forms.CharField(label=_("Title"), max_length=300)
    kind = forms.ChoiceField(label=_("Kind"), choices=choices_of(KINDS), initial="policy_document")
    case = forms.ModelChoiceField(
        None, label=_("Case"), required=False, empty_label=_("the whole study")
    )
    wave = forms.ModelChoiceField(None, label=_("Wave"), required=False, empty_label=_("no wave"))
    date = forms.DateField(label=_("Date of the text"), required=False, widget=DateInput)
    period = forms.CharField(
        label=_("Period it is about"),
        required=False,
        max_length=60,
        help_text=_("Such as 2015-2018"),
    )
    origin = forms.CharField(
        label=_("Where it was got"), required=False, max_length=500,
        help_text=_("An address on the web, or who gave it"),
    )  # fmt: skip
    role = forms.CharField(
        label=_("Role of who speaks"), required=False, max_length=40,
        help_text=_("For a talk: the letter or name of the role"),
    )  # fmt: skip
    respondent = forms.CharField(
        label=_("Pseudonym of who speaks"), required=False, max_length=40,
        help_text=_("Such as R012, never a name"),
    )  # fmt: skip
    confidentiality = forms.ChoiceField(
        label=_("Who may see it"), choices=choices_of(LEVELS), initial="team"
    )

    def __init__(self, study: Study, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["case"].queryset = study.cases.order_by("name")  # type: ignore[attr-defined]
        self.fields["wave"].queryset = study.waves.all()  # type: ignore[attr-defined]

    def facts(self) -> SourceFacts:
        """Return the facts of a valid form."""
        names = SourceFacts.__slots__
        return SourceFacts(**{name: self.cleaned_data[name] for name in names})


class FilesForm(FactsForm):
    """Files to add, and what is known of all of them."""

    files = FilesField(  # type: ignore[assignment]
        label=_("Files"),
        help_text=_("PDF, DOCX, ODT, RTF, HTML, Markdown, TXT, VTT, SRT, CSV, XLSX or XML"),
    )
    answers = forms.CharField(
        label=_("Column with the answers"), required=False, max_length=200,
        help_text=_("Only for a table with open answers: as its first row calls it"),
    )  # fmt: skip
    respondents = forms.CharField(
        label=_("Column with the respondent"), required=False, max_length=200,
        help_text=_("Only for a table with open answers"),
    )  # fmt: skip
    again = forms.BooleanField(label=_("Also add what is in the study already"), required=False)
    field_order = ("files", "kind", "case", "wave", "confidentiality", "date", "period", "origin")

    def __init__(self, study: Study, *args: Any, **kwargs: Any) -> None:
        super().__init__(study, *args, **kwargs)
        del self.fields["title"]

    def facts(self) -> SourceFacts:
        """Return the facts of a valid form; a source is called by its file."""
        names = set(SourceFacts.__slots__) - {"title"}
        return SourceFacts(**{name: self.cleaned_data[name] for name in names})

    def options(self) -> Options:
        """Return the columns that were chosen."""
        return Options(self.cleaned_data["answers"], self.cleaned_data["respondents"])


class TextForm(forms.Form):
    """A text file with the text of a source as a person corrected it."""

    text = forms.FileField(
        label=_("Corrected text"), widget=forms.FileInput(attrs={"accept": ".txt,.md"}),
        help_text=_("A text file (.txt). It becomes a new version; the earlier ones stay."),
    )  # fmt: skip


class FilterForm(forms.Form):
    """Conditions on sources; an empty field is no condition."""

    titel = forms.CharField(label=_("Title"), required=False, max_length=300)
    soort = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("all")), *choices_of(KINDS)]
    )
    casus = forms.ModelChoiceField(None, label=_("Case"), required=False, empty_label=_("all"))
    vanaf = forms.DateField(label=_("Date from"), required=False, widget=DateInput)
    tot = forms.DateField(label=_("Date up to"), required=False, widget=DateInput)

    def __init__(self, study: Study, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["casus"].queryset = study.cases.order_by("name")  # type: ignore[attr-defined]

    def meets(self, sources: QuerySet[Source]) -> QuerySet[Source]:
        """Return the sources that meet the conditions of a valid form."""
        given = self.cleaned_data
        wanted = {
            "title__icontains": given["titel"].strip(),
            "kind": given["soort"],
            "case": given["casus"],
            "date__gte": given["vanaf"],
            "date__lte": given["tot"],
        }
        return sources.filter(**{name: value for name, value in wanted.items() if value})
