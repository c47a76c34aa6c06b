"""Whether the reader changes and confirms without a script, and tells when others did something."""

import pytest
from coding_texts import TEXT

from rodedraad.accounts.models import AuditEvent
from rodedraad.coding.actions.codings import coding_add
from rodedraad.coding.carry import codings_carry
from rodedraad.coding.marked import shown
from rodedraad.coding.models import Code, Coding, Round
from rodedraad.coding.rounds import round_close, round_open
from rodedraad.sources.actions import version_correct
from rodedraad.sources.models import Source


def page_of(source) -> str:
    return f"/studies/proeftuinen/bronnen/{source.uuid}/coderen/"


def said(answer) -> str:
    return " ".join(answer.content.decode().split())


def stand(client, source, mark: str = ""):
    return client.get(f"{page_of(source)}stand/", headers={"If-None-Match": f'"{mark}"'})


def test_a_coding_is_changed_on_a_page_of_its_own(browse, anna, learning, money, source, version):
    coding = coding_add(anna, version.pk, learning, place=(3, 7))
    page = f"{page_of(source)}{coding.uuid}/"
    assert "<mark>raad</mark>" in browse.get(page).content.decode()
    given = {"code": "Geld", "start": 0, "end": 7, "valence": "-1", "strength": "0",
             "row_version": 1}  # fmt: skip
    browse.post(page, given)
    coding.refresh_from_db()
    assert (coding.code, coding.quote, coding.valence, coding.strength) == (money, "De raad", -1, 0)
    assert browse.post(page, given).status_code == 409


def test_the_page_of_a_coding_shows_no_more_than_the_reader(client, team, anna, learning, version):
    coding = coding_add(anna, version.pk, learning, place=(3, 7))
    for role, status in (("researcher", 200), ("privacy_officer", 404), ("client", 404)):
        client.force_login(team[role])
        for path in ("", "lijst/", "nakijken/", "stand/", f"{coding.uuid}/"):
            assert client.get(f"{page_of(version.source)}{path}").status_code == status, path


def test_the_change_number_is_the_same_until_something_visible_changes(
    client, team, anna, bram, learning, source, version, lead
):
    client.force_login(lead)
    mark = stand(client, source).json()["stand"]
    assert stand(client, source, mark).status_code == 304
    coding_add(bram, version.pk, learning, place=(3, 7))
    answer = stand(client, source, mark)
    assert answer.status_code == 200
    assert answer.headers["ETag"] == f'"{answer.json()["stand"]}"' != f'"{mark}"'


def test_in_a_blind_round_the_change_number_tells_nothing_of_others(
    client, anna, bram, learning, source, version, lead
):
    blind = round_open(
        anna.study, label="Blind", kind=Round.Kind.BLIND, sources=[source], coders=[anna, bram],
        person=lead, origin="test",
    )  # fmt: skip
    client.force_login(lead)
    mark = stand(client, source).json()["stand"]
    coding_add(bram, version.pk, learning, place=(3, 7), in_round=blind)
    assert stand(client, source, mark).status_code == 304
    assert "blinde ronde" in said(client.get(page_of(source)))
    coding_add(anna, version.pk, learning, place=(3, 9), in_round=blind)
    assert stand(client, source, mark).status_code == 200
    round_close(blind, person=lead, origin="test")
    assert Coding.objects.count() == said(client.get(page_of(source))).count('class="cod-open"')


def test_what_moved_waits_on_a_list_until_it_is_confirmed(
    browse, anna, learning, money, source, version
):
    start = TEXT.index("gesprekken met")
    coding_add(anna, version.pk, learning, place=(start, start + 24))
    coding_add(anna, version.pk, money, place=(3, 7))
    version_correct(source, f"Vooraf.\n\n{TEXT}", person=None, origin="test")
    codings_carry(source, anna, origin="test")
    page = f"{page_of(source)}nakijken/"
    assert said(browse.get(page)).count("Dit klopt") == 2
    assert "kijk 2 coderingen na" in said(browse.get(page_of(source)))
    for moved in Coding.objects.filter(anchor="moved"):
        answer = browse.post(
            f"{page_of(source)}{moved.uuid}/bevestigen/", {"row_version": 1, "back": page}
        )
        assert answer["Location"] == page
    assert "Er is niets na te kijken" in said(browse.get(page))


def test_the_list_of_a_text_is_narrowed_by_code_and_coder(
    browse, anna, bram, learning, money, source, version
):
    coding_add(anna, version.pk, learning, place=(0, 7))
    coding_add(bram, version.pk, learning, place=(3, 7))
    coding_add(anna, version.pk, money, place=None)
    page = f"{page_of(source)}lijst/"

    def n_rows(**asked: str) -> int:
        return said(browse.get(page, asked)).count("?plek=")

    assert n_rows() == 3
    assert n_rows(code=str(learning.uuid)) == 2
    assert n_rows(code=str(learning.uuid), wie="ik") == 1


def test_the_codes_used_last_come_first(browse, anna, learning, money, source, version):
    coding_add(anna, version.pk, learning, place=(0, 7))
    coding_add(anna, version.pk, money, place=(0, 7))
    page = said(browse.get(page_of(source)))
    chips = page.split('id="cod-recent"')[1].split("</form>")[0]
    assert chips.index("Geld") < chips.index("Leren")
    given = {"version": version.pk, "quick": str(learning.uuid), "start": 3, "end": 7}
    browse.post(f"{page_of(source)}toevoegen/", given)
    assert Coding.objects.latest("pk").code == learning


@pytest.mark.parametrize("path", ["", "lijst/", "nakijken/", "{coding}/"])
def test_each_reading_of_a_transcript_is_written_down(
    browse, anna, learning, source, version, path
):
    coding = coding_add(anna, version.pk, learning, place=(3, 7))
    Source.objects.filter(pk=source.pk).update(confidentiality="personal")
    browse.get(f"{page_of(source)}{path.format(coding=coding.uuid)}")
    assert AuditEvent.objects.filter(action="source_read").count() == 1


def test_a_margin_names_twelve_codings_and_says_how_many_more(version):
    paragraph = version.paragraphs.order_by("number").first()
    code = Code(name="Leren")
    codings = [Coding(start=0, end=n, code=code) for n in range(1, 16)]
    margin = shown(paragraph, codings)
    assert (len(margin.lines), margin.n_more) == (12, 3)
    assert "".join(piece.text for piece in margin.pieces) == paragraph.text
