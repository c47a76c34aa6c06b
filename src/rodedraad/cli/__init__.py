"""The command ``rodedraad``: what can be done without a browser."""

import os
import signal
import sys

import click

from rodedraad.cli.country import country_commands
from rodedraad.cli.methods import methods_commands
from rodedraad.cli.site import run_command, serve_command, sign_in_command
from rodedraad.cli.study import demo_command
from rodedraad.errors import Refusal

REFUSED = 2
TERMINATED = 143


@click.group()
@click.version_option(package_name="rodedraad")
def commands() -> None:
    """Rode Draad: a policy study from the list of municipalities to the report."""


for command in (
    run_command,
    serve_command,
    sign_in_command,
    demo_command,
    country_commands,
    methods_commands,
):
    commands.add_command(command)


def main() -> None:
    """Run a command; a refusal becomes one message on standard error and exit code 2."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rodedraad.settings")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))
    try:
        commands(standalone_mode=True)
    except Refusal as refusal:
        click.echo(f"rodedraad: {refusal}", err=True)
        sys.exit(REFUSED)
