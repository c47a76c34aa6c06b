"""Which address shows which page about the sources of a study."""

from django.urls import path

from rodedraad.later import Later

app_name = "sources"
listed = Later("rodedraad.sources.views.listed")
adding = Later("rodedraad.sources.views.adding")
reading = Later("rodedraad.sources.views.reading")
keeping = Later("rodedraad.sources.views.keeping")
uploading = Later("rodedraad.sources.views.uploading")
bulk = Later("rodedraad.sources.views.bulk")

urlpatterns = [
    path("studies/<slug:slug>/bronnen/", listed.sources, name="list"),
    path("studies/<slug:slug>/bronnen/toevoegen/", adding.add, name="add"),
    path("studies/<slug:slug>/bronnen/toegevoegd/<int:pk>/", adding.batch, name="batch"),
    path("studies/<slug:slug>/bronnen/verzenden/", uploading.begin, name="upload_begin"),
    path("studies/<slug:slug>/bronnen/verzenden/weg/", uploading.remove_all, name="uploads_remove"),
    path("studies/<slug:slug>/bronnen/verzenden/<uuid:uuid>/", uploading.piece, name="upload"),
    path(
        "studies/<slug:slug>/bronnen/verzenden/<uuid:uuid>/weg/",
        uploading.remove,
        name="upload_remove",
    ),
    path("studies/<slug:slug>/bronnen/gevallen/", bulk.cases, name="cases"),
    path("studies/<slug:slug>/bronnen/wijzigen/", bulk.change, name="change"),
    path("studies/<slug:slug>/bronnen/tabel/", bulk.table, name="table"),
    path("studies/<slug:slug>/bronnen/bronnen.csv", bulk.download, name="csv"),
    path("studies/<slug:slug>/bronnen/<uuid:uuid>/", reading.source, name="source"),
    path("studies/<slug:slug>/bronnen/<uuid:uuid>/origineel/", reading.original, name="original"),
    path("studies/<slug:slug>/bronnen/<uuid:uuid>/gegevens/", keeping.facts, name="facts"),
    path("studies/<slug:slug>/bronnen/<uuid:uuid>/opnieuw/", keeping.extract, name="extract"),
    path("studies/<slug:slug>/bronnen/<uuid:uuid>/tekst/", keeping.text, name="text"),
    path("studies/<slug:slug>/bronnen/<uuid:uuid>/weghalen/", keeping.remove, name="remove"),
]
