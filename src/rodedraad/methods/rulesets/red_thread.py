"""Is a red thread supported across cases, and do people in the field recognise it?"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from rodedraad.methods.rulesets.ruling import RuleRefusal, Rules, Ruling, Sentence, both, reaches

CANDIDATE = "kandidaat"
SUPPORTED = "onderbouwd"
VALIDATED = "gevalideerd"
REVISED = "herzien"
NOT_RECOGNISED = "niet herkend"

VOTE_VALUES: Mapping[str, float] = {"herken": 1.0, "deels": 0.5, "niet": 0.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class RedThreadRules(Rules):
    """When a thread is supported and what a session's vote makes of it."""

    name: str = "red-thread"
    version: str = "1"
    min_cases: int = 4
    min_share: float = 1 / 3
    min_strata: int = 2
    min_source_types: int = 2
    min_votes: int = 8
    validated: float = 0.70
    revised: float = 0.40


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadBasis:
    """What a red thread rests on: counts, and what was done about contra-evidence."""

    municipalities: int
    cases_in_study: int
    strata: int
    source_types: int
    contra_searched: bool
    contra_handled: bool


@dataclass(frozen=True, slots=True)
class Vote:
    """A vote in a session: herken, deels or niet; the voter's role; interviewed before or not."""

    answer: str
    role: str
    interviewed: bool


@dataclass(frozen=True, slots=True)
class Recognition:
    """Number of votes and their mean (herken 1, deels 0.5, niet 0); ``None`` without votes."""

    n: int
    mean: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadStatus(Ruling):
    """Status of a red thread. ``missing`` names the conditions for onderbouwd that fail.

    Recognition is given for all, per role, and for voters who were interviewed and who were not:
    recognition by those who made the thread is weak proof.
    """

    missing: tuple[str, ...]
    recognition: Recognition
    by_role: Mapping[str, Recognition]
    interviewed: Recognition
    not_interviewed: Recognition


RED_THREAD_RULES = RedThreadRules()


def red_thread_status(
    basis: ThreadBasis, votes: Sequence[Vote] = (), *, rules: RedThreadRules = RED_THREAD_RULES
) -> ThreadStatus:
    """Status of a red thread: kandidaat, onderbouwd, gevalideerd, herzien or niet herkend.

    Onderbouwd needs at least 4 municipalities and a third of the cases, 2 strata, 2 kinds of
    source, and contra-evidence searched and handled. Only then, and with at least 8 votes, the
    vote decides: from .70 gevalideerd, from .40 herzien, below niet herkend (which is kept).
    """
    _check(basis, votes)
    missing = _missing(basis, rules)
    recognition = _recognition(votes)
    return ThreadStatus(
        rules=rules,
        inputs={
            **asdict(basis),
            "votes": {a: sum(v.answer == a for v in votes) for a in VOTE_VALUES},
        },
        label=_label(missing, recognition, rules),
        explanation=_explain(missing, recognition, basis, rules),
        missing=tuple(name for name, _ in missing),
        recognition=recognition,
        by_role={
            role: _recognition([v for v in votes if v.role == role])
            for role in sorted({v.role for v in votes})
        },
        interviewed=_recognition([v for v in votes if v.interviewed]),
        not_interviewed=_recognition([v for v in votes if not v.interviewed]),
    )


def _check(basis: ThreadBasis, votes: Sequence[Vote]) -> None:
    if not 0 <= basis.municipalities <= basis.cases_in_study:
        raise RuleRefusal(
            f"A thread in {basis.municipalities} municipalities cannot come from"
            f" {basis.cases_in_study} cases. Count again.",
            code="thread_count",
        )
    odd = sorted({v.answer for v in votes} - set(VOTE_VALUES))
    if odd:
        raise RuleRefusal(
            f"A vote is one of {', '.join(VOTE_VALUES)}. Got {odd[0]!r} instead.",
            code="vote_answer",
        )


def _missing(basis: ThreadBasis, rules: RedThreadRules) -> list[tuple[str, Sentence]]:
    enough = basis.municipalities >= rules.min_cases and reaches(
        basis.municipalities, rules.min_share * basis.cases_in_study
    )
    conditions = (
        ("municipalities", enough, Sentence("genoeg gemeenten", "enough municipalities")),
        (
            "strata",
            basis.strata >= rules.min_strata,
            Sentence(f"{rules.min_strata} strata", f"{rules.min_strata} strata"),
        ),
        (
            "source_types",
            basis.source_types >= rules.min_source_types,
            Sentence(
                f"{rules.min_source_types} soorten bronnen",
                f"{rules.min_source_types} kinds of source",
            ),
        ),
        (
            "contra",
            basis.contra_searched and basis.contra_handled,
            Sentence("gezocht en afgehandeld tegenbewijs", "contra-evidence searched and handled"),
        ),
    )
    return [(name, words) for name, met, words in conditions if not met]


def _recognition(votes: Sequence[Vote]) -> Recognition:
    if not votes:
        return Recognition(0, None)
    return Recognition(len(votes), sum(VOTE_VALUES[v.answer] for v in votes) / len(votes))


def _label(missing: Sequence[object], recognition: Recognition, rules: RedThreadRules) -> str:
    if missing:
        return CANDIDATE
    if recognition.mean is None or recognition.n < rules.min_votes:
        return SUPPORTED
    if reaches(recognition.mean, rules.validated):
        return VALIDATED
    return REVISED if reaches(recognition.mean, rules.revised) else NOT_RECOGNISED


def _explain(
    missing: Sequence[tuple[str, Sentence]],
    recognition: Recognition,
    basis: ThreadBasis,
    rules: RedThreadRules,
) -> Sentence:
    if missing:
        listed = both([words.nl for _, words in missing], [words.en for _, words in missing])
        return Sentence(f"Ontbreekt: {listed.nl}.", f"Missing: {listed.en}.")
    if recognition.mean is None or recognition.n < rules.min_votes:
        return Sentence(
            f"Onderbouwd in {basis.municipalities} van de {basis.cases_in_study} cases; er zijn"
            f" {recognition.n} stemmen en {rules.min_votes} nodig.",
            f"Supported in {basis.municipalities} of {basis.cases_in_study} cases; there are"
            f" {recognition.n} votes and {rules.min_votes} are needed.",
        )
    return Sentence(
        f"Van {recognition.n} stemmen is de herkenning gemiddeld {recognition.mean:.2f} (1 is"
        " herken, 0 is niet).",
        f"Recognition over {recognition.n} votes is {recognition.mean:.2f} on average (1 is"
        " recognise, 0 is not).",
    )
