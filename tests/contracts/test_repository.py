"""Does the repository hold nothing that belongs to one machine, and can it be set up safely?"""

import json
import os
import re
import tomllib
from pathlib import Path

import pytest
import yaml

from .repository import ROOT, text_of, tracked_files

REGISTRY_HOSTS = tuple(
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("deb", "debian", "org"),
        ("archive", "ubuntu", "com"),
        ("crates", "io"),
        ("proxy", "golang", "org"),
    )
)
MACHINE_PATHS = (
    "/" + "work/",
    "../" + "shared",
    "/" + "root/",
    "/" + "tmp/rd",
    "/" + "home/runner",
)
LOCK_FILES = ("requirements.lock", "requirements-dev.lock", "requirements-uv.lock")


def places_of(words: tuple[str, ...]) -> list[str]:
    return [
        f"{name}: {word}"
        for name in tracked_files()
        if (text := text_of(name)) is not None
        for word in words
        if word in text
    ]


def test_no_file_names_a_package_registry():
    assert places_of(REGISTRY_HOSTS) == []


def test_no_file_names_a_path_of_one_machine():
    assert places_of(MACHINE_PATHS) == []


@pytest.mark.parametrize("name", LOCK_FILES)
def test_every_locked_python_package_has_a_hash(name):
    packages = re.split(r"\n(?=\S)", re.sub(r"(?m)^\s*#.*\n?", "", (ROOT / name).read_text()))
    assert len(packages) >= 1
    assert [package for package in packages if "--hash=sha256:" not in package] == []


def test_every_locked_node_package_has_a_hash_and_no_address():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    installed = {name: package for name, package in packages.items() if name}
    assert installed
    assert [name for name, package in installed.items() if "integrity" not in package] == []
    assert [name for name, package in installed.items() if "resolved" in package] == []


def test_every_dependency_that_is_named_is_locked():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    for name, wanted in {
        "requirements.lock": project["project"]["dependencies"],
        "requirements-dev.lock": project["dependency-groups"]["dev"],
    }.items():
        locked = set(re.findall(r"(?m)^([a-z0-9._-]+)==", (ROOT / name).read_text()))
        assert {re.split(r"[\[>=<]", package)[0] for package in wanted} - locked == set()


def test_the_dev_lock_holds_the_same_versions_as_the_lock_of_the_product():
    pins = [
        set(re.findall(r"(?m)^([a-z0-9._-]+==\S+)", (ROOT / name).read_text()))
        for name in ("requirements.lock", "requirements-dev.lock")
    ]
    assert pins[0] - pins[1] == set()


def test_every_hook_is_local():
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())
    assert {repository["repo"] for repository in hooks["repos"]} == {"local"}


@pytest.mark.parametrize(
    "name", [".ci/run", *(f"scripts/{n}" for n in os.listdir(ROOT / "scripts"))]
)
def test_scripts_can_be_run(name):
    assert os.access(ROOT / name, os.X_OK)


def test_the_changelog_tells_what_is_not_released_yet():
    headings = re.findall(r"(?m)^## (.+)$", (ROOT / "CHANGELOG.md").read_text())
    assert headings[0] == "Unreleased"


def test_no_python_file_is_longer_than_one_reads_in_a_sitting():
    limit = 500
    long = {
        str(name): lines
        for name in tracked_files()
        if name.suffix == ".py" and (lines := (text_of(name) or "").count("\n")) > limit
    }
    assert long == {}


def test_every_python_file_begins_with_what_it_is_for():
    silent = [
        str(name)
        for name in tracked_files()
        if name.suffix == ".py"
        and Path("src") in name.parents
        and "migrations" not in name.parts
        and (text := text_of(name))
        and not text.startswith(('"""', 'r"""'))
    ]
    assert silent == []
