"""Which address shows which page about the networks of a study."""

from django.urls import path

from rodedraad.later import Later

app_name = "networks"
views = Later("rodedraad.networks.views")

urlpatterns = [
    path("studies/<slug:slug>/netwerken/", views.overview, name="overview"),
    path("studies/<slug:slug>/netwerken/soort/<slug:kind>/", views.kind, name="kind"),
    path("studies/<slug:slug>/netwerken/verband/<int:pk>/", views.arrangement, name="arrangement"),
    path("studies/<slug:slug>/netwerken/niet-gekoppeld/", views.unmatched, name="unmatched"),
]
