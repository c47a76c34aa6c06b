"""Which files and facts does a person give, and which sources do they ask for?"""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from rodedraad.accounts.models import Person
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
        found = [file for file in given if isinstance(file, UploadedFile)]
        if not found:
            super().clean(None, initial)
        return found


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

    def __init__(self, study: Study, *args: Any, has_files: bool = False, **kwargs: Any) -> None:
        super().__init__(study, *args, **kwargs)
        del self.fields["title"]
        self.fields["files"].required = not has_files
        who: Any = self.fields["confidentiality"]
        who.required, who.initial = False, ""
        who.choices = [("", _("team; talks and open answers: personal")), *choices_of(LEVELS)]
        who.help_text = _(
            "Once people are made unknown in a talk, the team may read it. Choose another only "
            "when the text tells of nobody."
        )

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
    wie = forms.ChoiceField(
        label=_("Who may see it"), required=False, choices=[("", _("all")), *choices_of(LEVELS)]
    )
    door = forms.ModelChoiceField(
        None, label=_("Added by"), required=False, empty_label=_("everyone")
    )
    vanaf = forms.DateField(label=_("Date from"), required=False, widget=DateInput)
    tot = forms.DateField(label=_("Date up to"), required=False, widget=DateInput)
    volgorde = forms.ChoiceField(
        label=_("Order"), required=False,
        choices=(
            ("", _("title")),
            ("nieuwste", _("added last")),
            ("datum", _("date, oldest first")),
            ("datum-af", _("date, newest first")),
            ("soort", _("kind")),
            ("casus", _("case")),
        ),
    )  # fmt: skip

    def __init__(self, study: Study, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["casus"].queryset = study.cases.order_by("name")  # type: ignore[attr-defined]
        team = Person.objects.filter(pk__in=study.team.values("person")).order_by("name")
        self.fields["door"].queryset = team  # type: ignore[attr-defined]

    def meets(self, sources: QuerySet[Source]) -> QuerySet[Source]:
        """Return the sources that meet the conditions of a valid form."""
        given = self.cleaned_data
        wanted = {
            "title__icontains": given["titel"].strip(),
            "kind": given["soort"],
            "case": given["casus"],
            "confidentiality": given["wie"],
            "added_by": given["door"],
            "date__gte": given["vanaf"],
            "date__lte": given["tot"],
        }
        return sources.filter(**{name: value for name, value in wanted.items() if value})


UNCHANGED, NOTHING = "", "-"


class ManyForm(forms.Form):
    """What to change of many sources at once; an empty field changes nothing."""

    kind = forms.ChoiceField(label=_("Kind"), required=False)
    case = forms.ChoiceField(label=_("Case"), required=False)
    wave = forms.ChoiceField(label=_("Wave"), required=False)
    confidentiality = forms.ChoiceField(label=_("Who may see it"), required=False)

    def __init__(self, study: Study, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        same = (UNCHANGED, _("do not change"))
        self._keys = {
            "case": {str(case.pk): case for case in study.cases.order_by("name")},
            "wave": {str(wave.pk): wave for wave in study.waves.all()},
        }
        cases = [(key, case.name) for key, case in self._keys["case"].items()]
        waves = [(key, wave.label) for key, wave in self._keys["wave"].items()]
        choices: dict[str, list[Any]] = {
            "kind": [same, *choices_of(KINDS)],
            "case": [same, (NOTHING, _("the whole study")), *cases],
            "wave": [same, (NOTHING, _("no wave")), *waves],
            "confidentiality": [same, *choices_of(LEVELS)],
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]

    def changes(self) -> dict[str, Any]:
        """Return the new values of a valid form by the name of their field."""
        given = {name: value for name, value in self.cleaned_data.items() if value != UNCHANGED}
        return {
            name: self._keys[name].get(value) if name in self._keys else value
            for name, value in given.items()
        }

    def sentences(self) -> list[tuple[str, str]]:
        """Return each field of a valid form that changes, and its new value, in words."""
        return [
            (str(field.label), str(dict(field.field.choices)[self.cleaned_data[field.name]]))  # type: ignore[attr-defined]
            for field in self
            if self.cleaned_data.get(field.name, UNCHANGED) != UNCHANGED
        ]


class TableForm(forms.Form):
    """A table with what is known of sources."""

    table = forms.FileField(
        label=_("Table (CSV)"), widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt"})
    )
