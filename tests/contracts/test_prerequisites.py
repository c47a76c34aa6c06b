"""When the machine lacks something, does one sentence say what and how to mend it?"""

import os
import subprocess
from pathlib import Path

import pytest

from .repository import ROOT

OLD_PYTHON = """#!/bin/sh
case "$2" in *print*) echo 3.9 ;; *) exit 1 ;; esac
"""
PYTHON_WITHOUT_VENV = """#!/bin/sh
case "$2" in *print*) echo 3.12 ;; *ensurepip*) exit 1 ;; esac
"""
OLD_NODE = """#!/bin/sh
case "$1" in --version) echo v18.19.0 ;; *) exit 1 ;; esac
"""
NEW_NODE = '#!/bin/sh\ncase "$1" in --version) echo v22.1.0 ;; esac\n'


def program(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text)
    path.chmod(0o755)
    return path


def run(script: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", ROOT / "scripts" / script],
        check=False,
        capture_output=True,
        text=True,
        cwd=folder,
        env={"PATH": str(folder), **environment},
    )


def test_a_python_that_is_too_old_is_named_with_its_version(tmp_path):
    program(tmp_path, "python3", OLD_PYTHON)
    result = run("find-python", tmp_path)
    assert result.returncode == 1
    assert "needs Python 3.11 or newer" in result.stderr
    assert "python3 is Python 3.9" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_new_python_beside_an_old_one_is_found(tmp_path):
    program(tmp_path, "python3", OLD_PYTHON)
    new = program(tmp_path, "python3.12", '#!/bin/sh\ncase "$2" in *print*) echo 3.12 ;; esac\n')
    assert run("find-python", tmp_path).stdout.strip() == str(new)


def test_a_python_without_venv_names_the_package_to_install(tmp_path):
    program(tmp_path, "python3", PYTHON_WITHOUT_VENV)
    result = run("find-python", tmp_path)
    assert result.returncode == 1
    assert "install the package python3.12-venv" in result.stderr


def test_without_python_the_message_says_how_to_get_one(tmp_path):
    result = run("find-python", tmp_path)
    assert result.returncode == 1
    assert "none was found" in result.stderr


def test_a_node_that_is_too_old_is_named_with_its_version(tmp_path):
    program(tmp_path, "node", OLD_NODE)
    result = run("require-node", tmp_path)
    assert result.returncode == 1
    assert "needs Node 20 or newer" in result.stderr
    assert "v18.19.0" in result.stderr


@pytest.mark.parametrize(
    ("node", "message"), [(None, "there is no 'node'"), (NEW_NODE, "npm is not")]
)
def test_without_node_or_npm_the_message_says_how_to_get_them(tmp_path, node, message):
    if node:
        program(tmp_path, "node", node)
    result = run("require-node", tmp_path)
    assert result.returncode == 1
    assert message in result.stderr
    assert "apt install nodejs npm" in result.stderr


def test_node_with_npm_is_enough(tmp_path):
    program(tmp_path, "node", NEW_NODE)
    program(tmp_path, "npm", "#!/bin/sh\n")
    assert run("require-node", tmp_path).returncode == 0


def test_a_browser_that_cannot_be_run_is_refused_by_name(tmp_path):
    result = run("find-chromium", tmp_path, CHROMIUM="/nowhere/chromium")
    assert result.returncode == 1
    assert "/nowhere/chromium, which cannot be run" in result.stderr


def test_the_browser_that_is_named_is_used(tmp_path):
    named = program(tmp_path, "my-browser", "#!/bin/sh\n")
    result = run("find-chromium", tmp_path, CHROMIUM=str(named))
    assert (result.returncode, result.stdout.strip()) == (0, str(named))


def test_a_browser_is_installed_from_debian_when_root_has_none(tmp_path):
    program(tmp_path, "id", "#!/bin/sh\necho 0\n")
    install = (
        f"#!/bin/sh\ncase $1 in install) /bin/cp '{tmp_path}/id' '{tmp_path}/chromium' ;; esac\n"
    )
    program(tmp_path, "apt-get", install)
    result = run("find-chromium", tmp_path)
    assert (result.returncode, result.stdout.strip()) == (0, str(tmp_path / "chromium"))
    assert "installing the package chromium" in result.stderr


def test_without_any_way_to_get_a_browser_the_message_says_what_to_install(tmp_path):
    program(tmp_path, "id", "#!/bin/sh\necho 1000\n")
    result = run("find-chromium", tmp_path)
    assert result.returncode == 1
    assert "Install it (Debian: apt install chromium)" in result.stderr


def test_make_help_lists_every_command_that_is_for_people():
    make = subprocess.run(
        ["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True, env=os.environ
    )
    listed = {line.split()[1] for line in make.stdout.splitlines() if line.startswith("make ")}
    phony = next(
        line for line in (ROOT / "Makefile").read_text().splitlines() if line.startswith(".PHONY")
    )
    assert listed == set(phony.split()[1:])
