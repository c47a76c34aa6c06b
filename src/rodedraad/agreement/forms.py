"""What is filled in to open a round, and which differences are asked for?"""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from rodedraad.agreement.wording import KINDS, UNITS
from rodedraad.coding.models import Coder, Round
from rodedraad.coding.tree import Line
from rodedraad.sources.forms import FilterForm
from rodedraad.sources.models import Source
from rodedraad.studies.models import Study

OPENED = ("blind", "open")


class RoundForm(forms.Form):
    """A round to open; sources are picked from a list beside it."""

    label = forms.CharField(label=_("Name"), max_length=120)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[(kind, KINDS[kind]) for kind in OPENED], initial="blind"
    )
    unit = forms.ChoiceField(
        label=_("Unit"),
        choices=list(UNITS.items()),
        initial="paragraph",
        help_text=_("On what coders are compared later. It cannot be changed afterwards."),
    )
    segments = forms.ChoiceField(
        label=_("Code that marks the segments"),
        required=False,
        help_text=_("Only when the unit is a segment: every passage with this code is one."),
    )
    people = forms.MultipleChoiceField(
        label=_("Coders"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose who codes.")},
    )

    def __init__(
        self, people: list[tuple[str, str]], lines: list[Line], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = people  # type: ignore[attr-defined]
        self.fields["segments"].choices = [  # type: ignore[attr-defined]
            ("", "–"),
            *((str(line.code.pk), line.indented) for line in lines),
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for a second coder and for the code of segments where these are needed."""
        given = super().clean() or {}
        if given.get("kind") == Round.Kind.BLIND:
            if len(given.get("people", ())) == 1:
                self.add_error("people", _("In a blind round at least two people code."))
            if given.get("unit") == "segment" and not given.get("segments"):
                self.add_error("segments", _("Choose the code that marks the segments."))
        return given


class SourcesForm(FilterForm):
    """Conditions on the sources to pick from."""

    def __init__(self, study: Study, *args: Any, **kwargs: Any) -> None:
        super().__init__(study, *args, **kwargs)
        del self.fields["vanaf"], self.fields["tot"]

    def meets(self, sources: QuerySet[Source]) -> QuerySet[Source]:
        """Return the sources that meet the conditions of a valid form."""
        given = self.cleaned_data
        wanted = {
            "title__icontains": given["titel"].strip(),
            "kind": given["soort"],
            "case": given["casus"],
        }
        return sources.filter(**{name: value for name, value in wanted.items() if value})


class DifferencesForm(forms.Form):
    """Which differences to show; an empty field is no condition."""

    code = forms.ChoiceField(label=_("Code"), required=False)
    bron = forms.ModelChoiceField(
        None, label=_("Source"), required=False, empty_label=_("all"), to_field_name="uuid"
    )
    stand = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("all")), ("open", _("to settle")), ("klaar", _("settled"))],
    )

    def __init__(
        self, codes: dict[int, str], sources: QuerySet[Source], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [  # type: ignore[attr-defined]
            ("", _("all")),
            *((str(pk), path) for pk, path in codes.items()),
        ]
        self.fields["bron"].queryset = sources  # type: ignore[attr-defined]


def people_of(coders: QuerySet[Coder]) -> list[tuple[str, str]]:
    """Return coders as choices."""
    return [(str(one.pk), one.name) for one in coders]
