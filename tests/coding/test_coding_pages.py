"""Whether the pages about codes and coding do what they say, without a script too."""

from uuid import uuid4

import pytest
from coding_texts import TEXT
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from rodedraad.coding.actions.codes import CodeFacts, code_add, code_change
from rodedraad.coding.actions.codings import coding_add
from rodedraad.coding.changes import change_undo
from rodedraad.coding.codebook import codebook_codes, codebook_freeze
from rodedraad.coding.codebook_exchange import codebook_for_others, codes_read
from rodedraad.coding.marked import pieces
from rodedraad.coding.models import Code, Coding
from rodedraad.coding.rounds import round_open
from rodedraad.exchange.refi_qda.codebook_file import codebook_bytes
from rodedraad.exchange.refi_qda.codebook_table import codebook_csv
from rodedraad.studies.models import Study

BOOK = "/studies/proeftuinen/codeboek/"


def reader(source) -> str:
    return f"/studies/proeftuinen/bronnen/{source.uuid}/coderen/"


def said(answer) -> str:
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize(
    ("role", "reads", "writes"),
    [("lead", 200, 200), ("researcher", 200, 200), ("privacy_officer", 200, 404),
     ("client", 404, 404), ("other", 404, 404)],
)  # fmt: skip
def test_who_sees_texts_sees_the_codebook_and_who_designs_codes(
    client, team, learning, source, role, reads, writes
):
    client.force_login(team[role])
    for path in ("", "versies/", "codeboek.csv", "codeboek.md"):
        assert client.get(f"{BOOK}{path}").status_code == reads, path
    for path in ("nieuw/", f"code/{learning.uuid}/", "inlezen/", "opnieuw-bekijken/"):
        assert client.get(f"{BOOK}{path}").status_code == writes, path
    assert client.get(reader(source)).status_code == writes
    posted = client.post(f"{reader(source)}toevoegen/", {"whole": "1", "code": "Leren"})
    assert posted.status_code == (writes if writes == 404 else 400)


def test_an_empty_codebook_says_what_to_do(browse, study):
    assert "Er zijn nog geen codes" in said(browse.get(BOOK))


def test_a_code_is_made_changed_moved_and_undone_by_forms(browse, study):
    browse.post(f"{BOOK}nieuw/", {"name": "Leren", "pattern": "dashed", "is_codable": "on"})
    browse.post(f"{BOOK}nieuw/", {"name": "Geld", "pattern": "solid", "is_codable": "on"})
    leren = Code.objects.get(name="Leren")
    page = f"{BOOK}code/{leren.uuid}/"
    browse.post(page, {"name": "Lerend", "pattern": "dashed", "definition": "Iemand\r\nleert.",
                       "row_version": 1, "is_codable": "on"})  # fmt: skip
    leren.refresh_from_db()
    assert (leren.name, leren.definition) == ("Lerend", "Iemand\nleert.")
    parent = str(Code.objects.get(name="Geld").uuid)
    browse.post(f"{page}plaats/", {"parent": parent, "position": 1, "row_version": 2})
    leren.refresh_from_db()
    assert leren.parent.name == "Geld"
    shown = browse.post("/studies/proeftuinen/coderen/terug/", {"what": "undo"}, follow=True)
    assert "Ongedaan gemaakt: code verplaatst" in said(shown)
    leren.refresh_from_db()
    assert leren.parent is None


def test_a_stale_form_tells_that_somebody_was_first(browse, bram, learning):
    code_change(bram, learning, CodeFacts(name="Lerend"), row_version=1)
    answer = browse.post(
        f"{BOOK}code/{learning.uuid}/", {"name": "x", "pattern": "solid", "row_version": 1}
    )
    assert "Iemand heeft dit veranderd" in said(answer)
    assert Code.objects.get(pk=learning.pk).name == "Lerend"


def test_versions_stand_beside_each_other(browse, anna, learning):
    codebook_freeze(anna.study, person=None, note="Voor de proef")
    code_change(anna, learning, CodeFacts(name="Leren", definition="Anders."), row_version=1)
    browse.post(f"{BOOK}versies/", {"note": "Na de proef"})
    page = said(browse.get(f"{BOOK}versies/1/naast/2/"))
    assert "<del>Iemand leert.</del> → <ins>Anders.</ins>" in page
    assert "Na de proef" in said(browse.get(f"{BOOK}versies/"))


@pytest.mark.parametrize("form", ["csv", "qdc"])
def test_a_codebook_goes_out_and_comes_into_another_study_the_same(anna, bram, learning, form):
    facts = CodeFacts(name="=Onder", definition="D", include="I\nII", exclude="E", example="V")
    code_add(anna, facts, parent=learning)
    kept = codebook_codes(anna.study)
    book = codebook_for_others(kept)
    content = codebook_csv(book)[0].encode() if form == "csv" else codebook_bytes(book)
    known = codes_read(bram, content, f"boek.{form}")
    assert (known.added, known.known) == (0, 2)
    other = Study.objects.create(slug="ander", template={}, title_nl="Ander", title_en="Other")
    bram.study = other
    bram.save()
    assert codes_read(bram, content, f"boek.{form}").added == 2
    assert codebook_codes(other) == kept


