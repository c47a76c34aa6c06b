"""Arrangements of a wave: every published record once, with its drive, basis and scale level."""

from collections import Counter
from pathlib import Path

import polars as pl
import pytest
from country_making import CODES, Regions, country_of

from rodedraad.country.history import Country, country_tables
from rodedraad.errors import Refusal
from rodedraad.networks.actions import arrangements_write
from rodedraad.networks.legal import legal_bases
from rodedraad.networks.models import Arrangement, Membership
from rodedraad.studies.actions import frame_fill, study_create
from rodedraad.studies.models import Study, Wave
from rodedraad.studies.template import template_load

KINDS: Regions = {
    ("veiligheidsregio", "Noord"): CODES[:2],
    ("veiligheidsregio", "Zuid"): CODES[2:],
    ("jeugdregio", "Samen"): CODES[:3],
    ("jeugdregio", "Alleen"): CODES[3:],
    ("hlz-regio", "Heel"): CODES,
    ("corop", "Vlak"): CODES[:2],
}


@pytest.fixture
def study(db: None) -> Study:
    """Return a study whose frame holds the made-up municipalities."""
    made = study_create(
        template=template_load("network-development"), slug="proef", person=None, origin="test"
    )
    frame_fill(made, [(code, f"Gemeente {code}") for code in CODES])
    return made


@pytest.fixture
def wave(study: Study) -> Wave:
    """Return the wave of 2016."""
    return study.waves.get(label="2016")


def bases(key: str) -> set[str]:
    """Return the bases of the members of one arrangement."""
    return set(Membership.objects.filter(arrangement__key=key).values_list("basis", flat=True))


def test_every_published_record_becomes_a_membership_that_points_at_it(
    wave: Wave, tmp_path: Path
) -> None:
    country = country_of(tmp_path, regions=KINDS)
    assert arrangements_write(wave, country) == country.table("regions").height == 14
    published = country.table("regions").select("source", "source_row", "code", "region")
    stored = Membership.objects.values_list(
        "source", "source_row", "case__unit_code", "arrangement__name"
    )
    assert set(stored) == set(published.iter_rows())
    assert set(Membership.objects.values_list("seen_on", flat=True)) == {wave.reference_date}


def test_writing_again_adds_nothing(wave: Wave, tmp_path: Path) -> None:
    country = country_of(tmp_path, regions=KINDS)
    arrangements_write(wave, country)
    assert arrangements_write(wave, country) == 0
    assert Arrangement.objects.count() == 6


@pytest.mark.parametrize(
    ("key", "drive", "in_two_classes", "basis"),
    [
        ("veiligheidsregio/Noord", "onbepaald", "regelgedreven", "prescribed"),
        ("jeugdregio/Samen", "regelomlijst", "niet-regelgedreven", "voluntary"),
        ("hlz-regio/Heel", "onbepaald", "onbepaald", "unknown"),
    ],
)
def test_the_law_of_the_kind_gives_drive_and_basis(
    wave: Wave, tmp_path: Path, key: str, drive: str, in_two_classes: str, basis: str
) -> None:
    arrangements_write(wave, country_of(tmp_path, regions=KINDS))
    made = Arrangement.objects.get(key=key)
    assert (made.drive, made.drive_class) == (drive, in_two_classes)
    assert made.drive_explanation_nl != ""
    assert made.drive_ruleset.startswith("network-drive ")
    assert bases(key) == {basis}


def test_the_articles_of_the_year_are_kept_with_their_address(wave: Wave, tmp_path: Path) -> None:
    arrangements_write(wave, country_of(tmp_path, regions=KINDS))
    refs = Arrangement.objects.get(key="veiligheidsregio/Noord").legal_refs
    assert {ref["article"] for ref in refs} == {"8", "9"}
    assert {ref["url"] for ref in refs} == {"https://wetten.overheid.nl/BWBR0027466"}


def test_a_division_has_no_drive_and_nobody_is_prescribed(wave: Wave, tmp_path: Path) -> None:
    arrangements_write(wave, country_of(tmp_path, regions=KINDS))
    made = Arrangement.objects.get(key="corop/Vlak")
    assert not made.is_cooperation
    assert (made.drive, made.drive_class, made.legal_refs) == ("", "", [])
    assert bases("corop/Vlak") == {"unknown"}


