"""Registers the room ``coding`` with Django."""

from django.apps import AppConfig

from rodedraad.sources.erasing_rooms import eraser_register


class CodingConfig(AppConfig):
    """The room ``coding``."""

    name = "rodedraad.coding"
    label = "coding"

    def ready(self) -> None:
        """Register what this room erases when somebody takes words back."""
        eraser_register("rodedraad.coding.erasing.codings_erase")
