"""What do all overviews share on a page: steps above, conditions, remarks, links to files?"""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from rodedraad.methods.distinct import places_in
from rodedraad.overviews.asked import Asked
from rodedraad.overviews.grid import Heading
from rodedraad.sources.steps import study_steps
from rodedraad.studies.models import Study

Step = tuple[str, str]
UNDATED = "geen"
KEPT = ("casus", "soort", "rol", "meting", "tak", "tel")


class Choice(forms.Form):
    """One choice of a page; what is not among the choices counts as the first."""

    def __init__(
        self,
        name: str,
        label: str,
        choices: Iterable[tuple[str, str | Promise]],
        data: Mapping[str, Any],
    ) -> None:
        listed = list(choices)
        given = str(data.get(name, ""))
        self.chosen = given if given in dict(listed) else listed[0][0]
        super().__init__({name: self.chosen})
        self.fields[name] = forms.ChoiceField(label=label, choices=listed, required=False)

    @property
    def one(self) -> forms.BoundField:
        """The field."""
        return next(iter(self))


def steps(study: Study) -> list[Step]:
    """The steps above a page under the entry page."""
    return [*study_steps(study), (_("Themes"), reverse("overviews:overview", args=[study.slug]))]


def page_context(looked: Asked, request: HttpRequest, **more: Any) -> dict[str, Any]:
    """Return what every page takes."""
    found = looked.material
    return {
        "study": looked.study,
        "steps": steps(looked.study),
        "form": looked.form,
        "public": found.public,
        "n_sources": len(found.sources),
        "n_codings": len(found.codings),
        "n_blind": found.n_blind,
        "n_ended": 0 if found.public else _ended(looked),
        "query": request.GET.urlencode(),
        "filtered": any(request.GET.get(name) for name in KEPT),
        **more,
    }  # fmt: skip


def quotes_link(looked: Asked, data: QueryDict, *, column: str, alone: bool) -> Any:
    """Return a function that gives the address of the quotes of a cell; none for a client."""
    if looked.material.public:
        return lambda _row, _column: ""
    page = reverse("overviews:quotes", args=[looked.study.slug])
    kept = {name: data[name] for name in KEPT[:-1] if data.get(name)}
    if alone:
        kept["alleen"] = "1"

    def link(row: Heading, of: Heading) -> str:
        if not of.key and column != "periode":
            return ""  # sources of no case cannot be asked for by case
        return f"{page}?{urlencode({**kept, 'tak': row.key, column: of.key or UNDATED})}"

    return link


def _ended(looked: Asked) -> int:
    """Count the codings on codes that ended: they stand in no row."""
    places = places_in(looked.material.codings.code, [line.code.pk for line in looked.lines])
    return int((places < 0).sum())
