"""The commands ``methods``: a method on a CSV file, without a site."""

import click

from rodedraad.cli.lazy import LazyGroup

NAMES = (
    "aggregate",
    "agreement",
    "combine",
    "latent-classes",
    "multilevel",
    "network",
    "ordinal",
    "planning",
    "qca",
    "relations",
    "scale",
    "select",
    "weights",
)


@click.group(
    "methods",
    cls=LazyGroup,
    places={
        **{name: f"rodedraad.cli.methods.{name.replace('-', '_')}:command" for name in NAMES},
        "rule": "rodedraad.cli.methods.rules:command",
    },
)
def methods_commands() -> None:
    """Run a method on a CSV file; prints a table, or JSON with --json."""
