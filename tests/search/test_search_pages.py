"""Whether the pages of searching do what they say, without a script, and for whom."""

import csv
from io import StringIO
from urllib.parse import parse_qsl, urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rodedraad.accounts.models import AuditEvent
from rodedraad.coding.changes import change_redo, change_undo, state_hash
from rodedraad.coding.models import Change, Coding
from rodedraad.coding.rounds import round_close, round_open
from rodedraad.errors import Refusal
from rodedraad.search.models import SavedSearch
from rodedraad.search.stems import stems_forget
from rodedraad.sources.actions import SourceFacts, source_add

PAGE = "/studies/proeftuinen/zoeken/"


def said(answer) -> str:
    return " ".join(answer.content.decode().split())


def asked(line: str, **given: str) -> dict[str, str]:
    return {"q": line, **given}


@pytest.mark.parametrize(
    ("role", "reads", "codes"),
    [("lead", 200, 400), ("researcher", 200, 400), ("privacy_officer", 200, 404),
     ("client", 404, 404), ("other", 404, 404)],
)  # fmt: skip
def test_who_sees_texts_searches_and_who_designs_codes(client, team, texts, role, reads, codes):
    client.force_login(team[role])
    assert client.get(PAGE, asked("wijkteam")).status_code == reads
    assert client.get(f"{PAGE}vindplaatsen.csv", asked("wijkteam")).status_code == reads
    kept = client.post(f"{PAGE}bewaren/", {"asked": "q=raad", "name": "x"}).status_code
    assert kept == (302 if reads == 200 else 404)
    answer = client.post(f"{PAGE}coderen/", {"asked": "q=wijkteam"})
    assert answer.status_code == codes


def test_the_page_says_what_to_do_before_and_after_a_question(browse, study, lead):
    assert "Er is nog niets om in te zoeken" in said(browse.get(PAGE))
    source_add(study, b"Iets.", "x.txt", SourceFacts(), person=lead, origin="test")
    assert "Er wordt in één tekst gezocht" in said(browse.get(PAGE))
    assert "Er is niets gevonden" in said(browse.get(PAGE, asked("wijkteam")))


@pytest.mark.parametrize(
    ("line", "words"),
    [('"de raad', "ontbreekt er een"), ("NEAR/5", "Vóór en na NEAR"),
     ("de het", "bijna elke tekst"), ("-raad", "alleen wat u niet wilt")],
)  # fmt: skip
def test_a_fault_in_a_question_gives_one_clear_sentence(browse, texts, line, words):
    answer = browse.get(PAGE, asked(line))
    assert answer.status_code == 200
    assert words in said(answer)
    assert "Fout:" in said(answer)


def test_a_last_day_before_the_first_is_refused_at_its_field(browse, texts):
    page = browse.get(PAGE, asked("wijkteam", vanaf="2020-05-02", tot="2020-05-01"))
    fields = page.context["form"].errors
    assert list(fields) == ["tot"]
    assert "Deze dag ligt voor de eerste" in page.content.decode()
    same = browse.get(PAGE, asked("wijkteam", vanaf="2020-05-01", tot="2020-05-01"))
    assert not same.context["form"].errors


def test_what_is_found_stands_marked_between_its_words(browse, texts):
    shown = said(browse.get(PAGE, asked("cliënt")))
    assert "<mark>cliënt</mark>" in shown
    assert 'inwoners. Ook de </span><mark>cliënt</mark><span class="sea-right"> leert.' in shown
    assert "Eén alinea voldoet, in 1 van de 3 doorzochte bronnen, uit één casus." in shown


def test_words_of_texts_and_questions_never_become_markup(browse, study, lead):
    text = "Een <script>alert(1)</script> & het wijkteam <b>vet</b>."
    facts = SourceFacts(title="<img src=x>")
    source_add(study, text.encode(), "x.txt", facts, person=lead, origin="test")
    answer = browse.get(PAGE, asked('wijkteam OR "><script>x"')).content.decode()
    assert "<script>x" not in answer
    assert "<script>alert" not in answer
    assert "<img src=x>" not in answer
    shown = browse.get(PAGE, asked("wijkteam OR script")).content.decode()
    assert "&lt;<" not in shown.replace("&lt;</span>", "")
    assert "<mark>script</mark>" in shown
    assert "&lt;b&gt;vet" in shown


def test_reading_talks_among_the_answers_is_written_down_once(browse, texts):
    events = AuditEvent.objects.filter(action="search_read")
    browse.get(PAGE, asked("gesprekken"))
    assert events.count() == 0
    browse.get(PAGE, asked("wethouder"))
    assert list(events.values_list("object", flat=True)) == ["study:proeftuinen"]
    browse.get(f"{PAGE}vindplaatsen.csv", asked("wethouder"))
    assert events.count() == 2


