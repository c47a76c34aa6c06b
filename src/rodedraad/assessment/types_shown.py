"""What do pages show of change types: labels, sentences, and what would change them?"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from rodedraad.assessment.models import Run, TypeDecision
from rodedraad.assessment.pictures.type_cells import cells_svg
from rodedraad.assessment.run_snippet import evidence_name
from rodedraad.assessment.runs_shown import RunShown, run_newest
from rodedraad.assessment.type_runs import CHANGE_TYPE
from rodedraad.country.wording import NOTHING, in_language, number_shown
from rodedraad.methods.rulesets.change_types import ATTITUDES
from rodedraad.methods.rulesets.measures import CELLS
from rodedraad.methods.told_apart import places_apart
from rodedraad.networks.wording import label_words
from rodedraad.studies.models import Study, Wave
from rodedraad.studies.template import framework

TYPE_COLUMNS = (
    "code", "name", "rule", "decided", "holds", "stability", "breadth", "known", "A", "B", "C", "D",
    "missing", "pro", "con", "source_types", "flags",
)  # fmt: skip

SNIPPET = """import polars as pl

from rodedraad.assessment.conclusions.change_type import change_type_of_cases

rows = pl.read_parquet({file!r}).filter(pl.col("wave") == {wave!r})
found = change_type_of_cases(
    rows,
    attitudes={attitudes!r},
    items={items!r},
    resamples={resamples!r},
    seed={seed!r},
)
for case, each in found["cases"].items():
    print(case, each["label"], round(each["stability"], 2), each["cells"])
