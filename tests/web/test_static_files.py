"""Do style sheets and scripts come packed, under names that last, and no file that is not ours?"""

import json
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.test import override_settings

from rodedraad.web.package_files import FILES
from rodedraad.web.static_files import STORAGE, statics_gather


@pytest.fixture(scope="module")
def gathered(tmp_path_factory):
    folder = tmp_path_factory.mktemp("home") / "static"
    with override_settings(STATIC_ROOT=str(folder)):
        assert statics_gather()
        assert not statics_gather(), "nothing changed"
        yield folder


def test_every_file_of_a_package_that_is_named_is_there():
    assert {name: finders.find(name) is not None for name in FILES} == dict.fromkeys(FILES, True)


def test_other_files_of_packages_are_not_served():
    assert finders.find("survey/package.json") is None
    assert finders.find("utrecht/../survey-core/package.json") is None


def test_files_get_names_with_a_digest_and_are_packed(gathered):
    names = json.loads((gathered / "staticfiles.json").read_text())["paths"]
    for name in (*FILES, "web/tokens.css"):
        assert names[name] != name
        assert (gathered / f"{names[name]}.br").is_file()
        assert (gathered / f"{names[name]}.gz").is_file()


def test_a_page_names_the_lasting_files(gathered):
    storages = {"staticfiles": {"BACKEND": STORAGE}}
    with override_settings(STATIC_ROOT=str(gathered), STORAGES=storages):
        assert static("web/tokens.css") != "/static/web/tokens.css"


def test_a_changed_file_is_gathered_anew(gathered):
    told = gathered / "made_of"
    told.write_text("older", encoding="ascii")
    before = Path(gathered / "staticfiles.json").stat().st_mtime_ns
    assert statics_gather()
    assert Path(gathered / "staticfiles.json").stat().st_mtime_ns != before
