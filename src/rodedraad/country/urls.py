"""Which address shows which page about the country."""

from django.urls import path

from rodedraad.later import Later

app_name = "country"
municipality = Later("rodedraad.country.views.municipality", atomic=False)
sources = Later("rodedraad.country.views.sources", atomic=False)
year = Later("rodedraad.country.views.year", atomic=False)

urlpatterns = [
    path("land/", year.year_map_page, name="map"),
    path("land/gemeenten/", year.list_page, name="list"),
    path("land/gemeenten.csv", year.list_file, name="list_file"),
    path("land/bron/<str:source>/", sources.source_page, name="source"),
    path("land/bron/<str:source>/<path:source_row>/", sources.record_page, name="record"),
    path("land/<str:code>/", municipality.municipality_page, name="municipality"),
    path("land/<str:code>/lasten/<int:year>/", municipality.spending_page, name="spending"),
]