"""


@dataclass(frozen=True)
class TypeShown:
    """One case as the explorer shows it; ``decision`` is of a person, or none."""

    code: str
    name: str
    rule: str
    decision: TypeDecision | None
    case: Mapping[str, Any]
    url: str

    @property
    def holds(self) -> str:
        """The label that holds: that of a person, else that of the rule."""
        return self.decision.label if self.decision else self.rule

    @property
    def label(self) -> str:
        """The label that holds, in the language of the page."""
        return type_words(self.holds)

    @property
    def rule_label(self) -> str:
        """The label of the rule, in the language of the page."""
        return type_words(self.rule)

    @property
    def cells(self) -> list[str]:
        """The four numbers, as text."""
        return [number_shown(self.case["cells"][cell], 2) for cell in CELLS]

    @property
    def picture(self) -> SafeString:
        """The four cells as a picture; the numbers stand beside it."""
        return cells_svg(self.case["cells"])

    @property
    def stability(self) -> str:
        """In how many of the 27 variants the label stays the same."""
        return str(round(self.case["stability"] * 27))

    @property
    def flags(self) -> list[str]:
        """What to mind about this case."""
        found = [flag_words(flag) for flag in self.case["flags"]]
        return [_("uncertain"), *found] if self.case["uncertain"] else found


def types_newest(study: Study, label: str) -> tuple[Wave | None, RunShown | None]:
    """Return the wave with this label, or the newest that has types, with its newest run."""
    waves = list(study.waves.select_related("framework").order_by("reference_date"))
    for wave in reversed([each for each in waves if not label or each.label == label]):
        if shown := run_newest(study, CHANGE_TYPE, wave.label):
            return wave, shown
    return None, None


def types_asked(study: Study, label: str) -> tuple[Wave, RunShown]:
    """Return the same. Raises ``Http404`` when there are no types."""
    wave, shown = types_newest(study, label)
    if wave is None or shown is None:
        raise Http404(_("This has not been worked out yet."))
    return wave, shown


def types_shown(
    run: Run, names: Mapping[str, str], holding: Mapping[str, TypeDecision], slug: str
) -> list[TypeShown]:
    """Return the cases of a run by name; the order of a name says nothing."""
    # One reverse() for all: only the code differs.
    address = reverse("assessment:type", args=[slug, "code-of-case"])
    query = f"?meting={run.subject}"
    found = [
        TypeShown(
            code=code,
            name=names.get(code, code),
            rule=case["label"],
            decision=holding.get(code),
            case=case,
            url=address.replace("code-of-case", code) + query,
        )
        for code, case in run.result["cases"].items()
    ]
    return sorted(found, key=lambda each: each.name.casefold())


def type_words(label: str) -> str:
    """A type in the language of the page, with a capital."""
    return capfirst(label_words(label))


def type_letter(label: str) -> str:
    """One or two letters for a type, in the language of the page; all types differ."""
    dutch, english = {
        "onbepaald": ("O", "U"),
        "veranderaar": ("V", "C"),
        "voorzichtige veranderaar": ("VV", "CC"),
        "voorzichtige": ("Vz", "Ca"),
        "grensgeval": ("G", "B"),
    }[label]
    return english if get_language() == "en" else dutch


def flag_words(flag: str) -> str:
    """What a flag of the rule says."""
    known = {
        "waiting_conflict": _("waits, and changes all the same"),
        "sources_apart": _("sources differ"),
        "young": _("first team is young"),
    }
    return known.get(flag, flag)


def sentence_shown(sentence: Mapping[str, str]) -> str:
    """A sentence of a rule in the language of the page, numbers with its own decimal sign."""
    if get_language() == "en":
        return sentence["en"]
    return re.sub(r"(?<=\d)\.(?=\d)", ",", sentence["nl"])


def may_show_attitudes(case: Mapping[str, Any], *, all_scores: bool) -> bool:
    """Whether what people said of attitudes may be shown: enough people, or a researcher reads."""
    return all_scores or not any(each["suppressed"] for each in case["attitudes"].values())


def why_shown(case: Mapping[str, Any], *, all_scores: bool) -> str:
    """Why a case has its label, in one sentence; without attitudes that may not be shown."""
    shown = may_show_attitudes(case, all_scores=all_scores)
    return sentence_shown(case["explanation" if shown else "explanation_of_measures"])


def measure_names() -> dict[str, str]:
    """The name of every measure, by code."""
    return {
        each.code: in_language({"name_nl": each.name.nl, "name_en": each.name.en}, "name")
        for each in framework().measures
    }


def cell_names() -> dict[str, str]:
    """What each cell is called: arena and object."""

    def named(nl: str, en: str) -> str:
        return in_language({"name_nl": nl, "name_en": en}, "name")

    return {
        cell.code: f"{named(cell.arena_name.nl, cell.arena_name.en)}, "
        f"{named(cell.object_name.nl, cell.object_name.en).lower()}"
        for cell in framework().measure_cells
    }


def status_names() -> dict[int, str]:
    """What each status is called, by its number in the rule."""
    codes = {"unknown": -1, "not_applicable": -2}
    return {
        int(codes[each.key] if each.value is None else each.value): in_language(
            {"name_nl": each.name.nl, "name_en": each.name.en}, "name"
        )
        for each in framework().measure_status
    }


def source_words(kind: str) -> str:
    """A kind of source in words."""
    known = {"document": _("documents"), "interview": _("interviews"), "survey": _("survey")}
    return known.get(kind, kind)


def changes_shown(
    case: Mapping[str, Any],
    measures: Mapping[str, str],
    attitudes: Mapping[str, str],
    *,
    all_scores: bool,
) -> list[str]:
    """What would give another label, a sentence each: what is lacking, measures, attitudes."""
    changes = case["changes"]
    found = [*_needs(changes["needs"], attitudes)]
    for each in changes["measures"]:
        named = ", ".join(f"{code} {measures.get(code, code)}" for code in each["measures"])
        n, label = len(each["measures"]), type_words(each["label"])
        up = ngettext(
            "“%(label)s” if %(n)s more measure were in use, for example %(measures)s.",
            "“%(label)s” if %(n)s more measures were in use, for example %(measures)s.",
            n,
        )
        down = ngettext(
            "“%(label)s” if %(n)s measure were no longer there, for example %(measures)s.",
            "“%(label)s” if %(n)s measures were no longer there, for example %(measures)s.",
            n,
        )
        words = up if each["direction"] == "up" else down
        found.append(words % {"label": label, "n": n, "measures": named})
    for each in changes["attitudes"]:
        score = case["attitudes"][each["attitude"]]
        if score["suppressed"] and not all_scores:
            continue
        places = places_apart(each["now"], each["value"])
        named = {
            "label": type_words(each["label"]),
            "attitude": attitudes[each["attitude"]],
            "value": number_shown(each["value"], places),
            "now": number_shown(each["now"], places),
        }
        if each["now"] is None:
            words = _("“%(label)s” if “%(attitude)s” were known and were %(value)s.")
        else:
            words = _("“%(label)s” if “%(attitude)s” were %(value)s instead of %(now)s.")
        found.append(words % named)
    return found


def _needs(needs: Mapping[str, Any], attitudes: Mapping[str, str]) -> Iterator[str]:
    if n := needs.get("measures"):
        yield ngettext(
            "The status of at least %(n)s more measure must be known.",
            "The status of at least %(n)s more measures must be known.",
            n,
        ) % {"n": n}
    if n := needs.get("source_types"):
        yield ngettext(
            "At least %(n)s more kind of source is needed: document, interview or survey.",
            "At least %(n)s more kinds of source are needed: document, interview or survey.",
            n,
        ) % {"n": n}
    if cells := needs.get("cells"):
        yield _("At least one measure must be known of: %(cells)s.") % {"cells": ", ".join(cells)}
    if unknown := needs.get("attitudes"):
        named = ", ".join(attitudes[each] for each in unknown)
        yield _("Too little is known of attitudes. Not known: %(attitudes)s.") % {
            "attitudes": named
        }


def type_csv_rows(shown: Iterable[TypeShown], *, all_scores: bool) -> Iterator[list[object]]:
    """Yield the cases for a file, by name, with the labels of the rule as data."""
    for each in shown:
        case = each.case
        open_to_all = may_show_attitudes(case, all_scores=all_scores)
        yield [
            each.code, each.name, each.rule, each.decision.label if each.decision else "",
            each.holds, case["stability"], case["breadth"], case["known"],
            *(case["cells"][cell] for cell in CELLS),
            " ".join(case["missing_cells"]),
            case["pro"] if open_to_all else None, case["con"] if open_to_all else None,
            " ".join(case["source_types"]), " ".join(case["flags"]),
        ]  # fmt: skip


def types_snippet(run: Run, slug: str) -> str:
    """Return Python text that works the run out again from the downloaded evidence."""
    return SNIPPET.format(
        file=evidence_name(slug), wave=run.subject, seed=run.seed, **run.parameters
    )


def gap_shown(case: Mapping[str, Any], cut: float) -> dict[str, str]:
    """For and against change, their gap and its threshold; a gap never rounds onto that."""
    if case["gap"] is None:
        return {}
    places = places_apart(abs(case["gap"]), cut)
    numbers = {name: number_shown(case[name], places) for name in ("pro", "con", "gap")}
    return numbers | {"cut": number_shown(cut, 2)}


def attitude_rows(
    case: Mapping[str, Any], names: Mapping[str, str], *, all_scores: bool
) -> list[tuple[str, list[str], str]]:
    """Name, numbers (together, survey, interviews, documents) and people of each attitude."""
    found: list[tuple[str, list[str], str]] = []
    for attitude in ATTITUDES:
        score = case["attitudes"][attitude]
        hidden = score["suppressed"] and not all_scores
        numbers = [
            NOTHING if hidden else number_shown(score[part], 2)
            for part in ("value", "survey", "interview", "document")
        ]
        people = _("too few people to show") if hidden else str(score["n_respondents"])
        found.append((names[attitude], numbers, people))
    return found
