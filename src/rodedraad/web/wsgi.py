"""The WSGI entry point of the site: with all that answering needs, before it takes requests."""

import os
import sys
from importlib import import_module
from threading import Thread

from django.core.wsgi import get_wsgi_application
from django.template import engines
from django.urls import get_resolver
from django.utils.module_loading import import_string

from rodedraad.later import RESTS
from rodedraad.memory import loaded_keep

TURN_SECONDS = 0.0005
"""After so long a thread that computes lets another one go first; Python's own 5 ms is ten times
that, and a page that asks the database twenty questions waits for it after each."""
CHECKS = "rodedraad.surveys.answering.checks.CHECKS"
AT_ONCE = (
    "rodedraad.surveys.answering.settling",
    "rodedraad.surveys.views.answers",
    "rodedraad.surveys.views.plain_answers",
    "rodedraad.surveys.views.respondent",
)
"""What respondents need: a telephone that was answering does not wait for pages of the team."""


def answering_load() -> None:
    """Import what answering needs, once for all processes: gunicorn does so before it forks.

    That is the tags of all templates too: Django loads these for the first page, whatever it is.
    """
    _ = get_resolver().url_patterns
    _ = engines["django"]
    for module in AT_ONCE:
        import_module(module)


def pages_load() -> None:
    """Check what was sent in before, import the rest, start survey-core when somebody may answer.

    Called in each process, while the first pages are already answered.
    """
    checks = import_string(CHECKS)
    checks.awake()
    RESTS.load()
    loaded_keep()
    checks.warm_when_open()


def worker_begun() -> None:
    """Load pages beside the answering of them: slowly at first, for saves may wait already."""
    RESTS.busy()
    Thread(target=pages_load, daemon=True, name="pages").start()


sys.setswitchinterval(TURN_SECONDS)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rodedraad.settings")
application = get_wsgi_application()
answering_load()
