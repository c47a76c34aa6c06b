"""Is a YAML file read safely, with the line of every part, whatever it holds?"""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rodedraad.studies.template import TemplateRefusal, template_load
from rodedraad.studies.template.yaml_tree import (
    DEPTH_LIMIT,
    FILE_BYTES_LIMIT,
    YamlTree,
    yaml_read,
)

BOMB = 'a: &a ["x", "x"]\nb: &b [*a, *a]\nc: [*b, *b]\n'


def read(folder: Path, content: str | bytes) -> YamlTree:
    """Write a file and read it."""
    path = folder / "file.yaml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return yaml_read(path)


def test_every_part_has_its_line(tmp_path: Path) -> None:
    tree = read(tmp_path, "a:\n  - x: 1\n    y: 2\n  - z\nb:\n  c:\n    - deep\n")
    assert tree.data == {"a": ({"x": 1, "y": 2}, "z"), "b": {"c": ("deep",)}}
    assert tree.line(("a", 0, "y")) == 3
    assert tree.line(("a", 1)) == 4
    assert tree.line(("b", "c", 0)) == 7


def test_a_part_that_is_absent_has_the_line_of_what_is_around_it(tmp_path: Path) -> None:
    tree = read(tmp_path, "a: 1\nb:\n  - c: 1\n")
    assert tree.line(("b", 0, "absent", "deeper")) == 3


@pytest.mark.parametrize(
    ("content", "line", "problem"),
    [
        (BOMB, 1, "Anchors (&) and aliases (*) are not allowed."),
        ("a: 1\nb: *a\n", 2, "Anchors (&) and aliases (*) are not allowed."),
        ("a: !!python/object/apply:os.system ['true']\n", 1, "Tags (!) are not allowed."),
        ("a: !!binary aGk=\n", 1, "Tags (!) are not allowed."),
        ("a: 1\n---\nb: 2\n", 2, "A second document starts here."),
        ("a: " + "[" * (DEPTH_LIMIT + 1) + "]" * (DEPTH_LIMIT + 1), 1, "Parts lie more than"),
        ("a: 1\nb: {", 2, "This is not correct YAML: "),
        ("a: 1\n\tb: 2\n", 2, "This is not correct YAML: "),
        (b"a: 1\nb: \xe9\n", 2, "The text is not UTF-8."),
        (b"a: \x00\n", 0, "This is not YAML: "),
        (b"a: " + b"x" * FILE_BYTES_LIMIT, 0, "The file is larger than 500,000 bytes."),
    ],
)
def test_what_cannot_be_read_safely_is_a_fault_with_its_line(
    tmp_path: Path, content: str | bytes, line: int, problem: str
) -> None:
    (fault,) = read(tmp_path, content).faults
    assert fault.line == line
    assert fault.problem.startswith(problem)
    assert fault.cure


def test_a_deep_file_does_not_exhaust_the_stack(tmp_path: Path) -> None:
    (fault,) = read(tmp_path, "[" * 100_000).faults
    assert "deep" in fault.problem


def test_a_merge_key_is_a_key_like_any_other(tmp_path: Path) -> None:
    assert read(tmp_path, "a: {<<: {b: 1}}\n").data == {"a": {"<<": {"b": 1}}}


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    assert read(tmp_path, b"\xef\xbb\xbfa: 1\n").data == {"a": 1}


def test_an_empty_file_is_refused_as_template(tmp_path: Path) -> None:
    path = tmp_path / "empty.yaml"
    path.write_text("", encoding="utf-8")
    with pytest.raises(TemplateRefusal, match=r"must be a group of fields\. Got nothing"):
        template_load(path)


@settings(max_examples=150, deadline=None)
@given(
    content=st.one_of(
        st.binary(max_size=60),
        st.text(alphabet="ab:-[]{}&*!?|>'\"#%@,.\n \t0é", max_size=60).map(str.encode),
    )
)
def test_no_content_whatever_raises_anything_but_a_refusal(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.mktemp("any") / "any.yaml"
    path.write_bytes(content)
    with pytest.raises(TemplateRefusal):
        template_load(path)
