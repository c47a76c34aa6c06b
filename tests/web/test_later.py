"""Is every page there whose code is imported only when it is asked for?"""

from importlib import import_module

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from rodedraad.later import Later


def patterns(resolver):
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from patterns(each)
        else:
            yield each


def views() -> list[URLPattern]:
    return [
        each
        for each in patterns(get_resolver())
        if (each.callback.__doc__ or "").startswith("See ``rodedraad.")
    ]


def test_every_page_that_is_imported_later_exists():
    found = views()
    assert len(found) > 20
    for each in found:
        assert callable(getattr(import_module(each.callback.__module__), each.callback.__name__))


def test_a_module_that_does_not_exist_is_noticed_when_it_is_loaded():
    with pytest.raises(ModuleNotFoundError):
        Later("rodedraad.nowhere").load()