def test_the_table_has_a_row_for_each_place_with_its_position(browse, texts):
    answer = browse.get(f"{PAGE}vindplaatsen.csv", asked("wijkteam OR inwoners"))
    rows = list(csv.DictReader(StringIO(answer.content.decode())))
    whole = {name: source.versions.get().text for name, source in texts.items()}
    for row in rows:
        text = whole[row["source"].lower()]
        assert text[int(row["start"]) : int(row["end"])] == row["hit"]
    assert [row["hit"] for row in rows] == ["wijkteam", "wijkteam", "inwoners", "wijkteam",
                                           "inwoners"]  # fmt: skip


def test_passages_and_memos_have_a_page_and_a_table(browse, texts, anna, learning):
    browse.post(f"{PAGE}coderen/", picked(browse, "cliënt", learning, deel="vindplaats"))
    shown = said(browse.get(PAGE, asked("cliënt", waar="passages")))
    assert "Gecodeerde passages die voldoen" in shown
    rows = browse.get(f"{PAGE}vindplaatsen.csv", asked("cliënt", waar="passages"))
    assert "Beleid,Buurt Noord,2016-05-01,policy_document,,Leren" in rows.content.decode()
    assert "Er is niets gevonden" in said(browse.get(PAGE, asked("cliënt", waar="memos")))


def picked(browse, line: str, code, *, deel: str = "zin", **given) -> dict:
    """Return what the form on the page sends when nothing is unticked."""
    shown = browse.get(PAGE, asked(line)).context
    keys = [hit["pk"] for hit in shown["hits"]]
    sent = {"asked": urlencode(asked(line)), "mark": shown["mark"], "welke": "alles", "deel": deel}
    return sent | {"shown": keys, "keep": keys, "code_all": str(code.uuid)} | given


@pytest.mark.parametrize(
    ("deel", "quotes"),
    [("vindplaats", ["wijkteam"] * 3),
     ("zin", ["De raad besluit over het wijkteam.",
              "\U0001f600 Het wijkteam leert \U0001f468‍\U0001f469 van gesprekken met inwoners.",
              "Interviewer: Hoe gaat het met het wijkteam?"]),
     ("alinea", None)],
)  # fmt: skip
def test_all_that_was_found_gets_a_code_as_far_as_asked_and_undo_brings_it_back(
    browse, study, texts, anna, learning, deel, quotes
):
    before = state_hash(study)
    sent = picked(browse, "wijkteam", learning, deel=deel)
    answer = browse.post(f"{PAGE}coderen/", sent, follow=True)
    assert "Passages die de code ‘Leren’ kregen: 3." in said(answer)
    made = list(Coding.objects.filter(code=learning))
    for one in made:
        text = one.version.text
        assert one.quote == text[one.start : one.end]
        assert one.before == text[max(0, one.start - 32) : one.start]
        assert one.after == text[one.end : one.end + 32]
        assert one.origin == "search"
    if quotes is not None:
        assert sorted(one.quote for one in made) == sorted(quotes)
    after = state_hash(study)
    change_undo(anna)
    assert state_hash(study) == before
    change_redo(anna)
    assert state_hash(study) == after
    again = browse.post(f"{PAGE}coderen/", sent, follow=True)
    assert "Die hadden hem al: 3." in said(again)
    assert Coding.objects.count() == 3


def test_what_was_unticked_gets_no_code(browse, texts, learning):
    sent = picked(browse, "wijkteam", learning)
    browse.post(f"{PAGE}coderen/", sent | {"keep": sent["keep"][1:]})
    assert Coding.objects.count() == 2
    browse.post(f"{PAGE}coderen/", sent | {"keep": sent["keep"][:1], "welke": "pagina"})
    assert Coding.objects.count() == 3


@pytest.mark.parametrize(
    ("changed", "words"),
    [({"mark": "9-9"}, "veranderd sinds u keek"), ({"deel": "boek"}, "Kies welke woorden"),
     ({"code_all": ""}, "Kies een code"), ({"keep": [], "welke": "pagina"}, "geen passage"),
     ({"asked": ""}, "minstens één woord")],
)  # fmt: skip
def test_nothing_gets_a_code_when_something_is_not_right(browse, texts, learning, changed, words):
    sent = picked(browse, "wijkteam", learning) | changed
    answer = browse.post(f"{PAGE}coderen/", sent)
    assert answer.status_code == 400
    assert words in said(answer)
    assert Change.objects.filter(action="codings_add_many").count() == 0


