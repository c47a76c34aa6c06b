"""Which address shows which page about the networks of a study."""

from django.urls import path

from rodedraad.networks import views

app_name = "networks"

urlpatterns = [
    path("studies/<slug:slug>/netwerken/", views.overview, name="overview"),
    path("studies/<slug:slug>/netwerken/soort/<slug:kind>/", views.kind, name="kind"),
    path("studies/<slug:slug>/netwerken/verband/<int:pk>/", views.arrangement, name="arrangement"),
    path("studies/<slug:slug>/netwerken/niet-gekoppeld/", views.unmatched, name="unmatched"),
]
