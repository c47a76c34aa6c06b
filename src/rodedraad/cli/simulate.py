"""The command ``simulate``: a study whose answers a computer draws."""

from datetime import datetime

import click

from rodedraad.cli.setup import disk_refusal, prepared

ALL = "all"


class Cases(click.ParamType):
    """A number of cases, or the word ``all``."""

    name = "N|all"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> int | str:
        """Return the number, or ``all``."""
        text = str(value)
        if text == ALL:
            return ALL
        if text.isascii() and text.isdigit() and int(text) > 0:
            return int(text)
        self.fail(f"{text!r} is not a number above 0 and not 'all'.", param, ctx)


@click.command("simulate")
@click.argument("template")
@click.option("--slug", required=True, help="Short name of the study; part of its address.")
@click.option(
    "--cases", type=Cases(), help="How many cases, or 'all'; default: as the template says."
)
@click.option(
    "--respondents",
    type=click.IntRange(7, 5000),
    default=60,
    help="People invited in every case; about half of them respond.",
)
@click.option("--seed", type=click.IntRange(0), default=1, help="The same seed, the same study.")
@click.option(
    "--date",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Day whose municipalities take part; default: that of the template.",
)
@click.option("--lead", help="E-mail address of the person who is to lead the study.")
def simulate_command(
    template: str,
    slug: str,
    cases: int | str | None,
    respondents: int,
    seed: int,
    day: datetime | None,
    lead: str | None,
) -> None:
    """Make a study from TEMPLATE with real cases and drawn answers; every page says so."""
    module = prepared("rodedraad.simulation.command")
    try:
        made = module.simulation_make(
            template,
            slug,
            seed=seed,
            n_cases=cases if isinstance(cases, int) else None,
            everyone=cases == ALL,
            invited=respondents,
            reference_date=day.date() if day else None,
            lead=lead,
            tell=click.echo,
        )
    except OSError as fault:
        raise disk_refusal(fault) from fault
    click.echo(
        f"Study {slug}: {made.n_cases} cases, {made.n_people} respondents, {made.n_interviews} "
        f"interviews.\n{made.n_answers} answers, {made.n_rubric} rubric scores and "
        f"{made.n_measures} statuses of measures, all of them made up."
    )
