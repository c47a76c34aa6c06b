"""Which decision rules exist, and in which versions? Found in ``rodedraad.methods.rulesets``."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from rodedraad.methods import rulesets
from rodedraad.methods.rulesets.ruling import Rules


@cache
def ruleset_versions() -> Mapping[str, tuple[str, ...]]:
    """The versions of every ruleset, under its name.

    A ruleset exists when a module of that package holds a subclass of ``Rules``; nobody has to
    enter it in a list.
    """
    for module in iter_modules(rulesets.__path__, f"{rulesets.__name__}."):
        import_module(module.name)
    versions: dict[str, tuple[str, ...]] = {}
    for kind in Rules.__subclasses__():
        rules = kind()
        versions[rules.name] = tuple(sorted({*versions.get(rules.name, ()), rules.version}))
    return versions
