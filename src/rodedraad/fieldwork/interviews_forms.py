"""What is filled in about an interview."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rodedraad.accounts.models import Person
from rodedraad.fieldwork.interviews import LEADERS, Held, Plan
from rodedraad.fieldwork.interviews_words import MODES
from rodedraad.fieldwork.models import Interview, Participation
from rodedraad.fieldwork.people_file import roles_known
from rodedraad.studies.models import Case, Study, Wave

GONE = (Participation.State.WITHDRAWN, Participation.State.INELIGIBLE)
RECORDED = {"": None, "yes": True, "no": False}


class PlanForm(forms.Form):
    """With whom, how, by whom and when an interview is."""

    participants = forms.ModelMultipleChoiceField(
        Participation.objects.none(), label=_("With whom"), widget=forms.CheckboxSelectMultiple
    )
    mode = forms.ChoiceField(label=_("How"), choices=list(MODES.items()))
    guide = forms.CharField(
        label=_("Guide"), max_length=120, required=False,
        help_text=_("Which list of questions, and its version: Workers, version 2."),
    )  # fmt: skip
    leaders = forms.ModelMultipleChoiceField(
        Person.objects.none(), label=_("Who leads it"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    day = forms.DateField(label=_("Day"), required=False, widget=forms.DateInput({"type": "date"}))
    time = forms.TimeField(
        label=_("Time"), required=False, widget=forms.TimeInput({"type": "time"})
    )

    def __init__(self, study: Study, case: Case, wave: Wave, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case, self.wave = case, wave
        people = Participation.objects.filter(study=study, case=case, wave=wave)
        roles = roles_known()
        chosen = self.fields["participants"]
        chosen.queryset = people.exclude(state__in=GONE).order_by("pseudonym")  # type: ignore[attr-defined]
        chosen.label_from_instance = (  # type: ignore[attr-defined]
            lambda each: f"{each.pseudonym} – {roles.get(each.role, each.role)}"
        )
        self.fields["leaders"].queryset = Person.objects.filter(  # type: ignore[attr-defined]
            team_roles__study=study, team_roles__role__in=LEADERS
        ).order_by("name")

    def clean(self) -> dict[str, Any]:
        """Refuse a day without a time and a time without a day."""
        given = super().clean() or self.cleaned_data
        if not self.errors and bool(given.get("day")) != (given.get("time") is not None):
            raise forms.ValidationError(_("Fill in both the day and the time, or neither."))
        return given

    def plan_given(self) -> Plan:
        """Return the plan as filled in."""
        given, when = self.cleaned_data, None
        if given["day"]:
            when = timezone.make_aware(datetime.datetime.combine(given["day"], given["time"]))
        return Plan(
            case=self.case,
            wave=self.wave,
            participants=list(given["participants"]),
            mode=given["mode"],
            guide=given["guide"],
            leaders=list(given["leaders"]),
            planned_for=when,
        )


def plan_initial(interview: Interview) -> dict[str, Any]:
    """Return what the form of an interview begins with."""
    when = timezone.localtime(interview.planned_for) if interview.planned_for else None
    return {
        "participants": [each.pk for each in interview.participants.all()],
        "leaders": [each.pk for each in interview.led_by.all()],
        "mode": interview.mode,
        "guide": interview.guide,
        "day": when.date().isoformat() if when else None,
        "time": f"{when:%H:%M}" if when else None,
    }


class HeldForm(forms.Form):
    """What is written down after an interview."""

    day = forms.DateField(label=_("Day that it was held"), widget=forms.DateInput({"type": "date"}))
    sat_in = forms.CharField(
        label=_("Who else was there"), max_length=300, required=False,
        help_text=_("By function, without names: a manager in the room colours a talk."),
    )  # fmt: skip
    recorded = forms.ChoiceField(
        label=_("Was it recorded?"), required=False,
        choices=[("", _("not known")), ("yes", _("yes")), ("no", _("no"))],
    )  # fmt: skip
    note = forms.CharField(
        label=_("Note"), required=False, max_length=2000, widget=forms.Textarea({"rows": 3}),
        help_text=_("Without names: the whole team reads this."),
    )  # fmt: skip

    def held_given(self) -> Held:
        """Return what was filled in."""
        given = self.cleaned_data
        return Held(
            day=given["day"],
            sat_in=given["sat_in"],
            recorded=RECORDED[given["recorded"]],
            note=given["note"],
        )


def held_initial(interview: Interview) -> dict[str, Any]:
    """Return what the form begins with: the planned day when nothing was written down."""
    planned = timezone.localdate(interview.planned_for) if interview.planned_for else None
    day = interview.held_on or (planned if planned and planned <= timezone.localdate() else None)
    return {
        "day": day.isoformat() if day else None,
        "sat_in": interview.sat_in,
        "recorded": {True: "yes", False: "no", None: ""}[interview.recorded],
        "note": interview.note,
    }
