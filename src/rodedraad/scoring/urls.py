"""Which address shows which page about scores of sources, and what texts give to the evidence."""

from django.urls import path

from rodedraad.later import Later

app_name = "scoring"
source = Later("rodedraad.scoring.views.source")
differences = Later("rodedraad.scoring.views.differences")
take_over = Later("rodedraad.scoring.views.take_over")

SOURCE = "studies/<slug:slug>/bronnen/<uuid:uuid>/scoren/"
TEXTS = "studies/<slug:slug>/bewijs/uit-teksten/"

urlpatterns = [
    path(SOURCE, source.source, name="source"),
    path(f"{SOURCE}terug/", source.turn, name="turn"),
    path(TEXTS, take_over.take_over, name="take_over"),
    path(f"{TEXTS}verschillen/", differences.differences, name="differences"),
]
