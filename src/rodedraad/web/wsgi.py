"""The WSGI entry point of the site."""

import os
import sys
from threading import Thread

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver
from django.utils.module_loading import import_string

from rodedraad.later import later_load

TURN_SECONDS = 0.0005
"""After so long a thread that computes lets another one go first; Python's own 5 ms is ten times
that, and a page that asks the database twenty questions waits for it after each."""
CHECKS = "rodedraad.surveys.answering.checks.CHECKS"


def pages_load() -> None:
    """Import the code of all pages, while the first pages are already answered.

    Then check what respondents sent in just before the site stopped.
    """
    _ = get_resolver().url_patterns
    later_load()
    import_string(CHECKS).awake()


sys.setswitchinterval(TURN_SECONDS)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rodedraad.settings")
application = get_wsgi_application()
Thread(target=pages_load, daemon=True, name="pages").start()
