"""What does a YAML file hold, and on which line stands each part? Read without surprises."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    NodeEvent,
)
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from rodedraad.studies.template.faults import TemplateFault

FILE_BYTES_LIMIT = 500_000
DEPTH_LIMIT = 20

FieldPath = tuple[str | int, ...]


class _Unreadable(Exception):
    """The file holds something that cannot be read on; carries line, problem and cure."""

    def __init__(self, line: int, problem: str, cure: str) -> None:
        super().__init__(problem)
        self.line, self.problem, self.cure = line, problem, cure


@dataclass(frozen=True)
class YamlTree:
    """A file as plain data (lists are tuples), the line of each part, and what was wrong."""

    file: str
    data: Any
    lines: dict[FieldPath, int] = field(default_factory=dict)
    faults: tuple[TemplateFault, ...] = ()

    def line(self, path: FieldPath) -> int:
        """The line of a part, or of the nearest part around it when it is absent."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def fault(self, path: FieldPath, problem: str, cure: str) -> TemplateFault:
        """A fault at a part of this file."""
        return TemplateFault(self.file, self.line(path), field_name(path), problem, cure)


def field_name(path: FieldPath) -> str:
    """Write a path as people count: ``("items", 0, "nl")`` is ``items[1].nl``."""
    name = ""
    for step in path:
        name += f"[{step + 1}]" if isinstance(step, int) else f".{step}"
    return name.removeprefix(".")


def yaml_read(path: Path) -> YamlTree:
    """Read one file. Whatever is wrong becomes a fault in the result; nothing is raised.

    Refused: a file over ``FILE_BYTES_LIMIT`` bytes, text that is not UTF-8, anchors and aliases
    (a few lines of them can fill the memory), tags, more than one document, nesting deeper than
    ``DEPTH_LIMIT``, and a key that occurs twice (YAML itself would silently keep the last).
    """
    try:
        text = _text(path)
        _check_events(yaml.parse(text, Loader=yaml.SafeLoader))
        loader = yaml.SafeLoader(text)
        try:
            node = loader.get_single_node()
            return _Builder(path.name, loader).tree(node)
        finally:
            loader.dispose()
    except _Unreadable as stop:
        fault = TemplateFault(path.name, stop.line, "", stop.problem, stop.cure)
    except yaml.MarkedYAMLError as error:
        fault = _syntax_fault(path.name, error)
    except yaml.YAMLError as error:
        fault = TemplateFault(
            path.name, 0, "", f"This is not YAML: {error}.", "Save it as plain UTF-8 text."
        )
    return YamlTree(path.name, None, faults=(fault,))


def _text(path: Path) -> str:
    try:
        with path.open("rb") as handle:
            content = handle.read(FILE_BYTES_LIMIT + 1)
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise _Unreadable(0, f"The file cannot be read: {reason}.", "Check its name.") from error
    if len(content) > FILE_BYTES_LIMIT:
        raise _Unreadable(
            0, f"The file is larger than {FILE_BYTES_LIMIT:,} bytes.", "Give a template file."
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise _Unreadable(line, "The text is not UTF-8.", "Save the file as UTF-8.") from error


def _check_events(events: Iterator[Event]) -> None:
    depth = documents = 0
    for event in events:
        line = event.start_mark.line + 1  # pyright: ignore[reportOptionalMemberAccess]
        if isinstance(event, DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise _Unreadable(line, "A second document starts here.", "Remove the line '---'.")
        if isinstance(event, AliasEvent) or (isinstance(event, NodeEvent) and event.anchor):
            raise _Unreadable(
                line, "Anchors (&) and aliases (*) are not allowed.", "Write the part out in full."
            )
        if getattr(event, "tag", None):
            raise _Unreadable(line, "Tags (!) are not allowed.", "Remove the tag.")
        if isinstance(event, CollectionStartEvent):
            depth += 1
        if isinstance(event, CollectionEndEvent):
            depth -= 1
        if depth > DEPTH_LIMIT:
            raise _Unreadable(
                line, f"Parts lie more than {DEPTH_LIMIT} deep in each other.", "Make it flatter."
            )


def _syntax_fault(file: str, error: yaml.MarkedYAMLError) -> TemplateFault:
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 0
    problem = f"This is not correct YAML: {error.problem or error.context}."
    cure = "Check the indentation; put text with ': ', '#' or quotes in it between double quotes."
    return TemplateFault(file, line, "", problem, cure)


class _Builder:
    """Turns YAML nodes into plain data and notes the line of every part."""

    def __init__(self, file: str, loader: yaml.SafeLoader) -> None:
        self.file = file
        self.loader = loader
        self.lines: dict[FieldPath, int] = {}
        self.faults: list[TemplateFault] = []

    def tree(self, node: Node | None) -> YamlTree:
        data = None if node is None else self.value(node, ())
        return YamlTree(self.file, data, self.lines, tuple(self.faults))

    def value(self, node: Node, path: FieldPath) -> object:
        self.lines[path] = node.start_mark.line + 1
        if isinstance(node, MappingNode):
            return self.mapping(node, path)
        if isinstance(node, SequenceNode):
            return tuple(self.value(child, (*path, i)) for i, child in enumerate(node.value))
        return self.scalar(node, path)

    def mapping(self, node: MappingNode, path: FieldPath) -> dict[Hashable, object]:
        result: dict[Hashable, object] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value) if isinstance(key_node, ScalarNode) else "?"
            line = key_node.start_mark.line + 1
            if key in result:
                self.add(line, (*path, key), "This key occurs twice.", "Keep one of the two.")
            result[key] = self.value(value_node, (*path, key))
            self.lines[(*path, key)] = line
        return result

    def scalar(self, node: Node, path: FieldPath) -> object:
        try:
            return self.loader.construct_object(node)
        except (ValueError, yaml.YAMLError):
            line = node.start_mark.line + 1
            self.add(line, path, f"'{node.value}' cannot exist.", "Give a date as 2016-01-01.")
            return node.value

    def add(self, line: int, path: FieldPath, problem: str, cure: str) -> None:
        self.faults.append(TemplateFault(self.file, line, field_name(path), problem, cure))
