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

WHEN_TOLD = "RODEDRAAD_SERVE_WHEN_TOLD"
LONGEST_WORD = 64


def on_starting(_server: object) -> None:
    """Wait with serving until the command that started this says so, if it will; see ``cli.site``.

    The code of the pages is loaded by now. When that command ended without a word, so does this.
    """
    if WHEN_TOLD in os.environ and not os.read(sys.stdin.fileno(), LONGEST_WORD):
        sys.exit()


def end_with_command(standard_input: int, above: int) -> None:
    """End the site when the command that started it is gone: nobody holds the other end any more.

    Each process that answers looks, as the one ``above`` them forks and may hold no thread. When
    that one is gone too, its number may be another program's by now, and gunicorn ends this one.
    """
    while os.read(standard_input, LONGEST_WORD):
        pass
    if os.getppid() == above:
        os.kill(above, signal.SIGTERM)


def post_worker_init(_worker: object) -> None:
    """Load the other pages in a new process, once it can answer."""
    import_string("rodedraad.web.wsgi.worker_begun")()
    if WHEN_TOLD in os.environ:
        given = sys.stdin.fileno(), os.getppid()
        Thread(target=end_with_command, args=given, daemon=True).start()
