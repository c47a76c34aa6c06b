"""Registers the room ``coding`` with Django."""

from django.apps import AppConfig

from rodedraad.sources.erasing_rooms import eraser_register
from rodedraad.sources.following_rooms import follower_register


class CodingConfig(AppConfig):
    """The room ``coding``."""

    name = "rodedraad.coding"
    label = "coding"

    def ready(self) -> None:
        """Register what this room erases when words are taken back, and what follows a text."""
        eraser_register("rodedraad.coding.erasing.codings_erase")
        follower_register("rodedraad.coding.carry.codings_follow")
