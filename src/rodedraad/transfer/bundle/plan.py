"""Which tables belong to a study, by which way, and which of them stay behind and why?

Every model with a way to a study goes along by itself, those of new rooms too; a test fails when
one neither can nor is named here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

from rodedraad.accounts.models import Person
from rodedraad.studies.models import Study

NOT_CARRIED = {
    "studies.teammember": "People with an account stay where their account is.",
    "jobs.job": "Work that waits or was done is of this site.",
    "sources.batch": "Files on their way in are of this site.",
    "sources.upload": "Files on their way in are of this site.",
    "deidentification.pseudonymname": "Who is behind a pseudonym never leaves the site.",
    "deidentification.keyopening": "Who opened the key is in the log of this site.",
    "fieldwork.interview_led_by": "People with an account stay where their account is.",
    "surveys.invitation": "A link to answer belongs to who got it, from this site.",
    "surveys.stratumlink": "A link to answer belongs to who got it, from this site.",
}
"""What stays behind, and why."""

Model = type[models.Model]


@dataclass(frozen=True, slots=True)
class Carried:
    """A table that goes along: its model, and by which fields a row leads to its study."""

    model: Model
    path: tuple[str, ...]

    @property
    def label(self) -> str:
        """What the table is called in a bundle."""
        return self.model._meta.label_lower

    def fields(self) -> list[Any]:
        """Return the fields whose values go along, by name."""
        every = (one for one in self.model._meta.concrete_fields if not one.generated)
        return sorted((one for one in every if not left_out(one)), key=lambda one: one.attname)

    def rows(self, study: Study) -> models.QuerySet[Any]:
        """Return the rows of a study."""
        named = {"__".join(self.path): study} if self.path else {"pk": study.pk}
        return self.model._base_manager.filter(**named).order_by("pk")


def left_out(field: Any) -> bool:
    """Tell whether a field points at what stays behind: a person, or a table that does."""
    to = field.related_model
    return to is not None and (to is Person or to._meta.label_lower in NOT_CARRIED)


def carried() -> list[Carried]:
    """Return the tables of a study that go along, by name."""
    paths = _paths(nullable=False)
    return sorted((Carried(model, path) for model, path in paths.items()), key=lambda c: c.label)


def models_of_study() -> set[str]:
    """Return every model with any way to a study."""
    return {model._meta.label_lower for model in _paths(nullable=True)}


def faults() -> Iterator[str]:
    """Give what of a study would not go along, nor stay behind for a reason."""
    named = {one.label for one in carried()}
    for label in sorted(models_of_study() - named - NOT_CARRIED.keys()):
        yield f"{label} has no certain way to a study. Name it in NOT_CARRIED, with the reason."
    for one in carried():
        for field in one.model._meta.concrete_fields:
            to = field.related_model
            if to is None or to is Person or field.null:
                continue
            if to._meta.label_lower not in named:
                yield f"{one.label}.{field.name} needs {to._meta.label_lower}, which stays behind."


def _paths(*, nullable: bool) -> dict[Model, tuple[str, ...]]:
    """Return the shortest way from each model to a study."""
    ours = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("rodedraad.")
        and model is not Study
        and (nullable or model._meta.label_lower not in NOT_CARRIED)
    ]
    found: dict[Model, tuple[str, ...]] = {Study: ()}
    while True:
        new: dict[Model, tuple[str, ...]] = {}
        for model in ours:
            if model in found:
                continue
            for field in model._meta.concrete_fields:
                to = field.related_model
                if to in found and (nullable or not field.null):
                    new[model] = (field.name, *found[to])
                    break
        if not new:
            return found
        found |= new
