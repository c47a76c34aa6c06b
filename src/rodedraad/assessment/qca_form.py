"""What does a person choose for a QCA: the sets, three anchors each, cut-offs and expectations?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from rodedraad.assessment.conclusions.qca import Anchors
from rodedraad.assessment.construct_names import construct_code
from rodedraad.assessment.qca_runs import QcaPlan
from rodedraad.methods.qca import QcaRefusal
from rodedraad.methods.qca.limits import FEW_CASES, MOST_CONDITIONS_OF_FEW_CASES
from rodedraad.methods.qca.thresholds import thresholds_by_cluster, thresholds_by_gap

MIDDLE = Anchors(out=0.25, crossover=0.5, full=0.75)
ANCHORS: tuple[tuple[str, str, str, str | Promise], ...] = (
    ("uit", "out", "0", lazy("fully out")),
    ("om", "crossover", "½", lazy("crossover")),
    ("in", "full", "1", lazy("fully in")),
)
"""Field, name of the anchor, letter on the plot and words of each anchor."""
HELPS, HINDERS = "aanwezig", "afwezig"


class ChoiceForm(forms.Form):
    """Which outcome is explained by which conditions."""

    def __init__(
        self, data: QueryDict, names: Mapping[str, str], conditions: Sequence[str],
        outcomes: Sequence[str],
    ) -> None:  # fmt: skip
        super().__init__(data if "uitkomst" in data else None)

        def choices(codes: Sequence[str]) -> list[tuple[str, str]]:
            return [(code, f"{construct_code(code)} {names.get(code, code)}") for code in codes]

        self.fields["uitkomst"] = forms.ChoiceField(label=_("Outcome"), choices=choices(outcomes))
        self.fields["voorwaarde"] = forms.MultipleChoiceField(
            label=_("Conditions"),
            choices=choices(conditions),
            widget=forms.CheckboxSelectMultiple,
            help_text=_("At most four when there are %(n)s cases or fewer.") % {"n": FEW_CASES},
        )


@dataclass(frozen=True)
class SetFields:
    """The fields of one set, bound, with its code and name."""

    code: str
    name: str
    method: Any
    anchors: tuple[Any, ...]
    expected: Any | None


class QcaForm(forms.Form):
    """Name, cut-offs, and for each set its anchors; for a condition also what is expected."""

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        names: Mapping[str, str],
        outcome: str,
        conditions: Sequence[str],
        start: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(start or {}))
        self.outcome, self.conditions, self.names = outcome, tuple(conditions), names
        self.fields["naam"] = forms.CharField(
            label=_("Name of this analysis"),
            max_length=60,
            help_text=_("The newest analysis under a name counts; others stay under Runs."),
        )
        for code in self.codes:
            self._set_fields(code)
        self.fields["consistentie"] = _share(_("Least consistency of a row"), 0.8)
        self.fields["pri"] = _share(_("Least PRI of a row"), 0.5)
        self.fields["minimaal"] = forms.IntegerField(
            label=_("Least number of cases in a row"), min_value=1, initial=1
        )
        self.fields["uitgebreid"] = forms.BooleanField(
            label=_("Leave out assumptions that contradict each other"), required=False
        )
        if len(conditions) > MOST_CONDITIONS_OF_FEW_CASES:
            self.fields["reden"] = forms.CharField(
                label=_("Why more than four conditions?"),
                required=False,
                max_length=500,
                widget=forms.Textarea(attrs={"rows": 3}),
                help_text=_("With few cases a model is then found nearly always. The report "
                            "prints this reason."),
            )  # fmt: skip

    @property
    def codes(self) -> tuple[str, ...]:
        """All sets: the conditions, then the outcome."""
        return (*self.conditions, self.outcome)

    @property
    def sets(self) -> list[SetFields]:
        """The fields of each set."""
        return [
            SetFields(
                code=code,
                name=self.names.get(code, code),
                method=self[f"{code}-soort"],
                anchors=tuple(self[f"{code}-{field}"] for field, *_rest in ANCHORS),
                expected=self[f"{code}-verwacht"] if code in self.conditions else None,
            )
            for code in self.codes
        ]

    def anchors_of(self, code: str) -> Anchors | None:
        """The anchors as they were filled in or as they start; None when one is no number."""
        values: dict[str, float] = {}
        for field, anchor, *_rest in ANCHORS:
            try:
                values[anchor] = float(str(self[f"{code}-{field}"].value()).replace(",", "."))
            except ValueError:
                return None
        method = self[f"{code}-soort"].value()
        return Anchors(**values, method="crisp" if method == "crisp" else "fuzzy")

    def plan(self) -> QcaPlan:
        """What a valid form asks for."""
        given = self.cleaned_data
        signs = {HELPS: "", HINDERS: "~"}
        return QcaPlan(
            name=given["naam"],
            outcome=self.outcome,
            conditions=self.conditions,
            anchors={
                code: Anchors(
                    **{anchor: given[f"{code}-{field}"] for field, anchor, *_rest in ANCHORS},
                    method=given[f"{code}-soort"],
                )
                for code in self.codes
            },
            incl_cut=given["consistentie"],
            n_cut=given["minimaal"],
            pri_cut=given["pri"],
            expectations=tuple(
                f"{signs[expected]}{code}"
                for code in self.conditions
                if (expected := given[f"{code}-verwacht"]) in signs
            ),
            enhanced=given["uitgebreid"],
            override=given.get("reden") or None,
        )

    def _set_fields(self, code: str) -> None:
        self.fields[f"{code}-soort"] = forms.ChoiceField(
            label=_("Kind of set"),
            choices=[
                ("fuzzy", _("by degree: three anchors")),
                ("crisp", _("yes or no: only the crossover")),
            ],
            widget=forms.Select(attrs={"data-method": ""}),
        )
        for field, anchor, _letter, words in ANCHORS:
            self.fields[f"{code}-{field}"] = forms.FloatField(
                label=str(words).capitalize(),
                initial=getattr(MIDDLE, anchor),
                min_value=-1,
                max_value=2,
                widget=forms.NumberInput(attrs={"step": "0.01"}),
            )
        if code in self.conditions:
            self.fields[f"{code}-verwacht"] = forms.ChoiceField(
                label=_("Expectation"),
                required=False,
                choices=[
                    ("", _("none")),
                    (HELPS, _("its presence helps the outcome")),
                    (HINDERS, _("its absence helps the outcome")),
                ],
            )


def suggested(values: Sequence[float], way: str) -> Anchors | None:
    """Anchors at the three widest gaps (``gaten``) or between four groups of near scores.

    A suggestion to look at; None when the scores differ too little.
    """
    find = thresholds_by_gap if way == "gaten" else thresholds_by_cluster
    try:
        out, crossover, full = find(values, 3)
    except QcaRefusal:
        return None
    return Anchors(round(out, 2), round(crossover, 2), round(full, 2))


def start_of(parameters: Mapping[str, Any], name: str) -> dict[str, Any]:
    """The values of the form that ask for the same as an earlier run."""
    start: dict[str, Any] = {
        "naam": name,
        "consistentie": parameters["incl_cut"],
        "pri": parameters["pri_cut"],
        "minimaal": parameters["n_cut"],
        "uitgebreid": parameters["enhanced"],
        "reden": parameters["override"] or "",
    }
    for code, anchors in parameters["anchors"].items():
        start[f"{code}-soort"] = anchors["method"]
        start |= {f"{code}-{field}": anchors[anchor] for field, anchor, *_rest in ANCHORS}
    for expected in parameters["expectations"]:
        code = expected.removeprefix("~")
        start[f"{code}-verwacht"] = HINDERS if expected.startswith("~") else HELPS
    return start


def _share(label: str, initial: float) -> forms.FloatField:
    return forms.FloatField(
        label=label,
        min_value=0,
        max_value=1,
        initial=initial,
        widget=forms.NumberInput(attrs={"step": "0.01"}),
    )
