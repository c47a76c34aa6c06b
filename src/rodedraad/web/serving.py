"""How does gunicorn serve the site? Answering is loaded once, before processes are forked.

A module of settings: each name is one of gunicorn's, see https://docs.gunicorn.org/settings.
"""

import os
import sys

from django.utils.module_loading import import_string

preload_app = True
workers = 2
threads = 4
loglevel = "warning"


def on_starting(_server: object) -> None:
    """Wait with serving until the command that started this says so, if it will; see ``cli.site``.

    The code of the pages is loaded by now. When that command ended without a word, so does this.
    """
    if "RODEDRAAD_SERVE_WHEN_TOLD" in os.environ and not sys.stdin.readline():
        sys.exit()


def post_worker_init(_worker: object) -> None:
    """Load the other pages in a new process, once it can answer."""
    import_string("rodedraad.web.wsgi.worker_begun")()
