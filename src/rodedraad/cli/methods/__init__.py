"""The commands ``methods``: a method on a CSV file, without a site."""

import click

from rodedraad.cli.methods.aggregate import command as aggregate
from rodedraad.cli.methods.agreement import command as agreement
from rodedraad.cli.methods.combine import command as combine
from rodedraad.cli.methods.qca import command as qca
from rodedraad.cli.methods.relations import command as relations
from rodedraad.cli.methods.scale import command as scale
from rodedraad.cli.methods.weights import command as weights


@click.group("methods")
def methods_commands() -> None:
    """Run a method on a CSV file; prints a table, or JSON with --json."""


for command in (
    aggregate,
    agreement,
    combine,
    qca,
    relations,
    scale,
    weights,
):
    methods_commands.add_command(command)
