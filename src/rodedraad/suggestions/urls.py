"""Which address shows which page about suggestions by the machine."""

from django.urls import path

from rodedraad.later import Later

app_name = "suggestions"
pages = Later("rodedraad.suggestions.views.suggestions")

PAGE = "studies/<slug:slug>/codeboek/suggesties/"

urlpatterns = [
    path(PAGE, pages.suggestions, name="suggestions"),
    path(f"{PAGE}aan-uit/", pages.switch, name="switch"),
    path(f"{PAGE}maken/", pages.make, name="make"),
    path(f"{PAGE}<uuid:uuid>/<str:decision>/", pages.decide, name="decide"),
]
