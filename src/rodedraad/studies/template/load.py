"""Which templates are there, and what does one say? The reader of study templates."""

from pathlib import Path

from rodedraad.methods.rulesets import ALL_RULES
from rodedraad.studies.template.faults import TemplateFault, TemplateRefusal, nearest_cure
from rodedraad.studies.template.framework_files import TEMPLATES_FOLDER, framework
from rodedraad.studies.template.shape_check import shape_check
from rodedraad.studies.template.study import StudyTemplate
from rodedraad.studies.template.study_check import key_faults, study_faults
from rodedraad.studies.template.yaml_tree import yaml_read

RULESET_VERSIONS = {rules.name: (rules.version,) for rules in ALL_RULES}


def template_keys() -> tuple[str, ...]:
    """Keys of the templates that come with the product, sorted."""
    return tuple(sorted(path.stem for path in TEMPLATES_FOLDER.glob("*.yaml")))


def template_load(path_or_key: str | Path, *, any_name: bool = False) -> StudyTemplate:
    """Read a template: one that comes with the product, by its key, or one from a file.

    A ``Path``, or text that ends in ``.yaml`` or ``.yml``, is a file; other text is a key. The
    file is named after the key, unless ``any_name`` is allowed (an uploaded file).

    Raises
    ------
    TemplateRefusal: with every fault at once, each with line, field and cure.
    """
    path = _path(path_or_key)
    tree = yaml_read(path)
    template, faults = shape_check(tree, StudyTemplate)
    if template is not None:
        faults += study_faults(tree, template, framework(), RULESET_VERSIONS)
        faults += [] if any_name else key_faults(tree, template, path.stem)
    if template is None or faults:
        raise TemplateRefusal(faults)
    return template


def _path(path_or_key: str | Path) -> Path:
    if isinstance(path_or_key, Path) or path_or_key.endswith((".yaml", ".yml")):
        return Path(path_or_key)
    keys = template_keys()
    if path_or_key not in keys:
        listed = f"Known: {', '.join(keys)}."
        cure = nearest_cure(path_or_key, keys, listed)
        problem = f"There is no template '{path_or_key}'."
        raise TemplateRefusal([TemplateFault("templates", 0, "", problem, cure)])
    return TEMPLATES_FOLDER / f"{path_or_key}.yaml"
