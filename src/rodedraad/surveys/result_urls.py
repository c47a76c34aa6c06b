"""Which address shows which page about what was answered."""

from django.urls import path
from django.urls.resolvers import URLPattern

from rodedraad.later import Later

results = Later("rodedraad.surveys.views.results")
taking = Later("rodedraad.surveys.views.results_taking")
looking = Later("rodedraad.surveys.views.results_looking")
one = Later("rodedraad.surveys.views.results_response")
weighting = Later("rodedraad.surveys.views.results_weighting")

RESULTS = "studies/<slug:slug>/vragenlijsten/<slug:survey>/resultaten/"

result_urlpatterns: list[URLPattern] = [
    path(RESULTS, results.results, name="results"),
    path(f"{RESULTS}tabel.csv", results.results_csv, name="results_csv"),
    path(f"{RESULTS}bewijs/", taking.take_over, name="results_evidence"),
    path(f"{RESULTS}open-antwoorden/", taking.open_answers, name="results_open"),
    path(f"{RESULTS}opvallend/", looking.flagged, name="results_flagged"),
    path(f"{RESULTS}stellingen/", looking.item_figures, name="results_items"),
    path(f"{RESULTS}wegen/", weighting.weights, name="results_weights"),
    path(f"{RESULTS}antwoorden/<slug:respondent>/", one.response, name="results_response"),
    path(f"{RESULTS}wie-niet/", weighting.silent, name="results_silent"),
]
