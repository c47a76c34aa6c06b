"""Which address shows which page about codes and codings of a study."""

from django.urls import path

from rodedraad.later import Later

app_name = "coding"
codebook = Later("rodedraad.coding.views.codebook")
code = Later("rodedraad.coding.views.code")
files = Later("rodedraad.coding.views.files")
reader = Later("rodedraad.coding.views.reader")

BOOK = "studies/<slug:slug>/codeboek/"
SOURCE = "studies/<slug:slug>/bronnen/<uuid:uuid>/coderen/"

urlpatterns = [
    path(BOOK, codebook.codebook, name="codebook"),
    path(f"{BOOK}nieuw/", code.add, name="code_add"),
    path(f"{BOOK}code/<uuid:uuid>/", code.code, name="code"),
    path(f"{BOOK}code/<uuid:uuid>/plaats/", code.move, name="code_move"),
    path(f"{BOOK}code/<uuid:uuid>/splitsen/", code.split, name="code_split"),
    path(f"{BOOK}code/<uuid:uuid>/samenvoegen/", code.merge, name="code_merge"),
    path(f"{BOOK}code/<uuid:uuid>/beeindigen/", code.retire, name="code_retire"),
    path(f"{BOOK}versies/", codebook.versions, name="versions"),
    path(f"{BOOK}versies/<int:older>/naast/<int:newer>/", codebook.difference, name="difference"),
    path(f"{BOOK}opnieuw-bekijken/", codebook.recode, name="recode"),
    path(f"{BOOK}inlezen/", files.read, name="codebook_read"),
    path(f"{BOOK}codeboek.csv", files.table, name="codebook_csv"),
    path(f"{BOOK}codeboek.md", files.words, name="codebook_md"),
    path("studies/<slug:slug>/coderen/terug/", codebook.turn, name="turn"),
    path(SOURCE, reader.reader, name="reader"),
    path(f"{SOURCE}toevoegen/", reader.add, name="coding_add"),
    path(f"{SOURCE}<uuid:coding>/weghalen/", reader.remove, name="coding_remove"),
    path(f"{SOURCE}meenemen/", reader.carry, name="carry"),
]
