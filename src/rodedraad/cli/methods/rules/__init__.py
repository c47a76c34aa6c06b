"""The commands ``methods rule``: which label does a rule give each row of a CSV file, and why?"""

import click

from rodedraad.cli.lazy import LazyGroup

NAMES = (
    "change-type",
    "complexity",
    "confidence",
    "drive",
    "governance",
    "ladder",
    "phase",
    "red-thread",
    "steering",
)


@click.group(
    "rule",
    cls=LazyGroup,
    places={
        name: f"rodedraad.cli.methods.rules.{name.replace('-', '_')}:command" for name in NAMES
    },
)
def command() -> None:
    """Label cases by a rule; --help of each tells which columns its file has."""
