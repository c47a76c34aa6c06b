"""Is a network driven by regulation, and how much of that does a municipality have?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rodedraad.methods.rulesets.ruling import RuleRefusal, Rules, Ruling, Sentence, reaches

UNDETERMINED = "onbepaald"
DRIVEN = "regelgedreven"
MIXED = "gemengd"
FRAMED = "regelomlijst"
NOT_DRIVEN = "niet-regelgedreven"


@dataclass(frozen=True, slots=True, kw_only=True)
class DriveRules(Rules):
    """Thresholds of the drive of a network: ``extra_share`` of members that law does not name."""

    name: str = "network-drive"
    version: str = "1"
    extra_share: float = 1 / 3


@dataclass(frozen=True, slots=True)
class Provision:
    """A legal provision that asks for or allows the cooperation, in force from day to day.

    ``prescribes_party`` is true when it prescribes who takes part, if only as a minimum.
    ``until`` is the first day on which it no longer holds.
    """

    reference: str
    prescribes_party: bool
    since: date | None = None
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the provision is in force on ``day``; an open end holds."""
        started = self.since is None or self.since <= day
        return started and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """What is known of the law behind a network.

    ``researched`` is false until someone looked; then nothing is concluded. ``extra_tasks`` says
    whether the network does more than the provision asks; ``None`` is not known. ``legal_form``
    and ``own_filling`` (0-3) are kept beside the drive and never decide it: a voluntary
    cooperation can be a gemeenschappelijke regeling, a prescribed one can rest on a covenant.
    """

    researched: bool
    provisions: tuple[Provision, ...] = ()
    extra_tasks: bool | None = None
    legal_form: str | None = None
    own_filling: int | None = None

    def __post_init__(self) -> None:
        if self.own_filling is not None and not 0 <= self.own_filling <= 3:
            raise RuleRefusal(
                f"Own filling (eigen invulling) must be 0, 1, 2 or 3. Got {self.own_filling}"
                " instead.",
                code="own_filling_out_of_range",
            )


@dataclass(frozen=True, slots=True)
class Member:
    """A party in a network and whether the law prescribes that it takes part (None: unknown)."""

    party: str
    prescribed: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DriveLabel(Ruling):
    """Drive of a network on a day: one of five labels and the report in two classes.

    ``two_classes`` is regelgedreven (regelgedreven and gemengd), niet-regelgedreven
    (niet-regelgedreven and regelomlijst) or onbepaald. ``extra_share`` is the lowest and highest
    share of members outside the prescription that the known memberships allow; ``None`` without
    members or without prescription.
    """

    two_classes: str
    extra_share: tuple[float, float] | None


DRIVE_RULES = DriveRules()


def network_drive(
    legal: LegalBasis, members: Sequence[Member], *, on: date, rules: DriveRules = DRIVE_RULES
) -> DriveLabel:
    """Label a network by what the law prescribes on the day ``on``.

    Not researched: onbepaald. No provision in force: niet-regelgedreven. Provisions that
    prescribe no party: regelomlijst. A provision that prescribes a party: gemengd when at least a
    third of the members are not prescribed or the network has extra tasks, else regelgedreven.
    When unknown memberships or tasks leave both open, the label is onbepaald and the two-class
    report is still regelgedreven. Without members the share counts as unknown.

    Parameters
    ----------
    legal: what is known of the legal basis. members: the parties, possibly none.
    on: reference date; provisions are dated because law changes.
    """
    in_force = [p for p in legal.provisions if p.holds_on(on)]
    prescribing = [p for p in in_force if p.prescribes_party]
    share = _extra_share(members) if legal.researched and prescribing else None
    label = _label(legal, in_force, prescribing, share, rules)
    if prescribing and legal.researched:
        two_classes = DRIVEN
    else:
        two_classes = NOT_DRIVEN if legal.researched else UNDETERMINED
    return DriveLabel(
        rules=rules,
        inputs={
            "on": on.isoformat(),
            "researched": legal.researched,
            "provisions_in_force": [p.reference for p in in_force],
            "provisions_prescribing": [p.reference for p in prescribing],
            "members_prescribed": sum(m.prescribed is True for m in members),
            "members_voluntary": sum(m.prescribed is False for m in members),
            "members_unknown": sum(m.prescribed is None for m in members),
            "extra_tasks": legal.extra_tasks,
        },
        label=label,
        explanation=_explain(label, prescribing or in_force, share, legal, rules),
        two_classes=two_classes,
        extra_share=share,
    )


def _extra_share(members: Sequence[Member]) -> tuple[float, float] | None:
    if not members:
        return None
    outside = sum(m.prescribed is False for m in members)
    unknown = sum(m.prescribed is None for m in members)
    return outside / len(members), (outside + unknown) / len(members)


def _label(
    legal: LegalBasis,
    in_force: Sequence[Provision],
    prescribing: Sequence[Provision],
    share: tuple[float, float] | None,
    rules: DriveRules,
) -> str:
    if not legal.researched:
        return UNDETERMINED
    if not prescribing:
        return FRAMED if in_force else NOT_DRIVEN
    lowest, highest = share or (0.0, 1.0)
    if legal.extra_tasks or reaches(lowest, rules.extra_share):
        return MIXED
    if legal.extra_tasks is None or reaches(highest, rules.extra_share):
        return UNDETERMINED
    return DRIVEN


def _explain(
    label: str,
    provisions: Sequence[Provision],
    share: tuple[float, float] | None,
    legal: LegalBasis,
    rules: DriveRules,
) -> Sentence:
    if not legal.researched:
        return Sentence(
            "De wettelijke basis is nog niet uitgezocht.",
            "The legal basis has not been researched yet.",
        )
    references = ", ".join(p.reference for p in provisions)
    outside = "" if share is None else f"{share[0]:.0%}"
    limit = f"{rules.extra_share:.0%}"
    if label == MIXED and legal.extra_tasks:
        reason = Sentence("het netwerk doet ook andere taken", "the network has other tasks too")
    elif label == MIXED:
        reason = Sentence(
            f"{outside} van de leden staat daarbuiten (grens {limit})",
            f"{outside} of the members are outside that (limit {limit})",
        )
    elif label == DRIVEN:
        reason = Sentence(
            f"{outside} van de leden staat daarbuiten (grens {limit}), zonder extra taken",
            f"{outside} of the members are outside that (limit {limit}), without extra tasks",
        )
    else:
        reason = Sentence(
            "van leden of taken is te weinig bekend om te zien of er meer bij komt",
            "too little is known of members or tasks to see whether there is more to it",
        )
    return {
        NOT_DRIVEN: Sentence(
            "Geen wettelijke bepaling vraagt om deze samenwerking.",
            "No legal provision asks for this cooperation.",
        ),
        FRAMED: Sentence(
            f"{references} vraagt om samenwerking of staat die toe, en schrijft geen partij voor.",
            f"{references} asks for or allows cooperation, and prescribes no party.",
        ),
    }.get(
        label,
        Sentence(
            f"{references} schrijft partijen voor; {reason.nl}.",
            f"{references} prescribes parties; {reason.en}.",
        ),
    )
