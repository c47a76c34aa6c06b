"""Do publiccode.yml and CITATION.cff describe this version, with all that is mandatory?"""

import tomllib

import pytest
import yaml

from .repository import ROOT

PUBLICCODE = yaml.safe_load((ROOT / "publiccode.yml").read_text())
CITATION = yaml.safe_load((ROOT / "CITATION.cff").read_text())
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
STATUSES = {"concept", "development", "beta", "stable", "obsolete"}
LICENCE = "EUPL-1.2"


@pytest.mark.parametrize(
    "key",
    [
        "publiccodeYmlVersion",
        "name",
        "url",
        "platforms",
        "developmentStatus",
        "softwareType",
        "description",
        "legal",
        "maintenance",
        "localisation",
    ],
)
def test_every_mandatory_key_has_a_value(key):
    assert PUBLICCODE[key]


def test_it_follows_version_0_7_and_uses_nothing_that_went_out_of_use():
    assert PUBLICCODE["publiccodeYmlVersion"] == "0.7.0"
    gone = {"monochromeLogo", "inputTypes", "outputTypes", "isBasedOn", "it"}
    assert gone & set(PUBLICCODE) == set()
    assert {"repoOwner", "authorsFile"} & set(PUBLICCODE["legal"]) == set()
    assert all("genericName" not in text for text in PUBLICCODE["description"].values())
    assert all(country.isupper() for country in PUBLICCODE["intendedAudience"]["countries"])


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_product_is_described_within_the_allowed_lengths(language):
    text = PUBLICCODE["description"][language]
    assert 0 < len(text["shortDescription"]) <= 150
    assert 150 <= len(text["longDescription"]) <= 10_000
    assert text["features"]
    assert all(len(feature) <= 100 for feature in text["features"])


def test_the_version_and_the_licence_are_those_of_the_package():
    assert PUBLICCODE["softwareVersion"] == PROJECT["version"] == CITATION["version"]
    assert PUBLICCODE["legal"]["license"] == LICENCE
    assert PROJECT["license"] == CITATION["license"] == LICENCE


def test_the_state_and_the_upkeep_are_told():
    assert PUBLICCODE["developmentStatus"] in STATUSES
    assert PUBLICCODE["maintenance"]["type"] in {"internal", "contract", "community", "none"}
    assert PUBLICCODE["maintenance"]["contacts"][0]["name"]
    assert PUBLICCODE["localisation"]["localisationReady"] is True
    assert PUBLICCODE["localisation"]["availableLanguages"] == ["nl", "en"]


def test_every_supported_standard_is_an_alias_or_an_address():
    identifiers = [item["id"] for item in PUBLICCODE["supports"]]
    assert identifiers
    assert all(name.startswith(("alias:", "https://", "urn:")) for name in identifiers)


def test_the_citation_has_what_the_format_asks():
    assert {"cff-version", "message", "title", "authors"} <= set(CITATION)
    assert CITATION["authors"]
