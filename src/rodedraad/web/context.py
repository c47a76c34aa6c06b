"""What every page knows: the links of the main menu and the version of the product."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rodedraad import __version__


@dataclass(frozen=True)
class SiteLink:
    """One link of the main menu; ``current`` is a value of ``aria-current``, or empty."""

    label: str
    purpose: str
    url: str
    current: str


def site(request: HttpRequest) -> dict[str, object]:
    """Return the variables of the frame ``web/base.html``."""
    links = [
        (_("Country"), "country:map", _("All municipalities, in any year: map, history, figures.")),
        (_("Studies"), "studies:list", _("Questions, municipalities, evidence and reports.")),
    ]
    found = [_site_link(request.path, *link) for link in links]
    other = next(pair for pair in settings.LANGUAGES if pair[0] != get_language())
    return {
        "site_links": [link for link in found if link],
        "other_language": other,
        "site_version": __version__,
    }


def _site_link(path: str, label: str, name: str, purpose: str) -> SiteLink | None:
    try:
        url = reverse(name)
    except NoReverseMatch:
        return None
    here = "page" if path == url else "true" if path.startswith(url) else ""
    return SiteLink(label, purpose, url, here)
