"""Which address shows which page about runs and evidence."""

from django.urls import path, re_path

from rodedraad.assessment.views import (
    change,
    complexity,
    congruence,
    evidence,
    network,
    runs,
)

app_name = "assessment"

urlpatterns = [
    path("studies/<slug:slug>/netwerken/overeenkomst/", congruence.congruence, name="congruence"),
    path(
        "studies/<slug:slug>/netwerken/overeenkomst/<slug:a>/<slug:b>/",
        congruence.pair,
        name="pair",
    ),
    path("studies/<slug:slug>/netwerken/netwerkbeeld/", network.network, name="network"),
    path("studies/<slug:slug>/netwerken/complexiteit/", complexity.complexity, name="complexity"),
    path("studies/<slug:slug>/netwerken/verandering/", change.change, name="change"),
    path("studies/<slug:slug>/berekeningen/", runs.runs, name="runs"),
    path("studies/<slug:slug>/berekeningen/<int:pk>/", runs.run, name="run"),
    path("studies/<slug:slug>/bewijs/", evidence.evidence, name="evidence"),
    path("studies/<slug:slug>/bewijs/<int:pk>/", evidence.row, name="row"),
    re_path(
        r"^studies/(?P<slug>[-\w]+)/bewijs\.(?P<form>csv|parquet)$",
        evidence.evidence_file,
        name="evidence_file",
    ),
]
