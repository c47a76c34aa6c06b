"""Which address shows which page about codes and codings of a study."""

from django.urls import path

from rodedraad.later import Later

app_name = "coding"
codebook = Later("rodedraad.coding.views.codebook")
code = Later("rodedraad.coding.views.code")
files = Later("rodedraad.coding.views.files")
listed = Later("rodedraad.coding.views.listed")
memos = Later("rodedraad.coding.views.memos")
passage = Later("rodedraad.coding.views.passage")
reader = Later("rodedraad.coding.views.reader")

BOOK = "studies/<slug:slug>/codeboek/"
SOURCE = "studies/<slug:slug>/bronnen/<uuid:uuid>/coderen/"
MEMOS = "studies/<slug:slug>/memos/"

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
    path(f"{SOURCE}stand/", reader.stand, name="stand"),
    path(f"{SOURCE}lijst/", listed.jump_list, name="jump_list"),
    path(f"{SOURCE}nakijken/", listed.carried, name="carried"),
    path(f"{SOURCE}meenemen/", listed.carry, name="carry"),
    path(f"{SOURCE}toevoegen/", passage.add, name="coding_add"),
    path(f"{SOURCE}<uuid:coding>/", passage.passage, name="passage"),
    path(f"{SOURCE}<uuid:coding>/bevestigen/", passage.confirm, name="coding_confirm"),
    path(f"{SOURCE}<uuid:coding>/weghalen/", passage.remove, name="coding_remove"),
    path(MEMOS, memos.memos, name="memos"),
    path(f"{MEMOS}toevoegen/", memos.add, name="memo_add"),
    path(f"{MEMOS}<uuid:uuid>/wijzigen/", memos.change, name="memo_change"),
    path(f"{MEMOS}<uuid:uuid>/weghalen/", memos.remove, name="memo_remove"),
]
