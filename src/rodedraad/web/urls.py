"""Which address shows which page: every room adds its own."""

from importlib.util import find_spec

from django.urls import include, path
from django.urls.resolvers import URLPattern, URLResolver
from django.views.i18n import set_language

ROOMS = ("country", "studies", "networks", "assessment", "reports")

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("rodedraad.web.site_urls")),
    path("taal", set_language, name="set_language"),
    path("beheer/", include("rodedraad.accounts.urls")),
    path("account/", include("allauth.urls")),
]
urlpatterns += [
    path("", include(f"rodedraad.{room}.urls"))
    for room in ROOMS
    if find_spec(f"rodedraad.{room}.urls")
]
