"""What is filled in when a chosen case is invited, takes part or refuses."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rodedraad.studies.models import SelectionEvent
from rodedraad.studies.wording import EVENTS

Kind = SelectionEvent.Kind
NEXT = {
    Kind.CHOSEN: (Kind.INVITED, Kind.REFUSED),
    Kind.INVITED: (Kind.ACCEPTED, Kind.REFUSED),
    Kind.ACCEPTED: (Kind.REFUSED,),
}


class StepForm(forms.Form):
    """The next step of one case; only steps that can follow ``state`` are offered."""

    kind = forms.ChoiceField(label=_("What happened"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed with a refusal; it goes into the method annex. Name no people."),
    )

    def __init__(self, state: str, data: Any = None) -> None:
        super().__init__(data)
        steps = NEXT[Kind(state)]
        self.fields["kind"].choices = [(kind, EVENTS[kind]) for kind in steps]
        if len(steps) == 1:
            self.initial["kind"] = steps[0]

    def clean(self) -> dict[str, Any]:
        """A refusal has a reason."""
        given = super().clean() or {}
        if given.get("kind") == Kind.REFUSED and not given.get("reason", "").strip():
            self.add_error("reason", _("Say why: the method annex names every refusal."))
        return given
