"""Which address shows which page about people made unknown in transcripts."""

from django.urls import path

from rodedraad.later import Later

app_name = "deidentification"
overview = Later("rodedraad.deidentification.views.overview")
review = Later("rodedraad.deidentification.views.review")
key = Later("rodedraad.deidentification.views.key")

ALL = "studies/<slug:slug>/anonimiseren/"
ONE = "studies/<slug:slug>/bronnen/<uuid:uuid>/anonimiseren/"

urlpatterns = [
    path(ALL, overview.overview, name="overview"),
    path(f"{ALL}namen/", overview.names_add, name="names_add"),
    path(f"{ALL}namen/<int:pk>/weg/", overview.name_remove, name="name_remove"),
    path(f"{ALL}lezers/<int:pk>/", overview.reader_set, name="reader_set"),
    path(f"{ALL}sleutel/", key.key, name="key"),
    path(f"{ALL}sleutel/<int:number>/", key.opened, name="key_open"),
    path(ONE, review.review, name="review"),
    path(f"{ONE}zoeken/", review.find, name="find"),
    path(f"{ONE}plek/<int:pk>/", review.decide, name="decide"),
    path(f"{ONE}plek/<int:pk>/gelijke/", review.decide_like, name="decide_like"),
    path(f"{ONE}plek/<int:pk>/wijzigen/", review.change, name="change"),
    path(f"{ONE}plek/<int:pk>/apart/", review.apart, name="apart"),
    path(f"{ONE}soort/", review.decide_kind, name="decide_kind"),
    path(f"{ONE}toevoegen/", review.add, name="add"),
    path(f"{ONE}zelfde/", review.link, name="link"),
    path(f"{ONE}terug/", review.undo, name="undo"),
    path(f"{ONE}tekst/", review.make, name="make"),
]
