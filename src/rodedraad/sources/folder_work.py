"""What does a worker, here or in a cluster, do with a part of many files?

Knows no Django until a chunk arrives: a worker of a cluster is a plain process that imports this.
"""

import os
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

import django
from django.apps import apps

from rodedraad.parallel import Chunk

Given = tuple[str, bytes | str]
"""The name of a file, and its bytes or where a worker on this machine finds them."""


def files_work(
    chunk: Chunk, bundles: Sequence[Sequence[Given]], plan: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Take the text out of the files of a bundle, write them, and tell of each."""
    if not apps.ready:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rodedraad.settings")
        django.setup()
    write = import_module("rodedraad.sources.folder").files_write
    return write(bundles[chunk.start], plan)
