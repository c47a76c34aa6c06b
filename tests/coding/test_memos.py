"""Whether memos come, change and go by forms, and show no more than a person may see."""

import pytest

from rodedraad.coding.actions.codings import coding_add
from rodedraad.coding.actions.memos import memo_add
from rodedraad.coding.models import Memo, Round
from rodedraad.coding.rounds import round_close, round_open
from rodedraad.sources.models import Source

PAGE = "/studies/proeftuinen/memos/"


def said(answer) -> str:
    return " ".join(answer.content.decode().split())


@pytest.fixture
def memos(anna, learning, version, source) -> dict[str, Memo]:
    coding = coding_add(anna, version.pk, learning, place=(0, 7))
    return {
        "studie": memo_add(anna, "Over de studie."),
        "bron": memo_add(anna, "Over de bron.", about=source),
        "code": memo_add(anna, "Over de code.", about=learning),
        "codering": memo_add(anna, "Over de codering.", about=coding),
    }


@pytest.mark.parametrize("kind", ["studie", "bron", "code", "codering"])
def test_the_list_shows_all_memos_or_those_about_one_kind_of_thing(browse, memos, kind):
    whole = said(browse.get(PAGE))
    assert all(memo.text in whole for memo in memos.values())
    narrow = said(browse.get(PAGE, {"over": kind, "wie": "ik"}))
    assert [name for name, memo in memos.items() if memo.text in narrow] == [kind]


def test_a_memo_is_written_changed_and_taken_away_by_forms(browse, source):
    given = {"kind": "bron", "about": str(source.uuid), "text": "Let op.", "back": PAGE}
    assert "De memo is bewaard." in said(browse.post(f"{PAGE}toevoegen/", given, follow=True))
    memo = Memo.objects.get()
    assert memo.source == source
    page = f"{PAGE}{memo.uuid}/"
    browse.post(f"{page}wijzigen/", {"text": "Let goed op.", "row_version": 1})
    stale = browse.post(f"{page}wijzigen/", {"text": "Anders.", "row_version": 1})
    assert stale.status_code == 409
    browse.post(f"{page}weghalen/", {"row_version": 2})
    assert "Let goed op." not in said(browse.get(PAGE))
    browse.post("/studies/proeftuinen/coderen/terug/", {"what": "undo"})
    assert "Let goed op." in said(browse.get(PAGE))


def test_another_site_is_no_place_to_go_back_to(browse, source):
    given = {"kind": "studie", "text": "Let op.", "back": "//elders.test/"}
    assert browse.post(f"{PAGE}toevoegen/", given)["Location"] == PAGE


@pytest.mark.parametrize("role", ["client", "privacy_officer", "other"])
def test_who_does_not_code_reads_no_memos(client, team, memos, role):
    client.force_login(team[role])
    assert client.get(PAGE).status_code == 404
    assert client.post(f"{PAGE}toevoegen/", {"kind": "studie", "text": "x"}).status_code == 404


def test_who_codes_blind_reads_no_memos_of_others_about_that_source_or_its_codes(
    client, team, anna, bram, memos, source, lead
):
    blind = round_open(
        anna.study, label="Blind", kind=Round.Kind.BLIND, sources=[source], coders=[anna, bram],
        person=lead, origin="test",
    )  # fmt: skip
    client.force_login(team["researcher"])
    hidden = [memos[kind].text for kind in ("bron", "code", "codering")]
    assert not any(text in said(client.get(PAGE)) for text in hidden)
    round_close(blind, person=lead, origin="test")
    assert all(text in said(client.get(PAGE)) for text in hidden)


def test_memos_about_a_source_taken_out_are_not_shown(browse, memos, source):
    Source.objects.filter(pk=source.pk).update(removed_at=source.added_at)
    shown = said(browse.get(PAGE))
    assert [kind for kind, memo in memos.items() if memo.text in shown] == ["studie", "code"]
