"""Which address shows which page: every room adds its own."""

from importlib.util import find_spec

from django.urls import include, path
from django.urls.resolvers import URLPattern, URLResolver
from django.views.i18n import set_language

ROOMS = (
    "country",
    "studies",
    "jobs",
    "networks",
    "sources",
    "deidentification",
    "coding",
    "search",
    "agreement",
    "overviews",
    "suggestions",
    "fieldwork",
    "assessment",
    "scoring",
    "transfer",
    "surveys",
    "reports",
)

handler400 = "rodedraad.web.error_pages.bad_request"
handler403 = "rodedraad.web.error_pages.forbidden"
handler404 = "rodedraad.web.error_pages.not_found"
handler500 = "rodedraad.web.error_pages.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("rodedraad.web.site_urls")),
    path("taal", set_language, name="set_language"),
    path("beheer/", include("rodedraad.accounts.urls")),
    path("account/", include("rodedraad.accounts.sign_in_urls")),
]
urlpatterns += [
    path("", include(f"rodedraad.{room}.urls"))
    for room in ROOMS
    if find_spec(f"rodedraad.{room}.urls")
]
