"""How do pictures come inside a single file?"""

from urllib.parse import quote

from rodedraad.reports.models import Report
from rodedraad.reports.rendering import Link


def inline_pictures(report: Report, language: str, link: Link) -> Link:
    """Return a link that puts each picture itself in its place, and leaves numbers to ``link``."""
    pictures = dict(report.pictures.filter(language=language).values_list("key", "svg"))

    def with_pictures(what: str, key: str) -> str:
        if what == "picture":
            return f"data:image/svg+xml,{quote(pictures[key])}"
        return link(what, key)

    return with_pictures
