"""The command ``worker``: does the long work that people ask for on pages."""

import os

import click

from rodedraad.cli.setup import prepared
from rodedraad.cli.site import embedded_database, recall_base_url

NICENESS = 10


@click.command("worker")
@click.option("--until-empty", is_flag=True, help="End when no work waits any more.")
@click.option("--with-parent", type=int, metavar="PID", help="End when this parent process ends.")
def worker_command(until_empty: bool, with_parent: int | None) -> None:
    """Do long work that waits, one job at a time, until it is stopped with Control-C."""
    os.nice(NICENESS)  # pages go first on a machine that serves them too
    recall_base_url()
    with embedded_database():
        prepared("rodedraad.jobs.worker").worker_run(until_empty=until_empty, parent=with_parent)
