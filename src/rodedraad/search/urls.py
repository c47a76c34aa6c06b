"""Which address shows which page about searching a study."""

from django.urls import path

from rodedraad.later import Later

app_name = "search"
page = Later("rodedraad.search.views.page")
table = Later("rodedraad.search.views.table")
coding = Later("rodedraad.search.views.coding")
saved = Later("rodedraad.search.views.saved")

HERE = "studies/<slug:slug>/zoeken/"

urlpatterns = [
    path(HERE, page.search, name="search"),
    path(f"{HERE}vindplaatsen.csv", table.table, name="table"),
    path(f"{HERE}coderen/", coding.code, name="code"),
    path(f"{HERE}bewaren/", saved.keep, name="keep"),
    path(f"{HERE}bewaard/<int:pk>/", saved.again, name="again"),
    path(f"{HERE}bewaard/<int:pk>/wijzigen/", saved.change, name="change"),
]
