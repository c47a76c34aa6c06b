"""Which address shows which page about the sources of a study."""

from django.urls import path

from rodedraad.later import Later

app_name = "sources"
listed = Later("rodedraad.sources.views.listed")
adding = Later("rodedraad.sources.views.adding")
reading = Later("rodedraad.sources.views.reading")
keeping = Later("rodedraad.sources.views.keeping")

urlpatterns = [
    path("studies/<slug:slug>/bronnen/", listed.sources, name="list"),
    path("studies/<slug:slug>/bronnen/toevoegen/", adding.add, name="add"),
    path("studies/<slug:slug>/bronnen/<uuid:uuid>/", reading.source, name="source"),
    path("studies/<slug:slug>/bronnen/<uuid:uuid>/origineel/", reading.original, name="original"),
    path("studies/<slug:slug>/bronnen/<uuid:uuid>/gegevens/", keeping.facts, name="facts"),
    path("studies/<slug:slug>/bronnen/<uuid:uuid>/opnieuw/", keeping.extract, name="extract"),
    path("studies/<slug:slug>/bronnen/<uuid:uuid>/tekst/", keeping.text, name="text"),
    path("studies/<slug:slug>/bronnen/<uuid:uuid>/weghalen/", keeping.remove, name="remove"),
]
