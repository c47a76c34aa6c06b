"""The command ``rodedraad``: what can be done without a browser."""

import os
import signal
import sys

import click

from rodedraad.cli.lazy import LazyGroup
from rodedraad.errors import Refusal

REFUSED = 2
TERMINATED = 143
PLACES = {
    "run": "rodedraad.cli.site:run_command",
    "serve": "rodedraad.cli.site:serve_command",
    "sign-in": "rodedraad.cli.site:sign_in_command",
    "worker": "rodedraad.cli.worker:worker_command",
    "demo": "rodedraad.cli.study:demo_command",
    "country": "rodedraad.cli.country:country_commands",
    "fieldwork": "rodedraad.cli.fieldwork:fieldwork_commands",
    "evidence": "rodedraad.cli.evidence:evidence_commands",
    "agreement": "rodedraad.cli.agreement:agreement_command",
    "assess": "rodedraad.cli.assess:assess_command",
    "simulate": "rodedraad.cli.simulate:simulate_command",
    "methods": "rodedraad.cli.methods:methods_commands",
    "pseudonyms": "rodedraad.cli.pseudonyms:pseudonyms_commands",
    "refi": "rodedraad.cli.refi:refi_commands",
    "sources": "rodedraad.cli.sources:sources_commands",
    "study": "rodedraad.cli.bundle:study_commands",
    "survey": "rodedraad.cli.survey:survey_commands",
}


@click.group(cls=LazyGroup, places=PLACES)
@click.version_option(package_name="rodedraad")
def commands() -> None:
    """Rode Draad: a policy study from the list of municipalities to the report."""


def main() -> None:
    """Run a command; a refusal becomes one message on standard error and exit code 2."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rodedraad.settings")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))
    try:
        commands(standalone_mode=True)
    except Refusal as refusal:
        click.echo(f"rodedraad: {refusal}", err=True)
        sys.exit(REFUSED)
