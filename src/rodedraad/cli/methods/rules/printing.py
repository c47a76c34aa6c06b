"""How do the labels of a rule come on the screen: for people and for programs?"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import click

from rodedraad.cli.methods.printing import json_print, table_print
from rodedraad.methods.plain import plain
from rodedraad.methods.rulesets import Ruling

Columns = Mapping[str, Callable[[Any], object]]


def rulings_print(
    rulings: Mapping[str, Mapping[str, Ruling]], columns: Columns, *, as_json: bool
) -> None:
    """Print per case its labels, why, and under which rules.

    Parameters
    ----------
    rulings: per case, what was asked (such as "mode" and "fit") and the ruling on it.
    columns: headings of further columns of the table, and what a ruling has to say there; of the
        first ruling of every case.
    """
    first = next(iter(next(iter(rulings.values())).values()))
    if as_json:
        json_print(
            {
                "rules": {**plain(first.rules), "identity": first.rules.identity},
                "cases": [{"case": case, **_of_case(of_case)} for case, of_case in rulings.items()],
            }
        )
        return
    asked = list(next(iter(rulings.values())))
    table_print(
        ("case", *asked, *columns),
        (
            (
                case,
                *(ruling.label for ruling in of_case.values()),
                *(_cell(read(of_case[asked[0]])) for read in columns.values()),
            )
            for case, of_case in rulings.items()
        ),
    )
    click.echo("")
    for case, of_case in rulings.items():
        for ruling in of_case.values():
            click.echo(f"{case}: {ruling.explanation.nl} / {ruling.explanation.en}")
    click.echo("")
    click.echo(f"Rules: {first.rules.identity}. {first.rules.note}")


def _of_case(of_case: Mapping[str, Ruling]) -> dict[str, Any]:
    """The first ruling, and the others under their names."""
    first, *others = of_case.items()
    return {**_document(first[1]), **{name: _document(ruling) for name, ruling in others}}


def _document(ruling: Ruling) -> dict[str, Any]:
    """All of a ruling but its thresholds, which are the same for every case."""
    found = {name: value for name, value in plain(ruling).items() if name != "rules"}
    return {"label": found.pop("label"), "label_en": ruling.label_en, **found}


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(str(part) for part in value) or "-"
    return value
