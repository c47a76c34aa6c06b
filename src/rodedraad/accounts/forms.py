"""What an administrator fills in to make an account."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from rodedraad.accounts.models import Person


class AccountForm(forms.ModelForm):  # type: ignore[type-arg]
    """Name, e-mail address and whether this person is an administrator."""

    class Meta:
        model = Person
        fields = ("name", "email", "is_administrator")
        labels: ClassVar = {
            "name": _("Name"),
            "email": _("E-mail address"),
            "is_administrator": _("Administrator"),
        }
        help_texts: ClassVar = {
            "name": _("One account belongs to one person."),
            "is_administrator": _("May make studies and accounts, and read the audit log."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True

    def clean_email(self) -> str:
        """Refuse an address that is in use, whatever its case."""
        email = self.cleaned_data["email"].lower()
        if Person.objects.filter(email__iexact=email).exists():
            raise forms.ValidationError(_("There is already an account with this e-mail address."))
        return email
