"""Which rows does a person ask for: the form above the evidence table?"""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from rodedraad.assessment.evidence_words import evidence_kind_words
from rodedraad.assessment.filters import RowFilter
from rodedraad.assessment.models import Evidence
from rodedraad.country.wording import in_language
from rodedraad.studies.frame import MUNICIPALITY
from rodedraad.studies.models import Case, Construct, Study
from rodedraad.studies.template import framework
from rodedraad.studies.wording import worded

OUTSIDE_WAVES = "buiten"


class EvidenceForm(forms.Form):
    """Conditions on evidence rows; an empty field is no condition."""

    def __init__(self, data: QueryDict, study: Study) -> None:
        super().__init__(data)
        self.study = study
        waves = [(wave.label, wave.label) for wave in study.waves.all()]
        self.constructs = constructs_of(study)
        kinds = [(kind, evidence_kind_words(kind)) for kind in Evidence.Kind.values]
        every = [("", _("all"))]
        self.fields["meting"] = forms.ChoiceField(
            label=_("Wave"),
            required=False,
            choices=[*every, *waves, (OUTSIDE_WAVES, _("outside the waves"))],
        )
        self.fields["construct"] = forms.ChoiceField(
            label=_("Construct"),
            required=False,
            choices=[*every, *((code, f"{code} {n}") for code, n in self.constructs.items())],
        )
        self.fields["soort"] = forms.ChoiceField(
            label=_("Kind"), required=False, choices=[*every, *kinds]
        )
        self.fields["over"] = forms.CharField(
            label=_("About"),
            required=False,
            max_length=200,
            help_text=_("The whole, or the beginning up to a slash: jeugdregio/"),
        )
        self.fields["gemeente"] = forms.CharField(
            label=_("Municipality") if study.unit_kind == MUNICIPALITY else _("Case"),
            required=False,
            max_length=200,
            help_text=_("Name or code, such as GM0363")
            if study.unit_kind == MUNICIPALITY
            else _("Name or code"),
        )

    def clean_gemeente(self) -> str:
        """Return the code of the case with this name or code."""
        text = self.cleaned_data["gemeente"].strip()
        if not text:
            return ""
        cases = Case.objects.filter(study=self.study)
        found = (
            cases.filter(unit_code__iexact=text).first() or cases.filter(name__iexact=text).first()
        )
        if found is None:
            raise forms.ValidationError(
                _("There is no municipality “%(text)s” in this study. Look it up under Country."),
                params={"text": text},
            )
        return found.unit_code

    def row_filter(self) -> RowFilter:
        """Return the conditions of a valid form."""
        given: dict[str, Any] = {k: v for k, v in self.cleaned_data.items() if v}
        about = given.get("over", "").strip()
        wave = given.get("meting")
        return RowFilter(
            wave="" if wave == OUTSIDE_WAVES else wave,
            kind=given.get("soort"),
            construct=given.get("construct"),
            about=about if about and not about.endswith("/") else None,
            about_prefix=about if about.endswith("/") else None,
            case=given.get("gemeente"),
        )


def constructs_of(study: Study) -> dict[str, str]:
    """Return constructs of the newest framework and measures: name by code, in their order."""
    rows = Construct.objects.filter(framework__study=study).order_by("framework__version", "order")
    found = {
        row["code"]: in_language(row, "name") for row in rows.values("code", "name_nl", "name_en")
    }
    return found | {code: name for code, name in measures_of(study).items() if code not in found}


def measures_of(study: Study) -> dict[str, str]:
    """Return the measures of the study: name by code."""
    asked: list[str] = study.template.get("measures", [])
    known = {measure.code: worded(measure.name.model_dump()) for measure in framework().measures}
    return {code: str(known.get(code, code)) for code in asked}


def asked_by(row_filter: RowFilter) -> dict[str, str]:
    """Return the query parameters with which the evidence page shows the rows of a filter."""
    found = {
        "meting": OUTSIDE_WAVES if row_filter.wave == "" else row_filter.wave,
        "construct": row_filter.construct,
        "soort": row_filter.kind,
        "over": row_filter.about or row_filter.about_prefix,
        "gemeente": row_filter.case,
    }
    return {name: value for name, value in found.items() if value}
