"""How do style sheets and scripts come to a browser quickly? Packed once, with names that last.

Before the site is served they are gathered in the data folder, each under a name with a digest of
its contents, also packed as gzip and brotli. A browser keeps them for good. In tests, and before
the first time, they are served from where they are.
"""

import hashlib
import shutil
from pathlib import Path
from tempfile import mkdtemp

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.test.utils import override_settings
from whitenoise.storage import CompressedManifestStaticFilesStorage

MADE_OF = "made_of"
STORAGE = "rodedraad.web.static_files.GatheredFiles"


class GatheredFiles(CompressedManifestStaticFilesStorage):
    """Names what a script imports by its digest too: a page never gets modules of two versions."""

    support_js_module_import_aggregation = True


def statics_gather() -> bool:
    """Gather the files when they changed since the last time; tells whether it did."""
    folder = Path(settings.STATIC_ROOT)
    now = _digest()
    told = folder / MADE_OF
    if told.is_file() and told.read_text(encoding="ascii") == now:
        return False
    made = Path(mkdtemp(prefix="static-", dir=folder.parent))
    storages = {**settings.STORAGES, "staticfiles": {"BACKEND": STORAGE}}
    with override_settings(STATIC_ROOT=str(made), STORAGES=storages):
        call_command("collectstatic", interactive=False, verbosity=0)
    (made / MADE_OF).write_text(now, encoding="ascii")
    shutil.rmtree(folder, ignore_errors=True)
    made.chmod(0o755)
    made.replace(folder)
    return True


def _digest() -> str:
    """Return a fingerprint of all files by name, size and time of change."""
    found = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            about = Path(storage.path(name)).stat()
            found.update(f"{name} {about.st_size} {about.st_mtime_ns}\n".encode())
    return found.hexdigest()
