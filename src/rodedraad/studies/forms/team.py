"""What is filled in to give someone a role in a study."""

from django import forms
from django.utils.translation import gettext_lazy as _

from rodedraad.accounts.models import Person
from rodedraad.studies.wording import TEAM_ROLES


class MemberForm(forms.Form):
    """An address that has an account, and a role."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("Of someone with an account on this site."),
    )
    role = forms.ChoiceField(
        label=_("Role"), choices=list(TEAM_ROLES.items()), widget=forms.RadioSelect
    )
    person: Person

    def clean_email(self) -> str:
        """Find the account; a closed one does not count."""
        email = self.cleaned_data["email"]
        found = Person.objects.filter(email__iexact=email, is_active=True).first()
        if found is None:
            raise forms.ValidationError(
                _("There is no account with this address. Ask the administrator to make one.")
            )
        self.person = found
        return email
