"""Commands about the tables of the country: ``country build`` and ``country refresh``."""

from pathlib import Path

import click

from rodedraad.country.build import country_build
from rodedraad.country.refresh import country_refresh
from rodedraad.errors import Refusal
from rodedraad.home import home_folder


@click.group("country")
def country_commands() -> None:
    """The tables of facts about municipalities and regions."""


@country_commands.command("build")
@click.option(
    "--from",
    "source",
    required=True,
    type=click.Path(path_type=Path),
    help="Folder with the published files.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Folder for the tables; default: the data folder.",
)
def build_command(source: Path, out: Path | None) -> None:
    """Build the tables from published files; the site uses them from its next start."""
    target = out or home_folder() / "country"
    result = country_build(source, target, report=click.echo)
    click.echo(f"Built in {target}: {result}")


@country_commands.command("refresh")
@click.option(
    "--cache", type=click.Path(path_type=Path), help="Folder for what is fetched; resumed later."
)
@click.option("--only", multiple=True, help="Fetch this part only; may be given more than once.")
def refresh_command(cache: Path | None, only: tuple[str, ...]) -> None:
    """Fetch newer figures from Statistics Netherlands, TOOI and PDOK."""
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
    click.echo(f"Fetched to {result.source}. Build the tables with it: rodedraad country build.")