def test_scale_follows_from_members_and_from_the_other_regions_of_the_kind(
    wave: Wave, tmp_path: Path
) -> None:
    arrangements_write(wave, country_of(tmp_path, regions=KINDS))
    levels = dict(Arrangement.objects.values_list("key", "scale_level"))
    assert levels["jeugdregio/Alleen"] == "gemeente"
    assert levels["hlz-regio/Heel"] == "landelijk"
    assert levels["veiligheidsregio/Noord"] == "bovenregionaal"
    assert levels["corop/Vlak"] == "regio"


def test_a_joint_arrangement_takes_the_law_of_the_kind_its_name_shows(
    wave: Wave, tmp_path: Path
) -> None:
    joint = {
        ("vr-noord", "Veiligheidsregio Noord"): CODES[:2],
        ("afval", "Afvalbeheer Midden"): CODES[1:3],
    }
    arrangements_write(wave, country_of(tmp_path, regions={}, joint=joint))
    safety = Arrangement.objects.get(key="gemeenschappelijke-regeling/vr-noord")
    waste = Arrangement.objects.get(key="gemeenschappelijke-regeling/afval")
    assert (safety.drive_class, waste.drive_class) == ("regelgedreven", "onbepaald")
    assert bases(safety.key) == {"prescribed"}
    assert bases(waste.key) == {"unknown"}
    assert (waste.domain, waste.scale_level) == ("unknown", "regio")


def test_members_without_a_municipality_take_no_seat(wave: Wave, tmp_path: Path) -> None:
    joint = {("afval", "Afvalbeheer"): (CODES[0], "Provincie Drenthe", CODES[1])}
    assert arrangements_write(wave, country_of(tmp_path, regions={}, joint=joint)) == 2
    assert Arrangement.objects.get().scale_level == "regio"


def test_two_records_of_one_municipality_are_two_memberships_and_one_member(
    wave: Wave, tmp_path: Path
) -> None:
    joint = {("afval", "Afvalbeheer"): (CODES[0], CODES[0])}
    assert arrangements_write(wave, country_of(tmp_path, regions={}, joint=joint)) == 2
    assert Arrangement.objects.get().scale_level == "gemeente"


def test_joint_arrangements_belong_only_to_the_year_they_were_published(
    study: Study, tmp_path: Path
) -> None:
    later = study.waves.get(label="2022")
    country = country_of(
        tmp_path,
        regions={("jeugdregio", "Samen"): CODES},
        joint={("afval", "Afvalbeheer"): CODES},
        year=2022,
    )
    assert arrangements_write(later, country) == 4
    assert set(Arrangement.objects.values_list("kind", flat=True)) == {"jeugdregio"}


def test_a_municipality_outside_the_frame_is_refused_and_nothing_is_written(
    wave: Wave, tmp_path: Path
) -> None:
    wave.study.cases.filter(unit_code=CODES[3]).delete()
    with pytest.raises(Refusal, match="lacks 1 of the municipalities .* GM0004 first") as refused:
        arrangements_write(wave, country_of(tmp_path, regions=KINDS))
    assert refused.value.code == "frame_incomplete"
    assert not Arrangement.objects.exists()


@pytest.fixture
def real(study: Study) -> Country:
    """Return the carried tables, with all their municipalities in the frame of the study."""
    country = country_tables()
    frame_fill(study, [(each.code, each.name) for each in country.municipalities.values()])
    return country


def test_the_carried_tables_give_every_region_record_and_every_matched_joint_one(
    study: Study, real: Country
) -> None:
    first, second = (study.waves.get(label=label) for label in ("2016", "2022"))
    matched = real.table("joint_arrangements")["code"].drop_nulls().len()
    assert arrangements_write(first, real) == 12_995 + matched == 12_995 + 3_420
    assert arrangements_write(second, real) == 8_625
    joint = Arrangement.objects.filter(wave=first, kind="gemeenschappelijke-regeling")
    by_hand = real.table("joint_arrangements").filter(pl.col("code").is_not_null())
    assert joint.count() == by_hand["arrangement_key"].n_unique()

    kinds = real.table("region_types").filter(pl.col("in_2016"))
    counts = Counter(
        Arrangement.objects.filter(wave=first).exclude(pk__in=joint).values_list("kind", flat=True)
    )
    assert counts == dict(kinds.select("key", "n_regions_2016").iter_rows())
    for kind in counts:
        basis = legal_bases()[kind]
        classes = set(
            Arrangement.objects.filter(wave=first, kind=kind).values_list("drive_class", flat=True)
        )
        expected = {
            "prescribes": "regelgedreven",
            "asks_or_allows": "niet-regelgedreven",
            "none": "niet-regelgedreven",
            "not_established": "onbepaald",
            "not_applicable": "",
        }
        assert classes == {expected[basis.provision(2016)]}, kind
