"""How does gunicorn serve the site? Answering is loaded once, before processes are forked.

A module of settings: each name is one of gunicorn's, see https://docs.gunicorn.org/settings.
"""

import os
import signal
import sys
from threading import Thread

from django.utils.module_loading import import_string

preload_app = True
workers = 2
threads = 4
loglevel = "warning"
LONGEST_WORD = 64


WHEN_TOLD = "RODEDRAAD_SERVE_WHEN_TOLD"


def on_starting(_server: object) -> None:
    """Wait with serving until the command that started this says so, if it will; see ``cli.site``.

    The code of the pages is loaded by now. When that command ended without a word, so does this.
    """
    if WHEN_TOLD in os.environ and not os.read(sys.stdin.fileno(), LONGEST_WORD):
        sys.exit()


def end_with_command(standard_input: int) -> None:
    """End the site when the command that started it is gone: nobody holds the other end any more.

    Each process that answers looks, as the one above them forks and may hold no thread.
    """
    while os.read(standard_input, LONGEST_WORD):
        pass
    os.kill(os.getppid(), signal.SIGTERM)


def post_worker_init(_worker: object) -> None:
    """Load the other pages in a new process, once it can answer."""
    import_string("rodedraad.web.wsgi.worker_begun")()
    if WHEN_TOLD in os.environ:
        Thread(target=end_with_command, args=[sys.stdin.fileno()], daemon=True).start()
