"""The command ``methods rule complexity``: how much goes on at once in each case?"""

from pathlib import Path

import click

from rodedraad.cli.methods.printing import json_print, table_print
from rodedraad.cli.methods.row import Row, filled
from rodedraad.cli.methods.rules.file import case_rows
from rodedraad.methods.plain import plain
from rodedraad.methods.rulesets import (
    COMPLEXITY_RULES,
    ComplexityProfile,
    Development,
    Link,
    horizontal_complexity,
)

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
LEVELS = COMPLEXITY_RULES.levels


@click.command("complexity")
@click.argument("file", type=FILE)
@click.option("--links", "links_file", type=FILE, help="CSV with a row per link.")
@click.option("--case", default="case", show_default=True, help="Column of the case.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(file: Path, links_file: Path | None, case: str, as_json: bool) -> None:
    """Describe how complex every case in FILE is, a row per development.

    \b
    Columns:
    case          name of the case
    on            reference date, as 2024-12-31; the same in all rows of a case
    development   name of the development
    domains       one or more, with | between
    levels        wijk, gemeente, regio, bovenregionaal, landelijk: one or
                  more, with | between
    since, until  first day, first day after; blank: no such day
    sources       where it was told, with | between
    Columns of the file of --links; without that file nobody looked for links:
    case          name of the case
    one, other    names of two developments of that case
    evidence      number of places where the link was told
    """
    columns = ("on", "development", "domains", "levels", "since", "until", "sources")
    developments = case_rows(file, case, columns)
    links = case_rows(links_file, case, ("one", "other", "evidence")) if links_file else None
    for name, rows in (links or {}).items():
        if name not in developments:
            rows[0].refuse(case, f"The cases are: {', '.join(developments)}.")
    profiles = {
        name: _profile(rows, None if links is None else links.get(name, []))
        for name, rows in developments.items()
    }
    if as_json:
        json_print(
            {
                "rules": {**plain(COMPLEXITY_RULES), "identity": COMPLEXITY_RULES.identity},
                "cases": [{"case": name, **_document(each)} for name, each in profiles.items()],
            }
        )
    else:
        _print(profiles)


def _profile(rows: list[Row], links: list[Row] | None) -> ComplexityProfile:
    first = rows[0]
    on = filled(first, "on", first.day("on"))
    number_of: dict[str | None, int] = {}
    for row in rows:
        if row.day("on") != on:
            row.refuse("on", f"Row {first.number} is of the same case; write the same date there.")
        earlier = number_of.setdefault(row.word("development"), row.number)
        if earlier != row.number:
            row.refuse("development", f"Row {earlier} has it too; give each its own name.")
    return horizontal_complexity(
        [_development(row) for row in rows],
        None if links is None else [_link(row, rows) for row in links],
        on=on,
    )


def _development(row: Row) -> Development:
    levels = row.words("levels")
    if not levels or not levels <= set(LEVELS):
        row.refuse("levels", f"Write one or more of {', '.join(LEVELS)}, with | between.")
    return Development(
        key=filled(row, "development", row.word("development")),
        domains=row.words("domains"),
        levels=levels,
        since=row.day("since"),
        until=row.day("until"),
        sources=row.words("sources"),
    )


def _link(row: Row, developments: list[Row]) -> Link:
    keys = [each.word("development") for each in developments]
    for column in ("one", "other"):
        if row.word(column) not in keys:
            row.refuse(column, "Write the name of a development of this case.")
    if row.word("one") == row.word("other"):
        row.refuse("other", "Write another development than under 'one'.")
    return Link(
        one=filled(row, "one", row.word("one")),
        other=filled(row, "other", row.word("other")),
        evidence=filled(row, "evidence", row.count("evidence")),
    )


def _document(profile: ComplexityProfile) -> dict[str, object]:
    found = {name: value for name, value in plain(profile).items() if name != "rules"}
    return {**found, "explanation": plain(profile.explanation)}


def _print(profiles: dict[str, ComplexityProfile]) -> None:
    table_print(
        ("case", "developments", "sources", "spread", "links", "across levels", "many domains"),
        (
            (
                name,
                each.n,
                each.n_sources,
                each.level_entropy,
                each.link_density,
                each.cross_level_link_density,
                each.multi_domain_share,
            )
            for name, each in profiles.items()
        ),
    )
    click.echo("")
    for name, each in profiles.items():
        click.echo(f"{name}: {each.explanation.nl} / {each.explanation.en}")
        if each.inactive or each.links_without_evidence:
            click.echo(
                f"{name}: left out: {each.inactive} not active on the day, "
                f"{each.links_without_evidence} links without evidence."
            )
