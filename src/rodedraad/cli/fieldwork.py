"""Commands about fieldwork: people in, mail out, bounces read, and the key of the vault."""

from pathlib import Path

import click

from rodedraad.cli.setup import prepared


@click.group("fieldwork")
def fieldwork_commands() -> None:
    """People who take part, and mail to them."""


@fieldwork_commands.command("people")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--study", "slug", required=True, help="Short name of the study.")
@click.option("--wave", "label", default="", help="Label of the wave; else the newest.")
def people_command(file: Path, slug: str, label: str) -> None:
    """Bring the people of a CSV or Excel FILE into a study: all of them, or none."""
    n: int = prepared("rodedraad.fieldwork.command").people_bring_in(file, slug, label)
    click.echo(f"{n} people came in.")


@fieldwork_commands.command("send")
@click.option("--study", "slug", default="", help="Only this study, also when it waits for a hand.")
def send_command(slug: str) -> None:
    """Send the mail that people let go and that waits; outside the hours nothing leaves."""
    counted: dict[str, int]
    held: dict[str, int]
    counted, held = prepared("rodedraad.fieldwork.mail_due").mail_waiting_send(slug)
    ended = {name: n for name, n in counted.items() if name != "quiet"}
    told = ", ".join(f"{name} {n}" for name, n in sorted(ended.items()))
    click.echo(told or "Nothing was sent.")
    if quiet := counted.get("quiet"):
        click.echo(
            f"{quiet} wait for the hours for mail: working days 8 to 20 o'clock, Dutch time."
        )
    for study, n in sorted(held.items()):
        click.echo(
            f"{study}: {n} wait, and do not leave by themselves there. To send them: "
            f"rodedraad fieldwork send --study {study}"
        )


@fieldwork_commands.command("bounces")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
def bounces_command(path: Path) -> None:
    """Read reports of mail that did not arrive: a file, or all files in a folder, at PATH."""
    reports, addresses = prepared("rodedraad.fieldwork.bounces").bounces_read(path)
    click.echo(f"{reports} reports, {addresses} addresses that do not work.")


@fieldwork_commands.command("lock-again")
def lock_again_command() -> None:
    """Lock all contact data with the newest key; what is locked with it stays as it is."""
    n: int = prepared("rodedraad.fieldwork.vault").contacts_lock_again()
    click.echo(f"{n} entries were locked with the newest key.")
