"""Which part of the material does a person ask for: case, kind, role, wave, branch of codes?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from rodedraad.coding.tree import Line, code_lines
from rodedraad.overviews.codes import ABOVE_TOO, OWN, TOP, Rows, rows_of
from rodedraad.overviews.counted import Material, is_public, material, sources_counted
from rodedraad.sources.models import Source
from rodedraad.sources.wording import KINDS, choices_of
from rodedraad.studies.access import StudyAccess, access_for
from rodedraad.studies.models import Study
from rodedraad.studies.template import framework
from rodedraad.studies.wording import worded

WAYS = (
    (OWN, _("each code by itself")),
    (ABOVE_TOO, _("a code with all codes under it")),
    (TOP, _("main codes only, with all under them")),
)


class AskedForm(forms.Form):
    """Conditions on sources and codes; an empty field is no condition."""

    casus = forms.ModelChoiceField(None, label=_("Case"), required=False, empty_label=_("all"))
    soort = forms.ChoiceField(
        label=_("Kind of source"), required=False, choices=[("", _("all")), *choices_of(KINDS)]
    )
    rol = forms.ChoiceField(label=_("Role"), required=False)
    meting = forms.ModelChoiceField(
        None, label=_("Wave"), required=False, empty_label=_("all"), to_field_name="label"
    )
    tak = forms.ModelChoiceField(
        None, label=_("Codes"), required=False, empty_label=_("all"), to_field_name="uuid"
    )
    tel = forms.ChoiceField(label=_("Count"), required=False, choices=WAYS)

    def __init__(
        self, study: Study, lines: list[Line], roles: list[str], data: Mapping[str, Any]
    ) -> None:
        super().__init__(data)
        fields: dict[str, Any] = self.fields
        fields["casus"].queryset = study.cases.filter(sources__isnull=False).distinct()
        fields["meting"].queryset = study.waves.all()
        fields["rol"].choices = [("", _("all")), *((role, role_words(role)) for role in roles)]
        # The names as cases have them, without the cases themselves.
        named = fields["casus"].queryset.values_list("pk", "name", "unit_code")
        fields["casus"].widget.choices = [
            ("", _("all")), *((pk, f"{name} ({code})") for pk, name, code in named)
        ]  # fmt: skip
        fields["tak"].queryset = study.codes.filter(retired_at=None)
        # The tree was read already: its order, not one more query.
        fields["tak"].widget.choices = [
            ("", _("all")), *((str(line.code.uuid), line.indented) for line in lines)
        ]  # fmt: skip

    def meets(self, sources: QuerySet[Source]) -> QuerySet[Source]:
        """Return the sources that meet the conditions of a valid form."""
        given = self.cleaned_data
        wanted = {
            "case": given["casus"], "kind": given["soort"], "role": given["rol"],
            "wave": given["meting"],
        }  # fmt: skip
        return sources.filter(**{name: value for name, value in wanted.items() if value})


@dataclass(frozen=True)
class Asked:
    """Who looks, at what, and the form with which they asked; ``form`` is none for a client."""

    access: StudyAccess
    form: AskedForm | None
    lines: list[Line]
    rows: Rows
    material: Material
    faulty: bool

    @property
    def study(self) -> Study:
        """The study that is looked at."""
        return self.access.study


def asked(
    request: HttpRequest,
    slug: str,
    *,
    way: str = OWN,
    team_only: bool = False,
    reads: Sequence[str] = (),
    access: StudyAccess | None = None,
) -> Asked:
    """Return what is asked for; 404 for who is not in the team.

    A client gets main codes over all sources and no conditions: two tables that differ by one
    condition would tell what one person said. A faulty form shows nothing. ``reads``: what is
    needed of a coding besides its code and source. ``access``: when that was asked already.
    """
    access = access or access_for(request.user, slug)
    lines = code_lines(access.study)
    sources = sources_counted(access)
    if is_public(access):
        seen = sources.none() if team_only else sources
        return Asked(
            access, None, lines, rows_of(lines, branch=None, way=TOP),
            material(access, seen, reads=reads), faulty=False,
        )  # fmt: skip
    spoken = sources.exclude(role="").order_by("role")
    roles = list(spoken.values_list("role", flat=True).distinct())
    form = AskedForm(access.study, lines, roles, request.GET)
    good = form.is_valid()
    found = form.meets(sources) if good else sources.none()
    branch = form.cleaned_data["tak"].pk if good and form.cleaned_data["tak"] else None
    chosen = (form.cleaned_data["tel"] if good else "") or way
    return Asked(
        access, form, lines, rows_of(lines, branch=branch, way=chosen),
        material(access, found, reads=reads), faulty=not good,
    )  # fmt: skip


def role_words(role: str) -> str:
    """The role of who speaks, in words; an unknown one as it is written."""
    for known in framework().roles:
        if known.code == role:
            return str(worded(known.name.model_dump()))
    return role
