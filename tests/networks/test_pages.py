"""The pages about networks: who may see them, what they say, and in how many queries."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import polars as pl
import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reports.small_study import small_tables
from rodedraad.accounts.models import Person
from rodedraad.country.current import BUILT, current_country
from rodedraad.first_study.steps import frame_get, networks_get, study_get
from rodedraad.networks.models import Arrangement, Membership
from rodedraad.studies.models import Study, TeamMember

JOINT = "gemeenschappelijke-regeling"


@pytest.fixture(scope="module")
def small_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give a data folder with tables of three provinces; the database stays where it was."""
    folder = tmp_path_factory.mktemp("networks")
    small_tables(folder / BUILT)
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("RODEDRAAD_HOME", str(folder))
        yield folder


@pytest.fixture(scope="module")
def made(small_home: Path, django_db_setup: None, django_db_blocker: object) -> Iterator[int]:
    """Give the number of a study with its arrangements; everything is undone after the last."""
    with django_db_blocker.unblock(), transaction.atomic():
        study, _ = study_get()
        frame_get(study, current_country())
        networks_get(study, current_country())
        yield study.pk
        transaction.set_rollback(True)


@pytest.fixture
def study(made: int, db: None) -> Study:
    """Give the study to a test whose own changes are undone."""
    return Study.objects.get(pk=made)


def signed_in(name: str, study: Study | None = None) -> Client:
    """Return the client of a person, in the team of the study when one is given."""
    person = Person.objects.create_user(f"{name}@voorbeeld.test", name=name)
    TOTP.activate(person, generate_totp_secret())
    if study is not None:
        TeamMember.objects.create(study=study, person=person, role=TeamMember.Role.CLIENT)
    client = Client(SERVER_NAME="localhost")
    client.force_login(person)
    return client


@pytest.fixture
def reader(study: Study) -> Client:
    """Give the client of someone in the team."""
    return signed_in("lezer", study)


def address(study: Study, rest: str = "") -> str:
    """Return the address of a page about the networks of the study."""
    return f"/studies/{study.slug}/netwerken/{rest}"


