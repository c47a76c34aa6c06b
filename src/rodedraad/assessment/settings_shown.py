"""With which settings was a run made: their names and values as a person reads them?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rodedraad.assessment.evidence_words import about_titles, about_words
from rodedraad.country.history import Country
from rodedraad.country.wording import NOTHING, number_shown
from rodedraad.networks.wording import domain_words, label_words

SHORT = 80
NAMES: Mapping[str, Any] = {
    "after": gettext_lazy("later wave"),
    "anchors": gettext_lazy("anchors of each set"),
    "attitudes": gettext_lazy("construct of each attitude"),
    "before": gettext_lazy("earlier wave"),
    "bootstraps": gettext_lazy("random draws for an interval"),
    "chosen": gettext_lazy("chosen cases"),
    "class_of": gettext_lazy("class of each arrangement"),
    "compare_with": gettext_lazy("compared with"),
    "conditions": gettext_lazy("conditions"),
    "continued_by": gettext_lazy("municipality that each went into"),
    "division": gettext_lazy("division that ties are held against"),
    "domain_of": gettext_lazy("domain of each arrangement"),
    "draws": gettext_lazy("random draws"),
    "enhanced": gettext_lazy("without assumptions that contradict each other"),
    "expectations": gettext_lazy("expectations"),
    "factors": gettext_lazy("factors"),
    "figures": gettext_lazy("background figures"),
    "incl_cut": gettext_lazy("least consistency"),
    "inhabitants": gettext_lazy("inhabitants from"),
    "items": gettext_lazy("statements"),
    "kinds": gettext_lazy("kinds of arrangement"),
    "latitude": gettext_lazy("latitude from"),
    "least": gettext_lazy("shared arrangements, at least"),
    "level_of": gettext_lazy("scale level of each arrangement"),
    "levels": gettext_lazy("scale levels"),
    "logged": gettext_lazy("figures of which the logarithm was taken"),
    "longitude": gettext_lazy("longitude from"),
    "max_gap": gettext_lazy("largest difference between sources"),
    "min_per_role": gettext_lazy("least people for a role to count apart"),
    "min_published": gettext_lazy("least people for publication"),
    "n_classes": gettext_lazy("number of classes that a person chose"),
    "n_cut": gettext_lazy("least number of cases in a row"),
    "outcome": gettext_lazy("outcome"),
    "outcomes": gettext_lazy("outcomes"),
    "override": gettext_lazy("reason for more conditions"),
    "permutations": gettext_lazy("permutations"),
    "pri_cut": gettext_lazy("least PRI"),
    "resamples": gettext_lazy("random draws of people and sources"),
    "sizes": gettext_lazy("numbers of classes that were compared"),
    "spending": gettext_lazy("spending from"),
    "starts": gettext_lazy("starts of every search"),
    "stratum_of": gettext_lazy("stratum of each municipality"),
    "unit": gettext_lazy("classes of"),
}
ATTITUDE_NAMES: Mapping[str, Any] = {
    "necessity": gettext_lazy("seen necessity"),
    "small_steps": gettext_lazy("small steps"),
    "waiting": gettext_lazy("wait and see"),
    "doubt": gettext_lazy("doubt about change"),
}
UNIT_NAMES: Mapping[str, Any] = {
    "respondents": gettext_lazy("people who answered"),
    "cases": gettext_lazy("cases"),
}
LABELS: Mapping[str, Callable[[str], str]] = {
    "class_of": label_words,
    "domain_of": domain_words,
    "level_of": label_words,
    "levels": label_words,
    "unit": lambda unit: str(UNIT_NAMES.get(unit, unit)),
}


@dataclass(frozen=True)
class Setting:
    """One setting; ``lines`` stands for its ``text`` when that is long."""

    name: str
    known: bool
    text: str
    lines: tuple[str, ...] = ()


def settings_shown(parameters: Mapping[str, Any], country: Country) -> list[Setting]:
    """Return the settings by name, each value as text; long ones in lines."""
    titles = about_titles(country)

    def named(text: str) -> str:
        found = country.municipalities.get(text)
        if found is not None:
            return found.name
        return about_words(text, titles) if "/" in text else titles.get(text, text)

    return [_setting(name, parameters[name], named) for name in sorted(parameters)]


def _setting(name: str, value: Any, named: Callable[[str], str]) -> Setting:
    label = LABELS.get(name, named)
    lines: tuple[str, ...] = ()
    if isinstance(value, dict):
        keys = ATTITUDE_NAMES if name == "attitudes" else {}
        lines = tuple(
            sorted(
                f"{keys.get(key) or named(key)}: {_text(part, label)}"
                for key, part in value.items()
            )
        )
    elif isinstance(value, list):
        lines = tuple(_text(part, label) for part in value)
    text = ", ".join(lines) if lines else _text(value, label)
    shown = str(NAMES.get(name, name))
    return Setting(shown, name in NAMES, text, lines if len(text) > SHORT else ())


def _text(value: Any, label: Callable[[str], str]) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_text(part, label)}" for key, part in value.items())
    if isinstance(value, list):
        return ", ".join(_text(part, label) for part in value) or NOTHING
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int | float):
        return number_shown(value, next((n for n in range(6) if round(value, n) == value), 6))
    return NOTHING if value is None else label(str(value)) or NOTHING
