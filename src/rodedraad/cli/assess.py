"""The command ``assess``: all conclusions of a study, drawn from its evidence."""

import json
import time

import click

from rodedraad.cli.setup import prepared


@click.command("assess")
@click.argument("study")
@click.option("--wave", help="Label of the wave; default: the newest that has answers.")
@click.option("--json", "as_json", is_flag=True, help="Print what was made as JSON.")
def assess_command(study: str, wave: str | None, as_json: bool) -> None:
    """Work out all conclusions of STUDY; what rests on the same rows is not worked out again."""
    module = prepared("rodedraad.assessment.assess")
    started = time.perf_counter()
    found, its_wave = module.study_wave(study, wave)
    made = module.assess(found, its_wave, tell=None if as_json else _tell)
    seconds = round(time.perf_counter() - started, 2)
    counted = {
        name: {
            "runs": [run.pk for run, _is_new in runs],
            "new": sum(is_new for _run, is_new in runs),
        }
        for name, runs in made.items()
    }
    if as_json:
        told = {"study": study, "wave": its_wave.label, "seconds": seconds, "made": counted}
        click.echo(json.dumps(told))
        return
    for name, each in counted.items():
        click.echo(f"{name}: {len(each['runs'])}, of which {each['new']} worked out now")
    click.echo(f"{seconds} s")


def _tell(name: str, done: int, total: int, message: str) -> None:
    click.echo(f"[{name} {done}/{total}] {message}", err=True)
