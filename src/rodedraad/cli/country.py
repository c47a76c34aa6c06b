"""Commands about the tables of the country: ``country build`` and ``country refresh``."""

from pathlib import Path

import click

from rodedraad.country.build import country_add, country_build
from rodedraad.country.current import BUILT, tables_in_use
from rodedraad.country.refresh import country_refresh
from rodedraad.country.refresh.connections import connections_check
from rodedraad.errors import Refusal
from rodedraad.home import home_folder


@click.group("country")
def country_commands() -> None:
    """The tables of facts about municipalities and regions."""


@country_commands.command("build")
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path),
    help="Folder with all published files: build everything from them.",
)
@click.option(
    "--add",
    "fetched",
    type=click.Path(path_type=Path),
    help="Folder that a refresh filled: lay it over the tables in use.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Folder for the tables; default: the data folder.",
)
def build_command(source: Path | None, fetched: Path | None, out: Path | None) -> None:
    """Build the tables from published files; the site uses them from its next start."""
    target = out or home_folder() / BUILT
    if source and not fetched:
        country_build(source, target, report=click.echo)
    elif fetched and not source:
        country_add(fetched, tables_in_use(), target, report=click.echo)
    else:
        raise click.UsageError("Give either --from DIR or --add DIR.")
    click.echo(f"Built in {target}. The site uses the tables of the data folder when it restarts.")


@country_commands.command("refresh")
@click.option(
    "--cache", type=click.Path(path_type=Path), help="Folder for what is fetched; resumed later."
)
@click.option("--only", multiple=True, help="Fetch this part only; may be given more than once.")
@click.option("--check", is_flag=True, help="Only ask whether the services answer.")
def refresh_command(cache: Path | None, only: tuple[str, ...], check: bool) -> None:
    """Fetch newer figures from Statistics Netherlands, TOOI and PDOK."""
    if check:
        _connections()
        return
    folder = cache or home_folder() / "fetched"
    result = country_refresh(folder, what=set(only) or None, report=click.echo)
    if result.failed:
        names = ", ".join(part.name for part in result.failed)
        raise Refusal(
            f"Not fetched: {names}. The reasons stand above. What did arrive is kept in {folder}; "
            "run the same command again to go on from there.",
            code="refresh_failed",
            failed=names,
        )
    click.echo(f"Put it into the site with: rodedraad country build --add {result.source}")


def _connections() -> None:
    silent = [one.service for one in connections_check(report=click.echo) if not one.answers]
    if silent:
        raise Refusal(
            f"No usable answer from {', '.join(silent)}. The reasons stand above. Check the "
            "network, the proxy and the RODEDRAAD_ addresses, and try again.",
            code="services_silent",
            services=", ".join(silent),
        )
