"""What is filled in to choose cases: how, how many, from which frame, on what, with which seed."""

import secrets
from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from rodedraad.country.history import Country
from rodedraad.studies.frame import MUNICIPALITY
from rodedraad.studies.models import Case, Study
from rodedraad.studies.queries.plans import indicator_choices, indicator_years
from rodedraad.studies.selection import ALL, METHODS, WITH_FIGURES
from rodedraad.studies.wording import METHODS as METHOD_NAMES
from rodedraad.studies.wording import METHODS_EXPLAINED, STRATA

SEED_LIMIT = 2**31
LABEL = "forerunner"


def seed_new() -> int:
    """Return a seed by chance; the plan keeps it, so that the choice can be repeated."""
    return secrets.randbelow(SEED_LIMIT)


class SelectionForm(forms.Form):
    """The choice as asked. Figures can be chosen of the year of the reference date."""

    method = forms.ChoiceField(label=_("Way of choosing"), widget=forms.RadioSelect)
    n = forms.IntegerField(
        label=_("How many"),
        min_value=1,
        max_value=2000,
        required=False,
        help_text=_("Not needed when all take part."),
    )
    reference_date = forms.DateField(
        label=_("Reference date"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    strata = forms.MultipleChoiceField(
        label=_("Divide by"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Every group that arises gets at least one place."),
    )
    indicators = forms.MultipleChoiceField(
        label=_("Compare on"), required=False, widget=forms.CheckboxSelectMultiple
    )
    seed = forms.IntegerField(
        label=_("Seed"),
        min_value=0,
        max_value=SEED_LIMIT - 1,
        help_text=_("With the same seed and the same figures the same cases are chosen again."),
    )

    def __init__(self, study: Study, country: Country, data: QueryDict | None = None) -> None:
        plan = study.template["cases"]
        labelled = Case.objects.filter(study=study, forerunner=True).exists()
        initial = {
            "method": plan["method"],
            "n": plan["n"],
            "reference_date": date.fromisoformat(plan["frame_date"]),
            "strata": [name for name in plan["strata"] if labelled or name != LABEL],
            "indicators": plan["indicators"],
            "seed": seed_new(),
        }
        super().__init__(data, initial=initial)
        of_municipalities = study.unit_kind == MUNICIPALITY
        methods = METHODS if of_municipalities else METHODS[:2]
        explained = {
            key: f"{capfirst(str(METHOD_NAMES[key]))}: {METHODS_EXPLAINED[key]}" for key in methods
        }
        explained = {
            key: f"{capfirst(str(METHOD_NAMES[key]))}: {METHODS_EXPLAINED[key]}" for key in methods
        }
        _choose(self, "method", explained)
        _choose(self, "strata", STRATA if of_municipalities else {LABEL: STRATA[LABEL]})
        if not of_municipalities:
            del self.fields["indicators"]
            self.fields["reference_date"].help_text = _("On this date the list holds.")
            return
        year = self._year(initial["reference_date"])
        figures = indicator_choices(country, year)
        _choose(self, "indicators", {each.key: f"{each.title} ({each.unit})" for each in figures})
        years = ", ".join(map(str, indicator_years(country)))
        self.fields["reference_date"].help_text = _(
            "The frame is every municipality of this day. Figures are known of %(years)s."
        ) % {"years": years}
        field = cast("forms.MultipleChoiceField", self.fields["indicators"])
        field.help_text = _("Figures of %(year)s. Show the division again after another date.") % {
            "year": year
        }
        field.error_messages["invalid_choice"] = _(
            "“%(value)s” is not among the figures of the year of the reference date."
        )

    def _year(self, otherwise: date) -> int:
        given = self.data.get("reference_date", "") if self.is_bound else ""
        try:
            return date.fromisoformat(given).year
        except ValueError:
            return otherwise.year

    def clean(self) -> dict[str, Any]:
        """See to what the way of choosing needs."""
        given = super().clean() or {}
        method, n = given.get("method"), given.get("n")
        if method != ALL and n is None and "n" not in self.errors:
            self.add_error("n", _("Say how many are to be chosen."))
        if method == "matched_pairs" and n is not None and n % 2:
            self.add_error("n", _("Pairs need an even number."))
        if (
            method in WITH_FIGURES
            and not given.get("indicators")
            and "indicators" not in self.errors
        ):
            self.add_error("indicators", _("Choose at least one figure to compare on."))
        return given

    def asked(self) -> dict[str, Any]:
        """Return what was filled in, by the names that ``selection_plan_make`` takes."""
        given = self.cleaned_data
        return {
            "method": given["method"],
            "n_cases": given["n"] or 0,
            "reference_date": given["reference_date"],
            "strata": given["strata"],
            "indicators": given.get("indicators", []) if given["method"] != ALL else [],
            "seed": given["seed"],
        }


def _choose(form: forms.Form, name: str, choices: Mapping[str, object]) -> None:
    cast("forms.ChoiceField", form.fields[name]).choices = list(choices.items())
