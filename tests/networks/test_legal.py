"""Are the legal facts complete, true to the articles they cite, and refused when they are not?"""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from rodedraad.country.build.region_types import REGION_TYPES
from rodedraad.networks.legal import (
    LEGAL_BASIS_FILE,
    LegalBasis,
    LegalBasisRefusal,
    legal_bases,
    legal_basis_of,
    legal_table_read,
)
from rodedraad.networks.legal_reference import legal_basis_markdown

REFERENCE = Path(__file__).parents[2] / "docs" / "reference" / "legal-basis.md"
SOURCES = os.environ.get("RODEDRAAD_SOURCES")
BASES = list(legal_bases().values())
IN_LAW_FILES = {
    (ref.bwb_id, ref.article)
    for basis in BASES
    for ref in basis.legal_refs
    if ref.read_in == "law_files"
}

Table = dict[str, Any]


def changed(tmp_path: Path, change: Callable[[Table], object]) -> Path:
    """The carried table with one change, as a file."""
    table = yaml.safe_load(LEGAL_BASIS_FILE.read_text(encoding="utf-8"))
    change(table)
    path = tmp_path / "legal_basis.yaml"
    path.write_text(yaml.safe_dump(table, allow_unicode=True), encoding="utf-8")
    return path


def entry(table: Table, key: str) -> Table:
    return next(each for each in table["entries"] if each["key"] == key)


def refused(tmp_path: Path, change: Callable[[Table], object]) -> str:
    with pytest.raises(LegalBasisRefusal) as caught:
        legal_table_read(changed(tmp_path, change))
    return caught.value.message


def test_every_region_type_of_the_country_has_an_entry_and_nothing_else_but_joint_arrangements():
    assert set(legal_bases()) == {kind.key for kind in REGION_TYPES} | {
        "gemeenschappelijke-regeling"
    }


@pytest.mark.parametrize("region_type", REGION_TYPES, ids=lambda kind: kind.key)
def test_what_the_country_calls_no_cooperation_gets_no_label(region_type):
    basis = legal_bases()[region_type.key]
    is_cooperation = region_type.kind == "cooperation"
    assert (basis.kind == "cooperation") == is_cooperation
    for year in (2016, 2022):
        assert (basis.provision(year) != "not_applicable") == is_cooperation


@pytest.mark.parametrize("basis", BASES, ids=lambda basis: basis.key)
def test_a_prescribing_entry_names_article_and_parties(basis: LegalBasis):
    if "prescribes" in (basis.provision(2016), basis.provision(2022)):
        prescribing = [ref for ref in basis.legal_refs if ref.what == "prescribes"]
        assert prescribing
        assert basis.prescribed_parties
        assert all(ref.article and ref.prescribed_parties for ref in prescribing)


def test_what_nobody_researched_is_never_said_to_be_prescribed_or_voluntary():
    for basis in BASES:
        if basis.kind == "cooperation" and not basis.researched:
            assert {basis.provision(2016), basis.provision(2022)} == {"not_established"}


@pytest.mark.parametrize(
    ("key", "in_2016", "in_2022"),
    [
        ("veiligheidsregio", "prescribes", "prescribes"),
        ("ggd-regio", "prescribes", "prescribes"),
        ("arbeidsmarktregio", "prescribes", "prescribes"),
        ("jeugdregio", "asks_or_allows", "asks_or_allows"),
        ("wmo-regio", "asks_or_allows", "not_established"),
        ("res-regio", "not_established", "not_established"),
        ("corop", "not_applicable", "not_applicable"),
    ],
)
def test_the_law_is_dated(key, in_2016, in_2022):
    basis = legal_bases()[key]
    assert (basis.provision(2016), basis.provision(2022)) == (in_2016, in_2022)
    assert basis.provision(2019) in ("not_established", "not_applicable")


def test_a_researched_kind_without_any_provision_is_voluntary(tmp_path: Path):
    def voluntary(table: Table) -> None:
        entry(table, "riec").update(
            researched=True, prescribes_cooperation=False, in_force_2016=False
        )

    table = legal_table_read(changed(tmp_path, voluntary))
    assert table.by_key()["riec"].provision(2016) == "none"
    assert table.by_key()["riec"].provision(2022) == "not_established"


@pytest.mark.parametrize(
    ("name", "basis"),
    [
        ("Veiligheidsregio Twente", "veiligheidsregio"),
        ("GGD IJsselland", "ggd-regio"),
        ("Gemeentelijke Gezondheidsdienst Zeeland (GGD)", "ggd-regio"),
        ("Gemeenschappelijke Gezondheidsdienst (GGD) Flevoland", "ggd-regio"),
        ("Veiligheids- en Gezondheidsregio Gelderland Midden (VGGM)", None),
        ("Veiligheidshuis Groningen", None),
        ("Omgevingsdienst Groningen", None),
        ("Afvalbeheer Regio Centraal Groningen (ARCG)", None),
    ],
)
def test_only_a_name_that_shows_a_prescribed_kind_lifts_a_joint_arrangement(name, basis):
    found = legal_basis_of("gemeenschappelijke-regeling", name)
    assert found.key == (basis or "gemeenschappelijke-regeling")


