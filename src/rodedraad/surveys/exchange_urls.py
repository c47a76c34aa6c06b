"""Which address brings questionnaires in, and gives files with answers?"""

from django.urls import URLPattern, path

from rodedraad.later import Later

exchange = Later("rodedraad.surveys.views.exchange")

PLACE = "studies/<slug:slug>/vragenlijsten/"
ONE = f"{PLACE}<slug:survey>/bestanden/"

exchange_urlpatterns: list[URLPattern] = [
    path(f"{PLACE}inlezen/", exchange.bring_in, name="bring_in"),
    path(ONE, exchange.files, name="files"),
    path(f"{ONE}codeboek/", exchange.codebook, name="codebook"),
    path(f"{ONE}xlsform/", exchange.xlsform, name="xlsform"),
    path(f"{ONE}klaar/<int:pk>/", exchange.file_made, name="file_made"),
]
"""Before those of questionnaires, whose last address takes any word."""
