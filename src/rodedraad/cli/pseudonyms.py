"""Commands about the key to the pseudonyms."""

import click

from rodedraad.cli.setup import prepared


@click.group("pseudonyms")
def pseudonyms_commands() -> None:
    """The locked names behind pseudonyms."""


@pseudonyms_commands.command("lock-again")
def lock_again_command() -> None:
    """Lock every name with the newest key; what is locked with it already stays as it is."""
    n: int = prepared("rodedraad.deidentification.locking").names_lock_again_logged()
    click.echo(f"{n} names were locked with the newest key.")
