"""Does the commissioner of an initiative steer or let go, and do both sides see that alike?"""

from dataclasses import dataclass
from datetime import date, timedelta

from rodedraad.methods.rulesets.ruling import Rules, Ruling, Sentence, check_share, reaches

FRAMED = "kaderstellend loslaten"
STEERING = "sturen"
FREE = "vrijblijvend loslaten"
AD_HOC = "ad-hoc ingrijpen"
UNDETERMINED = "onbepaald"

TENSION = "spanningsveld"
AGREEMENT = "zelfde beeld"

ALERT = "borging in gevaar"
NO_ALERT = "geen alarm"

CHECKED_BEFORE = "vooraf nagegaan"
CHECKED_AFTER = "achteraf ingevuld"


@dataclass(frozen=True, slots=True, kw_only=True)
class SteeringRules(Rules):
    """The cut between low and high, and how long before its end an initiative must be anchored."""

    name: str = "steering-mode"
    version: str = "1"
    cut: float = 0.5
    alert_days: int = 183


@dataclass(frozen=True, slots=True, kw_only=True)
class SteeringTension(Ruling):
    """Modes as seen by commissioner and team; a different mode per side is the finding."""

    commissioner: Ruling
    team: Ruling


STEERING_RULES = SteeringRules()


def steering_mode(
    frames: float | None, autonomy: float | None, *, rules: SteeringRules = STEERING_RULES
) -> Ruling:
    """Steering mode of an initiative as one side sees it.

    Parameters
    ----------
    frames: clear frames (N3a), 0-1. autonomy: room (N3b), 0-1. The two are never averaged;
    ``None`` is unknown and makes the label onbepaald.
    """
    check_share("Frames (N3a)", frames)
    check_share("Autonomy (N3b)", autonomy)
    inputs: dict[str, object] = {"frames": frames, "autonomy": autonomy}
    if frames is None or autonomy is None:
        return Ruling(
            rules=rules,
            inputs=inputs,
            label=UNDETERMINED,
            explanation=Sentence(
                "Kaders of ruimte zijn niet bekend.", "Frames or autonomy are not known."
            ),
        )
    clear, room = reaches(frames, rules.cut), reaches(autonomy, rules.cut)
    label = {
        (True, True): FRAMED,
        (True, False): STEERING,
        (False, True): FREE,
        (False, False): AD_HOC,
    }[clear, room]
    return Ruling(
        rules=rules,
        inputs=inputs,
        label=label,
        explanation=Sentence(
            f"Kaders zijn {'helder' if clear else 'niet helder'} ({frames:.2f}) en er is"
            f" {'veel' if room else 'weinig'} ruimte ({autonomy:.2f}); de grens is"
            f" {rules.cut:.2f}.",
            f"Frames are {'clear' if clear else 'not clear'} ({frames:.2f}) and there is"
            f" {'much' if room else 'little'} room ({autonomy:.2f}); the cut is {rules.cut:.2f}.",
        ),
    )


def steering_tension(commissioner: Ruling, team: Ruling) -> SteeringTension:
    """Compare the mode the commissioner sees with the mode the team sees."""
    unknown = UNDETERMINED in (commissioner.label, team.label)
    same = commissioner.label == team.label
    return SteeringTension(
        rules=commissioner.rules,
        inputs={"commissioner": commissioner.label, "team": team.label},
        label=UNDETERMINED if unknown else AGREEMENT if same else TENSION,
        explanation=Sentence(
            f"De opdrachtgever ziet {commissioner.label}, het team ziet {team.label}.",
            f"The commissioner sees {commissioner.label_en}, the team sees {team.label_en}.",
        ),
        commissioner=commissioner,
        team=team,
    )


def anchoring_alert(
    *,
    has_owner: bool | None,
    has_money: bool | None,
    ends: date | None,
    on: date,
    rules: SteeringRules = STEERING_RULES,
) -> Ruling:
    """Borging alert: no owner and no money (N2) while the end is within six months or past."""
    near = ends is not None and ends - on <= timedelta(days=rules.alert_days)
    neither = has_owner is False and has_money is False
    possible = has_owner is not True and has_money is not True and (near or ends is None)
    label = ALERT if neither and near else UNDETERMINED if possible else NO_ALERT
    explanation = {
        ALERT: Sentence(
            "Er is geen eigenaar en geen geld voor het vervolg, en het einde is nabij.",
            "There is no owner and no money for the follow-up, and the end is near.",
        ),
        UNDETERMINED: Sentence(
            "Eigenaar, geld of einddatum is niet bekend.",
            "Owner, money or end date is not known.",
        ),
        NO_ALERT: Sentence(
            "Er is een eigenaar of geld, of het einde is niet nabij.",
            "There is an owner or money, or the end is not near.",
        ),
    }[label]
    return Ruling(
        rules=rules,
        inputs={
            "has_owner": has_owner,
            "has_money": has_money,
            "ends": ends and ends.isoformat(),
            "on": on.isoformat(),
        },
        label=label,
        explanation=explanation,
    )


def start_check(
    *, recorded: date | None, started: date | None, rules: SteeringRules = STEERING_RULES
) -> Ruling:
    """Whether support (N1) was recorded before the initiative started."""
    if recorded is None or started is None:
        label, why = (
            UNDETERMINED,
            Sentence(
                "De datum van vastleggen of van de start is niet bekend.",
                "The date of recording or of the start is not known.",
            ),
        )
    elif recorded < started:
        label, why = (
            CHECKED_BEFORE,
            Sentence(
                "Draagvlak is vóór de start vastgelegd.", "Support was recorded before the start."
            ),
        )
    else:
        label, why = (
            CHECKED_AFTER,
            Sentence(
                "Draagvlak is pas na de start vastgelegd.",
                "Support was recorded only after the start.",
            ),
        )
    return Ruling(
        rules=rules,
        inputs={
            "recorded": recorded and recorded.isoformat(),
            "started": started and started.isoformat(),
        },
        label=label,
        explanation=why,
    )
