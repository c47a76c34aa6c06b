"""Is everything a person can use documented, and does every link lead somewhere?"""

import re
from itertools import pairwise
from pathlib import Path

import click
import pytest

from rodedraad.accounts.events import DONE
from rodedraad.cli import commands

from .repository import ROOT, text_of, tracked_files

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"(?ms)^```.*?^```\s*$")
OUTSIDE = ("http://", "https://", "mailto:")
DOCS_INDEX = ROOT / "docs" / "README.md"
PAGES = tuple(ROOT / name for name in tracked_files() if name.suffix == ".md")
DOCS_PAGES = tuple(page for page in PAGES if (ROOT / "docs") in page.parents)
IDS = [str(page.relative_to(ROOT)) for page in PAGES]
SETTING = re.compile(r"\b(?:RODEDRAAD_[A-Z0-9_]*[A-Z0-9]|DATABASE_URL)\b")


def prose_of(page: Path) -> str:
    return FENCE.sub("", page.read_text())


def headings_of(page: Path) -> list[str]:
    return re.findall(r"(?m)^#+ .+$", prose_of(page))


def anchor_of(heading: str) -> str:
    words = re.sub(r"[^\w\- ]", "", heading.lstrip("# ").lower())
    return words.replace(" ", "-")


def linked_pages(page: Path) -> set[Path]:
    targets = (link.split("#")[0] for link in LINK.findall(prose_of(page)))
    return {(page.parent / target).resolve() for target in targets if target.endswith(".md")}


def leaves(group: click.Group, name: str) -> list[tuple[str, click.Command]]:
    found: list[tuple[str, click.Command]] = []
    context = click.Context(group)
    for word in group.list_commands(context):
        command = group.get_command(context, word)
        assert command is not None
        path = f"{name} {word}"
        found += leaves(command, path) if isinstance(command, click.Group) else [(path, command)]
    return found


COMMANDS = leaves(commands, "rodedraad")
COMMANDS_PAGE = (ROOT / "docs" / "reference" / "commands.md").read_text()


def section_of(command: str) -> str:
    match = re.search(rf"(?ms)^## {re.escape(command)}$(.*?)(?=^## |\Z)", COMMANDS_PAGE)
    assert match, f"docs/reference/commands.md has no heading '## {command}'"
    return match[1]


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_a_page_has_one_title(page):
    assert len([heading for heading in headings_of(page) if heading.startswith("# ")]) == 1
    assert headings_of(page)[0].startswith("# ")


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_no_heading_level_is_skipped(page):
    levels = [len(heading) - len(heading.lstrip("#")) for heading in headings_of(page)]
    assert all(below <= above + 1 for above, below in pairwise(levels))


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_every_link_inside_the_repository_leads_somewhere(page):
    broken = []
    for link in LINK.findall(prose_of(page)):
        if link.startswith(OUTSIDE):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        anchors = {anchor_of(heading) for heading in headings_of(target)} if anchor else {""}
        if not target.exists() or anchor not in anchors:
            broken.append(link)
    assert broken == []


def test_every_page_of_the_documentation_can_be_reached_from_its_index():
    reached: set[Path] = set()
    waiting = {DOCS_INDEX}
    while waiting:
        page = waiting.pop()
        reached.add(page)
        waiting |= {target for target in linked_pages(page) if target.exists()} - reached
    missing = [str(page.relative_to(ROOT)) for page in DOCS_PAGES if page not in reached]
    assert missing == [], "link these pages from docs/README.md"


def test_the_index_links_every_page_itself_except_the_list_of_decisions():
    listed = linked_pages(DOCS_INDEX)
    decisions = ROOT / "docs" / "decisions"
    missing = [
        str(page.relative_to(ROOT))
        for page in DOCS_PAGES
        if page not in listed | {DOCS_INDEX} and page.parent != decisions
    ]
    assert missing == []


@pytest.mark.parametrize(
    "page", [page for page in DOCS_PAGES if page.name[:4].isdigit()], ids=lambda page: page.name
)
def test_a_decision_says_why_what_and_when_to_look_again(page):
    parts = [heading.lstrip("# ") for heading in headings_of(page)[1:]]
    assert parts == ["Context", "Decision", "Consequences", "Look again when"]


@pytest.mark.parametrize(("name", "command"), COMMANDS, ids=[name for name, _ in COMMANDS])
def test_every_command_is_documented_with_all_its_options(name, command):
    section = section_of(name)
    taken = [each for each in command.params if isinstance(each, click.Option)]
    options = {option for parameter in taken for option in parameter.opts}
    documented = set(re.findall(r"(?m)^\| `(--?[\w-]+)` \|", section))
    assert documented == options


def test_no_command_is_documented_that_is_not_there():
    documented = set(re.findall(r"(?m)^## (rodedraad .+)$", COMMANDS_PAGE))
    assert documented == {name for name, _ in COMMANDS}


def test_every_make_command_is_documented():
    phony = re.search(r"(?m)^\.PHONY: (.+)$", (ROOT / "Makefile").read_text())
    assert phony
    documented = set(re.findall(r"(?m)^\| `make ([a-z-]+)` \|", COMMANDS_PAGE))
    assert documented == set(phony[1].split())


def test_every_environment_variable_is_documented_and_no_other():
    page = (ROOT / "docs" / "reference" / "settings.md").read_text()
    documented = set(re.findall(r"(?m)^\| `([A-Z0-9_]+)` \|", page))
    used = {
        setting
        for name in tracked_files()
        if name.parts[0] in {"src", "tests", "scripts", ".ci", "Makefile", "benchmarks"}
        and (text := text_of(name)) is not None
        for setting in SETTING.findall(text)
    }
    assert used - documented == set()
    ours = {name for name in documented if SETTING.fullmatch(name)}
    assert ours - used == set()


def test_every_action_of_the_audit_log_is_documented():
    page = (ROOT / "docs" / "reference" / "logs.md").read_text()
    source = "".join(path.read_text() for path in (ROOT / "src").rglob("*.py"))
    written = set(DONE) | set(re.findall(r"\baction=\"(\w+)\"", source))
    for choice in re.findall(r"(?m)^ +action = (.+)$", source):
        written |= set(re.findall(r"\"(\w+)\"", choice))
    assert written
    assert written - set(re.findall(r"`(\w+)`", page)) == set()


@pytest.mark.parametrize("readme", ["README.md", "README.en.md"])
def test_both_readmes_show_the_two_commands_and_link_to_what_one_looks_for(readme):
    text = (ROOT / readme).read_text()
    assert "\nmake run\n" in text
    assert "\nmake test\n" in text
    linked = set(LINK.findall(text))
    wanted = {"CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "LICENSES/EUPL-1.2.txt"}
    assert wanted - linked == set()


def test_both_readmes_have_the_same_parts():
    levels = [
        [heading.split(" ")[0] for heading in headings_of(ROOT / name)]
        for name in ("README.md", "README.en.md")
    ]
    assert levels[0] == levels[1]
