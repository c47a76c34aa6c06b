"""Which conclusions the first study draws, each from which rows and with which parameters."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from rodedraad.assessment.actions import run_make
from rodedraad.assessment.conclusions.change import region_change
from rodedraad.assessment.conclusions.communities import cooperation_communities
from rodedraad.assessment.conclusions.complexity import complexity_profile
from rodedraad.assessment.conclusions.congruence import region_congruence
from rodedraad.assessment.conclusions.drive import cooperation_drive
from rodedraad.assessment.conclusions.kinds import arrangement_kinds
from rodedraad.assessment.conclusions.participation import participation
from rodedraad.assessment.conclusions.selection import selection_spread
from rodedraad.assessment.conclusions.spending import alike_spending
from rodedraad.assessment.conclusions.totals import yearly_totals
from rodedraad.assessment.filters import RowFilter
from rodedraad.assessment.models import Run
from rodedraad.assessment.position_runs import positions_make
from rodedraad.assessment.register_figures import INHABITANTS, SPENDING
from rodedraad.country.history import Country
from rodedraad.methods.rulesets.drive import DRIVE_RULES
from rodedraad.methods.rulesets.scale import LEVELS, SCALE_RULES
from rodedraad.networks.legal import JOINT_ARRANGEMENT
from rodedraad.networks.models import Arrangement
from rodedraad.studies.models import SelectionPlan, Study, Wave
from rodedraad.studies.selection import RANDOM_DRAWS

SEED = 20161
PERMUTATIONS = 2000
SOCIAL = "social"
BEFORE, AFTER = "2016", "2022"
DIVISIONS = ("corop", "provincie")
SPENDING_YEAR = 2017

Conclude = Callable[[Any], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Kinds:
    """The kinds of arrangement of a wave, by what they are."""

    regions: tuple[str, ...]
    cooperation: tuple[str, ...]
    social: tuple[str, ...]


def tie_filters(wave: str, kinds: tuple[str, ...]) -> tuple[RowFilter, ...]:
    """Return the filters for the ties of ``wave`` in arrangements of ``kinds``."""
    return tuple(RowFilter(wave=wave, kind="tie", about_prefix=f"{kind}/") for kind in kinds)


def wave_kinds(wave: Wave) -> Kinds:
    """Return which kinds of arrangement the wave has."""
    rows = set(
        Arrangement.objects.filter(wave=wave).values_list("kind", "is_cooperation", "domain")
    )
    regions = sorted(kind for kind, _, _ in rows if kind != JOINT_ARRANGEMENT)
    cooperation = sorted(k for k, joined, _ in rows if joined and k != JOINT_ARRANGEMENT)
    social = sorted(k for k, joined, domain in rows if joined and domain == SOCIAL)
    return Kinds(tuple(regions), tuple(cooperation), tuple(social))


def runs_make(study: Study, country: Country, plan: SelectionPlan) -> dict[str, tuple[Run, bool]]:
    """Draw every conclusion of the first study; return per kind the run and whether it is new."""
    waves = {wave.label: wave for wave in study.waves.all()}
    before = wave_kinds(waves[BEFORE])
    after = wave_kinds(waves[AFTER])
    arrangements = Arrangement.objects.filter(wave=waves[BEFORE])
    class_of = dict(arrangements.filter(is_cooperation=True).values_list("key", "drive_class"))
    level_of = dict(arrangements.values_list("key", "scale_level"))
    domain_of = dict(arrangements.values_list("key", "domain"))

    made: dict[str, tuple[Run, bool]] = {}

    def make(
        kind: str,
        inputs: tuple[RowFilter, ...],
        conclude: Callable[..., dict[str, Any]],
        *,
        seed: int | None = None,
        ruleset: str = "",
        **parameters: Any,
    ) -> None:
        given = parameters if seed is None else {**parameters, "seed": seed}
        made[kind] = run_make(
            study=study,
            kind=kind,
            inputs=inputs,
            conclude=lambda rows: conclude(rows, **given),
            parameters=parameters,
            seed=seed,
            ruleset=ruleset,
        )

    make("inhabitants", (RowFilter(construct=INHABITANTS),), yearly_totals)
    make("spending", (RowFilter(construct=SPENDING),), yearly_totals)
    for label, kinds in ((BEFORE, before), (AFTER, after)):
        everything = (*kinds.regions, JOINT_ARRANGEMENT) if label == BEFORE else kinds.regions
        make(f"kinds_{label}", tie_filters(label, everything), arrangement_kinds)
    make("participation", tie_filters(BEFORE, before.cooperation), participation)
    make("participation_social", tie_filters(BEFORE, before.social), participation)
    make("participation_joint", tie_filters(BEFORE, (JOINT_ARRANGEMENT,)), participation)
    make(
        "drive",
        tie_filters(BEFORE, before.cooperation),
        cooperation_drive,
        ruleset=DRIVE_RULES.identity,
        class_of={key: label for key, label in class_of.items() if not _is_joint(key)},
    )
    make("congruence", tie_filters(BEFORE, before.regions), region_congruence)
    make(
        "complexity",
        tie_filters(BEFORE, before.cooperation),
        complexity_profile,
        ruleset=SCALE_RULES.identity,
        levels=list(LEVELS),
        level_of={key: level for key, level in level_of.items() if not _is_joint(key)},
        domain_of={key: domain for key, domain in domain_of.items() if not _is_joint(key)},
    )
    both = tuple(sorted({*before.regions} & {*after.regions}))
    make(
        "change",
        (*tie_filters(BEFORE, both), *tie_filters(AFTER, both)),
        region_change,
        before=BEFORE,
        after=AFTER,
        continued_by=_continued_by(country, waves[BEFORE], waves[AFTER]),
    )
    make(
        "communities",
        tie_filters(BEFORE, (*before.social, *DIVISIONS)),
        cooperation_communities,
        seed=SEED,
        kinds=list(before.social),
        compare_with=list(DIVISIONS),
    )
    make(
        "alike_spending",
        (
            *tie_filters(BEFORE, before.social),
            RowFilter(kind="figure", about_prefix=f"spending/{SPENDING_YEAR}/"),
            RowFilter(kind="figure", about=f"inhabitants/{SPENDING_YEAR}"),
            RowFilter(kind="figure", about=f"longitude/{BEFORE}"),
            RowFilter(kind="figure", about=f"latitude/{BEFORE}"),
        ),
        alike_spending,
        seed=SEED,
        spending=f"spending/{SPENDING_YEAR}/",
        inhabitants=f"inhabitants/{SPENDING_YEAR}",
        longitude=f"longitude/{BEFORE}",
        latitude=f"latitude/{BEFORE}",
        permutations=PERMUTATIONS,
    )
    figures = [f"{key}/{plan.reference_date.year}" for key in plan.result["indicators_used"]]
    make(
        "selection",
        tuple(RowFilter(kind="figure", about=about) for about in figures),
        selection_spread,
        seed=plan.seed,
        figures=figures,
        logged=[f"{key}/{plan.reference_date.year}" for key in plan.result["indicators_logged"]],
        chosen=plan.result["cases"],
        stratum_of=plan.result["stratum_of"],
        draws=RANDOM_DRAWS,
    )
    made["positions"] = positions_make(study, waves[BEFORE])
    return made


def _is_joint(key: str) -> bool:
    return key.startswith(f"{JOINT_ARRANGEMENT}/")


def _continued_by(country: Country, before: Wave, after: Wave) -> dict[str, list[str]]:
    """Return for each municipality of ``before`` those of ``after`` in which it went on."""
    return {
        old.code: sorted(
            {heir.municipality.code for heir in country.successors(old.code, after.reference_date)}
        )
        for old in country.municipalities_on(before.reference_date)
    }