def test_codes_given_while_coding_blind_stand_in_that_round(
    browse, study, texts, anna, bram, learning
):
    blind = round_open(
        study, label="Blind", kind="blind", sources=[texts["beleid"]], coders=[anna, bram],
        person=None, origin="test",
    )  # fmt: skip
    browse.post(f"{PAGE}coderen/", picked(browse, "wijkteam", learning))
    in_round = Coding.objects.values_list("version__source__title", "round")
    assert set(in_round) == {("Beleid", blind.pk), ("Gesprek", None)}
    round_close(blind, person=None, origin="test")
    with pytest.raises(Refusal):
        change_undo(anna)


def test_two_thousand_passages_get_a_code_in_few_questions_to_the_database(
    browse, study, texts, learning, lead
):
    text = "".join(f"Het dorpsteam nummer {n} werkt.\n\n" for n in range(2_000))
    source_add(study, text.encode(), "lang.txt", SourceFacts(), person=lead, origin="test")
    sent = picked(browse, "dorpsteam", learning, deel="zin")
    with CaptureQueriesContext(connection) as queries:
        browse.post(f"{PAGE}coderen/", sent)
    assert Coding.objects.count() == 2_000
    assert len(queries) < 45


def test_the_page_asks_the_database_as_often_whatever_is_found(
    browse, study, texts, lead, learning
):
    def n_queries() -> int:
        stems_forget()
        with CaptureQueriesContext(connection) as queries:
            browse.get(PAGE, asked("wijkteam"))
        own = ("SAVEPOINT", "RELEASE", "SET LOCAL")
        return sum(not one["sql"].startswith(own) for one in queries)

    few = n_queries()
    for number in range(10):
        words = f"Nog een wijkteam {number}.\n\nEn een wijkteam.\n".encode()
        source_add(study, words, f"x{number}.txt", SourceFacts(), person=lead, origin="test")
    assert n_queries() == few
    assert few <= 15


def test_a_question_is_kept_asked_again_renamed_taken_away_and_put_back(browse, texts, client):
    sent = {"asked": urlencode(asked("wijk*", soort="transcript", orde="nieuw")), "name": "Wijken"}
    answer = browse.post(f"{PAGE}bewaren/", sent, follow=True)
    kept = SavedSearch.objects.get()
    assert "bewaard als ‘Wijken’" in said(answer)
    assert dict(parse_qsl(answer.request["QUERY_STRING"])) == dict(parse_qsl(sent["asked"]))
    assert answer.context["n"] == 1
    change = f"{PAGE}bewaard/{kept.pk}/wijzigen/"
    browse.post(change, {"what": "rename", "name": "Wijk en buurt"})
    assert SavedSearch.objects.get().name == "Wijk en buurt"
    gone = browse.post(change, {"what": "remove"}, follow=True)
    assert "Zet terug" in said(gone)
    assert browse.get(f"{PAGE}bewaard/{kept.pk}/").status_code == 404
    browse.post(change, {"what": "restore"})
    assert browse.get(f"{PAGE}bewaard/{kept.pk}/").status_code == 302
    assert "Kies een andere naam" in said(browse.post(f"{PAGE}bewaren/", sent | {
        "name": "Wijk en buurt"}))  # fmt: skip


def test_what_cannot_be_asked_is_not_kept_and_others_questions_are_theirs(
    client, team, texts, study, lead
):
    client.force_login(team["privacy_officer"])
    assert client.post(f"{PAGE}bewaren/", {"asked": 'q="raad', "name": "x"}).status_code == 400
    kept = SavedSearch.objects.create(study=study, name="Van de leider", query="raad", made_by=lead)
    change = f"{PAGE}bewaard/{kept.pk}/wijzigen/"
    assert client.post(change, {"what": "remove"}).status_code == 404


def test_hits_by_case_and_year_stand_beside_the_sources_that_were_searched(browse, texts):
    by_case = browse.get(PAGE, asked("wijkteam")).context["groups"]
    assert [(one.name, one.hits, one.sources, one.searched) for one in by_case] == [
        ("Buurt Noord", 2, 1, 1), ("Buurt Zuid", 1, 1, 1), ("zonder casus", 0, 0, 1)
    ]  # fmt: skip
    by_year = browse.get(PAGE, asked("wijkteam", beeld="jaar")).context["groups"]
    assert [(one.name, one.hits) for one in by_year] == [
        ("2016", 2), ("2019", 1), ("zonder datum", 0)
    ]  # fmt: skip
