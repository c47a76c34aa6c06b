"""A worker in a process of its own that knows the work of the tests."""

import sys
from importlib import import_module

import django

if __name__ == "__main__":
    django.setup()
    import_module("long_work").kinds_register()
    import_module("rodedraad.jobs.working").GRACE_SECONDS = 0.5
    worker = import_module("rodedraad.jobs.worker")
    worker.worker_run(parent=int(sys.argv[1]) if sys.argv[1:] else None)