def test_a_name_does_not_change_the_basis_of_another_kind():
    assert legal_basis_of("jeugdregio", "Veiligheidsregio Twente").key == "jeugdregio"


def test_an_unknown_kind_is_refused_with_the_cure():
    with pytest.raises(LegalBasisRefusal, match=r"no entry 'jeugdregios'.*Add one"):
        legal_basis_of("jeugdregios")


@pytest.mark.skipif(not SOURCES, reason="RODEDRAAD_SOURCES does not name the source files")
@pytest.mark.parametrize(("bwb_id", "article"), sorted(IN_LAW_FILES))
def test_every_article_cited_from_the_law_files_exists_there(bwb_id: str, article: str):
    law = (Path(SOURCES or "") / "text" / "laws" / f"{bwb_id}.md").read_text(encoding="utf-8")
    assert re.search(rf"^###\s*Artikel\s+{re.escape(article)}\s*$", law, re.MULTILINE)


def test_the_reference_page_is_what_the_table_says():
    assert REFERENCE.read_text(encoding="utf-8") == legal_basis_markdown() + "\n"


def test_the_legal_facts_are_read_without_django():
    code = (
        "import sys, rodedraad.networks.legal as l; l.legal_bases(); print('django' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            lambda t: entry(t, "ggd-regio").pop("reasoning"),
            "entry 2 'ggd-regio', field .*reasoning",
        ),
        (lambda t: entry(t, "ggd-regio").update(scale_hint="big"), "'ggd-regio', .*scale_hint"),
        (lambda t: entry(t, "ggd-regio").update(colour="red"), "'ggd-regio', .*colour"),
        (
            lambda t: entry(t, "ggd-regio")["legal_refs"][0].update(bwb_id="24705"),
            "legal_refs.1.bwb_id",
        ),
        (lambda t: t["entries"].append(t["entries"][0]), "occurs 2 times. Keep one"),
        (
            lambda t: entry(t, "ggd-regio").update(prescribed_parties=["uwv"]),
            "differs from the prescribing articles. Make them agree",
        ),
        (
            lambda t: entry(t, "ggd-regio")["legal_refs"][0].update(prescribed_parties=["kings"]),
            "'kings' is unknown. Use or add a key",
        ),
        (
            lambda t: entry(t, "ggd-regio")["legal_refs"][0].update(prescribed_parties=[]),
            r"legal_refs.1.prescribed_parties.*Correct the parties",
        ),
        (
            lambda t: entry(t, "jeugdregio").update(prescribes_cooperation=True),
            "nothing prescribes here. Add the article",
        ),
        (
            lambda t: entry(t, "ggd-regio").update(prescribes_cooperation=False),
            "an article prescribes. Say true",
        ),
        (
            lambda t: entry(t, "jeugdregio").update(prescribes_cooperation=None),
            "it is researched. Say true or false",
        ),
        (
            lambda t: entry(t, "corop").update(prescribes_cooperation=False),
            "nobody established it. Leave it null",
        ),
        (lambda t: entry(t, "riec").update(in_force_2022=True), "in_force_2022.*Leave it null"),
        (
            lambda t: entry(t, "wmo-regio").update(in_force_2022=True),
            "no article applies to 2022(.|\n)*Add evidence of that year",
        ),
        (
            lambda t: entry(t, "ggd-regio")["legal_refs"][0].update(read_version="x"),
            "read_version: say which version",
        ),
        (
            lambda t: entry(t, "ggd-regio")["legal_refs"][0].update(read_in="official_journal"),
            "text_version_date: give the date",
        ),
        (
            lambda t: t["prescribed_names"][0].update(basis="jeugdregio"),
            "'jeugdregio' is no prescribed kind",
        ),
        (lambda t: t["prescribed_names"][0].update(pattern="("), "no regular expression"),
    ],
)
def test_a_wrong_table_is_refused_with_entry_field_and_cure(tmp_path: Path, change, said):
    assert re.search(said, refused(tmp_path, change))


def test_all_faults_are_told_at_once(tmp_path: Path):
    def two_faults(table: Table) -> None:
        entry(table, "ggd-regio").update(prescribes_cooperation=False)
        entry(table, "riec").update(in_force_2016=True)

    message = refused(tmp_path, two_faults)
    assert "'ggd-regio'" in message
    assert "'riec'" in message


def test_a_file_that_is_no_yaml_or_not_there_is_refused(tmp_path: Path):
    torn = tmp_path / "legal_basis.yaml"
    torn.write_text("entries: [", encoding="utf-8")
    for path in (torn, tmp_path / "absent.yaml"):
        with pytest.raises(LegalBasisRefusal, match="cannot be read"):
            legal_table_read(path)
