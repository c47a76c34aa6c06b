"""What does a person choose when a project or bundle comes in or goes out?"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rodedraad.sources.models import Source
from rodedraad.sources.wording import KINDS, LEVELS
from rodedraad.studies.models import Study

FILE_AT_MOST = 2 * 1024**3


class ProjectForm(forms.Form):
    """A project or codebook of another program."""

    file = forms.FileField(
        label=_("File"), help_text=_("A project (.qdpx) or codebook (.qdc) of REFI-QDA.")
    )
    kind = forms.ChoiceField(
        label=_("What sort of texts these are"), choices=list(KINDS.items()),
        initial=Source.Kind.OTHER,
    )  # fmt: skip
    who = forms.ChoiceField(
        label=_("Who may see the texts"), choices=list(LEVELS.items()),
        initial=Source.Confidentiality.TEAM,
    )  # fmt: skip

    def clean_file(self) -> Any:
        """Refuse what is bigger than any project."""
        given = self.cleaned_data["file"]
        if given.size > FILE_AT_MOST:
            raise forms.ValidationError(_("A project file has at most 2 GB. Split the project."))
        return given


class RestoreForm(forms.Form):
    """A bundle, and what its study will be called here."""

    file = forms.FileField(label=_("Bundle"), help_text=_("The file that was written (.zip)."))
    slug = forms.SlugField(
        label=_("Short name"),
        required=False,
        max_length=50,
        help_text=_("Only to give it another than it had. Letters, digits and hyphens."),
    )

    def clean_slug(self) -> str:
        """Refuse a name that a study has."""
        slug: str = self.cleaned_data["slug"]
        if slug and Study.objects.filter(slug=slug).exists():
            raise forms.ValidationError(_("There is a study of that name. Choose another."))
        return slug
