"""Which address shows which page about what codes show."""

from django.urls import path

from rodedraad.later import Later

app_name = "overviews"
overview = Later("rodedraad.overviews.views.overview")
matrix = Later("rodedraad.overviews.views.matrix")
together = Later("rodedraad.overviews.views.together")
over_time = Later("rodedraad.overviews.views.over_time")
saturation = Later("rodedraad.overviews.views.saturation")
quotes = Later("rodedraad.overviews.views.quotes")

THEMES = "studies/<slug:slug>/themas/"

urlpatterns = [
    path(THEMES, overview.page, name="overview"),
    path(f"{THEMES}matrix/", matrix.page, name="matrix"),
    path(f"{THEMES}matrix.<slug:form>", matrix.file, name="matrix_file"),
    path(f"{THEMES}samen/", together.page, name="together"),
    path(f"{THEMES}samen.<slug:form>", together.file, name="together_file"),
    path(f"{THEMES}tijd/", over_time.page, name="over_time"),
    path(f"{THEMES}tijd.<slug:form>", over_time.file, name="over_time_file"),
    path(f"{THEMES}verzadiging/", saturation.page, name="saturation"),
    path(f"{THEMES}verzadiging.<slug:form>", saturation.file, name="saturation_file"),
    path(f"{THEMES}citaten/", quotes.page, name="quotes"),
    path(f"{THEMES}citaten.<slug:form>", quotes.file, name="quotes_file"),
]
