"""How does gunicorn serve the site? Answering is loaded once, before processes are forked.

A module of settings: each name is one of gunicorn's, see https://docs.gunicorn.org/settings.
"""

from django.utils.module_loading import import_string

preload_app = True
workers = 2
threads = 4
loglevel = "warning"


def post_worker_init(_worker: object) -> None:
    """Load the other pages in a new process, once it can answer."""
    import_string("rodedraad.web.wsgi.worker_begun")()
