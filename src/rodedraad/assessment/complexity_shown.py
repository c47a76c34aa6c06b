"""What do pages show of the complexity of municipalities: a profile of measures, no ranking."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from rodedraad.networks.wording import label_words


@dataclass(frozen=True)
class Measure:
    """One measure of the profile, with the value of every municipality (null: not known)."""

    key: str
    title: str
    decimals: int
    values: Mapping[str, float | None]

    @property
    def known(self) -> dict[str, float]:
        """The values that are known."""
        return {code: value for code, value in self.values.items() if value is not None}

    @property
    def varies(self) -> bool:
        """Whether municipalities differ on it."""
        return len(set(self.known.values())) > 1

    @property
    def only_value(self) -> float | None:
        """The value that all have, when they do not differ."""
        return next(iter(self.known.values()), None)


def profile_measures(
    complexity: Mapping[str, Any], participation: Mapping[str, Any] | None
) -> list[Measure]:
    """Return the measures of the profile from the results of the two runs."""
    cases = complexity["cases"]
    measures = [
        Measure(
            f"niveau-{level}",
            _("Arrangements at the level “%(level)s”") % {"level": label_words(level)},
            0,
            {code: case["counts"][j] for code, case in cases.items()},
        )
        for j, level in enumerate(complexity["levels"])
    ]
    measures += [
        Measure(
            "spreiding",
            _("Spread over the scale levels (0-1)"),
            2,
            {code: case["level_spread"] for code, case in cases.items()},
        ),
        Measure(
            "domeinen",
            _("Domains"),
            0,
            {code: case["n_domains"] for code, case in cases.items()},
        ),
    ]
    if participation is None:
        return measures
    others = participation["cases"]
    named = (
        ("verbanden", pgettext("network", "Arrangements"), 0, "arrangements", 1),
        ("partners", _("Partners"), 0, "partners", 1),
        ("terugkerend", _("Partners met more than once, in percent"), 0, "recurring_share", 100),
    )
    for key, title, decimals, field, times in named:
        values = {code: case[field] for code, case in others.items()}
        scaled = {c: None if v is None else v * times for c, v in values.items()}
        measures.append(Measure(key, title, decimals, scaled))
    return measures
