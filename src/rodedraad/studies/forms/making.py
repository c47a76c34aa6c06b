"""What is filled in to make a study: from a template that is there, or from an own file."""

from django import forms
from django.utils.translation import gettext_lazy as _

from rodedraad.studies.models import Study
from rodedraad.studies.template.yaml_tree import FILE_BYTES_LIMIT

SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"
TAKEN_BY_PAGES = {"nieuw"}


class StudyForm(forms.Form):
    """Short name, titles and client of a new study."""

    slug = forms.RegexField(
        rf"^{SLUG}\Z",
        max_length=50,
        label=_("Short name"),
        help_text=_("Part of the address of the study: small letters, digits and hyphens."),
        error_messages={"invalid": _("Use small letters, digits and hyphens, such as scan-2027.")},
    )
    title_nl = forms.CharField(max_length=200, label=_("Title in Dutch"))
    title_en = forms.CharField(max_length=200, label=_("Title in English"))
    client = forms.CharField(
        max_length=200,
        required=False,
        label=_("Client"),
        help_text=_("The organisation that asks for the study."),
    )

    def clean_slug(self) -> str:
        """Refuse a short name that another study or a page has."""
        slug = self.cleaned_data["slug"]
        if slug in TAKEN_BY_PAGES or Study.objects.filter(slug=slug).exists():
            raise forms.ValidationError(_("This short name is taken. Choose another one."))
        return slug


class OwnTemplateForm(StudyForm):
    """The same, with a template of one's own; its titles are used when none are filled in."""

    file = forms.FileField(
        label=_("Template"),
        help_text=_("A YAML file. See “Write a template” in the documentation."),
        max_length=200,
    )
    title_nl = forms.CharField(max_length=200, required=False, label=_("Title in Dutch"))
    title_en = forms.CharField(max_length=200, required=False, label=_("Title in English"))
    field_order = ("file", "slug", "title_nl", "title_en", "client")

    def clean_file(self) -> object:
        """Refuse a file that is too large before it is read."""
        file = self.cleaned_data["file"]
        if file.size > FILE_BYTES_LIMIT:
            raise forms.ValidationError(_("This file is larger than 500 kB. Give a template."))
        return file
