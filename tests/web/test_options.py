"""Are lists to choose from written as Django writes them, whatever stands in them?"""

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy
from selectolax.lexbor import LexborHTMLParser

CHOICES = [
    ("", "---"),
    ("a&b", "Zorg & <b>werk</b>"),
    ('"', 'Een "aanhaling"'),
    (7, gettext_lazy("all")),
    (1000, mark_safe("al <em>veilig</em>")),
    ("Groep <1>", [("x", "In een groep"), ("y", "Nog een")]),
]


class Marked(forms.Select):
    """Options with attributes of their own, one that stands and one that does not."""

    def create_option(self, name, value, *rest, **named):
        made = super().create_option(name, value, *rest, **named)
        made["attrs"] |= {"data-of": '<"', "hidden": value == "x", "lang": "nl"}
        return made


def shown(html: str) -> list[tuple[str, dict[str, str | None], str]]:
    """Return every element with its attributes and its own words."""
    found = LexborHTMLParser(html).css("select, optgroup, option")
    return [(one.tag, dict(one.attributes), one.html if one.tag == "option" else "")
            for one in found]  # fmt: skip


@pytest.mark.parametrize("widget", [forms.Select, forms.SelectMultiple, Marked])
@pytest.mark.parametrize("value", ["", "a&b", 7, "x", ["x", "7"]])
def test_options_are_those_of_django(widget, value):
    made = widget(choices=CHOICES, attrs={"data-a": "<", "required": True})
    ours = made.render("keuze", value)
    assert shown(ours) == shown(made.render("keuze", value, renderer=DjangoTemplates()))
    assert "<b>" not in ours