def text_of(client: Client, url: str) -> str:
    """Return the text of a page as it is read."""
    answer = client.get(url)
    assert answer.status_code == 200, url
    main = answer.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    main = re.sub(r"<svg.*?</svg>", " ", main, flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", main)))


def first_of(study: Study, kind: str, wave: str = "2016") -> Arrangement:
    """Return the first arrangement of a kind by name."""
    return Arrangement.objects.filter(study=study, wave__label=wave, kind=kind).order_by("name")[0]


PATHS = ("", "soort/jeugdregio/", f"soort/{JOINT}/", "niet-gekoppeld/", "verband/{pk}/")


@pytest.mark.parametrize("path", PATHS)
def test_only_the_team_sees_a_page(study: Study, reader: Client, path: str) -> None:
    url = address(study, path.format(pk=first_of(study, "jeugdregio").pk))
    assert reader.get(url).status_code == 200
    assert signed_in("ander").get(url).status_code == 404
    anonymous = Client(SERVER_NAME="localhost").get(url)
    assert (anonymous.status_code, anonymous["Location"].split("?")[0]) == (
        302,
        "/account/inloggen",
    )


@pytest.mark.parametrize(
    "path",
    ["?meting=1999", "soort/bestaat-niet/", "soort/wmo-regio/?meting=2022", "verband/0/",
     "niet-gekoppeld/?soort=konijn"],
)  # fmt: skip
def test_what_is_not_there_is_not_found(study: Study, reader: Client, path: str) -> None:
    assert reader.get(address(study, path)).status_code == 404


def test_an_arrangement_of_another_study_is_not_found(study: Study, reader: Client) -> None:
    other = Study.objects.create(
        slug="ander", title_nl="", title_en="", template_key="", template_version="", template={}
    )
    strange = first_of(study, "jeugdregio")
    strange.study = other
    strange.save()
    assert reader.get(address(study, f"verband/{strange.pk}/")).status_code == 404


def test_the_overview_counts_every_kind_and_keeps_joint_arrangements_apart(
    study: Study, reader: Client
) -> None:
    text = text_of(reader, address(study))
    regions = current_country().table("regions").filter(pl.col("year") == 2016)
    kinds = regions["region_type"].n_unique()
    named = regions.select("region_type", "region").unique().height
    joint = Arrangement.objects.filter(study=study, kind=JOINT).count()
    assert f"soorten regio’s {kinds} " in text
    assert f" regio’s {named} " in text
    assert f"apart geteld {joint} " in text
    assert "Regio’s en gemeenschappelijke regelingen blijven apart." in text
    youth = regions.filter(pl.col("region_type") == "jeugdregio")
    row = f"Jeugdregio's niet-regelgedreven regelomlijst Jeugdwet, art. 2.8 .* {youth.height} "
    assert re.search(row, text)


def test_the_drive_is_undetermined_where_nobody_established_the_law(
    study: Study, reader: Client
) -> None:
    text = text_of(reader, address(study))
    assert re.search(r"HLZ-regio's \(Hervorming Langdurige Zorg\) onbepaald onbepaald –", text)


def test_the_wave_of_2022_has_other_kinds_and_no_joint_arrangements(
    study: Study, reader: Client
) -> None:
    text = text_of(reader, address(study, "?meting=2022"))
    assert "RegioPlus-arbeidsmarktregio's" in text
    assert "Wmo-regio's" not in text
    assert "apart geteld" not in text


def test_a_kind_shows_its_regions_by_name_with_their_number_on_the_map(
    study: Study, reader: Client
) -> None:
    answer = reader.get(address(study, "soort/jeugdregio/"))
    html = answer.content.decode()
    names = [each.name for each in answer.context["page"]]
    assert names == sorted(names)
    numbers = [number for _each, number in answer.context["rows"]]
    assert sorted(numbers) == list(range(1, len(names) + 1))
    for number in numbers:
        assert re.search(rf'class="land-mark"[^>]*>{number}</text>', html)
    assert "style=" not in html


def test_a_kind_says_what_the_law_does_and_how_the_drive_follows(
    study: Study, reader: Client
) -> None:
    text = text_of(reader, address(study, "soort/veiligheidsregio/"))
    assert "De wet schrijft deze samenwerking voor." in text
    assert "Wet veiligheidsregio's, art. 9" in text
    assert "schrijft voor: colleges van burgemeester en wethouders" in text
    assert re.search(r"Vastgesteld op \d+ \w+ \d{4}", text)
    assert "Hoe zeker hoog" in text
    assert "network-drive 1" in text


def test_joint_arrangements_have_no_map_of_all_together(study: Study, reader: Client) -> None:
    answer = reader.get(address(study, f"soort/{JOINT}/"))
    assert answer.context["map"] is None
    assert "overlappen elkaar" in answer.content.decode()


def test_an_arrangement_names_its_members_with_date_basis_and_record(
    study: Study, reader: Client
) -> None:
    shown = first_of(study, "veiligheidsregio")
    html = reader.get(address(study, f"verband/{shown.pk}/")).content.decode()
    members = Membership.objects.filter(arrangement=shown).select_related("case")
    assert members
    for member in members:
        assert f'<a href="/land/{member.case.unit_code}/">{unescape(member.case.name)}' in unescape(
            html
        )
        assert f'href="/land/bron/{member.source}/{member.source_row}/"' in html
    text = text_of(reader, address(study, f"verband/{shown.pk}/"))
    assert text.count("1 januari 2016 voorgeschreven") == len(members)
    assert f"voorgeschreven: {len(members)}" in text
    assert "hetzelfde verband in 2022" in text


def test_the_record_that_a_member_links_to_is_about_that_member(
    study: Study, reader: Client
) -> None:
    member = Membership.objects.filter(
        arrangement__study=study, arrangement__kind="jeugdregio"
    ).select_related("case", "arrangement")[0]
    text = text_of(reader, f"/land/bron/{member.source}/{member.source_row}/")
    assert member.case.name in text
    assert member.arrangement.name in text


def test_unmatched_members_are_counted_listed_and_explained(study: Study, reader: Client) -> None:
    table = current_country().table("joint_arrangements")
    unmatched = table.filter(pl.col("code").is_null())
    answer = reader.get(address(study, "niet-gekoppeld/"))
    assert answer.context["page"].paginator.count == unmatched.height
    assert (
        f"{unmatched.height} van de {table.height} gepubliceerde deelnemers"
        in answer.content.decode()
    )
    german = reader.get(address(study, "niet-gekoppeld/?soort=foreign"))
    n_german = unmatched.filter(pl.col("participant_kind") == "foreign").height
    assert german.context["page"].paginator.count == n_german
    assert {row.why for row in german.context["page"]} == {"een deelnemer in Duitsland"}


def test_every_reason_is_given_in_dutch(study: Study, reader: Client) -> None:
    english = {
        row["why"]
        for row in current_country().table("joint_arrangements").iter_rows(named=True)
        if row["match"] == "unmatched"
    }
    shown = set()
    for number in range(1, 5):
        page = reader.get(address(study, f"niet-gekoppeld/?page={number}")).context["page"]
        shown |= {row.why for row in page}
    assert shown.isdisjoint(english)
    assert len(shown) == len(english)


def test_an_english_page_says_what_the_dutch_labels_mean(study: Study, reader: Client) -> None:
    reader.cookies["django_language"] = "en"
    text = text_of(reader, address(study, "soort/jeugdregio/"))
    assert "framed by regulation" in text
    assert "The law asks for or allows this cooperation, and prescribes nobody." in text
    assert "regelomlijst" not in text


@pytest.mark.parametrize("path", ["", "soort/jeugdregio/", "verband/{pk}/"])
def test_the_number_of_queries_does_not_grow_with_the_arrangements(
    study: Study, reader: Client, path: str
) -> None:
    url = address(study, path.format(pk=first_of(study, "jeugdregio").pk))

    def n_queries() -> int:
        reader.get(url)
        with CaptureQueriesContext(connection) as queries:
            reader.get(url)
        return len(queries)

    full = n_queries()
    kept = first_of(study, "jeugdregio").pk
    Arrangement.objects.filter(study=study).exclude(pk=kept).delete()
    few = Membership.objects.filter(arrangement_id=kept)[:2].values_list("pk", flat=True)
    Membership.objects.filter(arrangement_id=kept).exclude(pk__in=list(few)).delete()
    assert n_queries() == full


def test_a_study_without_arrangements_says_what_to_do(study: Study, reader: Client) -> None:
    Arrangement.objects.filter(study=study).delete()
    assert "Er zijn nog geen samenwerkingsverbanden" in text_of(reader, address(study))
