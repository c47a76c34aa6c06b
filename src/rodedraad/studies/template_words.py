"""How is a fault of a template, which the reader tells in English, said in the page's language?"""

import re
from dataclasses import dataclass
from functools import cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext_lazy

from rodedraad.studies.template.faults import TemplateFault

SENTENCES = (
    gettext_noop("The file cannot be read: %(why)s."),
    gettext_noop("Check its name."),
    gettext_noop("The file is larger than %(limit)s bytes."),
    gettext_noop("Give a template file."),
    gettext_noop("The text is not UTF-8."),
    gettext_noop("Save the file as UTF-8."),
    gettext_noop("A second document starts here."),
    gettext_noop("Remove the line '---'."),
    gettext_noop("Anchors (&) and aliases (*) are not allowed."),
    gettext_noop("Write the part out in full."),
    gettext_noop("Tags (!) are not allowed."),
    gettext_noop("Remove the tag."),
    gettext_noop("Parts lie more than %(limit)s deep in each other."),
    gettext_noop("Make it flatter."),
    gettext_noop("This is not correct YAML: %(why)s."),
    gettext_noop(
        "Check the indentation; put text with ': ', '#' or quotes in it between double quotes."
    ),
    gettext_noop("This is not YAML: %(why)s."),
    gettext_noop("Save it as plain UTF-8 text."),
    gettext_noop("This key occurs twice."),
    gettext_noop("Keep one of the two."),
    gettext_noop("'%(given)s' cannot exist."),
    gettext_noop("Give a date as 2016-01-01."),
    gettext_noop("The Dutch text is missing."),
    gettext_noop("The English text is missing."),
    gettext_noop("Add '%(name)s:' with the text."),
    gettext_noop("'%(name)s' is missing."),
    gettext_noop("Add '%(name)s:'."),
    gettext_noop("'%(name)s' is not a known key."),
    gettext_noop("Known here: %(known)s."),
    gettext_noop("Known: %(known)s."),
    gettext_noop("Did you mean '%(near)s'?"),
    gettext_noop("%(given)s is not one of %(known)s."),
    gettext_noop("Choose one of these."),
    gettext_noop("This must be a group of fields. Got %(got)s."),
    gettext_noop("Give it: %(fields)s."),
    gettext_noop("This must be %(wanted)s. Got %(got)s."),
    gettext_noop("Put it between double quotes."),
    gettext_noop("Write it without quotes or decimals."),
    gettext_noop("Write true or false without quotes."),
    gettext_noop("Write it as 2016-01-01, without quotes."),
    gettext_noop("Start every entry on a line of its own with '- '."),
    gettext_noop("The text is empty."),
    gettext_noop("Write the text."),
    gettext_noop("The text is longer than %(limit)s characters."),
    gettext_noop("Make it shorter."),
    gettext_noop("The list is empty."),
    gettext_noop("Give at least one entry."),
    gettext_noop("%(given)s is not written as it should be."),
    gettext_noop("It must match %(pattern)s"),
    gettext_noop("Input should be greater than or equal to %(limit)s. Got %(given)s."),
    gettext_noop("Input should be less than or equal to %(limit)s. Got %(given)s."),
    gettext_noop("See docs/reference/study-template.md."),
    gettext_noop("There is no %(what)s '%(word)s'."),
    gettext_noop("%(what)s '%(word)s' stands already in %(file)s, line %(line)s."),
    gettext_noop("Keep one, or give this one another name."),
    gettext_noop("Ruleset '%(name)s' has no version '%(version)s'."),
    gettext_noop("It has: %(versions)s."),
    gettext_noop("Method '%(method)s' compares units on figures, and none is named."),
    gettext_noop("Name figures of the framework."),
    gettext_noop("Method 'all' takes every unit, so strata have no use."),
    gettext_noop("Leave the strata out."),
    gettext_noop("The team has no lead."),
    gettext_noop("Add an entry with role lead and minimum 1."),
    gettext_noop("The key is '%(key)s' and the file is called '%(stem)s.yaml'."),
    gettext_noop("Make the two equal."),
)
WORDS = {
    "text": pgettext_lazy("template", "text"),
    "a whole number": pgettext_lazy("template", "a whole number"),
    "a number": pgettext_lazy("template", "a number"),
    "true or false": pgettext_lazy("template", "true or false"),
    "a list": pgettext_lazy("template", "a list"),
    "a group of fields": pgettext_lazy("template", "a group of fields"),
    "a date": pgettext_lazy("template", "a date"),
    "a date with a time": pgettext_lazy("template", "a date with a time"),
    "nothing": pgettext_lazy("template", "nothing"),
    "construct": pgettext_lazy("template", "construct"),
    "measure": pgettext_lazy("template", "measure"),
    "view": pgettext_lazy("template", "view"),
    "role": pgettext_lazy("template", "role"),
    "figure": pgettext_lazy("template", "figure"),
    "ruleset": pgettext_lazy("template", "ruleset"),
    "The construct": pgettext_lazy("template", "The construct"),
    "The measure": pgettext_lazy("template", "The measure"),
    "The view": pgettext_lazy("template", "The view"),
    "The role": pgettext_lazy("template", "The role"),
    "The figure": pgettext_lazy("template", "The figure"),
    "The ruleset": pgettext_lazy("template", "The ruleset"),
    "The key": pgettext_lazy("template", "The key"),
    "The label": pgettext_lazy("template", "The label"),
}
NAMED = re.compile(r"%\\\((\w+)\\\)s|%\((\w+)\)s")


@dataclass(frozen=True, slots=True)
class FaultShown:
    """One fault as a page shows it; what is not ``known`` stands there in English."""

    line: int
    field: str
    problem: str
    problem_known: bool
    cure: str
    cure_known: bool


def fault_shown(fault: TemplateFault) -> FaultShown:
    """Return a fault with its problem and cure in the language of the page."""
    problem, cure = sentence_words(fault.problem), sentence_words(fault.cure)
    return FaultShown(
        line=fault.line,
        field=fault.field,
        problem=problem or fault.problem,
        problem_known=problem is not None,
        cure=cure or fault.cure,
        cure_known=cure is not None,
    )


def sentence_words(english: str) -> str | None:
    """Return a sentence of the reader in the language of the page; null for one not known."""
    for sentence, shape in _shapes():
        if found := shape.fullmatch(english):
            return _(sentence) % {name: _words(text) for name, text in found.groupdict().items()}
    return None


def _words(text: str) -> str:
    """Return what was filled in; of ``text: F1`` the part before the colon is a word of ours."""
    word, colon, given = text.partition(": ")
    return f"{WORDS[word]}{colon}{given}" if word in WORDS else text


@cache
def _shapes() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (sentence, re.compile(NAMED.sub(_group, re.escape(sentence)), re.DOTALL))
        for sentence in SENTENCES
    )


def _group(place: re.Match[str]) -> str:
    return f"(?P<{place[1] or place[2]}>.+?)"
