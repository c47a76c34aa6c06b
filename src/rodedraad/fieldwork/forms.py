"""What is filled in about people, consent and mail."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rodedraad.fieldwork.people import PersonGiven
from rodedraad.fieldwork.people_file import LONGEST, TELEPHONE, roles_known
from rodedraad.fieldwork.vault import ContactData
from rodedraad.fieldwork.wording import LANGUAGES, STATES, WAYS
from rodedraad.studies.models import Case, Study, Wave


class ContactForm(forms.Form):
    """How one person is called and reached."""

    name = forms.CharField(label=_("Name"), max_length=LONGEST["name"])
    mail = forms.EmailField(label=_("Mail address"), max_length=LONGEST["mail"], required=False)
    telephone = forms.RegexField(
        TELEPHONE, label=_("Telephone"), max_length=LONGEST["telephone"], required=False
    )
    organisation = forms.CharField(
        label=_("Organisation"), max_length=LONGEST["organisation"], required=False
    )
    address = forms.CharField(
        label=_("Postal address"),
        max_length=LONGEST["address"],
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Street and number, then postcode and place on the next line."),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse somebody who cannot be reached at all."""
        given = super().clean() or self.cleaned_data
        if not self.errors and not any(
            given.get(name) for name in ("mail", "telephone", "address")
        ):
            raise forms.ValidationError(
                _("Give a mail address, a telephone number or a postal address.")
            )
        return given

    def data_given(self) -> ContactData:
        """Return the contact data as they were filled in."""
        address = self.cleaned_data["address"].replace("\r\n", "\n")
        return ContactData(
            **{name: self.cleaned_data[name] for name in ("name", "mail", "telephone")},
            organisation=self.cleaned_data["organisation"],
            address=address,
        )


class PersonForm(ContactForm):
    """One person who takes part, with how they are reached."""

    case = forms.ModelChoiceField(Case.objects.none(), label=_("Case"))
    role = forms.ChoiceField(label=_("Role"))
    wave = forms.ModelChoiceField(Wave.objects.none(), label=_("Wave"))
    language = forms.ChoiceField(label=_("Language"), choices=list(LANGUAGES.items()))
    field_order = ("case", "role", "wave", "language")

    def __init__(self, study: Study, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, study)

    def person_given(self) -> PersonGiven:
        """Return the person as filled in."""
        given = self.cleaned_data
        return PersonGiven(given["case"], given["role"], given["language"], self.data_given())


class PeopleFileForm(forms.Form):
    """A file with people, and the wave that they come into."""

    wave = forms.ModelChoiceField(Wave.objects.none(), label=_("Wave"))
    file = forms.FileField(label=_("File with people"), help_text=_("CSV or Excel, at most 5 MB."))

    def __init__(self, study: Study, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, study)


class StateForm(forms.Form):
    """How far somebody is, as a person writes it down."""

    state = forms.ChoiceField(label=_("How far"), choices=list(STATES.items()))
    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        required=False,
        help_text=_("Without names: the whole team reads this."),
    )


class ConsentForm(forms.Form):
    """What somebody said about one purpose."""

    how = forms.ChoiceField(label=_("How they said it"), choices=list(WAYS.items()))
    day = forms.DateField(label=_("Day"), widget=forms.DateInput({"type": "date"}))


class MailingForm(forms.Form):
    """Which mail goes to whom."""

    about = forms.ChoiceField(label=_("What it is about"))
    step = forms.ChoiceField(label=_("Which mail"), widget=forms.RadioSelect)
    roles = forms.MultipleChoiceField(
        label=_("To which roles"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: everyone."),
    )
    ends_on = forms.DateField(
        label=_("Last day to answer"), required=False, widget=forms.DateInput({"type": "date"})
    )
    signed_by = forms.CharField(label=_("Signed by"), max_length=200)


class LettersForm(forms.Form):
    """Which letters are made."""

    about = forms.ChoiceField(label=_("What it is about"))
    case = forms.ModelChoiceField(
        Case.objects.none(), label=_("Case"), required=False, empty_label=_("all cases")
    )
    role = forms.ChoiceField(label=_("Role"), required=False)
    unmailed = forms.BooleanField(
        label=_("Only people without a mail address that works"), required=False
    )
    ends_on = forms.DateField(
        label=_("Last day to answer"), required=False, widget=forms.DateInput({"type": "date"})
    )
    signed_by = forms.CharField(label=_("Signed by"), max_length=200)
    text_nl = forms.CharField(label=_("Text in Dutch"), widget=forms.Textarea({"rows": 12}))
    text_en = forms.CharField(
        label=_("Text in English"),
        required=False,
        widget=forms.Textarea({"rows": 12, "lang": "en"}),
        help_text=_("Empty: people who read English get the Dutch text."),
    )


def _choices(form: forms.Form, study: Study) -> None:
    """Fill the choices that differ between studies."""
    if "case" in form.fields:
        form.fields["case"].queryset = Case.objects.filter(study=study).order_by("name")  # type: ignore[attr-defined]
        form.fields["role"].choices = [  # type: ignore[attr-defined]
            (code, f"{code} – {name}") for code, name in roles_known().items()
        ]
    waves = Wave.objects.filter(study=study).order_by("-reference_date", "-pk")
    form.fields["wave"].queryset = waves  # type: ignore[attr-defined]
    form.fields["wave"].initial = waves.first()