def test_a_file_that_is_no_codebook_is_refused_with_what_to_choose(browse, study, tmp_path):
    path = tmp_path / "boek.exe"
    path.write_bytes(b"x")
    with path.open("rb") as file:
        answer = browse.post(f"{BOOK}inlezen/", {"file": file})
    assert "Kies een codeboek van REFI-QDA" in said(answer)


def test_a_passage_is_coded_and_taken_away_by_forms_only(browse, anna, learning, source, version):
    start = TEXT.index("gesprekken")
    given = {"version": version.pk, "code": "leren", "start": start, "end": start + 10,
             "strength": "2", "valence": "-1", "quote": "gesprekken"}  # fmt: skip
    answer = browse.post(f"{reader(source)}toevoegen/", given, follow=True)
    made = Coding.objects.get()
    assert (made.quote, made.strength, made.valence, made.coder) == ("gesprekken", 2, -1, anna)
    page = said(answer)
    assert f'<span data-start="{start}" class="cod-coded cod-coded-1 cod-solid">gesprekken' in page
    browse.post(f"{reader(source)}{made.uuid}/weghalen/", {"row_version": 1})
    made.refresh_from_db()
    assert made.removed_at is not None


def test_another_coder_is_not_shown_in_a_blind_round(browse, anna, bram, learning, source, version):
    blind = round_open(
        anna.study, label="Eerste", kind="blind", sources=[source], coders=[anna, bram],
        person=None, origin="test",
    )  # fmt: skip
    coding_add(bram, version.pk, learning, place=(0, 7), in_round=blind)
    page = said(browse.get(reader(source)))
    assert "In dit deel is nog niets gecodeerd" in page
    assert "cod-coded" not in page
    browse.post(f"{reader(source)}toevoegen/", {"version": version.pk, "code": "Leren",
                "start": 0, "end": 7})  # fmt: skip
    assert Coding.objects.get(coder=anna).round == blind


def test_a_page_takes_few_queries_however_much_is_coded(
    browse, anna, learning, source, version, django_assert_max_num_queries
):
    for start in range(40):
        coding_add(anna, version.pk, learning, place=(start, start + 3))
    for asked in ({}, {"plek": 30}):
        with django_assert_max_num_queries(15):
            assert browse.get(reader(source), asked).status_code == 200


def test_adding_a_coding_takes_few_queries(
    browse, anna, learning, money, source, version, django_assert_max_num_queries
):
    coding_add(anna, version.pk, money, place=(0, 7))
    given = {"version": version.pk, "code": "Leren", "start": 3, "end": 7, "quote": "raad"}
    with django_assert_max_num_queries(16):
        assert browse.post(f"{reader(source)}toevoegen/", given).status_code == 302
    assert Coding.objects.get(code=learning).quote == "raad"


def test_the_codes_one_chooses_from_are_those_of_now_in_ones_own_language(
    browse, anna, learning, source
):
    facts = CodeFacts(name="Lerend", include="Ook van fouten.")
    assert "Leren" in said(browse.get(reader(source)))
    code_change(anna, learning, facts, row_version=1)
    page = said(browse.get(reader(source)))
    assert '<option value="Lerend">' in page
    assert "Wat erbij hoort: Ook van fouten." in page
    browse.cookies["django_language"] = "en"
    assert "What belongs to it: Ook van fouten." in said(browse.get(reader(source)))
    change_undo(anna)
    assert '<option value="Leren">' in said(browse.get(reader(source)))


def test_the_pieces_of_a_paragraph_laid_end_to_end_are_the_paragraph():
    one, two, whole = (Coding(start=a, end=b) for a, b in ((0, 12), (11, 14), (None, None)))
    cut = pieces(10, "abcdef", [one, two, whole])
    assert "".join(piece.text for piece in cut) == "abcdef"
    assert [(piece.start, piece.text, piece.depth) for piece in cut] == [
        (10, "a", 1), (11, "b", 2), (12, "cd", 1), (14, "ef", 0),
    ]  # fmt: skip
    assert [piece.ending for piece in cut] == [(), (one,), (two,), ()]


def test_who_is_not_signed_in_is_sent_to_sign_in(study, source):
    assert Client().get(reader(source)).status_code == 302


def test_what_is_to_be_coded_again_costs_the_same_queries_however_much_it_is(
    browse, anna, learning, version
):
    def asked(n: int) -> int:
        with CaptureQueriesContext(connection) as queries:
            shown = said(browse.get(f"{BOOK}opnieuw-bekijken/"))
        assert shown.count('<th scope="row">') == n
        return len(queries)

    made = coding_add(anna, version.pk, learning, place=(0, 5))
    code_change(anna, learning, CodeFacts(name="Leren", definition="Anders."), row_version=1)
    few = asked(1)
    made.refresh_from_db()
    for _number in range(110):
        made.pk, made.uuid = None, uuid4()
        made.save(force_insert=True)
    assert asked(100) == few
