"""Which files of npm packages does the site serve? These, as they came, and no others."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage, Storage

FILES = {
    "utrecht/html.css": "@utrecht/component-library-css/dist/html.css",
    "utrecht/index.css": "@utrecht/component-library-css/dist/index.css",
    "survey/survey-core.css": "survey-core/survey-core.fontless.min.css",
    "survey/survey-core.js": "survey-core/survey.core.min.js",
    "survey/survey-js-ui.js": "survey-js-ui/survey-js-ui.min.js",
}


class PackageFiles(BaseFinder):
    """Finds the files named in ``FILES`` in ``node_modules``."""

    def __init__(self, *_names: Any, **_options: Any) -> None:
        self.folder: Path = settings.REPOSITORY / "node_modules"

    def find(self, path: str, find_all: bool = False, **_options: Any) -> Any:
        """Return the place of a file on disk; an empty list when it is not one of ours."""
        known = self.folder / FILES[path] if path in FILES else None
        if known is None or not known.is_file():
            return []
        return [str(known)] if find_all else str(known)

    def list(self, ignore_patterns: object) -> Iterator[tuple[str, Storage]]:  # noqa: ARG002
        """Yield every file by its public name, with a storage that opens it by that name."""
        for name in FILES:
            yield name, PackageStorage(self.folder)


class PackageStorage(FileSystemStorage):
    """Opens files of packages by their public names."""

    def __init__(self, folder: Path) -> None:
        super().__init__(location=folder)

    def path(self, name: str) -> str:
        """Return where the file with this public name is."""
        return super().path(FILES.get(name, name))
