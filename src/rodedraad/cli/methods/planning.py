"""The command ``methods planning``: how large must a study be, by doing it many times over?"""

from collections.abc import Callable, Mapping
from inspect import Parameter, signature
from itertools import product

import click

from rodedraad.cli.methods.csv_file import words_of
from rodedraad.cli.methods.printing import json_print, notices_print, shown, table_print
from rodedraad.errors import Refusal
from rodedraad.methods.planning import (
    Plan,
    plan_case_means,
    plan_coding,
    plan_conditions,
    plan_multilevel,
    plan_network,
    plan_ordinal,
    plan_relation,
    plan_scale,
    plan_share,
)

DESIGNS: Mapping[str, Callable[..., Plan]] = {
    "case-means": plan_case_means,
    "coding": plan_coding,
    "conditions": plan_conditions,
    "multilevel": plan_multilevel,
    "network": plan_network,
    "ordinal": plan_ordinal,
    "relation": plan_relation,
    "scale": plan_scale,
    "share": plan_share,
}
EXAMPLES: Mapping[str, float] = {
    "alpha": 0.8,
    "correlation": 0.3,
    "effect": 0.3,
    "icc": 0.2,
    "log_odds": 0.5,
    "n_cases": 40,
    "n_conditions": 4,
    "n_frame": 340,
    "n_groups": 40,
    "n_items": 5,
    "n_nodes": 40,
    "n_respondents": 200,
    "n_units": 100,
    "per_case": 10,
    "per_group": 10,
    "share": 0.3,
    "tau": 0.4,
}
"""Of every setting without a default a value that can exist, to show how it is given."""
OWN_OPTIONS = ("runs", "seed", "workers")


@click.command("planning")
@click.argument("design", type=click.Choice(sorted(DESIGNS)))
@click.option(
    "--set",
    "settings",
    multiple=True,
    help="SETTING=VALUE or SETTING=VALUE,VALUE for a plan of each; may be given more than once.",
)
@click.option("--runs", type=int, default=None, help="Simulated studies per plan.")
@click.option("--seed", type=int, default=1, show_default=True, help="Of the random draws.")
@click.option("--workers", type=int, default=1, show_default=True, help="Threads; same numbers.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(
    design: str, settings: tuple[str, ...], runs: int | None, seed: int, workers: int, as_json: bool
) -> None:
    """Simulate studies of a DESIGN and tell how often they find what is there."""
    plan = DESIGNS[design]
    given = _read(design, settings)
    own = {"seed": seed, "workers": workers} | ({} if runs is None else {"runs": runs})
    plans = [
        plan(**dict(zip(given, values, strict=True)), **own) for values in product(*given.values())
    ]
    if as_json:
        json_print(plans)
    else:
        _print(plans)


def _read(design: str, settings: tuple[str, ...]) -> dict[str, list[float | int | str]]:
    known = {
        name: parameter
        for name, parameter in signature(DESIGNS[design]).parameters.items()
        if name not in OWN_OPTIONS
    }
    found: dict[str, list[float | int | str]] = {}
    for text in settings:
        name, sign, values = (part.strip() for part in text.partition("="))
        if not sign or name not in known or not words_of(values):
            raise Refusal(
                f"--set {text!r} is no setting of {design}. Write SETTING=VALUE with one of: "
                f"{', '.join(known)}.",
                code="planning_setting_unknown",
                setting=name,
            )
        found[name] = [_value(name, value, known[name]) for value in words_of(values)]
    missing = [n for n, p in known.items() if p.default is Parameter.empty and n not in found]
    if missing:
        raise Refusal(
            f"{design} needs {', '.join(missing)}. Give each, such as "
            f"{' '.join(f'--set {name}={EXAMPLES[name]:g}' for name in missing)}.",
            code="planning_setting_missing",
            settings=missing,
        )
    return found


def _value(name: str, text: str, parameter: Parameter) -> float | int | str:
    kind = {int: int, float: float}.get(parameter.annotation)
    if kind is None:
        return text
    try:
        return kind(text)
    except ValueError as fault:
        word = "a whole number" if kind is int else "a number"
        raise Refusal(
            f"--set {name}={text}: {text!r} is not {word}.",
            code="planning_setting_number",
            setting=name,
        ) from fault


def _print(plans: list[Plan]) -> None:
    varied = [
        name for name in plans[0].settings if len({plan.settings[name] for plan in plans}) > 1
    ]
    fixed = (f"{k} {v}" for k, v in plans[0].settings.items() if k not in varied)
    click.echo(f"{plans[0].design}: {', '.join(fixed)}; {plans[0].runs} runs\n")
    table_print(
        (*(varied or ["design"]), "figure", "value", "error", "middle 95%"),
        (
            (
                *([str(plan.settings[name]) for name in varied] or [plan.design]),
                figure.name,
                figure.value,
                figure.error,
                "-" if figure.low is None else f"{shown(figure.low)} to {shown(figure.high)}",
            )
            for plan in plans
            for figure in plan.figures
        ),
    )
    for plan in plans:
        notices_print(plan.notices)
