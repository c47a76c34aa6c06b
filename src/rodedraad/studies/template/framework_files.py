"""Where is the framework, and is it sound? All its files are read and checked together."""

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from rodedraad.studies.template.constructs import Framework, FrameworkFile
from rodedraad.studies.template.faults import TemplateFault, TemplateRefusal
from rodedraad.studies.template.framework_check import framework_faults
from rodedraad.studies.template.shape_check import shape_check
from rodedraad.studies.template.yaml_tree import YamlTree, yaml_read

TEMPLATES_FOLDER = Path(str(files("rodedraad"))) / "templates"
SINGLES = ("version", "note", "introduction")


@cache
def framework() -> Framework:
    """The framework that comes with the product, read once."""
    return framework_load(TEMPLATES_FOLDER / "framework")


def framework_load(folder: Path) -> Framework:
    """Read every YAML file of a folder as one framework.

    Raises
    ------
    TemplateRefusal: with every fault of every file.
    """
    trees = [yaml_read(path) for path in sorted(folder.glob("*.yaml"))]
    faults: list[TemplateFault] = []
    sound: list[tuple[YamlTree, FrameworkFile]] = []
    for tree in trees:
        file, wrong = shape_check(tree, FrameworkFile)
        faults += wrong
        if file is not None:
            sound.append((tree, file))
    # A file with a wrong shape would make all that refers to it look unknown.
    if not faults:
        faults += framework_faults(sound)
        faults += _faults_of_singles(folder, sound)
    if faults:
        raise TemplateRefusal(faults)
    return _merged([file for _, file in sound])


def _faults_of_singles(
    folder: Path, files: list[tuple[YamlTree, FrameworkFile]]
) -> list[TemplateFault]:
    """``version``, ``note`` and ``introduction`` must stand in exactly one file."""
    faults: list[TemplateFault] = []
    for name in SINGLES:
        trees = [tree for tree, file in files if getattr(file, name) is not None]
        for tree in trees[1:]:
            cure = "Keep one of the two."
            faults.append(tree.fault((name,), f"'{name}' stands in {trees[0].file} too.", cure))
        if not trees:
            cure = "Put it in one file of this folder."
            faults.append(TemplateFault(folder.name, 0, name, f"'{name}' is missing.", cure))
    return faults


def _merged(parts: list[FrameworkFile]) -> Framework:
    together: dict[str, Any] = {}
    for name in FrameworkFile.model_fields:
        values = [getattr(part, name) for part in parts]
        if name in SINGLES:
            together[name] = next(value for value in values if value is not None)
        else:
            together[name] = tuple(entry for value in values for entry in value)
    return Framework(**together)
