"""The WSGI entry point of the site."""

import os
from threading import Thread

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from rodedraad.later import later_load


def pages_load() -> None:
    """Import the code of all pages, while the first pages are already answered."""
    _ = get_resolver().url_patterns
    later_load()


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rodedraad.settings")
application = get_wsgi_application()
Thread(target=pages_load, daemon=True, name="pages").start()
